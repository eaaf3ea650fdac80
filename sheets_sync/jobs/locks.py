"""One instance of a job at a time: file locks that the operating system frees even after `kill -9`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from sheets_sync.config.private import FILE_MODE, private_folder
from sheets_sync.errors import BusyError
from sheets_sync.model import msg


@contextmanager
def single_instance(folder: Path, job: str, wait: float = 0.0) -> Iterator[None]:
    """Holds a job's lock in a folder; waits up to `wait` seconds for another that holds it.

    Raises:
        BusyError: the same job is at work.
    """
    lock = FileLock(private_folder(folder) / f"{job}.lock", mode=FILE_MODE)
    try:
        lock.acquire(timeout=wait)
    except Timeout as error:
        raise BusyError(
            msg("The job {job} is already at work. Wait until it ends; `sheets-sync status` shows it.", job=job)
        ) from error
    try:
        yield
    finally:
        lock.release()
