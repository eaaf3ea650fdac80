"""JSON taken piece by piece: of a large answer each sheet is there in full only until it is understood.

As Python's values a sheet takes six times the memory that it takes as text, and an answer to a write has all of them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection
from typing import Any

Piece = Callable[[Any], object]

_DECODER = json.JSONDecoder()
_SPACE = re.compile(r"[ \t\n\r]*")


def decode(text: str, lists: str, piece: Piece, inside: Collection[str] = ()) -> Any:
    """The value of a JSON text, in which each item of the lists of that name is what `piece` makes of it.

    Such lists are looked for in the outermost object, and in those that it has by the names `inside`.

    Raises:
        json.JSONDecodeError: it is no JSON.
    """
    reader = _Reader(text, lists, piece, inside)
    value, end = reader.value("", _past(text, 0))
    if _past(text, end) != len(text):
        raise json.JSONDecodeError("Extra data", text, end)
    return value


class _Reader:
    def __init__(self, text: str, lists: str, piece: Piece, inside: Collection[str]) -> None:
        self._text, self._lists, self._piece, self._inside = text, lists, piece, ("", *inside)

    def value(self, name: str, at: int) -> tuple[Any, int]:
        """The value that begins at a place under a name, and where it ends."""
        begins = self._text[at : at + 1]
        if begins == "{" and name in self._inside:
            return self._object(at)
        if begins == "[" and name == self._lists:
            return self._list(at)
        return _DECODER.raw_decode(self._text, at)

    def _object(self, at: int) -> tuple[dict[str, Any], int]:
        found: dict[str, Any] = {}
        at, ended = self._next(at, "}", first=True)
        while not ended:
            name, at = _DECODER.raw_decode(self._text, at)
            if not isinstance(name, str):
                raise json.JSONDecodeError("Expecting a name", self._text, at)
            found[name], at = self.value(name, self._expected(":", at))
            at, ended = self._next(at, "}")
        return found, at

    def _list(self, at: int) -> tuple[list[Any], int]:
        found: list[Any] = []
        at, ended = self._next(at, "]", first=True)
        while not ended:
            item, at = _DECODER.raw_decode(self._text, at)
            found.append(self._piece(item))
            del item  # before the next one is parsed
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
    """The next place that is no white space."""
    space = _SPACE.match(text, at)
    return space.end() if space else at
