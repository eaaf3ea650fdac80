"""Number-format patterns, taken apart: sections, their conditions, their tokens.

Source: developers.google.com/workspace/sheets/api/guides/formats.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple


class Token(NamedTuple):
    """A piece of a pattern.

    `kind`: literal, digit (0 # ?), point, comma, percent, slash, exponent, general, text (@), elapsed ([h] [mm] [s]),
    half (am/pm a/p), or a letter run of a date: y m d h s. After `parse` also minutes and fraction (of seconds).
    """

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """One of the parts that `;` separates. `of` says what it shows: number, date, text or general."""

    tokens: tuple[Token, ...]
    of: str
    condition: Callable[[float], bool] | None = None


_LEXER = re.compile(
    r"""
    "(?P<quoted>[^"]*)"? | \\(?P<escaped>.) | _(?P<gap>.) | \*(?P<fill>.)
    | \[\$(?P<currency>[^\]-]*)(?:-[^\]]*)?\]
    | \[(?P<elapsed>h+|m+|s+)\]
    | \[(?P<relation><=|>=|<>|<|>|=)(?P<limit>-?[0-9.]+)\]
    | (?P<colour>\[[^\]]*\])
    | (?P<half>am/pm|a/p|\b(?:am|pm)\b)
    | (?P<general>general)
    | (?P<exponent>e[+-]0+)
    | (?P<letters>y+|m+|d+|h+|s+)
    | (?P<digit>[0#?]) | (?P<point>\.) | (?P<comma>,) | (?P<percent>%) | (?P<slash>/) | (?P<text>@)
    | (?P<end>;) | (?P<literal>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_RELATIONS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}
_NOTHING = {"fill", "colour"}
_PLAIN = {"quoted", "escaped", "currency", "literal"}
_DATE_KINDS = {"elapsed", "half", "y", "m", "d", "h", "s"}


@lru_cache(maxsize=1024)
def parse(pattern: str) -> tuple[Section, ...]:
    """The sections of a pattern, at least one."""
    parts: list[list[Token]] = [[]]
    conditions: list[Callable[[float], bool] | None] = [None]
    for match in _LEXER.finditer(pattern):
        kind = match.lastgroup or "literal"
        if kind == "end":
            parts.append([])
            conditions.append(None)
        elif kind == "limit":
            conditions[-1] = _condition(match["relation"], match["limit"])
        elif kind not in _NOTHING:
            parts[-1].append(_token(kind, match))
    return tuple(_section(tokens, condition) for tokens, condition in zip(parts, conditions, strict=True))


def _condition(relation: str, limit: str) -> Callable[[float], bool]:
    compare, bound = _RELATIONS[relation], float(limit)
    return lambda value: compare(value, bound)


def _token(kind: str, match: re.Match[str]) -> Token:
    if kind in _PLAIN:
        return Token("literal", match[kind])
    if kind == "gap":
        return Token("literal", " ")
    if kind == "letters":
        return Token(match[kind][0].lower(), match[kind])
    return Token(kind, match[kind])


def _section(tokens: list[Token], condition: Callable[[float], bool] | None) -> Section:
    of = _shows(tokens)
    if of == "date":
        tokens = _dated(tokens)
    elif of in {"number", "general"}:
        tokens = [token if token.kind not in _DATE_KINDS else Token("literal", token.text) for token in tokens]
    return Section(tuple(tokens), of, condition)


def _shows(tokens: Sequence[Token]) -> str:
    kinds = {token.kind for token in tokens}
    if kinds & _DATE_KINDS and not any(token.kind == "digit" and token.text in "#?" for token in tokens):
        return "date"
    if "text" in kinds:
        return "text"
    return "general" if "general" in kinds else "number"


def _dated(tokens: list[Token]) -> list[Token]:
    """Tell minutes from months (a capital M is always a month) and the fraction of a second from literals."""
    told: list[Token] = []
    for place, token in enumerate(tokens):
        if token.text in {"m", "mm"} and _is_minutes(tokens, place):
            told.append(Token("minutes", token.text))
        elif token.kind == "point" and told and told[-1].kind in {"s", "elapsed"} and _zeros_after(tokens, place):
            told.append(Token("fraction", "0" * _zeros_after(tokens, place)))
        elif token.kind == "digit" and told and told[-1].kind == "fraction":
            continue
        elif token.kind in _DATE_KINDS:
            told.append(token)
        else:
            told.append(Token("literal", token.text))
    return told


def _is_minutes(tokens: Sequence[Token], place: int) -> bool:
    """After hours, or before seconds, with only literals between."""
    before = next((token for token in reversed(tokens[:place]) if token.kind in _DATE_KINDS - {"half"}), None)
    after = next((token for token in tokens[place + 1 :] if token.kind in _DATE_KINDS - {"half"}), None)
    after_hours = before is not None and (before.kind == "h" or before.text.lower().startswith("h"))
    before_seconds = after is not None and (after.kind == "s" or after.text.lower().startswith("s"))
    return after_hours or before_seconds


def _zeros_after(tokens: Sequence[Token], place: int) -> int:
    count = 0
    while place + 1 + count < len(tokens) and tokens[place + 1 + count] == ("digit", "0"):
        count += 1
    return count
