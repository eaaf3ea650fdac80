"""Arithmetic of single numbers."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Context, Decimal
from typing import TYPE_CHECKING

from sheets_sync.local_google.formulas.registry import function
from sheets_sync.local_google.formulas.tables import Failure
from sheets_sync.local_google.workbook import Value

if TYPE_CHECKING:
    from sheets_sync.local_google.formulas.evaluate import Scope

_WIDE = Context(prec=700)


@function("PI", "", 0)
def _pi(_: Scope) -> float:
    return math.pi


def _single(name: str, compute: Callable[[float], float]) -> None:
    """Enter a function of one number."""

    @function(name, "v", 1)
    def _body(scope: Scope, value: Value) -> float:
        try:
            return compute(scope.number(value, name))
        except (ValueError, OverflowError):
            raise Failure(
                "NUM", f"Function {name} parameter 1 value is {scope.text(value)}. It is out of range."
            ) from None


_SINGLE: dict[str, Callable[[float], float]] = {
    "ABS": abs,
    "INT": lambda x: float(math.floor(x)),
    "SIGN": lambda x: float((x > 0) - (x < 0)),
    "EXP": math.exp,
    "LN": math.log,
    "LOG10": math.log10,
}
for _name, _compute in _SINGLE.items():
    _single(_name, _compute)


@function("SQRT", "v", 1)
def _sqrt(scope: Scope, value: Value) -> float:
    number = scope.number(value, "SQRT")
    if number < 0:
        said = f"Function SQRT parameter 1 value is {scope.text(value)}. It should be greater than or equal to 0."
        raise Failure("NUM", said)
    return math.sqrt(number)


@function("LOG", "v", 1, 2)
def _log(scope: Scope, value: Value, base: Value = 10.0) -> float:
    try:
        return math.log(scope.number(value, "LOG"), scope.number(base, "LOG", 2))
    except (ValueError, ZeroDivisionError):
        raise Failure(
            "NUM", f"Function LOG parameter 1 value is {scope.text(value)}. It should be greater than 0."
        ) from None


@function("MOD", "v", 2)
def _mod(scope: Scope, dividend: Value, divisor: Value) -> float:
    below = scope.number(divisor, "MOD", 2)
    if below == 0:
        raise Failure("DIVIDE_BY_ZERO", "Function MOD parameter 2 cannot be zero.")
    return scope.number(dividend, "MOD") % below


@function("QUOTIENT", "v", 2)
def _quotient(scope: Scope, dividend: Value, divisor: Value) -> float:
    below = scope.number(divisor, "QUOTIENT", 2)
    if below == 0:
        raise Failure("DIVIDE_BY_ZERO", "Function QUOTIENT parameter 2 cannot be zero.")
    return float(math.trunc(scope.number(dividend, "QUOTIENT") / below))


@function("POWER", "v", 2)
def _power(scope: Scope, base: Value, exponent: Value) -> float:
    from sheets_sync.local_google.formulas.evaluate import arithmetic  # noqa: PLC0415 - it imports the functions

    return arithmetic("^", scope.number(base, "POWER"), scope.number(exponent, "POWER", 2))


def _rounding(name: str, mode: str) -> None:
    @function(name, "v", 1, 2)
    def _body(scope: Scope, value: Value, places: Value = 0.0) -> float:
        return rounded(scope.number(value, name), int(scope.number(places, name, 2)), mode)


def rounded(number: float, places: int, mode: str = ROUND_HALF_UP) -> float:
    """Round as decimals are written, so that 2.675 becomes 2.68. No number has more than 324 places on either side."""
    places = max(-324, min(places, 324))
    exact = Decimal(repr(number))
    step = Decimal(1).scaleb(-places)
    return float(_WIDE.multiply(_WIDE.divide(exact, step).to_integral_value(mode), step)) if number else 0.0


for _name, _mode in {"ROUND": ROUND_HALF_UP, "ROUNDUP": ROUND_UP, "ROUNDDOWN": ROUND_DOWN, "TRUNC": ROUND_DOWN}.items():
    _rounding(_name, _mode)


def _stepping(name: str, to_whole: Callable[[float], float]) -> None:
    @function(name, "v", 1, 2)
    def _body(scope: Scope, value: Value, step: Value = 1.0) -> float:
        by = scope.number(step, name, 2)
        return 0.0 if by == 0 else rounded(to_whole(rounded(scope.number(value, name) / by, 12)) * by, 12)


for _name, _to_whole in {"CEILING": math.ceil, "FLOOR": math.floor, "MROUND": lambda x: rounded(x, 0)}.items():
    _stepping(_name, _to_whole)
