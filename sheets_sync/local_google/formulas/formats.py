"""The number format that a formula's result takes over from what it was computed from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sheets_sync.local_google.formulas.evaluate import Scope
from sheets_sync.local_google.formulas.references import Reference
from sheets_sync.local_google.formulas.tables import Failure
from sheets_sync.local_google.formulas.tree import Binary, Call, Node, Unary
from sheets_sync.local_google.values.entry import number_format
from sheets_sync.local_google.values.render import number_format_of

Format = Mapping[str, Any] | None

_DATES = {"TODAY", "DATE", "EDATE", "EOMONTH", "DATEVALUE"}
_ALIKE = {
    "SUM", "AVERAGE", "MIN", "MAX", "MEDIAN", "ABS", "ROUND", "ROUNDUP", "ROUNDDOWN", "TRUNC", "INT", "IFERROR", "IFNA",
    "INDEX", "LARGE", "SMALL", "ARRAYFORMULA",
}  # fmt: skip
_CHOOSING = {"IF": 1, "IFS": 1, "VLOOKUP": 1, "HLOOKUP": 1, "SUMIF": 2, "SUMIFS": 0, "XLOOKUP": 2}


def implied_format(node: Node, scope: Scope) -> Format:
    """The NumberFormat of the result, or None: the first formatted operand's, a date function's own.

    The difference of two dates is a number; so is the quotient of two amounts.
    """
    match node:
        case Reference():
            return _of_range(node, scope)
        case Unary(operator="%"):
            return number_format("PERCENT", "0%")
        case Unary(operand=operand):
            return implied_format(operand, scope)
        case Binary(operator=sign, left=left, right=right):
            return _of_operation(sign, implied_format(left, scope), implied_format(right, scope))
        case Call(name, arguments):
            return _of_call(name, arguments, scope)
    return None


def _of_range(reference: Reference, scope: Scope) -> Format:
    """That of the first cell."""
    try:
        box = scope.range_of(reference).box
    except Failure:
        return None
    sheet = scope.range_of(reference).sheet
    return number_format_of(sheet.cell(box.top, box.left))


def _of_operation(sign: str, left: Format, right: Format) -> Format:
    if sign not in {"+", "-", "*", "/"}:
        return None
    if left and right and left["type"] == right["type"]:
        vanishes = sign == "/" or (sign == "-" and left["type"] in {"DATE", "DATE_TIME"})
        return None if vanishes else left
    return left or (None if sign == "/" else right)


def _of_call(name: str, arguments: tuple[Node, ...], scope: Scope) -> Format:
    if name in _DATES:
        return number_format("DATE", scope.locale.date)
    if name == "NOW":
        return number_format("DATE_TIME", scope.locale.date_time)
    if name == "TIME":
        return number_format("TIME", scope.locale.time)
    place = 0 if name in _ALIKE else _CHOOSING.get(name)
    if place is None or place >= len(arguments):
        return None
    return implied_format(arguments[place], scope)
