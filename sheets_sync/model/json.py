"""What a request to Google is written as."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, TypeAlias, overload

JsonObject: TypeAlias = dict[str, Any]


class JsonItems(Sequence[Any]):
    """The items of a JSON list, written already: what a page says is put into words once, to be compared and to be sent."""

    __slots__ = ("_items",)

    def __init__(self, items: Sequence[bytes]) -> None:
        self._items = items

    @property
    def pieces(self) -> Sequence[bytes]:
        """The list as JSON, in pieces, so that a request of megabytes is put together once."""
        apart = [piece for item in self._items for piece in (b",", item)]
        return (b"[", *apart[1:], b"]")

    def __len__(self) -> int:
        return len(self._items)

    @overload
    def __getitem__(self, index: int) -> Any: ...
    @overload
    def __getitem__(self, index: slice) -> JsonItems: ...
    def __getitem__(self, index: int | slice) -> Any:
        return json.loads(self._items[index]) if isinstance(index, int) else JsonItems(self._items[index])
