"""A formula's text as tokens. Joined again they give the text, so that rewriting keeps every space."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from sheets_sync.local_google.formulas.references import read_reference


class Token(NamedTuple):
    """A piece of a formula.

    `kind`: space, string, error, reference, function (its name; the bracket is a token of its own), name, number,
    operator, mark (brackets, braces, separators), unknown.
    """

    kind: str
    text: str


_TITLE = r"(?:'(?:[^']|'')+'|[^\W\d]\w*)!"
_CELL = r"\$?[A-Za-z]{1,3}\$?[1-9][0-9]*"
_COLUMN = r"\$?[A-Za-z]{1,3}"
_ROW = r"\$?[1-9][0-9]*"
_END = r"(?![\w(.])"


def _lexer(decimal: str) -> re.Pattern[str]:
    point = re.escape(decimal)
    return re.compile(
        rf"""
        (?P<space>\s+)
        | (?P<string>"(?:[^"]|"")*")
        | (?P<error>(?:{_TITLE})?\#(?:REF!|DIV/0!|N/A|NAME\?|NULL!|NUM!|VALUE!|ERROR!))
        | (?P<reference>(?:{_TITLE})?(?:
            {_CELL}:(?:{_CELL}|{_COLUMN}|{_ROW}) | {_COLUMN}:(?:{_CELL}|{_COLUMN}) | {_ROW}:(?:{_CELL}|{_ROW}) | {_CELL}
          ){_END})
        | (?P<function>[^\W\d][\w.]*)(?=\s*\()
        | (?P<name>[^\W\d][\w.]*)
        | (?P<number>(?:[0-9]+(?:{point}[0-9]*)?|{point}[0-9]+)(?:[eE][-+]?[0-9]+)?)
        | (?P<operator><>|<=|>=|[-+*/^&=<>%])
        | (?P<mark>[(){{}},;\\:!])
        | (?P<unknown>.)
        """,
        re.VERBOSE | re.DOTALL,
    )


_LEXERS = {".": _lexer("."), ",": _lexer(",")}


@lru_cache(maxsize=4096)
def tokens(text: str, decimal: str = ".") -> tuple[Token, ...]:
    """The tokens of a formula without its `=`.

    Args:
        text: the formula.
        decimal: the locale's decimal mark, `.` or `,`.
    """
    return tuple(_tokens(text, decimal))


def _tokens(text: str, decimal: str) -> Iterator[Token]:
    for match in _LEXERS["," if decimal == "," else "."].finditer(text):
        kind = match.lastgroup or "unknown"
        if kind == "reference" and read_reference(match[0]) is None:
            kind = "name"
        yield Token(kind, match[0])
