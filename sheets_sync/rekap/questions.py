"""The tab `Perlu Dicek`: every open finding. Rows are appended and marked done, never moved; `Alasan` is people's alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from sheets_sync.i18n import Language
from sheets_sync.model import Finding, LibraryMonth, Observation, Period, Severity, State, msg
from sheets_sync.rekap import style
from sheets_sync.rekap.context import Context, banner, head, notice
from sheets_sync.rekap.page import Filter, Page, PageCell, PageColumn, Row, linked
from sheets_sync.rules.redact import redact

ROLE = "questions"
COLUMNS = (
    PageColumn(msg("Code"), 95),
    PageColumn(msg("Library"), 130),
    PageColumn(msg("Month"), 80),
    PageColumn(msg("Entry"), 150),
    PageColumn(msg("Typed"), 95),
    PageColumn(msg("Read as"), 85),
    PageColumn(msg("Question"), 290),
    PageColumn(msg("Proposal"), 95),
    PageColumn(msg("Cell"), 95),
    PageColumn(msg("Status"), 70),
    PageColumn(msg("Reason"), 200),
)
CODE, CELL, STATUS, REASON = 0, 8, 9, 10
_ORDER = {severity: place for place, severity in enumerate(Severity)}


class Status(StrEnum):
    """Where a finding stands."""

    OPEN = "open"
    ANSWERED = "answered"
    TO_KNOW = "to know"
    DONE = "done"


def status_word(status: Status, t: Language) -> str:
    match status:
        case Status.OPEN:
            return t("open")
        case Status.ANSWERED:
            return t("answered")
        case Status.TO_KNOW:
            return t("to know")
        case Status.DONE:
            return t("done")


def status_of(finding: Finding) -> Status:
    if finding.severity in (Severity.WARNING, Severity.READ_AS):
        return Status.TO_KNOW
    return Status.OPEN if finding.is_question else Status.ANSWERED


def questions(context: Context) -> Page:
    """The page with what is open now, the most important first."""
    t = context.t
    hint = t("Please correct the linked cell, or tell us the reason in the last column. The rest fills itself in.")
    top = [*notice(context), banner(hint, style.SUBTITLE)]
    names = {row.library.code: row for row in context.month.libraries}
    rows = (_row(redact(finding, context.office), names, context) for finding in _sorted(context.findings))
    return Page(
        role=ROLE,
        title=context.office.tabs.questions,
        columns=COLUMNS,
        rows=(*top, head(COLUMNS, t, frozenset()), *rows),
        header=len(top),
        frozen_rows=len(top) + 1,
        key_column=CODE,
        open_columns=1,
        filters=(Filter("open", t("Open questions"), len(top), None, STATUS, status_word(Status.OPEN, t)),),
        tab_colour="#d99a00",
    )


def _sorted(findings: Iterable[Finding]) -> list[Finding]:
    """Each once, the most important first."""
    once = {finding.id: finding for finding in findings}.values()
    return sorted(once, key=lambda found: (_ORDER[found.severity], found.library or "", found.period or Period(1, 1)))


def _row(finding: Finding, names: Mapping[str, LibraryMonth], context: Context) -> Row:
    t, row = context.t, names.get(finding.library or "")
    cell = finding.cells[0] if finding.cells else None
    element = context.elements.by_id.get(finding.element or "")
    return Row(
        (
            PageCell(finding.id, style=style.SMALL),
            PageCell(row.library.name if row else finding.library or "", style=style.NAME),
            PageCell(t.month(finding.period, short=True) if finding.period else "", style=style.TEXT),
            PageCell(element.label.in_(context.office.language) if element else "", style=style.WRAPPED),
            PageCell(finding.typed, style=style.WRAPPED),
            PageCell(_read_as(finding, context), style=style.TEXT),
            PageCell(t(finding.message), style=style.WRAPPED),
            PageCell(finding.proposal, style=style.TEXT),
            linked(str(cell), cell.url, style.LINKED) if cell else PageCell(style=style.TEXT),
            PageCell(status_word(status_of(finding), t), style=style.TEXT),
            PageCell(style=style.TO_FILL_IN),
        ),
        key=finding.id,
    )


def _read_as(finding: Finding, context: Context) -> str:
    """What the program made of the typed value."""
    seen = context.seen.get((finding.library, finding.element, finding.period))
    return _shown(seen, context.t) if seen else ""


def _shown(seen: Observation, t: Language) -> str:
    match seen.state:
        case State.UNREADABLE:
            return t("not read")
        case State.BLOCKED:
            return t("held back")
        case State.NOT_APPLICABLE:
            return t("not applicable")
        case State.EMPTY:
            return t("empty")
        case _:
            return t.number(seen.value)
