"""All pages of an office at once: which tab each one is, what to send, and a hash that tells whether it changed.

Which of them are sent is decided in `jobs/plan.py`; whether they are made at all, in `jobs/publish.py`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sheets_sync.i18n import Language
from sheets_sync.model.tab_state import TabState
from sheets_sync.rekap import summary
from sheets_sync.rekap.align import Aligned, align, standing_keys
from sheets_sync.rekap.appending import question_requests
from sheets_sync.rekap.cells import WrittenPage
from sheets_sync.rekap.context import Context
from sheets_sync.rekap.details import details
from sheets_sync.rekap.indicators import indicators
from sheets_sync.rekap.links import free_title
from sheets_sync.rekap.page import EMPTY, Page, PageCell
from sheets_sync.rekap.questions import questions
from sheets_sync.rekap.requests import is_dressed, page_requests


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
    ids = context.links.sheet_ids
    rekap = next((tab for tab in tabs if tab.sheet_id == ids[summary.ROLE]), None)
    return (
        plan_page(summary.summary(context, standing_keys(rekap, summary.COLUMNS)), tabs, ids[summary.ROLE]),
        plan_questions(questions(context), tabs, ids["questions"], context.t),
        plan_page(details(context), tabs, ids["details"]),
        plan_page(indicators(context), tabs, ids["indicators"]),
    )


def plan_page(page: Page, tabs: Sequence[TabState], sheet_id: int) -> PlannedPage:
    """The requests that bring the page onto the tab of an id, or that make it."""
    state, title = _place(page, tabs, sheet_id)
    aligned, written = align(page, state), WrittenPage.of(page)
    requests = page_requests(written, state, sheet_id, title, aligned)
    return PlannedPage(page, sheet_id, digest(written), _stands(page, state, aligned), tuple(requests))


def plan_questions(page: Page, tabs: Sequence[TabState], sheet_id: int, t: Language) -> PlannedPage:
    """The requests that bring `Perlu Dicek` up to date; there are none where nothing is new."""
    state, title = _place(page, tabs, sheet_id)
    written = WrittenPage.of(page)
    requests = question_requests(written, state, sheet_id, title, t)
    stands = all("addFilterView" in request for request in requests)  # people may delete a view
    return PlannedPage(page, sheet_id, digest(written), stands, tuple(requests))


def _place(page: Page, tabs: Sequence[TabState], sheet_id: int) -> tuple[TabState | None, str]:
    """The page's tab as it stands (None: not yet), and what it is or will be called."""
    state = next((tab for tab in tabs if tab.sheet_id == sheet_id), None)
    return state, state.title if state else free_title(page.title, tabs)


def _stands(page: Page, state: TabState | None, aligned: Aligned) -> bool:
    """Whether the tab shows the page already, and no formula does; a text that changes by itself is not looked at."""
    if state is None or aligned.requests or not is_dressed(page, state):
        return False
    blank = (EMPTY,) * len(aligned.columns)
    lines = (_looked_at(page, source) if source is not None else blank for source in aligned.rows)
    return all(
        (row, place) not in state.formulas and (cell is None or _same(cell, state.at(row, place)))
        for row, line in enumerate(lines)
        for cell, place in zip(line, aligned.columns, strict=True)
    )


def _looked_at(page: Page, row: int) -> tuple[PageCell | None, ...]:
    """The row's cells; None for a text that changes by itself."""
    return (None, *page.lines[row][1:]) if page.rows[row].counts_as else page.lines[row]


def _same(cell: PageCell, shown: str) -> bool:
    """Numbers are compared by their digits: their marks are the workbook's locale's."""
    if cell.number is None:
        return cell.text == shown
    return [*filter(str.isdigit, cell.text)] == [*filter(str.isdigit, shown)]


def digest(written: WrittenPage) -> str:
    """Of everything the page says and how it looks."""
    return hashlib.sha256(written.content).hexdigest()[:32]
