"""Finding things in ranges."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sheets_sync.local_google.formulas import coerce
from sheets_sync.local_google.formulas.registry import function
from sheets_sync.local_google.formulas.tables import Array, Failure, Range, Result, Table, array
from sheets_sync.local_google.formulas.tree import Node
from sheets_sync.local_google.workbook import ErrorValue, Value

if TYPE_CHECKING:
    from sheets_sync.local_google.formulas.evaluate import Scope


@function("ROW", "lazy", 0, 1)
def _row(scope: Scope, node: Node | None = None) -> Result:
    found = _place(scope, "ROW", node)
    if scope.arrays and found:
        return array([[float(found.box.top + row + 1)] for row in range(found.height)])
    return float((found.box.top if found else scope.row) + 1)


@function("COLUMN", "lazy", 0, 1)
def _column(scope: Scope, node: Node | None = None) -> Result:
    found = _place(scope, "COLUMN", node)
    if scope.arrays and found:
        return array([[float(found.box.left + column + 1) for column in range(found.width)]])
    return float((found.box.left if found else scope.column) + 1)


def _place(scope: Scope, name: str, node: Node | None) -> Range | None:
    if node is None:
        return None
    found = scope.evaluate(node)
    if not isinstance(found, Range):
        raise Failure("N_A", f"Argument must be a range in {name}.")
    return found


@function("ROWS", "t", 1)
def _rows(_: Scope, table: Result) -> float:
    return float(table.height if isinstance(table, Table) else 1)


@function("COLUMNS", "t", 1)
def _columns(_: Scope, table: Result) -> float:
    return float(table.width if isinstance(table, Table) else 1)


@function("CHOOSE", "lazy", 2, None)
def _choose(scope: Scope, which: Node, *nodes: Node) -> Result:
    place = int(scope.number(scope.value(which), "CHOOSE"))
    if not 1 <= place <= len(nodes):
        said = f"Function CHOOSE parameter 1 value is {place}. Valid values are between 1 and {len(nodes)} inclusive."
        raise Failure("NUM", said)
    return scope.evaluate(nodes[place - 1])


@function("INDEX", "tvv", 1, 3)
def _index(scope: Scope, data: Result, row: Value = None, column: Value = None) -> Result:
    """Row or column 0 means all of them; a single number counts along a table of one row."""
    table = data if isinstance(data, Table) else array([[data]])
    down, right = int(scope.number(row, "INDEX", 2)), int(scope.number(column, "INDEX", 3))
    if column is None and table.height == 1 and table.width > 1:
        down, right = 1, down
    _check_place("INDEX", 2, down, table.height)
    _check_place("INDEX", 3, right, table.width)
    rows = [down - 1] if down else range(table.height)
    columns = [right - 1] if right else range(table.width)
    picked = array([[table.at(i, j) for j in columns] for i in rows])
    return coerce.raised(picked.at(0, 0)) if picked.height == picked.width == 1 else picked


def _check_place(name: str, parameter: int, place: int, most: int) -> None:
    if not 0 <= place <= most:
        said = (
            f"Function {name} parameter {parameter} value is {place}. Valid values are between 0 and {most} inclusive."
        )
        raise Failure("NUM", said)


@function("MATCH", "vtv", 2, 3)
def _match(scope: Scope, wanted: Value, data: Result, kind: Value = 1.0) -> float:
    found = _position(wanted, _line(data), int(scope.number(kind, "MATCH", 3)))
    if found is None:
        raise _missing(scope, wanted, "MATCH")
    return float(found + 1)


def _line(data: Result) -> list[Value]:
    return [value for row in data.rows() for value in row] if isinstance(data, Table) else [data]


def _missing(scope: Scope, wanted: Value, name: str) -> Failure:
    return Failure("N_A", f"Did not find value '{scope.text(wanted)}' in {name} evaluation.")


def _position(wanted: Value, values: Sequence[Value], kind: int) -> int | None:
    """0: the first that equals; 1: the last not above it (sorted upwards); -1: the last not below it (sorted downwards)."""
    if kind == 0:
        return next((place for place, value in enumerate(values) if _equal(value, wanted)), None)
    best = None
    for place, value in enumerate(values):
        if value is None or isinstance(value, ErrorValue) or isinstance(value, str) != isinstance(wanted, str):
            continue
        if coerce.compare(value, wanted) * kind > 0:
            break
        best = place
    return best


def _equal(value: Value, wanted: Value) -> bool:
    if value is None or isinstance(value, ErrorValue):
        return False
    if isinstance(value, str) and isinstance(wanted, str):
        return bool(coerce.wildcard(wanted).fullmatch(value))
    return coerce.compare(value, wanted) == 0


@function("VLOOKUP", "vtvv", 3, 4)
def _vlookup(scope: Scope, wanted: Value, data: Result, index: Value, is_sorted: Value = True) -> Value:
    table = data if isinstance(data, Table) else array([[data]])
    column = _lookup_index(scope, "VLOOKUP", index, table.width)
    found = _position(wanted, [row[0] for row in table.rows()], int(coerce.truth(is_sorted, "VLOOKUP", 4)))
    if found is None:
        raise _missing(scope, wanted, "VLOOKUP")
    return coerce.raised(table.at(found, column))


@function("HLOOKUP", "vtvv", 3, 4)
def _hlookup(scope: Scope, wanted: Value, data: Result, index: Value, is_sorted: Value = True) -> Value:
    table = data if isinstance(data, Table) else array([[data]])
    row = _lookup_index(scope, "HLOOKUP", index, table.height)
    first = [table.at(0, column) for column in range(table.width)]
    found = _position(wanted, first, int(coerce.truth(is_sorted, "HLOOKUP", 4)))
    if found is None:
        raise _missing(scope, wanted, "HLOOKUP")
    return coerce.raised(table.at(row, found))


def _lookup_index(scope: Scope, name: str, index: Value, most: int) -> int:
    place = int(scope.number(index, name, 3))
    if place < 1:
        raise Failure(
            "VALUE", f"Function {name} parameter 3 value is {place}. Valid values are between 1 and {most} inclusive."
        )
    if place > most:
        raise Failure("REF", f"{name} evaluates to an out of bounds range.")
    return place - 1


@function("XLOOKUP", "vttt", 3, 4)
def _xlookup(scope: Scope, wanted: Value, data: Result, results: Result, missing: Result = None) -> Value:
    found = _position(wanted, _line(data), 0)
    values = _line(results)
    if len(values) != len(_line(data)):
        raise Failure("VALUE", "Array arguments to XLOOKUP are of different size.")
    if found is not None:
        return coerce.raised(values[found])
    if missing is None:
        raise _missing(scope, wanted, "XLOOKUP")
    return scope.single(missing)


@function("FILTER", "lazy", 2, None)
def _filter(scope: Scope, data: Node, *conditions: Node) -> Array:
    table = scope.evaluate(data)
    rows = list(table.rows()) if isinstance(table, Table) else [[table]]
    tests = [_line(scope.in_arrays().evaluate(condition)) for condition in conditions]
    kept = [row for place, row in enumerate(rows) if all(_holds(test, place) for test in tests)]
    if not kept:
        raise Failure("N_A", "No matches are found in FILTER evaluation.")
    return array(kept)


def _holds(test: Sequence[Value], place: int) -> bool:
    value = test[place] if place < len(test) else None
    return isinstance(value, bool | int | float) and bool(value)


@function("UNIQUE", "t", 1)
def _unique(_: Scope, data: Result) -> Array:
    rows = data.rows() if isinstance(data, Table) else iter([[data]])
    return array([list(row) for row in dict.fromkeys(tuple(row) for row in rows)])


@function("TRANSPOSE", "t", 1)
def _transpose(_: Scope, data: Result) -> Array:
    rows = list(data.rows()) if isinstance(data, Table) else [[data]]
    return array([list(column) for column in zip(*rows, strict=True)])


@function("HYPERLINK", "v", 1, 2)
def _hyperlink(_: Scope, address: Value, label: Value = None) -> Value:
    return address if label is None else label


@function("SPARKLINE", "t", 1, 2)
def _sparkline(_: Scope, *__: Result) -> None:
    """Draws; its cell has no value."""


@function("IMAGE", "v", 1, 4)
def _image(_: Scope, *__: Value) -> None:
    """Draws; its cell has no value."""
