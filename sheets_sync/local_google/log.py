"""The request log: what a test reads to prove what was and what was not asked and written."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from fnmatch import fnmatchcase
from threading import Lock

from sheets_sync.local_google.json_types import JsonObject


@dataclass(frozen=True, slots=True)
class Entry:
    """One request.

    Attributes:
        time: when it came in, by the server's clock.   account: the caller's e-mail address, "" if unknown.
        method: the method id (`sheets.spreadsheets.get`), `token`, or "" for a path nobody serves.
        path: path and query.   status: of the answer, 0 if there was none.   ms: how long it took.
        raw: the body of the request as it came.   fault: the fault that befell it, "" if there was none.
    """

    time: datetime
    account: str
    method: str
    path: str
    status: int
    ms: float
    raw: bytes = b""
    fault: str = ""

    @property
    def body(self) -> JsonObject:
        """The JSON body of the request; {} if it had none (or one that is not a JSON object)."""
        try:
            body = json.loads(self.raw)
        except ValueError:
            return {}
        return body if isinstance(body, dict) else {}


@dataclass(slots=True)
class RequestLog:
    """The requests since the start (or the last `clear`), in the order of their answers.

    It holds the newest `limit` of them, fewer if their bodies are larger than `limit_bytes` together.
    """

    limit: int = 100_000
    limit_bytes: int = 256 * 2**20
    _entries: deque[Entry] = field(default_factory=deque)
    _bytes: int = 0
    _watchers: list[Callable[[Entry], None]] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock, repr=False)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The entries as they stand."""
        with self._lock:
            return tuple(self._entries)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self._entries)

    def add(self, entry: Entry) -> None:
        """Append an entry and tell the watchers."""
        with self._lock:
            self._entries.append(entry)
            self._bytes += len(entry.raw)
            while len(self._entries) > self.limit or (self._bytes > self.limit_bytes and len(self._entries) > 1):
                self._bytes -= len(self._entries.popleft().raw)
        for watcher in self._watchers:
            watcher(entry)

    def of(self, method: str = "*", *, account: str = "*") -> tuple[Entry, ...]:
        """The entries of a method (a glob: `sheets.*`) and of an account (a glob over addresses)."""
        return tuple(e for e in self.entries if fnmatchcase(e.method, method) and fnmatchcase(e.account, account))

    def count(self, method: str = "*", *, account: str = "*") -> int:
        """How many requests of that kind there were."""
        return len(self.of(method, account=account))

    def clear(self) -> None:
        """Forget everything so far."""
        with self._lock:
            self._entries.clear()
            self._bytes = 0

    def watch(self, watcher: Callable[[Entry], None]) -> None:
        """Have a function called with every later entry (the command line prints them)."""
        self._watchers.append(watcher)
