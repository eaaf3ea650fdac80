"""Texts."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from sheets_sync.local_google.formulas import coerce
from sheets_sync.local_google.formulas.registry import function
from sheets_sync.local_google.formulas.tables import Array, Failure, Result, Table, array
from sheets_sync.local_google.values.render import show
from sheets_sync.local_google.workbook import Value

if TYPE_CHECKING:
    from sheets_sync.local_google.formulas.evaluate import Scope

_LONGEST = 50_000  # characters a cell can hold


def _mapped(name: str, change: Callable[[str], str]) -> None:
    """Enter a function that changes one text."""

    @function(name, "v", 1)
    def _body(scope: Scope, value: Value) -> str:
        return change(scope.text(value))


for _name, _change in {
    "UPPER": str.upper,
    "LOWER": str.lower,
    "PROPER": lambda text: re.sub(r"[^\W\d_]+", lambda word: word[0].capitalize(), text),
    "TRIM": lambda text: re.sub(" +", " ", text).strip(" "),
    "CLEAN": lambda text: "".join(letter for letter in text if ord(letter) > 31),
}.items():
    _mapped(_name, _change)


@function("LEN", "v", 1)
def _len(scope: Scope, value: Value) -> float:
    return float(len(scope.text(value)))


@function("LEFT", "v", 1, 2)
def _left(scope: Scope, value: Value, count: Value = 1.0) -> str:
    return scope.text(value)[: _count(scope, "LEFT", count, 2)]


@function("RIGHT", "v", 1, 2)
def _right(scope: Scope, value: Value, count: Value = 1.0) -> str:
    text = scope.text(value)
    return text[max(0, len(text) - _count(scope, "RIGHT", count, 2)) :]


@function("MID", "v", 3)
def _mid(scope: Scope, value: Value, start: Value, count: Value) -> str:
    first = _count(scope, "MID", start, 2, least=1) - 1
    return scope.text(value)[first : first + _count(scope, "MID", count, 3)]


def _count(scope: Scope, name: str, value: Value, place: int, least: int = 0) -> int:
    count = int(min(scope.number(value, name, place), _LONGEST))
    if count < least:
        said = f"Function {name} parameter {place} value is {count}. It should be greater than or equal to {least}."
        raise Failure("NUM" if least else "VALUE", said)
    return count


@function("CONCAT", "v", 2)
def _concat(scope: Scope, first: Value, second: Value) -> str:
    return scope.text(first) + scope.text(second)


@function("CONCATENATE", "t", 1, None)
def _concatenate(scope: Scope, *arguments: Result) -> str:
    return "".join(_texts(scope, arguments, skip_empty=True))


@function("JOIN", "vt", 2, None)
def _join(scope: Scope, between: Value, *arguments: Result) -> str:
    return scope.text(between).join(_texts(scope, arguments, skip_empty=False))


@function("TEXTJOIN", "vvt", 3, None)
def _textjoin(scope: Scope, between: Value, skip_empty: Value, *arguments: Result) -> str:
    skip = coerce.truth(skip_empty, "TEXTJOIN", 2)
    return scope.text(between).join(_texts(scope, arguments, skip_empty=skip))


def _texts(scope: Scope, arguments: Sequence[Result], *, skip_empty: bool) -> Iterator[str]:
    for argument in arguments:
        values = (value for row in argument.rows() for value in row) if isinstance(argument, Table) else (argument,)
        texts = (scope.text(value) for value in values)
        yield from (text for text in texts if text or not skip_empty)


@function("SUBSTITUTE", "v", 3, 4)
def _substitute(scope: Scope, value: Value, old: Value, new: Value, which: Value = None) -> str:
    text, wanted, instead = scope.text(value), scope.text(old), scope.text(new)
    if not wanted:
        return text
    if which is None:
        return text.replace(wanted, instead)
    pieces = text.split(wanted)
    place = _count(scope, "SUBSTITUTE", which, 4, least=1)
    if place >= len(pieces):
        return text
    return wanted.join(pieces[:place]) + instead + wanted.join(pieces[place:])


@function("REPLACE", "v", 4)
def _replace(scope: Scope, value: Value, start: Value, count: Value, new: Value) -> str:
    text, first = scope.text(value), _count(scope, "REPLACE", start, 2, least=1) - 1
    return text[:first] + scope.text(new) + text[first + _count(scope, "REPLACE", count, 3) :]


@function("REPT", "v", 2)
def _rept(scope: Scope, value: Value, count: Value) -> str:
    text, times = scope.text(value), _count(scope, "REPT", count, 2)
    if len(text) * times > _LONGEST:
        raise Failure("VALUE", f"Text result of REPT is longer than the limit of {_LONGEST} characters.")
    return text * times


@function("EXACT", "v", 2)
def _exact(scope: Scope, first: Value, second: Value) -> bool:
    return scope.text(first) == scope.text(second)


@function("FIND", "v", 2, 3)
def _find(scope: Scope, wanted: Value, value: Value, start: Value = 1.0) -> float:
    first = _count(scope, "FIND", start, 3, least=1) - 1
    return _found("FIND", scope.text(wanted), scope.text(value).find(scope.text(wanted), first))


@function("SEARCH", "v", 2, 3)
def _search(scope: Scope, wanted: Value, value: Value, start: Value = 1.0) -> float:
    first = _count(scope, "SEARCH", start, 3, least=1) - 1
    match = coerce.wildcard(scope.text(wanted)).search(scope.text(value), first)
    return _found("SEARCH", scope.text(wanted), match.start() if match else -1)


def _found(name: str, wanted: str, place: int) -> float:
    if place < 0:
        raise Failure("VALUE", f"In {name} evaluation, cannot find '{wanted}' within the text.")
    return float(place + 1)


@function("CHAR", "v", 1)
def _char(scope: Scope, value: Value) -> str:
    code = scope.number(value, "CHAR")
    if not 1 <= code <= sys.maxunicode:
        raise Failure("NUM", f"Function CHAR parameter 1 value {scope.text(value)} is out of range.")
    return chr(int(code))


@function("CODE", "v", 1)
def _code(scope: Scope, value: Value) -> float:
    return float(ord((scope.text(value) or "\0")[0]))


@function("TEXT", "v", 2)
def _text(scope: Scope, value: Value, pattern: Value) -> str:
    number = coerce.text_as_number(value, scope.locale) if isinstance(value, str) else scope.number(value, "TEXT")
    return scope.text(value) if number is None else show(number, scope.text(pattern), scope.locale)


@function("VALUE", "v", 1)
def _value(scope: Scope, value: Value) -> float:
    if not isinstance(value, str):
        return scope.number(value, "VALUE")
    number = coerce.text_as_number(value, scope.locale)
    if number is None:
        raise Failure("VALUE", f"VALUE parameter '{value}' cannot be parsed to number.")
    return number


@function("T", "v", 1)
def _t(_: Scope, value: Value) -> str:
    return value if isinstance(value, str) else ""


@function("SPLIT", "v", 2, 4)
def _split(scope: Scope, value: Value, marks: Value, each: Value = True, drop: Value = True) -> Array:
    separators = scope.text(marks)
    if not separators:
        raise Failure("VALUE", "Function SPLIT parameter 2 value should be non-empty.")
    pattern = f"[{re.escape(separators)}]" if coerce.truth(each, "SPLIT", 3) else re.escape(separators)
    pieces = re.split(pattern, scope.text(value))
    kept = [piece for piece in pieces if piece or not coerce.truth(drop, "SPLIT", 4)]
    return array([[_typed(scope, piece) for piece in kept or [""]]])


def _typed(scope: Scope, text: str) -> Value:
    number = coerce.text_as_number(text, scope.locale)
    return text if number is None else number


def _pattern(scope: Scope, name: str, value: Value) -> re.Pattern[str]:
    try:
        return re.compile(scope.text(value))
    except re.error:
        raise Failure("REF", f"Function {name} parameter 2 value is not a valid regular expression.") from None


@function("REGEXMATCH", "v", 2)
def _regexmatch(scope: Scope, value: Value, pattern: Value) -> bool:
    return bool(_pattern(scope, "REGEXMATCH", pattern).search(scope.text(value)))


@function("REGEXEXTRACT", "v", 2)
def _regexextract(scope: Scope, value: Value, pattern: Value) -> str:
    match = _pattern(scope, "REGEXEXTRACT", pattern).search(scope.text(value))
    if not match:
        said = f'Function REGEXEXTRACT parameter 2 value "{scope.text(pattern)}" does not match text of Function REGEXEXTRACT parameter 1 value "{scope.text(value)}".'
        raise Failure("N_A", said)
    return match[1] if match.re.groups else match[0]


@function("REGEXREPLACE", "v", 3)
def _regexreplace(scope: Scope, value: Value, pattern: Value, new: Value) -> str:
    instead = re.sub(r"\$(\d)", r"\\\1", scope.text(new))
    return _pattern(scope, "REGEXREPLACE", pattern).sub(instead, scope.text(value))
