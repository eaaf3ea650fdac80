"""All pages of an office at once: which tab each one is, what to send, and a hash that tells whether it changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sheets_sync.office import Office
from sheets_sync.rekap import summary
from sheets_sync.rekap.align import align, standing_keys
from sheets_sync.rekap.context import Context
from sheets_sync.rekap.links import TabLinks
from sheets_sync.rekap.page import Page, PageCell
from sheets_sync.rekap.requests import page_requests, protection_id
from sheets_sync.rekap.state import TabState, stable_id


@dataclass(frozen=True, slots=True)
class PlannedPage:
    """A page ready to be sent. `digest` is the same as long as the page says the same."""

    page: Page
    sheet_id: int
    digest: str
    requests: tuple[dict[str, Any], ...]


def tab_of(role: str, title: str, tabs: Iterable[TabState]) -> TabState | None:
    """The tab that is ours: by its id, by our protection on it, or because it has the title and is still empty."""
    tabs = tuple(tabs)
    by_id = (tab for tab in tabs if tab.sheet_id == sheet_id_of(role) or protection_id(role) in tab.ids)
    empty = (tab for tab in tabs if tab.title.casefold() == title.casefold() and tab.blank)
    return next(by_id, None) or next(empty, None)


def sheet_id_of(role: str) -> int:
    """The id a new tab of ours gets."""
    return stable_id("tab", role)


def free_title(title: str, tabs: Iterable[TabState]) -> str:
    """The title, or one beside it where people have a tab of their own by that name: theirs is never written."""
    taken = {tab.title.casefold() for tab in tabs}
    candidates = (title, f"{title} (sheets-sync)", *(f"{title} (sheets-sync {n})" for n in range(2, 201)))
    return next(candidate for candidate in candidates if candidate.casefold() not in taken)


def plan(context: Context, tabs: Sequence[TabState]) -> tuple[PlannedPage, ...]:
    """The office's pages, each on its tab; one list of all their requests is one atomic write."""
    standing = standing_keys(tab_of(summary.ROLE, context.office.tabs.rekap, tabs), summary.COLUMNS)
    return (plan_page(summary.summary(context, standing), tabs),)


def tab_links(office: Office, tabs: Sequence[TabState]) -> TabLinks:
    """Where each of our tabs is or will be."""
    found = {role: tab_of(role, title, tabs) for role, title in tab_titles(office).items()}
    return TabLinks(office.workbook, {role: tab.sheet_id if tab else sheet_id_of(role) for role, tab in found.items()})


def tab_titles(office: Office) -> dict[str, str]:
    """What our tabs are called, by role."""
    tabs = office.tabs
    return {"rekap": tabs.rekap, "questions": tabs.questions, "details": tabs.details, "indicators": tabs.indicators}


def plan_page(page: Page, tabs: Sequence[TabState]) -> PlannedPage:
    """The requests that bring the page onto its tab."""
    state = tab_of(page.role, page.title, tabs)
    sheet_id = state.sheet_id if state else sheet_id_of(page.role)
    title = state.title if state else free_title(page.title, tabs)
    requests = page_requests(page, state, sheet_id, title, align(page, state))
    return PlannedPage(page, sheet_id, digest(page), tuple(requests))


def digest(page: Page) -> str:
    """Of everything the page says and how it looks."""
    content = [[_counted(page.at(row, column)) for column in range(len(page.columns))] for row in range(len(page.rows))]
    text = json.dumps([page.title, content, repr(page.charts)], ensure_ascii=False)
    return hashlib.blake2s(text.encode(), digest_size=16).hexdigest()


def _counted(cell: PageCell) -> list[object]:
    return [cell.counts_as or cell.text, cell.number, repr(cell.style), [run.link for run in cell.runs]]
