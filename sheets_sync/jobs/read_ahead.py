"""Reads of a credential's workbooks that are under way before anybody asks for what they bring.

Google's quota comes by the minute: what may be asked at once at the beginning of one is asked at once, however long the
offices before it still are at work. What has come is kept as the text it is, until its office has its turn.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from types import TracebackType
from typing import Self

from sheets_sync.google import ReadWorkbook

DEPTH = 8  # requests of a credential that are under way, or have come, before their office has its turn

Understand = Callable[[], ReadWorkbook]
Ask = Callable[[str], Understand]


class ReadAhead:
    """Workbooks in the order in which they will be asked for. `ask` fetches one; it is understood by who takes it.

    `waiting` is open while somebody waits for one that has not come.
    """

    def __init__(
        self,
        ask: Ask,
        workbooks: Iterable[str],
        depth: int = DEPTH,
        waiting: Callable[[], AbstractContextManager[object]] = nullcontext,
    ) -> None:
        self._ask, self._following, self._waiting = ask, dict.fromkeys(workbooks), waiting
        self._begun, self._lock = dict[str, Future[Understand]](), threading.Lock()
        self._pool, self._depth = ThreadPoolExecutor(depth, "ahead"), depth

    def __enter__(self) -> Self:
        for _ in range(self._depth):
            self._begin()
        return self

    def __exit__(self, _kind: type[BaseException] | None, _error: object, _trace: TracebackType | None) -> None:
        self._pool.shutdown(cancel_futures=True)

    def read(self, workbook: str) -> ReadWorkbook:
        """The workbook: begun ahead, or else read now; one more is begun in its place.

        Raises:
            WorkbookError: as `GoogleClient.read`.
        """
        with self._lock:
            begun = self._begun.pop(workbook, None)
            self._following.pop(workbook, None)
        if begun is None:
            return self._ask(workbook)()
        self._begin()
        with self._waiting():
            understand = begun.result()
        return understand()

    def _begin(self) -> None:
        with self._lock:
            following = next(iter(self._following), None)
            if following is not None:
                del self._following[following]
                self._begun[following] = self._pool.submit(self._ask, following)
