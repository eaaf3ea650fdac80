"""What happens when a workbook, the home one too, or a tab is away: what was read last stays, and is marked as old. Pure.

`fetch` gives the error instead of the workbook, `ingest` hands it on as a problem, the store keeps it beside the last good
figures. So the month is made as ever, names what is stale, and says of no library that it is silent where nobody can look.
Of the home workbook besides: the register stays as last read (`ingest`), its pages wait (`publish`), and so do the mails of a
report that can't be marked there (`marks`, `report`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from sheets_sync.config.office import Office
from sheets_sync.model import Finding, Observation, Period, StaleWorkbook, State
from sheets_sync.rules.accounting import GONE, TAB_UNREAD
from sheets_sync.rules.workbooks import NEVER_READ, tab_lost, with_title
from sheets_sync.store import WorkbookRecord

Place = tuple[str, int]  # workbook and sheetId


def stale_workbooks(workbooks: Iterable[WorkbookRecord]) -> Iterator[StaleWorkbook]:
    """Workbooks that could not be read, and tabs that were lost from those that could."""
    for record in workbooks:
        title = record.title or NEVER_READ
        if record.problem is not None:
            reason = with_title(record.problem, record.workbook, title)
            yield StaleWorkbook(record.workbook, title, record.read_at, reason)
        for tab in record.tabs.values():
            if tab.last_read is not None:
                yield StaleWorkbook(record.workbook, tab.title, tab.last_read, tab_lost(tab.title, title))


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


def untaken_libraries(
    codes: Iterable[str],
    period: Period,
    observations: Collection[Observation],
    workbooks: Mapping[str, WorkbookRecord],
    questions: Collection[Finding],
) -> frozenset[str]:
    """The codes of the libraries whose figures stand somewhere and are not taken: nobody can say that they are silent.

    `questions` are the open findings. A tab that names nobody may be of any library that has no figures anywhere; one
    that a person gave a reason for holds none.
    """
    asked = {cell.sheet_id for each in questions if each.rule_code == TAB_UNREAD.code for cell in each.cells}
    unread = [tab for record in workbooks.values() for sheet, tab in record.unread.items() if sheet in asked]
    named = {code for tab in unread for code in tab.libraries}
    gone = {each.library for each in questions if each.rule_code == GONE.code and each.library}
    untaken = named | gone | _refused(observations, period)
    anybody = any(not tab.libraries for tab in unread)
    ever = {seen.library for seen in observations if seen.state.answers} if anybody else set()
    return frozenset(code for code in codes if code in untaken or (anybody and code not in ever))


def _refused(observations: Collection[Observation], period: Period) -> set[str]:
    """The libraries of whose month something can't be read and nothing can."""
    unheard = [seen for seen in observations if not seen.state.answers and seen.state is not State.EMPTY]
    refused = {seen.library for seen in unheard if seen.period == period}
    if not refused:
        return refused
    return refused - {seen.library for seen in observations if seen.state.answers and seen.period == period}
