"""Computes a tree."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import isfinite

from sheets_sync.local_google.formulas import coerce
from sheets_sync.local_google.formulas.functions import FUNCTIONS
from sheets_sync.local_google.formulas.references import Reference
from sheets_sync.local_google.formulas.registry import Function
from sheets_sync.local_google.formulas.tables import Array, Failure, Range, Result, Table, array
from sheets_sync.local_google.formulas.tree import ArrayLiteral, Binary, Call, Literal, Mistake, Name, Node, Unary
from sheets_sync.local_google.ranges import from_grid_range
from sheets_sync.local_google.values.locales import Locale
from sheets_sync.local_google.values.render import ERROR_TEXTS
from sheets_sync.local_google.workbook import ErrorValue, Sheet, Value, Workbook

_ERROR_KINDS = {text: kind for kind, text in ERROR_TEXTS.items()}
_NAMES = {
    "+": "ADD",
    "-": "MINUS",
    "*": "MULTIPLY",
    "/": "DIVIDE",
    "^": "POW",
}
_COMPARISONS: dict[str, Callable[[int, int], bool]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
}
_NO_ARRAY = "An array value could not be found."


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a formula stands, and when.

    Attributes:
        now: the time in the workbook's zone.
        arrays: whether a range stands for all its values, one by one (inside ARRAYFORMULA, SUMPRODUCT, FILTER).
    """

    workbook: Workbook
    sheet: Sheet
    row: int
    column: int
    now: datetime
    locale: Locale
    arrays: bool = False

    def in_arrays(self) -> Scope:
        return Scope(self.workbook, self.sheet, self.row, self.column, self.now, self.locale, arrays=True)

    def number(self, value: Value, function: str = "", place: int = 1) -> float:
        return coerce.number(value, function, place, self.locale)

    def text(self, value: Value) -> str:
        return coerce.text(value, self.locale)

    def evaluate(self, node: Node) -> Result:
        """The value of a tree: a single value or a table.

        Raises:
            Failure: the value is an error. (Errors inside tables stay values.)
        """
        match node:
            case Literal(value):
                return value
            case Reference():
                return self.range_of(node)
            case Call(name, arguments):
                return self._call(name, arguments)
            case Binary(operator=sign, left=left, right=right):
                return self._each(lambda a, b: self._binary(sign, a, b), [left, right])
            case Unary(operator=sign, operand=operand):
                return self._each(lambda value: self._unary(sign, value), [operand])
            case Name(text):
                return self._named(text)
            case ArrayLiteral(rows):
                return self._stacked(rows)
            case Mistake(text):
                raise Failure(_ERROR_KINDS.get(text, "ERROR"), "Reference does not exist." if text == "#REF!" else "")

    def value(self, node: Node) -> Value:
        """The tree as a single value; a range stands for its cell in the formula's own row or column.

        Raises:
            Failure: it is an error.
        """
        return coerce.raised(self.single(self.evaluate(node)))

    def single(self, result: Result) -> Value:
        """A table as the one value that is meant here."""
        if isinstance(result, Array):
            return result.at(0, 0)
        if isinstance(result, Range):
            return self._intersection(result)
        return result

    def _intersection(self, found: Range) -> Value:
        box = found.box
        if box.height == box.width == 1:
            return found.at(0, 0)
        if box.width == 1 and box.top <= self.row < box.bottom:
            return found.at(self.row - box.top, 0)
        if box.height == 1 and box.left <= self.column < box.right:
            return found.at(0, self.column - box.left)
        raise Failure("VALUE", _NO_ARRAY)

    def range_of(self, reference: Reference) -> Range:
        """The cells of a reference.

        Raises:
            Failure: #REF! if there is no such tab or nothing of it lies in the grid.
        """
        sheet = self.sheet if reference.title is None else self.workbook.sheet_named(reference.title)
        if sheet is None:
            raise Failure("REF", f"Unresolved sheet name '{reference.title}'.")
        bounds = reference.bounds
        if not bounds.begins_inside(sheet.box):
            raise Failure("REF", "Reference does not exist.")
        return Range(sheet, bounds.within(sheet.box))

    def _named(self, name: str) -> Result:
        wanted = name.casefold()
        for named in self.workbook.named_ranges:
            if named["name"].casefold() == wanted:
                area = from_grid_range(self.workbook, named["range"])
                return Range(area.sheet, area.box)
        raise Failure("NAME", f"Unknown range name: '{name.upper()}'.")

    def _stacked(self, rows: Sequence[Sequence[Node]]) -> Array:
        return array([[self.value(node) for node in row] for row in rows])

    def _binary(self, sign: str, left: Value, right: Value) -> Value:
        if sign == "&":
            return self.text(left) + self.text(right)
        if sign in _COMPARISONS:
            return _COMPARISONS[sign](coerce.compare(left, right), 0)
        name = _NAMES[sign]
        return arithmetic(sign, self.number(left, name, 1), self.number(right, name, 2))

    def _unary(self, sign: str, value: Value) -> Value:
        if sign == "+":
            return value
        if sign == "%":
            return self.number(value, "UNARY_PERCENT") / 100
        return -self.number(value, "UMINUS")

    def _each(self, compute: Callable[..., Value], nodes: Sequence[Node]) -> Result:
        """Compute with single values, or one by one along tables where arrays are wanted."""
        if not self.arrays:
            return compute(*(self.single(self.evaluate(node)) for node in nodes))
        return broadcast(compute, [self.evaluate(node) for node in nodes])

    def _call(self, name: str, nodes: tuple[Node, ...]) -> Result:
        found = FUNCTIONS.get(name)
        if found is None:
            raise Failure("NAME", f"Unknown function: '{name}'.")
        _check_count(found, len(nodes))
        if found.takes == "lazy":
            return found.call(self, *nodes)
        if self.arrays and set(found.takes) <= {"v", "e"}:
            return broadcast(
                lambda *values: self.single(found.call(self, *values)), [self.evaluate(node) for node in nodes]
            )
        return found.call(self, *(self._argument(found.kind(place), node) for place, node in enumerate(nodes)))

    def _argument(self, kind: str, node: Node) -> Result:
        if kind == "t":
            return self.evaluate(node)
        if kind == "v":
            return self.value(node)
        try:
            return self.single(self.evaluate(node))
        except Failure as failure:
            return failure.error


