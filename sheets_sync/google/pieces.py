"""JSON taken piece by piece: of a large answer each row of cells is there in full only until it is understood.

As Python's values a sheet takes six times the memory that it takes as text, and an answer to a write has all of them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

Taker = Callable[[str, int], tuple[Any, int]]  # a text and where an item begins in it → what it is, and where it ends

raw_item: Taker = json.JSONDecoder().raw_decode
_SPACE = re.compile(r"[ \t\n\r]*")


def decode(text: str, takers: Mapping[str, Taker]) -> Any:
    """The value of a JSON text, in which the items of some lists are what their takers make of them.

    `takers` are by the dotted path of their list: `a.b` are the lists under `b` in `a`, or in each of the objects that `a`
    lists.

    Raises:
        json.JSONDecodeError: it is no JSON.
    """
    value, end = item(text, _past(text, 0), takers)
    if _past(text, end) != len(text):
        raise json.JSONDecodeError("Extra data", text, end)
    return value


def item(text: str, at: int, takers: Mapping[str, Taker]) -> tuple[Any, int]:
    """The value that begins at a place of a JSON text, in which items are taken as in `decode`, and where it ends.

    Raises:
        json.JSONDecodeError: it is no JSON.
    """
    return _Reader(text, takers).value("", at)


class _Reader:
    def __init__(self, text: str, takers: Mapping[str, Taker]) -> None:
        self._text, self._takers = text, takers
        names = [path.split(".") for path in takers]
        self._open = {".".join(path[:end]) for path in names for end in range(len(path))}  # in them are such lists

    def value(self, path: str, at: int, *, listed: bool = False) -> tuple[Any, int]:
        """The value that begins at a place under a path, and where it ends; `listed`: it is an item of a list."""
        begins = self._text[at : at + 1]
        if begins == "{" and path in self._open:
            return self._object(path, at)
        if begins == "[" and path and not listed and (path in self._takers or path in self._open):
            return self._list(path, at)
        return raw_item(self._text, at)

    def _object(self, path: str, at: int) -> tuple[dict[str, Any], int]:
        found: dict[str, Any] = {}
        at, ended = self._next(at, "}", first=True)
        while not ended:
            name, at = raw_item(self._text, at)
            if not isinstance(name, str):
                raise json.JSONDecodeError("Expecting a name", self._text, at)
            found[name], at = self.value(f"{path}.{name}" if path else name, self._expected(":", at))
            at, ended = self._next(at, "}")
        return found, at

    def _list(self, path: str, at: int) -> tuple[list[Any], int]:
        found: list[Any] = []
        take = self._takers.get(path)
        at, ended = self._next(at, "]", first=True)
        while not ended:
            value, at = take(self._text, at) if take else self.value(path, at, listed=True)
            found.append(value)
            del value  # before the next one is parsed
            at, ended = self._next(at, "]")
        return found, at

    def _next(self, at: int, end: str, *, first: bool = False) -> tuple[int, bool]:
        """Where the next item begins, or where everything has ended; `first`: at the opening bracket."""
        begins = _past(self._text, at + first)
        if self._text[begins : begins + 1] == end:
            return begins + 1, True
        return (begins if first else self._expected(",", at)), False

    def _expected(self, sign: str, at: int) -> int:
        """Where something begins that must come behind a sign."""
        at = _past(self._text, at)
        if self._text[at : at + 1] != sign:
            raise json.JSONDecodeError(f"Expecting {sign!r}", self._text, at)
        return _past(self._text, at + 1)


def _past(text: str, at: int) -> int:
    """The next place that is no white space; nearly always this one."""
    if text[at : at + 1] > " ":
        return at
    space = _SPACE.match(text, at)
    return space.end() if space else at
