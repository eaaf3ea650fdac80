"""All pages of an office at once: which tab each one is, what to send, and a hash that tells whether it changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sheets_sync.config.office import Office
from sheets_sync.i18n import Language
from sheets_sync.model.tab_state import TabState
from sheets_sync.rekap import summary
from sheets_sync.rekap.align import Aligned, align, standing_keys
from sheets_sync.rekap.appending import question_requests
from sheets_sync.rekap.context import Context
from sheets_sync.rekap.details import details
from sheets_sync.rekap.ids import stable_id
from sheets_sync.rekap.indicators import indicators
from sheets_sync.rekap.links import TabLinks, free_title
from sheets_sync.rekap.page import EMPTY, Page, PageCell
from sheets_sync.rekap.questions import questions
from sheets_sync.rekap.requests import cell_format, is_dressed, mark, page_requests


@dataclass(frozen=True, slots=True)
class PlannedPage:
    """A page ready to be sent.

    `digest` is the same as long as the page says the same; `stands` is whether the tab already shows it, as far as its
    texts tell. So nothing needs to be sent while `stands` and the digest is that of the last write.
    """

    page: Page
    sheet_id: int
    digest: str
    stands: bool
    requests: tuple[dict[str, Any], ...]


def plan(context: Context, tabs: Sequence[TabState]) -> tuple[PlannedPage, ...]:
    """The office's pages, each on its tab; the requests of those that changed, together, are one atomic write."""
    standing = standing_keys(tab_of(summary.ROLE, context.office.tabs.rekap, tabs), summary.COLUMNS)
    return (
        plan_page(summary.summary(context, standing), tabs),
        plan_questions(questions(context), tabs, context.t),
        plan_page(details(context), tabs),
        plan_page(indicators(context), tabs),
    )


def plan_page(page: Page, tabs: Sequence[TabState]) -> PlannedPage:
    """The requests that bring the page onto its tab."""
    state, sheet_id, title = _target(page, tabs)
    aligned = align(page, state)
    requests = page_requests(page, state, sheet_id, title, aligned)
    return PlannedPage(page, sheet_id, digest(page), _stands(page, state, aligned), tuple(requests))


def plan_questions(page: Page, tabs: Sequence[TabState], t: Language) -> PlannedPage:
    """The requests that bring `Perlu Dicek` up to date; there are none where nothing is new."""
    state, sheet_id, title = _target(page, tabs)
    requests = question_requests(page, state, sheet_id, title, t)
    return PlannedPage(page, sheet_id, digest(page), not requests, tuple(requests))


def tab_of(role: str, title: str, tabs: Iterable[TabState]) -> TabState | None:
    """The tab that is ours: by its id, by our protection on it, or because it has the title and is still empty."""
    tabs = tuple(tabs)
    by_id = (tab for tab in tabs if tab.sheet_id == sheet_id_of(role) or mark(role) in tab.marks)
    empty = (tab for tab in tabs if tab.title.casefold() == title.casefold() and tab.blank)
    return next(by_id, None) or next(empty, None)


def sheet_id_of(role: str) -> int:
    """The id a new tab of ours gets."""
    return stable_id("tab", role)


def _target(page: Page, tabs: Sequence[TabState]) -> tuple[TabState | None, int, str]:
    """The page's tab as it stands (None: not yet), its sheetId, and what it is or will be called."""
    state = tab_of(page.role, page.title, tabs)
    if state is not None:
        return state, state.sheet_id, state.title
    return None, sheet_id_of(page.role), free_title(page.title, tabs)


def _stands(page: Page, state: TabState | None, aligned: Aligned) -> bool:
    """Whether the tab shows the page already; a text that changes by itself is not looked at."""
    if state is None or aligned.requests or not is_dressed(page, state):
        return False
    return all(
        _same(page.at(source, column) if source is not None else EMPTY, state.at(row, place))
        for row, source in enumerate(aligned.rows)
        for column, place in enumerate(aligned.columns)
    )


def _same(cell: PageCell, shown: str) -> bool:
    """Numbers are compared by their digits: their marks are the workbook's locale's."""
    if cell.counts_as:
        return True
    if cell.number is None:
        return cell.text == shown
    return [*filter(str.isdigit, cell.text)] == [*filter(str.isdigit, shown)]


def tab_links(office: Office, tabs: Sequence[TabState]) -> TabLinks:
    """Where each of our tabs is or will be."""
    found = {role: tab_of(role, title, tabs) for role, title in tab_titles(office).items()}
    return TabLinks(office.workbook, {role: tab.sheet_id if tab else sheet_id_of(role) for role, tab in found.items()})


def tab_titles(office: Office) -> dict[str, str]:
    """What our tabs are called, by role."""
    tabs = office.tabs
    return {"rekap": tabs.rekap, "questions": tabs.questions, "details": tabs.details, "indicators": tabs.indicators}


def digest(page: Page) -> str:
    """Of everything the page says and how it looks."""
    content = [[_counted(page.at(row, column)) for column in range(len(page.columns))] for row in range(len(page.rows))]
    text = json.dumps([page.title, content, repr(page.charts)], ensure_ascii=False)
    return hashlib.blake2s(text.encode(), digest_size=16).hexdigest()


def _counted(cell: PageCell) -> list[object]:
    return [cell.counts_as or cell.text, cell.number, cell_format(cell.style), [run.link for run in cell.runs]]
