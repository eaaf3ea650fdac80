"""What a command does for one office after the other: what one can't do stops no other, and is said."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sheets_sync.errors import SheetsSyncError, WorkbookError, unexpected
from sheets_sync.i18n import Language
from sheets_sync.model import msg

if TYPE_CHECKING:
    from sheets_sync.app import App
    from sheets_sync.config.office import Office

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class OfficeAnswer:
    """What a command came to for an office: its exit status, in words, and as JSON where it has that."""

    status: int
    text: str
    document: Any = None


def each_office(app: App, work: Callable[[App, Office], OfficeAnswer], t: Language) -> Iterator[OfficeAnswer]:
    """The work for every office in turn.

    Raises:
        SheetsSyncError: there is one office alone, and it failed.
    """
    offices = app.settings.offices
    for office in offices:
        try:
            yield work(app, office)
        except SheetsSyncError as error:
            if len(offices) == 1:
                raise
            yield _failed(office, t(error.message), t)
        except Exception as error:
            if len(offices) == 1:
                raise
            log.exception("office %s", office.code)
            yield _failed(office, t(unexpected(error)), t)


def _failed(office: Office, problem: str, t: Language) -> OfficeAnswer:
    text = t(msg("✗ {office}: {problem}", office=office.name, problem=problem))
    return OfficeAnswer(WorkbookError.exit_code, text, {"office": office.code, "problem": problem})
