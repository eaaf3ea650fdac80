"""A place's store with its tables and nothing in them, made once in a process and copied: making it takes as long as a sync."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import postgres

from sheets_sync.config.private import private_file
from sheets_sync.demo.place import Place
from sheets_sync.store import Store
from sheets_sync.store.left_behind import STORE_FILE
from sheets_sync.store.url import of_file


@contextmanager
def ready_store(place: Place, *, ready: bool = True) -> Iterator[None]:
    """The store of a place, as the first command would have made it; not `ready`: left for the first command to make.

    On PostgreSQL, where the tests are to be there, the place's configuration names it, so that every command finds it.
    """
    if postgres.chosen():
        with postgres.database(ready=ready) as url:
            place.configure("store.yaml", {"url": url})
            yield
        return
    if ready:
        private_file(place.folder / "data" / STORE_FILE).write_bytes(_tables())
    yield


@cache
def _tables() -> bytes:
    with TemporaryDirectory() as folder:
        Store(of_file(Path(folder, STORE_FILE))).close()
        return Path(folder, STORE_FILE).read_bytes()
