"""Functions that make arrays, and ranges that are only known once they are computed."""

from __future__ import annotations

from functools import cmp_to_key
from typing import TYPE_CHECKING

from sheets_sync.local_google.formulas import coerce
from sheets_sync.local_google.formulas.references import Reference
from sheets_sync.local_google.formulas.registry import function
from sheets_sync.local_google.formulas.tables import Array, Failure, Range, Result, Table, array
from sheets_sync.local_google.formulas.tree import Name, ParseError, parse
from sheets_sync.local_google.workbook import Box, Value

if TYPE_CHECKING:
    from sheets_sync.local_google.formulas.evaluate import Scope

MAX_CELLS = 1_000_000
"""Of an array that is made from nothing: `=SEQUENCE(1000000; 1000)` must not take the machine's memory."""


@function("INDIRECT", "v", 1)
def _indirect(scope: Scope, text: Value) -> Result:
    try:
        node = parse(f"={scope.text(text)}", scope.locale.decimal)
    except ParseError:
        node = None
    if not isinstance(node, Reference | Name):
        said = f"Function INDIRECT parameter 1 value is '{scope.text(text)}'. It is not a valid cell/range reference."
        raise Failure("REF", said)
    return scope.evaluate(node)


@function("OFFSET", "tvvvv", 3, 5)
def _offset(scope: Scope, start: Result, down: Value, right: Value, height: Value = None, width: Value = None) -> Range:
    if not isinstance(start, Range):
        raise Failure("N_A", "Argument must be a range in OFFSET.")
    top = start.box.top + int(scope.number(down, "OFFSET", 2))
    left = start.box.left + int(scope.number(right, "OFFSET", 3))
    rows = start.height if height is None else int(scope.number(height, "OFFSET", 4))
    columns = start.width if width is None else int(scope.number(width, "OFFSET", 5))
    box = Box(top, left, top + rows, left + columns)
    if box.empty or not box.inside(start.sheet.box):
        raise Failure("REF", "Function OFFSET evaluates to an out of bounds range.")
    return Range(start.sheet, box)


@function("SEQUENCE", "v", 1, 4)
def _sequence(scope: Scope, rows: Value, columns: Value = 1, start: Value = 1, step: Value = 1) -> Array:
    height, width = int(scope.number(rows, "SEQUENCE", 1)), int(scope.number(columns, "SEQUENCE", 2))
    if height < 1 or width < 1:
        raise Failure("NUM", "Function SEQUENCE parameters 1 and 2 must be greater than or equal to 1.")
    if height * width > MAX_CELLS:
        raise Failure("NUM", f"Function SEQUENCE makes more than {MAX_CELLS} cells, the limit of the local Google.")
    first, by = scope.number(start, "SEQUENCE", 3), scope.number(step, "SEQUENCE", 4)
    return array([[first + by * (row * width + column) for column in range(width)] for row in range(height)])


@function("SORT", "ttv", 1, None, cycle=2)
def _sort(scope: Scope, data: Result, *by: Result) -> Array:
    """Rows by columns (or by values beside them), each up or down; blanks come last either way."""
    rows = _rows(data)
    keys = list(zip(by[::2], [*by[1::2], True], strict=False)) or [
        (float(place + 1), True) for place in range(len(rows[0]))
    ]
    order = list(range(len(rows)))
    for key, up in reversed(keys):
        values = _column(scope, rows, key)
        filled = [place for place in order if values[place] is not None]
        filled.sort(
            key=cmp_to_key(lambda a, b, values=values: coerce.compare(values[a], values[b])),  # type: ignore[misc]
            reverse=not coerce.truth(scope.single(up), "SORT", 3),
        )
        order = filled + [place for place in order if values[place] is None]
    return array([rows[place] for place in order])


def _rows(data: Result) -> list[list[Value]]:
    return list(data.rows()) if isinstance(data, Table) else [[data]]


def _column(scope: Scope, rows: list[list[Value]], key: Result) -> list[Value]:
    """What rows are sorted by: one of their columns, or a column of its own."""
    if isinstance(key, Table) and key.height == len(rows) > 1:
        return [row[0] for row in key.rows()]
    place = int(scope.number(scope.single(key), "SORT", 2))
    if not 1 <= place <= len(rows[0]):
        said = f"Function SORT parameter 2 value is {place}. Valid values are between 1 and {len(rows[0])} inclusive."
        raise Failure("VALUE", said)
    return [row[place - 1] for row in rows]
