"""Equal JSON objects as one object, so that what many cells share is kept and looked up once."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from orjson import dumps, loads

MANY = 2**15
"""How many objects are remembered: more than differ in one large workbook."""


class Known(dict[str, Any]):
    """An object that is not to be changed, because others hold it too. It is told from others by its identity."""

    __hash__ = object.__hash__  # type: ignore[assignment]


def known(value: dict[str, Any]) -> Known:
    """The one object that is equal to a value, down to the spelling of its numbers."""
    return _known(dumps(value))


@lru_cache(maxsize=MANY)
def _known(text: bytes) -> Known:
    return Known(loads(text))
