"""What is to be written to an office's workbooks: pages that say something new, and comments. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sheets_sync import comments, kpi, rekap
from sheets_sync.config.office import Office
from sheets_sync.google import ReadWorkbook
from sheets_sync.i18n import language
from sheets_sync.jobs.month import MonthView
from sheets_sync.jobs.send import WritePart
from sheets_sync.model import Finding, Observation, OfficeMonth, Period
from sheets_sync.model.json import JsonObject
from sheets_sync.model.left_out import LeftOut, without_failing
from sheets_sync.model.tab_state import TabState
from sheets_sync.rekap import approvals
from sheets_sync.rekap.approval_rows import row_requests
from sheets_sync.rekap.links import APPROVALS_ID
from sheets_sync.rules.tabs import LEFT_OUT, PAGES
from sheets_sync.settings import OfficeSettings
from sheets_sync.store import Memory


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be sent to one workbook in one write: pages of ours that changed, and comments."""

    workbook: str
    pages: tuple[rekap.PlannedPage, ...]
    comments: tuple[comments.CommentChange, ...]
    left_out: tuple[LeftOut, ...] = ()  # libraries that the pages could not be made for

    @property
    def requests(self) -> list[JsonObject]:
        return [request for part in self.parts for request in part.requests]

    @property
    def parts(self) -> list[WritePart]:
        """What can be sent by itself: each page, then each library's comments."""
        by_library: dict[str, list[JsonObject]] = defaultdict(list)
        for change in self.comments:
            by_library[change.library].append(change.request)
        pages = [WritePart(page.requests, page.page.role) for page in self.pages if page.requests]
        return [*pages, *(WritePart(tuple(requests), library=code) for code, requests in by_library.items())]


def plan_writes(
    view: MonthView,
    memory: Memory,
    office: Office,
    settings: OfficeSettings,
    read: Mapping[str, ReadWorkbook],
    now: datetime,
) -> list[Plan]:
    """What to send: the home workbook gets the pages that say something new, or whose tab does not show them. Pure.

    `read` holds the workbooks that this run has read; only their comments are known, so only they are answered.
    """
    plans = []
    for workbook in office.workbooks:
        known = memory.workbooks.get(workbook)
        has_place = workbook == office.workbook and known is not None and known.read_at is not None
        planned, left_out = plan_pages(view, memory, office, settings) if has_place else ((), ())
        pages = tuple(page for page in planned if not page.stands or memory.pages.get(page.page.role) != page.digest)
        pages += _approvals(view, memory, office, workbook)
        changes = _comments(view, memory, office, settings, read.get(workbook), now)
        plans.append(Plan(workbook, pages, changes, left_out))
    return [plan for plan in plans if plan.requests or plan.left_out]


def _approvals(view: MonthView, memory: Memory, office: Office, workbook: str) -> tuple[rekap.PlannedPage, ...]:
    """What the tab of approvals lacks, where `setup` has made it."""
    tabs = memory.layouts.get(workbook, ()) if workbook == office.register_home else ()
    state = next((tab for tab in tabs if tab.sheet_id == APPROVALS_ID), None)
    requests = tuple(row_requests(view.month.decisions, view.month.mail, state, office))
    page = approvals.written_page(office)
    return (rekap.PlannedPage(page, APPROVALS_ID, "", False, requests),) if requests else ()


def plan_pages(
    view: MonthView, memory: Memory, office: Office, settings: OfficeSettings
) -> tuple[Sequence[rekap.PlannedPage], tuple[LeftOut, ...]]:
    """Every page of the office as it should be, over what is known of its tabs, and who had to be left out. Pure."""
    tabs = memory.layouts.get(office.workbook, ())
    context = context_of(view, memory, office, settings, tabs)

    def make(month: OfficeMonth, gone: tuple[LeftOut, ...]) -> Sequence[rekap.PlannedPage]:
        return rekap.plan(_about(context, month, gone), tabs)

    return without_failing(make, view.month)


def _about(context: rekap.Context, month: OfficeMonth, gone: Sequence[LeftOut]) -> rekap.Context:
    """The context of a part of the libraries; that the others are missing is told among the questions."""
    told = tuple(LEFT_OUT.finding(typed=each.library.name, what=PAGES, problem=each.problem) for each in gone)
    month = replace(month, findings=(*told, *month.findings))
    hidden = _hidden(context.month, month)
    findings = (*told, *(found for found in context.findings if found.library not in hidden))
    return replace(context, month=month, findings=findings)


def _hidden(whole: OfficeMonth, part: OfficeMonth) -> set[str]:
    """The libraries that a part of a month leaves out, by code."""
    return {row.library.code for row in whole.libraries} - {row.library.code for row in part.libraries}


def context_of(
    view: MonthView, memory: Memory, office: Office, settings: OfficeSettings, tabs: Sequence[TabState]
) -> rekap.Context:
    """What every page is made from."""
    known = memory.workbooks.get(office.workbook)
    asked = {_figure(finding) for finding in view.checked.findings}
    named = {each[:2] for each in asked}  # a library's element: told in a third of the time
    return rekap.Context(
        month=view.month,
        office=office,
        elements=settings.elements,
        labels=kpi.labels(view.scheme, view.month.period),
        links=rekap.tab_links(office, tabs, known.own if known else {}, known.tabs if known else ()),
        findings=view.checked.findings,
        seen={key: seen for seen in view.checked.observations if seen[:2] in named and (key := _figure(seen)) in asked},
    )


def _figure(about: Observation | Finding) -> tuple[str | None, str | None, Period | None]:
    return about.library, about.element, about.period


def _comments(
    view: MonthView,
    memory: Memory,
    office: Office,
    settings: OfficeSettings,
    read: ReadWorkbook | None,
    now: datetime,
) -> tuple[comments.CommentChange, ...]:
    if read is None:
        return ()
    grid, today, t = read.grid, now.astimezone(office.zone).date(), language(office.language)

    def make(month: OfficeMonth, _: tuple[LeftOut, ...]) -> list[comments.CommentChange]:
        hidden = _hidden(view.month, month)
        found = [finding for finding in view.checked.findings if finding.library not in hidden]
        return comments.reconcile(grid, found, memory.libraries, settings.comments, today, office.zone, t)

    changes, gone = without_failing(make, view.month)
    silent = {
        comments.mark_name(each.library.code) for each in (*gone, *view.left_out)
    }  # nor is a thread of theirs thanked for
    return tuple(change for change in changes if change.library not in silent)
