"""One line of `doctor`."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sheets_sync.errors import SheetsSyncError, unexpected
from sheets_sync.model import Message, msg

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Check:
    """One line: what was looked at, whether it is well, and what to do if not."""

    about: str
    well: bool
    said: Message


def guarded(about: str, found: Iterable[Check], who: str = "") -> Iterator[Check]:
    """The lines; what ends them before their end is a line, too, so that everything else is looked at all the same."""
    try:
        yield from found
    except SheetsSyncError as error:
        yield Check(about, False, _of(who, error.message))
    except Exception as error:
        log.exception("doctor: %s", about)
        yield Check(about, False, _of(who, unexpected(error)))


def _of(who: str, said: Message) -> Message:
    return msg("{office}: {problem}", office=who, problem=said) if who else said
