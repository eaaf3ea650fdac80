"""What is said of columns by their number follows a change of columns: filter criteria, sort orders, the columns of tables."""

from __future__ import annotations

from sheets_sync.local_google.json_types import JsonObject
from sheets_sync.local_google.structure import Change
from sheets_sync.local_google.workbook import Sheet, Workbook


def follow_columns(workbook: Workbook, change: Change, before: Sheet) -> None:
    """After `shift`. `before` is the sheet as it was."""
    now = workbook.sheet(change.sheet_id)
    if now is None:
        return
    if now.basic_filter is not None:
        now.basic_filter = _filter(now.basic_filter, change)
    now.filter_views = [_filter(view, change) for view in now.filter_views]
    old = {table["tableId"]: table for table in before.tables}
    now.tables = [_table(old[table["tableId"]], table, change) for table in now.tables]


def _filter(found: JsonObject, change: Change) -> JsonObject:
    criteria = {_column(change, int(key)): value for key, value in found.get("criteria", {}).items()}
    kept = {str(column): value for column, value in criteria.items() if column is not None}
    specs = _renumbered(found.get("filterSpecs", []), "columnIndex", change)
    sorts = _renumbered(found.get("sortSpecs", []), "dimensionIndex", change)
    new = {"criteria": kept, "filterSpecs": specs, "sortSpecs": sorts}
    return found | {name: value for name, value in new.items() if name in found}


def _renumbered(specs: list[JsonObject], name: str, change: Change) -> list[JsonObject]:
    moved = ((spec, _column(change, spec.get(name, 0))) for spec in specs)
    return [spec | {name: column} for spec, column in moved if column is not None]


def numbered(spec: JsonObject, name: str, index: int) -> JsonObject:
    """The object with a number that is left out if it is 0."""
    rest = {key: value for key, value in spec.items() if key != name}
    return rest | {name: index} if index else rest


def _column(change: Change, column: int) -> int | None:
    # Columns are moved by changes of whole columns only; the row is one that such a change does not look at.
    place = change.cell(0, column)
    return None if place is None else place[1]


def _table(old: JsonObject, new: JsonObject, change: Change) -> JsonObject:
    """A table's columns keep their properties; inserted ones are called Column N."""
    left, first = old["range"].get("startColumnIndex", 0), new["range"].get("startColumnIndex", 0)
    width = new["range"]["endColumnIndex"] - first
    known: dict[int, JsonObject] = {}
    for place, column in enumerate(old["columnProperties"]):
        moved = _column(change, left + column.get("columnIndex", place))
        if moved is not None:
            known[moved - first] = column
    names = {column.get("columnName") for column in known.values()}
    columns = [numbered(known.get(place) or _unnamed(names, place), "columnIndex", place) for place in range(width)]
    return new | {"columnProperties": columns}


def _unnamed(names: set[str | None], place: int) -> JsonObject:
    number = place + 1
    while f"Column {number}" in names:
        number += 1
    names.add(f"Column {number}")
    return {"columnName": f"Column {number}"}