def arithmetic(sign: str, left: float, right: float) -> float:
    """`+ - * / ^` of two numbers.

    Raises:
        Failure: #DIV/0! or #NUM!.
    """
    try:
        result = _OPERATIONS[sign](left, right)
    except ZeroDivisionError:
        name = "DIVIDE" if sign == "/" else "POWER"
        raise Failure("DIVIDE_BY_ZERO", f"Function {name} parameter 2 cannot be zero.") from None
    except OverflowError:
        result = float("inf")
    if isinstance(result, complex) or not isfinite(result):
        raise Failure("NUM", "Numeric value is greater than 1.79769E+308 and cannot be displayed properly.")
    return result


_OPERATIONS: dict[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "^": lambda left, right: float(left) ** right,
}


def broadcast(compute: Callable[..., Value], results: Sequence[Result]) -> Result:
    """Compute one by one along tables; single values, rows and columns repeat."""
    tables = [result for result in results if isinstance(result, Table)]
    if not tables:
        return compute(*results)
    height, width = max(table.height for table in tables), max(table.width for table in tables)
    return array([[_one(compute, results, row, column) for column in range(width)] for row in range(height)])


def _one(compute: Callable[..., Value], results: Sequence[Result], row: int, column: int) -> Value:
    try:
        return compute(*(_at(result, row, column) for result in results))
    except Failure as failure:
        return failure.error


def _at(result: Result, row: int, column: int) -> Value:
    if not isinstance(result, Table):
        return result
    row, column = (0 if result.height == 1 else row), (0 if result.width == 1 else column)
    inside = row < result.height and column < result.width
    return result.at(row, column) if inside else ErrorValue("N_A", _NO_ARRAY)


def _check_count(found: Function, given: int) -> None:
    if given >= found.least and (found.most is None or given <= found.most):
        return
    if found.most is None:
        expected = f"at least {found.least}"
    elif found.most == found.least:
        expected = str(found.least)
    else:
        expected = f"between {found.least} and {found.most}"
    message = (
        f"Wrong number of arguments to {found.name}. Expected {expected} arguments, but received {given} arguments."
    )
    raise Failure("N_A", message)
