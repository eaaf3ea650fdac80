"""orderBy and pages of lists."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

from sheets_sync.local_google.drive.errors import invalid

T = TypeVar("T")

SORT_KEYS = (
    "createdTime",
    "folder",
    "modifiedByMeTime",
    "modifiedTime",
    "name",
    "name_natural",
    "quotaBytesUsed",
    "recency",
    "sharedWithMeTime",
    "starred",
    "viewedByMeTime",
)
EARLIEST = datetime.min.replace(tzinfo=UTC)


def ordered(items: Sequence[T], order_by: str, value: Callable[[T, str], Any]) -> list[T]:
    """The items in the order that `folder,modifiedTime desc,name` asks for. `value` gives an item's value of a key.

    Raises:
        ApiError: 400 at `orderBy`.
    """
    result = list(items)
    for part in reversed([part.strip() for part in order_by.split(",") if part.strip()]):
        key, _, direction = part.partition(" ")
        if key not in SORT_KEYS or direction.strip() not in {"", "asc", "desc"}:
            raise invalid("orderBy")
        # Recency and the folder mark come with the newest and the folders first.
        downwards = (direction.strip() == "desc") is not (key in {"folder", "recency"})
        result.sort(key=lambda item: sortable(value(item, key), key), reverse=downwards)
    return result


def sortable(value: Any, key: str) -> Any:
    """A value that compares with its like: names without case, natural names with their numbers as numbers."""
    if key == "name_natural":
        return [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in re.split(r"(\d+)", value.casefold())]
    if isinstance(value, str):
        return value.casefold()
    return EARLIEST if value is None else value


def page(items: Sequence[T], size: int, token: str, scope: str) -> tuple[list[T], str]:
    """One page and the token of the next ("" after the last). A token is good only for the query (`scope`) it came from.

    Raises:
        ApiError: 400 at `pageToken`.
    """
    start = _start(token, scope) if token else 0
    end = start + size
    return list(items[start:end]), _token(end, scope) if end < len(items) else ""


def _token(start: int, scope: str) -> str:
    raw = json.dumps([start, binascii.crc32(scope.encode())])
    return "~!!~" + base64.urlsafe_b64encode(raw.encode()).decode()


def _start(token: str, scope: str) -> int:
    try:
        start, checksum = json.loads(base64.urlsafe_b64decode(token.removeprefix("~!!~")))
    except ValueError as bad:
        raise invalid("pageToken") from bad
    if checksum != binascii.crc32(scope.encode()) or not isinstance(start, int):
        raise invalid("pageToken")
    return start
