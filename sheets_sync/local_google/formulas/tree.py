r"""Parses a formula into a tree.

Binding, loosest first: comparison, `&`, `+ -`, `* /`, `^`, signs, `%`. In a locale with a decimal comma `;` separates
arguments and rows, `\\` columns of an array; elsewhere `,` (or `;`) arguments, `,` columns and `;` rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from sheets_sync.local_google.formulas.references import Reference, read_reference
from sheets_sync.local_google.formulas.tokens import Token, tokens


class ParseError(Exception):
    """The text is not a formula."""


@dataclass(frozen=True, slots=True)
class Literal:
    """A number, text or truth value; None where an argument was left out."""

    value: float | str | bool | None


@dataclass(frozen=True, slots=True)
class Mistake:
    """An error written into the formula, such as `#REF!`."""

    text: str


@dataclass(frozen=True, slots=True)
class Name:
    """A named range."""

    text: str


@dataclass(frozen=True, slots=True)
class Call:
    """A function with its arguments."""

    name: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Binary:
    """An operator between two operands."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Unary:
    """A sign before an operand, or `%` after it."""

    operator: str
    operand: Node


@dataclass(frozen=True, slots=True)
class ArrayLiteral:
    """`{…}`, row by row."""

    rows: tuple[tuple[Node, ...], ...]


Node = Literal | Mistake | Name | Call | Binary | Unary | ArrayLiteral | Reference

_BINDING = dict.fromkeys(("=", "<>", "<", ">", "<=", ">="), 1) | {"&": 2, "+": 3, "-": 3, "*": 4, "/": 4, "^": 5}
_END = Token("end", "")


@lru_cache(maxsize=2**15)
def parse(text: str, decimal: str = ".") -> Node:
    """The tree of a formula.

    Args:
        text: the formula with its `=`.
        decimal: the locale's decimal mark.

    Raises:
        ParseError: it is none.
    """
    parser = _Parser([token for token in tokens(text[1:], decimal) if token.kind != "space"], decimal)
    node = parser.binary()
    parser.expect("end", "")
    return node


class _Parser:
    def __init__(self, pieces: list[Token], decimal: str) -> None:
        self._pieces = [*pieces, _END]
        self._place = 0
        self._decimal = decimal
        self._arguments = {";"} if decimal == "," else {",", ";"}
        self._columns = "\\" if decimal == "," else ","

    def _next(self) -> Token:
        token = self._pieces[self._place]
        self._place += 1
        return token

    def _at(self, *texts: str) -> bool:
        return self._pieces[self._place].text in texts and self._pieces[self._place].kind in {"mark", "operator"}

    def _skip(self, *texts: str) -> bool:
        found = self._at(*texts)
        self._place += found
        return found

    def expect(self, kind: str, text: str) -> None:
        if self._next() != (kind, text):
            raise ParseError

    def binary(self, least: int = 1) -> Node:
        """An expression of operators that bind at least so tightly."""
        node = self._signed()
        while (level := self._binding()) >= least:
            operator = self._next().text
            node = Binary(operator, node, self.binary(level + 1))
        return node

    def _binding(self) -> int:
        """How tightly the operator that comes next binds; 0 if none does."""
        kind, text = self._pieces[self._place]
        return _BINDING.get(text, 0) if kind == "operator" else 0

    def _signed(self) -> Node:
        if self._at("+", "-"):
            operator = self._next().text
            return Unary(operator, self._signed())
        node = self._operand()
        while self._skip("%"):
            node = Unary("%", node)
        return node

    def _operand(self) -> Node:
        kind, text = self._next()
        match kind:
            case "number":
                return Literal(float(text.replace(self._decimal, ".")))
            case "string":
                return Literal(text[1:-1].replace('""', '"'))
            case "error":
                return Mistake(text.rpartition("!#")[2] if "!#" in text else text)
            case "reference":
                return _reference(text)
            case "function":
                return self._call(text.upper())
            case "name":
                return Literal(text.upper() == "TRUE") if text.upper() in {"TRUE", "FALSE"} else Name(text)
        if (kind, text) == ("mark", "("):
            return self._bracketed()
        if (kind, text) == ("mark", "{"):
            return self._array()
        raise ParseError

    def _bracketed(self) -> Node:
        node = self.binary()
        self.expect("mark", ")")
        return node

    def _call(self, name: str) -> Node:
        self.expect("mark", "(")
        if self._skip(")"):
            return Call(name, ())
        arguments = [self._argument()]
        while self._skip(*self._arguments):
            arguments.append(self._argument())
        self.expect("mark", ")")
        return Call(name, tuple(arguments))

    def _argument(self) -> Node:
        return Literal(None) if self._at(*self._arguments, ")") else self.binary()

    def _array(self) -> Node:
        rows: list[list[Node]] = [[self.binary()]]
        while not self._skip("}"):
            if self._skip(self._columns):
                rows[-1].append(self.binary())
            else:
                self.expect("mark", ";")
                rows.append([self.binary()])
        if len({len(row) for row in rows}) > 1:
            raise ParseError
        return ArrayLiteral(tuple(map(tuple, rows)))


def _reference(text: str) -> Reference:
    found = read_reference(text)
    if found is None:
        raise ParseError
    return found
