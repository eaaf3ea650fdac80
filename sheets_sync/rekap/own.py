"""Which tabs are the program's own: those whose id we made. A title or a mark, which anybody can set, makes none ours."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, count

from sheets_sync.config.office import Office
from sheets_sync.model import CellRef, Finding
from sheets_sync.model.tab_state import TabState
from sheets_sync.rekap import details, indicators, questions, summary
from sheets_sync.rekap.align import find_columns
from sheets_sync.rekap.ids import stable_id
from sheets_sync.rekap.links import TabLinks, free_title
from sheets_sync.rekap.page import PageColumn
from sheets_sync.rekap.requests import mark
from sheets_sync.rules import tabs as rules

COLUMNS: Mapping[str, Sequence[PageColumn]] = {
    summary.ROLE: summary.COLUMNS,
    questions.ROLE: questions.COLUMNS,
    details.ROLE: details.COLUMNS,
    indicators.ROLE: indicators.COLUMNS,
}
FOR_ALL = frozenset({summary.ROLE, questions.ROLE})  # what everybody is to see
_NEVER_MADE: Mapping[str, int] = {}


def tab_titles(office: Office) -> dict[str, str]:
    """What our tabs are called, by role."""
    tabs = office.tabs
    return {"rekap": tabs.rekap, "questions": tabs.questions, "details": tabs.details, "indicators": tabs.indicators}


def own_tabs(
    office: Office,
    tabs: Sequence[TabState],
    remembered: Mapping[str, int] = _NEVER_MADE,
    inputs: Collection[int] = (),
) -> dict[str, int]:
    """The sheetIds of our tabs that stand in the home workbook, by role.

    Args:
        office: whose tabs they are.
        tabs: all of the workbook's.
        remembered: the ids that we made or took over, by role.
        inputs: the ids of tabs that figures were read from: no page is ever written on one.
    """
    found = {role: _own(role, title, tabs, remembered, inputs) for role, title in tab_titles(office).items()}
    return {role: tab.sheet_id for role, tab in found.items() if tab is not None}


def tab_links(
    office: Office,
    tabs: Sequence[TabState],
    remembered: Mapping[str, int] = _NEVER_MADE,
    inputs: Collection[int] = (),
) -> TabLinks:
    """Where each of our tabs is or will be; arguments as in `own_tabs`."""
    found = own_tabs(office, tabs, remembered, inputs)
    return TabLinks(
        office.workbook, {role: found.get(role) or free_id("tab", role, tabs) for role in tab_titles(office)}
    )


def free_id(kind: str, name: str, tabs: Iterable[TabState]) -> int:
    """The id a new tab gets; another one where somebody has made a tab of theirs with it."""
    taken = {tab.sheet_id for tab in tabs}
    candidates = (stable_id(kind, name, *again) for again in chain([()], ((str(number),) for number in count(2))))
    return next(candidate for candidate in candidates if candidate not in taken)


def second_tabs(office: Office, tabs: Sequence[TabState], own: Mapping[str, int]) -> tuple[Finding, ...]:
    """What to ask about tabs that look like ours and are not: by their title, or by our mark on them."""
    titles = tab_titles(office)
    return tuple(
        finding
        for tab in tabs
        if tab.sheet_id not in own.values()
        for finding in (*_called(tab, titles, office, tabs, own), *_marked(tab, titles, office))
    )


def _called(
    tab: TabState, titles: Mapping[str, str], office: Office, tabs: Sequence[TabState], own: Mapping[str, int]
) -> Iterator[Finding]:
    for role, title in titles.items():
        if tab.title.casefold() == title.casefold():
            ours = next((each.title for each in tabs if each.sheet_id == own.get(role)), free_title(title, tabs))
            yield rules.SECOND.finding(cells=(_first_cell(tab, office),), typed=tab.title, ours=ours)


def _marked(tab: TabState, titles: Mapping[str, str], office: Office) -> Iterator[Finding]:
    """A mark of ours that somebody put on the tab, or copied with it; a tab called like ours is asked about already."""
    found = [mark(role) for role, title in titles.items() if mark(role) in tab.marks and tab.title != title]
    if found:
        yield rules.MARKED.finding(cells=(_first_cell(tab, office),), typed=tab.title, mark=found[0])


def _first_cell(tab: TabState, office: Office) -> CellRef:
    return CellRef(office.workbook, tab.sheet_id, tab.title, 0, 0)


def _own(
    role: str, title: str, tabs: Sequence[TabState], remembered: Mapping[str, int], inputs: Collection[int]
) -> TabState | None:
    """By the id we remember; by the one we give, if it is empty or holds our page; by the title, if it is empty."""
    others = [tab for tab in tabs if tab.sheet_id not in inputs and tab.sheet_id not in remembered.values()]
    made = (tab for tab in tabs if tab.sheet_id == remembered.get(role) and tab.sheet_id not in inputs)
    given = (tab for tab in others if tab.sheet_id == stable_id("tab", role) and _is_page(tab, role))
    empty = (tab for tab in others if tab.title.casefold() == title.casefold() and tab.blank)
    return next(made, None) or next(given, None) or next(empty, None)


def _is_page(tab: TabState, role: str) -> bool:
    """Whether a tab is empty or has most of the page's headings in a row: a copied workbook's, or of a lost memory."""
    if tab.blank:
        return True
    places = find_columns(tab, COLUMNS[role])
    return 2 * sum(place is not None for place in places) > len(places)
