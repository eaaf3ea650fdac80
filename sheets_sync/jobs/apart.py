"""The same work for one office after the other: what one can't do stops no other, and is said."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from sheets_sync.errors import SheetsSyncError, unexpected
from sheets_sync.model import Message

log = logging.getLogger(__name__)
K = TypeVar("K")
T = TypeVar("T")
Told = Callable[[K, Message], None]


def attempts(offices: Iterable[K], work: Callable[[K], T]) -> Iterator[tuple[K, T | Message]]:
    """What the work came to for each, or why it failed.

    Raises:
        Exception: there is one alone, and it failed.
    """
    everybody = tuple(offices)
    for office in everybody:
        made: T | Message
        try:
            made = work(office)
        except Exception as error:
            if len(everybody) == 1:
                raise
            made = _problem(office, error)
        yield office, made


def each_apart(offices: Iterable[K], work: Callable[[K], T], told: Told[K]) -> Iterator[T]:
    """What the work came to for those that could do it; `told` hears of the others. Raises as `attempts` does."""
    for office, made in attempts(offices, work):
        if isinstance(made, Message):
            told(office, made)
        else:
            yield made


def _problem(office: object, error: Exception) -> Message:
    if isinstance(error, SheetsSyncError):
        return error.message
    log.error("%s", getattr(office, "code", office), exc_info=error)
    return unexpected(error)
