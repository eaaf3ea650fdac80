"""The search language of files.list: `name contains 'Rekap' and trashed = false and 'x@y' in owners`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

from sheets_sync.local_google.drive.errors import invalid

Test = Callable[["Subject"], bool]


class Subject(Protocol):
    """What a query looks at: one file as one account sees it."""

    def values(self, term: str) -> Any:
        """The value of a term: a text, a datetime (or None), a bool, a collection of texts, or a dict (properties)."""

    def words(self) -> str:
        """All text of the file that a full-text search looks at."""


@dataclass(frozen=True, slots=True)
class Token:
    """`kind` is word, string, operator or mark."""

    kind: str
    text: str


TEXTS = {"name": ("contains", "=", "!="), "title": ("contains", "=", "!="), "mimeType": ("contains", "=", "!=")}
TIMES = ("modifiedTime", "viewedByMeTime", "createdTime", "sharedWithMeTime")
FLAGS = ("trashed", "starred", "sharedWithMe")
COLLECTIONS = ("parents", "owners", "writers", "readers")
PROPERTIES = ("properties", "appProperties")
COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "=": lambda a, b: bool(a == b),
    "!=": lambda a, b: bool(a != b),
    "<": lambda a, b: bool(a < b),
    "<=": lambda a, b: bool(a <= b),
    ">": lambda a, b: bool(a > b),
    ">=": lambda a, b: bool(a >= b),
}

_TOKEN = re.compile(
    r"""\s*(?:
      '(?P<single>(?:[^'\\]|\\.)*)' | "(?P<double>(?:[^"\\]|\\.)*)"
    | (?P<operator><=|>=|!=|=|<|>)
    | (?P<mark>[(){}])
    | (?P<word>[A-Za-z][A-Za-z0-9_.]*)
    )\s*""",
    re.VERBOSE | re.DOTALL,
)


def parse(text: str) -> Test:
    """A query as a test of files. An empty one lets every file pass.

    Raises:
        ApiError: 400 "Invalid Value" at `q`.
    """
    tokens = _tokens(text)
    if not tokens:
        return lambda _: True
    tokens.reverse()
    test = _either(tokens)
    if tokens:
        raise invalid("q")
    return test


def _tokens(text: str) -> list[Token]:
    tokens, place = [], 0
    while place < len(text.rstrip()):
        found = _TOKEN.match(text, place)
        if found is None:
            raise invalid("q")
        kind = str(found.lastgroup)
        raw = found.group(kind)
        if kind in {"single", "double"}:
            tokens.append(Token("string", re.sub(r"\\(.)", r"\1", raw)))
        else:
            tokens.append(Token(kind, raw))
        place = found.end()
    return tokens


def _next(tokens: list[Token], kind: str = "", *texts: str) -> Token:
    """Take the next token, which must be of the kind and one of the texts."""
    if not tokens or (kind and tokens[-1].kind != kind) or (texts and tokens[-1].text not in texts):
        raise invalid("q")
    return tokens.pop()


def _is(tokens: list[Token], text: str) -> bool:
    return bool(tokens) and tokens[-1].kind in {"word", "mark"} and tokens[-1].text.lower() == text


def _either(tokens: list[Token]) -> Test:
    tests = [_both(tokens)]
    while _is(tokens, "or"):
        tokens.pop()
        tests.append(_both(tokens))
    return tests[0] if len(tests) == 1 else lambda file: any(test(file) for test in tests)


def _both(tokens: list[Token]) -> Test:
    tests = [_negated(tokens)]
    while _is(tokens, "and"):
        tokens.pop()
        tests.append(_negated(tokens))
    return tests[0] if len(tests) == 1 else lambda file: all(test(file) for test in tests)


def _negated(tokens: list[Token]) -> Test:
    if _is(tokens, "not"):
        tokens.pop()
        test = _negated(tokens)
        return lambda file: not test(file)
    if _is(tokens, "("):
        tokens.pop()
        test = _either(tokens)
        _next(tokens, "mark", ")")
        return test
    return _term(tokens)


def _term(tokens: list[Token]) -> Test:
    first = _next(tokens)
    if first.kind == "string":  # 'x' in parents
        _next(tokens, "word", "in")
        return _held(_next(tokens, "word", *COLLECTIONS).text, first.text)
    if first.kind != "word":
        raise invalid("q")
    if first.text in COLLECTIONS:  # parents in 'x'
        _next(tokens, "word", "in")
        return _held(first.text, _next(tokens, "string").text)
    if first.text in PROPERTIES:
        return _property(first.text, tokens)
    if first.text == "fullText":
        _next(tokens, "word", "contains")
        return _full_text(_next(tokens, "string").text)
    return _comparison(first.text, tokens)


def _held(term: str, wanted: str) -> Test:
    return lambda file: (
        wanted.casefold() in {value.casefold() for value in file.values(term)}
        or (wanted in {"me", "root"} and wanted in file.values(term))
    )


def _comparison(term: str, tokens: list[Token]) -> Test:
    operator = _next(tokens).text
    if term in TEXTS and operator in TEXTS[term]:
        return _text(term, operator, _next(tokens, "string").text)
    if term in TIMES and operator in COMPARISONS:
        return _time(term, operator, _moment(_next(tokens, "string").text))
    if term in FLAGS and operator in {"=", "!="}:
        wanted = (_next(tokens, "word", "true", "false").text == "true") is (operator == "=")
        return lambda file: file.values(term) is wanted
    if term == "visibility" and operator in {"=", "!="}:
        return _text(term, operator, _next(tokens, "string").text)
    raise invalid("q")


def _text(term: str, operator: str, wanted: str) -> Test:
    term, wanted = ("name" if term == "title" else term), wanted.casefold()
    if operator != "contains":
        compare = COMPARISONS[operator]
        return lambda file: compare(file.values(term).casefold(), wanted)
    if term == "name":  # Drive finds the beginnings of words: Hello in HelloWorld, not World
        beginning = re.compile(r"(?<![^\W_])" + re.escape(wanted.strip()))
        return lambda file: beginning.search(file.values(term).casefold()) is not None
    return lambda file: wanted in file.values(term).casefold()


def _time(term: str, operator: str, wanted: datetime) -> Test:
    compare = COMPARISONS[operator]

    def test(file: Subject) -> bool:
        value = file.values(term)
        return value is not None and compare(value, wanted)

    return test


def _moment(text: str) -> datetime:
    """RFC 3339, UTC unless an offset is given."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as bad:
        raise invalid("q") from bad
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _property(term: str, tokens: list[Token]) -> Test:
    """`properties has { key='k' and value='v' }`."""
    _next(tokens, "word", "has")
    _next(tokens, "mark", "{")
    _next(tokens, "word", "key")
    _next(tokens, "operator", "=")
    key = _next(tokens, "string").text
    _next(tokens, "word", "and")
    _next(tokens, "word", "value")
    _next(tokens, "operator", "=")
    value = _next(tokens, "string").text
    _next(tokens, "mark", "}")
    return lambda file: file.values(term).get(key) == value


def _full_text(wanted: str) -> Test:
    """Every word must be a word of the file as a whole; in double quotes the words must follow each other."""
    quoted = re.fullmatch(r'\s*"(.*)"\s*', wanted, re.DOTALL)
    phrases = [words(quoted[1])] if quoted else [[word] for word in words(wanted)]
    return lambda file: all(_stands_in(phrase, words(file.words())) for phrase in phrases)


def words(text: str) -> list[str]:
    """The words that Drive searches by: runs of letters and digits, without regard to case."""
    return re.findall(r"[^\W_]+", text.casefold())


def _stands_in(phrase: list[str], found: list[str]) -> bool:
    length = len(phrase)
    return any(found[start : start + length] == phrase for start in range(len(found) - length + 1))


def asks_full_text(text: str) -> bool:
    """Whether a query has a fullText term: then Drive doesn't sort."""
    return any(token == Token("word", "fullText") for token in _tokens(text))
