"""Pivot tables: what the one in a cell shows, as Sheets lays it out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cmp_to_key
from typing import Any

from sheets_sync.local_google.formulas import coerce
from sheets_sync.local_google.formulas.evaluate import Scope
from sheets_sync.local_google.formulas.functions import FUNCTIONS
from sheets_sync.local_google.formulas.tables import Array, Failure, array
from sheets_sync.local_google.ranges import from_grid_range
from sheets_sync.local_google.values.render import number_format_of, shown
from sheets_sync.local_google.workbook import EMPTY, Cell, ErrorValue, Value

Record = Sequence[Cell]
"""A row of the source."""

TOTAL = "Grand Total"
_GROUP = frozenset({"sourceColumnOffset", "showTotals", "sortOrder", "label", "repeatHeadings", "valueMetadata"})
_VALUE = frozenset({"sourceColumnOffset", "summarizeFunction", "name"})
_ALIKE = frozenset({"SUM", "AVERAGE", "MAX", "MIN", "MEDIAN"})
"""What is of the kind of its operands, and shown in their format."""


def unsupported(pivot: Mapping[str, Any]) -> str:
    """What of a pivot table can't be computed here, or ""."""
    rows, columns, values = (pivot.get(name, []) for name in ("rows", "columns", "values"))
    if "source" not in pivot:
        return "without a source range"
    if len(rows) != 1 or len(columns) > 1:
        return "that don't have one group of rows and at most one of columns"
    if not values or (columns and len(values) > 1) or (len(values) > 1 and pivot.get("valueLayout") == "VERTICAL"):
        return "with several values beside a group of columns, or below each other, or with none"
    for name, known, given in (("group", _GROUP, [*rows, *columns]), ("value", _VALUE, values)):
        unknown = {field for one in given for field in one} - known
        if unknown:
            return f"with a {name}'s {', '.join(sorted(unknown))}"
    functions = {value.get("summarizeFunction", "") for value in values}
    if not functions <= FUNCTIONS.keys():
        return f"that summarize by {', '.join(sorted(functions - FUNCTIONS.keys()))}"
    conditional = any("condition" in criteria for criteria in _criteria(pivot).values())
    return "that filter by a condition" if conditional else ""


def _criteria(pivot: Mapping[str, Any]) -> dict[int, Mapping[str, Any]]:
    old = {int(offset): criteria for offset, criteria in pivot.get("criteria", {}).items()}
    return old | {
        spec.get("columnOffsetIndex", 0): spec.get("filterCriteria", {}) for spec in pivot.get("filterSpecs", ())
    }


@dataclass(frozen=True, slots=True)
class Pivoted:
    """What a pivot table shows: its cells, and the number formats of those that have one, by row and column."""

    cells: Array
    formats: Mapping[tuple[int, int], Mapping[str, Any]]


def pivoted(pivot: Mapping[str, Any], scope: Scope) -> Pivoted:
    """Compute a pivot table that is not `unsupported`."""
    area = from_grid_range(scope.workbook, pivot["source"])
    box = area.box
    records = [
        [area.sheet.cell(row, column) for column in range(box.left, box.right)] for row in range(box.top, box.bottom)
    ]
    head, body = records[0], [record for record in records[1:] if _visible(record, _criteria(pivot), scope)]
    return _laid_out(pivot, head, body, scope)


def _visible(record: Record, criteria: Mapping[int, Mapping[str, Any]], scope: Scope) -> bool:
    return all(
        rule.get("visibleByDefault") or _text(record, offset, scope) in rule.get("visibleValues", ())
        for offset, rule in criteria.items()
    )


def _text(record: Record, offset: int, scope: Scope) -> str:
    return shown(_at(record, offset), scope.workbook.locale)


def _at(record: Record, offset: int) -> Cell:
    return record[offset] if offset < len(record) else EMPTY


def _laid_out(pivot: Mapping[str, Any], head: Record, body: Sequence[Record], scope: Scope) -> Pivoted:
    """Labels above and at the left; with a group of columns the value's name stands in the corner above its own."""
    (group,), across, values = pivot["rows"], pivot.get("columns", []), pivot["values"]
    down, beside = _groups(group, body), _groups(across[0], body) if across else [(EMPTY, body)]
    names = [value.get("name") or f"{value['summarizeFunction']} of {_label(value, head, scope)}" for value in values]
    title = _label(group, head, scope)
    top: list[list[Value]] = [[title, *names]]
    if across:
        blank: list[Value] = [None] * (len(beside) - 1)
        top = [[names[0], _label(across[0], head, scope), *blank], [title, *(cell.value for cell, _ in beside)]]
    rows = [
        [cell.value, *(_summary(value, _common(own, side), scope) for _, side in beside for value in values)]
        for cell, own in down
    ]
    shaped = {(row, 0): cell for row, (cell, _) in enumerate(down, len(top))}
    shaped |= {(1, column): cell for column, (cell, _) in enumerate(beside, 1) if across}
    if body:
        shaped |= _like_their_source(values, body[0], range(len(top), len(top) + len(rows)), len(beside) * len(values))
    formats = {place: own for place, cell in shaped.items() if (own := number_format_of(cell))}
    return Pivoted(array([*top, *rows]), formats)


def _like_their_source(
    values: Sequence[Mapping[str, Any]], first: Record, rows: range, width: int
) -> dict[tuple[int, int], Cell]:
    """The cells whose formats the summaries take over."""
    return {
        (row, column + 1): _at(first, value.get("sourceColumnOffset", 0))
        for row in rows
        for column in range(width)
        if (value := values[column % len(values)])["summarizeFunction"] in _ALIKE
    }


def _groups(group: Mapping[str, Any], body: Sequence[Record]) -> list[tuple[Cell, Sequence[Record]]]:
    """The values of a column in order, each with its records; the total last."""
    offset = group.get("sourceColumnOffset", 0)
    found: dict[tuple[str, Value], list[Record]] = {}
    for record in body:
        value = _at(record, offset).value
        found.setdefault((type(value).__name__, value), []).append(record)
    groups: list[tuple[Cell, Sequence[Record]]] = [(_at(records[0], offset), records) for records in found.values()]
    by_value = cmp_to_key(_compared)
    groups.sort(key=lambda one: by_value(one[0].value), reverse=group.get("sortOrder") == "DESCENDING")
    return [*groups, (Cell(TOTAL), body)] if group.get("showTotals") else groups


def _compared(left: Value, right: Value) -> int:
    """Blanks come first, errors last."""
    if left is None or right is None or isinstance(left, ErrorValue) or isinstance(right, ErrorValue):
        ranks = [0 if value is None else 2 if isinstance(value, ErrorValue) else 1 for value in (left, right)]
        return ranks[0] - ranks[1]
    return coerce.compare(left, right)


def _label(field: Mapping[str, Any], head: Record, scope: Scope) -> str:
    return field.get("label") or _text(head, field.get("sourceColumnOffset", 0), scope)


def _common(first: Sequence[Record], second: Sequence[Record]) -> list[Record]:
    own = {id(record) for record in second}
    return [record for record in first if id(record) in own]


def _summary(value: Mapping[str, Any], records: Sequence[Record], scope: Scope) -> Value:
    if not records:
        return None
    column = array([[_at(record, value.get("sourceColumnOffset", 0)).value] for record in records])
    try:
        return scope.single(FUNCTIONS[value["summarizeFunction"]].call(scope, column))
    except Failure as failure:
        return failure.error
