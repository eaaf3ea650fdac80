"""Libraries of which nobody can say whether they reported: their workbook or their tab can't be read now. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from sheets_sync.config.office import Office
from sheets_sync.model import Observation, Period
from sheets_sync.store import WorkbookRecord

Place = tuple[str, int]  # workbook and sheetId


def unread_libraries(
    codes: Iterable[str],
    period: Period,
    observations: Iterable[Observation],
    workbooks: Mapping[str, WorkbookRecord],
    office: Office,
) -> frozenset[str]:
    """The codes of the libraries whose figures of a month stand, or would stand, where nothing can be read now.

    That is where the month's figures were last seen, else any figures of the library; of one that was never seen
    anywhere it is every workbook that figures are typed into.
    """
    inputs = (office.workbook, *office.input_workbooks)
    lost_books = {each for each in inputs if not _readable(workbooks.get(each))}
    lost_tabs = {
        (book, tab) for book, record in workbooks.items() for tab, known in record.tabs.items() if known.last_read
    }
    if not lost_books and not lost_tabs:
        return frozenset()
    month, ever = _places(observations, period)
    for book, record in workbooks.items():
        for tab, known in record.tabs.items():
            ever.setdefault(known.library, set()).add((book, tab))
    return frozenset(code for code in codes if _lost(month.get(code) or ever.get(code) or set(), lost_books, lost_tabs))


def _lost(places: Collection[Place], books: Collection[str], tabs: Collection[Place]) -> bool:
    if not places:
        return bool(books)
    return any(place in tabs or place[0] in books for place in places)


def _places(observations: Iterable[Observation], period: Period) -> tuple[dict[str, set[Place]], dict[str, set[Place]]]:
    """By library, where its figures of the month stand, and where any of its figures stand."""
    month: dict[str, set[Place]] = {}
    ever: dict[str, set[Place]] = {}
    for seen in observations:
        place = (seen.cell.workbook, seen.cell.sheet_id)
        ever.setdefault(seen.library, set()).add(place)
        if seen.period == period:
            month.setdefault(seen.library, set()).add(place)
    return month, ever


def _readable(record: WorkbookRecord | None) -> bool:
    return record is not None and record.read_at is not None and record.problem is None
