"""Sums, counts and means of what meets a criterion."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from sheets_sync.local_google.formulas import coerce
from sheets_sync.local_google.formulas.functions.aggregates import no_values, total
from sheets_sync.local_google.formulas.registry import function
from sheets_sync.local_google.formulas.tables import Failure, Result, Table, array
from sheets_sync.local_google.workbook import ErrorValue, Value

if TYPE_CHECKING:
    from sheets_sync.local_google.formulas.evaluate import Scope


Test = Callable[[Value], bool]
_CRITERION = re.compile(r"(<>|<=|>=|=|<|>)?(.*)", re.DOTALL)


def criterion(scope: Scope, wanted: Value) -> Test:
    """A criterion such as `5`, `">5"`, `"<>x"`, `"a*"` as a test of a value."""
    if not isinstance(wanted, str):
        return lambda value: _same(value, wanted)
    match = _CRITERION.fullmatch(wanted)
    sign, text = (match[1] or "=", match[2]) if match else ("=", wanted)
    number = coerce.text_as_number(text, scope.locale) if text else None
    if sign in {"=", "<>"}:
        matches = _equals(text, number)
        return matches if sign == "=" else lambda value: not matches(value)
    return _ordering(sign, text if number is None else number)


def _same(value: Value, wanted: Value) -> bool:
    if isinstance(value, ErrorValue) or value is None:
        return False
    return isinstance(value, bool) == isinstance(wanted, bool) and coerce.compare(value, wanted) == 0


def _equals(text: str, number: float | None) -> Test:
    if text.upper() in {"TRUE", "FALSE"}:
        return lambda value: isinstance(value, bool) and value == (text.upper() == "TRUE")
    if number is not None:
        return lambda value: isinstance(value, int | float) and not isinstance(value, bool) and value == number
    if not text:
        return lambda value: value is None or value == ""
    pattern = coerce.wildcard(text)
    return lambda value: isinstance(value, str) and bool(pattern.fullmatch(value))


def _ordering(sign: str, limit: float | str) -> Test:
    """Only values of the limit's own kind are above or below it."""
    wanted = {"<": {-1}, ">": {1}, "<=": {-1, 0}, ">=": {0, 1}}[sign]

    def test(value: Value) -> bool:
        same_kind = isinstance(value, str) == isinstance(limit, str) and not isinstance(value, bool | ErrorValue | None)
        return same_kind and coerce.compare(value, limit) in wanted

    return test


def _grid(result: Result) -> list[list[Value]]:
    return [list(row) for row in result.rows()] if isinstance(result, Table) else [[result]]


def _meeting(scope: Scope, name: str, pairs: Sequence[Result]) -> Iterator[tuple[int, int]]:
    """The places, counted inside the ranges, where every criterion is met."""
    grids = [_grid(pair) for pair in pairs[::2]]
    tests = [criterion(scope, scope.single(wanted)) for wanted in pairs[1::2]]
    sizes = {(len(grid), len(grid[0]) if grid else 0) for grid in grids}
    if len(sizes) > 1 or len(pairs) % 2:
        raise Failure("VALUE", f"Array arguments to {name} are of different size.")
    for row, values in enumerate(grids[0]):
        for column in range(len(values)):
            if all(test(grid[row][column]) for grid, test in zip(grids, tests, strict=True)):
                yield row, column


def _picked(data: Result, places: Iterator[tuple[int, int]]) -> list[float]:
    """The numbers at the places."""
    table = data if isinstance(data, Table) else array([[data]])
    values = (coerce.raised(_beyond(table, row, column)) for row, column in places)
    return [float(value) for value in values if isinstance(value, int | float) and not isinstance(value, bool)]


def _beyond(table: Table, row: int, column: int) -> Value:
    """The sum range may be smaller than the criteria's: it then goes on in its sheet."""
    if row < table.height and column < table.width:
        return table.at(row, column)
    return None


@function("COUNTIF", "tv", 2)
def _countif(scope: Scope, data: Result, wanted: Value) -> float:
    return float(sum(1 for _ in _meeting(scope, "COUNTIF", [data, wanted])))


@function("COUNTIFS", "tv", 2, None, cycle=2)
def _countifs(scope: Scope, *pairs: Result) -> float:
    return float(sum(1 for _ in _meeting(scope, "COUNTIFS", pairs)))


@function("SUMIF", "tvt", 2, 3)
def _sumif(scope: Scope, data: Result, wanted: Value, summed: Result = None) -> float:
    return total(_picked(data if summed is None else summed, _meeting(scope, "SUMIF", [data, wanted])))


@function("SUMIFS", "ttv", 3, None, cycle=2)
def _sumifs(scope: Scope, summed: Result, *pairs: Result) -> float:
    return total(_picked(summed, _meeting(scope, "SUMIFS", pairs)))


@function("AVERAGEIF", "tvt", 2, 3)
def _averageif(scope: Scope, data: Result, wanted: Value, averaged: Result = None) -> float:
    return _mean(
        "AVERAGEIF", _picked(data if averaged is None else averaged, _meeting(scope, "AVERAGEIF", [data, wanted]))
    )


@function("AVERAGEIFS", "ttv", 3, None, cycle=2)
def _averageifs(scope: Scope, averaged: Result, *pairs: Result) -> float:
    return _mean("AVERAGEIFS", _picked(averaged, _meeting(scope, "AVERAGEIFS", pairs)))


@function("MINIFS", "ttv", 3, None, cycle=2)
def _minifs(scope: Scope, data: Result, *pairs: Result) -> float:
    return min(_picked(data, _meeting(scope, "MINIFS", pairs)), default=0.0)


@function("MAXIFS", "ttv", 3, None, cycle=2)
def _maxifs(scope: Scope, data: Result, *pairs: Result) -> float:
    return max(_picked(data, _meeting(scope, "MAXIFS", pairs)), default=0.0)


def _mean(name: str, found: list[float]) -> float:
    if not found:
        raise no_values(name)
    return total(found) / len(found)
