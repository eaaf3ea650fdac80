"""Sums, counts, means and the like of ranges."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator, Sequence
from math import fsum, inf, isfinite, prod
from typing import TYPE_CHECKING

from sheets_sync.local_google.formulas import coerce
from sheets_sync.local_google.formulas.registry import function
from sheets_sync.local_google.formulas.tables import Failure, Range, Result, Table, array
from sheets_sync.local_google.formulas.tree import Node
from sheets_sync.local_google.workbook import ErrorValue, Value

if TYPE_CHECKING:
    from sheets_sync.local_google.formulas.evaluate import Scope


def numbers_in(scope: Scope, name: str, arguments: Sequence[Result]) -> Iterator[float]:
    """The numbers of the arguments; inside a range texts, truth values and blanks don't count, errors spread."""
    for place, argument in enumerate(arguments, 1):
        if not isinstance(argument, Table):
            yield scope.number(argument, name, place)
            continue
        for value in argument.filled():
            if not isinstance(coerce.raised(value), str | bool):
                yield float(value)  # type: ignore[arg-type]  # what is left are numbers


def total(numbers: Sequence[float]) -> float:
    """Their sum, without the small errors of adding one by one."""
    return _finite(fsum, numbers)


def _finite(compute: Callable[[Sequence[float]], float], numbers: Sequence[float]) -> float:
    """What is computed of the numbers; #NUM! if it is beyond all numbers."""
    try:
        result = compute(numbers)
    except OverflowError:
        result = inf
    if not isfinite(result):
        raise Failure("NUM", "Numeric value is greater than 1.79769E+308 and cannot be displayed properly.")
    return result


def no_values(name: str) -> Failure:
    return Failure("DIVIDE_BY_ZERO", f"Evaluation of function {name} caused a divide by zero error.")


def _aggregate(name: str, compute: Callable[[Sequence[float]], float], fewest: int = 0) -> None:
    """Enter a function of all numbers; with fewer numbers than `fewest` it is #DIV/0!."""

    @function(name, "t", 1, None)
    def _body(scope: Scope, *arguments: Result) -> float:
        found = list(numbers_in(scope, name, arguments))
        if len(found) < fewest:
            raise no_values(name)
        return _finite(compute, found)


for _name, _compute, _fewest in (
    ("SUM", total, 0),
    ("PRODUCT", lambda found: prod(found) if found else 0.0, 0),
    ("SUMSQ", lambda found: total([number * number for number in found]), 0),
    ("AVERAGE", lambda found: total(found) / len(found), 1),
    ("MIN", lambda found: min(found, default=0.0), 0),
    ("MAX", lambda found: max(found, default=0.0), 0),
    ("STDEV", statistics.stdev, 2),
    ("STDEVP", statistics.pstdev, 1),
    ("VAR", statistics.variance, 2),
    ("VARP", statistics.pvariance, 1),
):
    _aggregate(_name, _compute, _fewest)


@function("MEDIAN", "t", 1, None)
def _median(scope: Scope, *arguments: Result) -> float:
    found = list(numbers_in(scope, "MEDIAN", arguments))
    if not found:
        raise Failure("NUM", "Function MEDIAN has no valid input data.")
    return statistics.median(found)


@function("COUNT", "t", 1, None)
def _count(scope: Scope, *arguments: Result) -> float:
    return float(sum(_is_number(scope, value, typed=typed) for value, typed in _values(arguments)))


def _is_number(scope: Scope, value: Value, *, typed: bool) -> bool:
    """A text counts as a number only if it stands in the formula itself."""
    if isinstance(value, str):
        return typed and coerce.text_as_number(value, scope.locale) is not None
    return isinstance(value, int | float) and (typed or not isinstance(value, bool))


@function("COUNTA", "t", 1, None)
def _counta(_: Scope, *arguments: Result) -> float:
    return float(sum(1 for _ in _values(arguments)))


@function("COUNTUNIQUE", "t", 1, None)
def _countunique(_: Scope, *arguments: Result) -> float:
    return float(len({(type(value), value) for value, _ in _values(arguments)}))


@function("COUNTBLANK", "t", 1, None)
def _countblank(_: Scope, *arguments: Result) -> float:
    blanks = 0
    for argument in arguments:
        size = argument.height * argument.width if isinstance(argument, Table) else 1
        blanks += size - sum(value != "" for value, _ in _values([argument]) if value is not None)
    return float(blanks)


def _values(arguments: Sequence[Result]) -> Iterator[tuple[Value, bool]]:
    """Every value that is there, and whether it was written in the formula itself."""
    for argument in arguments:
        if isinstance(argument, Table):
            yield from ((value, False) for value in argument.filled())
        else:
            yield argument, True


def _ranked(name: str, *, descending: bool) -> None:
    @function(name, "tv", 2)
    def _body(scope: Scope, data: Result, rank: Value) -> float:
        found = sorted(numbers_in(scope, name, [data]), reverse=descending)
        place = int(scope.number(rank, name, 2))
        if not 1 <= place <= len(found):
            raise Failure("NUM", f"Function {name} parameter 2 value {place} is out of range.")
        return found[place - 1]


_ranked("LARGE", descending=True)
_ranked("SMALL", descending=False)


@function("RANK", "vtv", 2, 3)
def _rank(scope: Scope, value: Value, data: Result, ascending: Value = 0.0) -> float:
    own, found = scope.number(value, "RANK"), list(numbers_in(scope, "RANK", [data]))
    if own not in found:
        raise Failure("N_A", "Value not found in data set for function RANK.")
    up = scope.number(ascending, "RANK", 3) != 0
    return 1.0 + sum(other < own if up else other > own for other in found)


@function("SUMPRODUCT", "lazy", 1, None)
def _sumproduct(scope: Scope, *nodes: Node) -> float:
    tables = [scope.in_arrays().evaluate(node) for node in nodes]
    grids = [list(table.rows()) if isinstance(table, Table) else [[table]] for table in tables]
    if len({(len(grid), len(grid[0]) if grid else 0) for grid in grids}) > 1:
        raise Failure("VALUE", "SUMPRODUCT has mismatched range sizes.")
    cells = zip(*([value for row in grid for value in row] for grid in grids), strict=True)
    return total([prod(map(_factor, together)) for together in cells])


def _factor(value: Value) -> float:
    """What is no number counts as 0."""
    if isinstance(value, ErrorValue):
        raise Failure(value.kind, value.message)
    return float(value) if isinstance(value, int | float) else 0.0


@function("ARRAYFORMULA", "lazy", 1)
def _arrayformula(scope: Scope, node: Node) -> Result:
    result = scope.in_arrays().evaluate(node)
    return array(list(result.rows())) if isinstance(result, Range) else result
