"""What kind of value something is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NoReturn

from sheets_sync.local_google.formulas.registry import function
from sheets_sync.local_google.formulas.tables import Failure
from sheets_sync.local_google.workbook import ErrorValue, Value

if TYPE_CHECKING:
    from sheets_sync.local_google.formulas.evaluate import Scope


def _is_number(value: Value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _test(name: str, holds: Callable[[Value], bool]) -> None:
    """Enter a test of one value; errors are looked at, not spread."""

    @function(name, "e", 1)
    def _body(_: Scope, value: Value) -> bool:
        return holds(value)


for _name, _holds in {
    "ISBLANK": lambda value: value is None,
    "ISNUMBER": _is_number,
    "ISTEXT": lambda value: isinstance(value, str),
    "ISNONTEXT": lambda value: not isinstance(value, str),
    "ISLOGICAL": lambda value: isinstance(value, bool),
    "ISERROR": lambda value: isinstance(value, ErrorValue),
    "ISERR": lambda value: isinstance(value, ErrorValue) and value.kind != "N_A",
    "ISNA": lambda value: isinstance(value, ErrorValue) and value.kind == "N_A",
}.items():
    _test(_name, _holds)


@function("NA", "", 0)
def _na(_: Scope) -> NoReturn:
    raise Failure("N_A", "Error")


@function("N", "e", 1)
def _n(_: Scope, value: Value) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
