"""One instance of a job at a time: file locks that the operating system frees even after `kill -9`, and the store's.

The file's lock keeps processes of one machine apart, the store's those of several machines that share a PostgreSQL.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from sheets_sync.config.private import FILE_MODE, private_folder
from sheets_sync.errors import BusyError
from sheets_sync.model import msg
from sheets_sync.store import Store

JOBS = ("run", "sync", "report", "deliver", "mail")  # none of them may be at work while the store is replaced
_LOOK = 1.0  # seconds between two looks whether another machine has finished


@contextmanager
def single_instance(folder: Path, job: str, wait: float = 0.0, store: Store | None = None) -> Iterator[None]:
    """Holds a job's lock in a folder, and in the store where one is given; waits up to `wait` seconds for its holder.

    Raises:
        BusyError: the same job is at work.
    """
    until = time.monotonic() + wait
    lock = FileLock(private_folder(folder) / f"{job}.lock", mode=FILE_MODE)
    try:
        lock.acquire(timeout=wait)
    except Timeout as error:
        raise _busy(job) from error
    try:
        with _in_store(store, job, until):
            yield
    finally:
        lock.release()


@contextmanager
def nobody_at_work(folder: Path) -> Iterator[None]:
    """Holds the locks of all that reads and writes a store, while that is replaced.

    Raises:
        BusyError: one of them is at work.
    """
    with ExitStack() as held:
        for job in JOBS:
            held.enter_context(single_instance(folder, job))
        yield


@contextmanager
def _in_store(store: Store | None, job: str, until: float) -> Iterator[None]:
    with ExitStack() as held:
        while store is not None and not held.enter_context(store.exclusive(job)):
            held.close()
            if time.monotonic() >= until:
                raise _busy(job)
            time.sleep(_LOOK)
        yield


def _busy(job: str) -> BusyError:
    return BusyError(
        msg("The job {job} is already at work. Wait until it ends; `sheets-sync status` shows it.", job=job)
    )
