"""What the office reads about its month: who reported, who scores what, what moved, what to follow up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from sheets_sync.model import (
    Finding,
    LibraryMonth,
    OfficeMonth,
    Reporting,
    Score,
    Severity,
    StaleWorkbook,
    Timeliness,
    workbook_url,
)
from sheets_sync.model.approval import HoldReason
from sheets_sync.reports.context import ReportContext
from sheets_sync.reports.forward import forward_month
from sheets_sync.reports.library_report import as_is_after, data_as_of, moment_text, revision_lines, where
from sheets_sync.reports.library_rows import LibraryRow, Listing, library_row
from sheets_sync.reports.score_card import change_text
from sheets_sync.rules.figures import NO_POPULATION
from sheets_sync.rules.redact import redact
from sheets_sync.rules.tabs import LEFT_OUT

MAX_LINES = 12


@dataclass(frozen=True, slots=True)
class CategoryCount:
    """How many libraries are in a category."""

    label: str
    colour: str
    count: int


@dataclass(frozen=True, slots=True)
class OfficeReport(Listing):
    """An office's month as its report shows it, every text in the reader's language."""

    month: str
    lead: str
    scheme: str
    completeness: str
    timeliness: str
    timely: str  # what that share is of, in words
    not_reported: int
    categories: tuple[CategoryCount, ...]
    rows: tuple[LibraryRow, ...]
    follow_up: tuple[str, ...]
    revisions: tuple[str, ...]
    workbook_url: str
    data_as_of: str
    forward: str = ""  # to pass on in a chat


def office_report(month: OfficeMonth, context: ReportContext) -> OfficeReport:
    """The report of the office's month; libraries stay in the register's order, nobody is ranked."""
    reported = sum(entry.reporting.heard for entry in month.libraries)
    lead = context.say("office_lead", month=month.period, reported=reported, total=len(month.expected))
    return OfficeReport(
        month=context.t.month(month.period),
        lead=as_is_after(lead, month, context),
        scheme=month.scheme,
        completeness=context.t.percent(month.completeness),
        timeliness=context.t.percent(month.timeliness.share),
        timely=_timely(month.timeliness, context),
        not_reported=sum(entry.reporting is Reporting.NONE for entry in month.libraries),
        categories=count_categories([entry.score for entry in month.libraries], context),
        rows=(*(month_row(entry, context) for entry in month.libraries), *_whole(month, context)),
        follow_up=_follow_up(month, context),
        revisions=_revisions(month.libraries, context),
        workbook_url=workbook_url(context.office.workbook),
        data_as_of=data_as_of(month, context),
        forward=forward_month(month, context),
    )


def _timely(timely: Timeliness, context: ReportContext) -> str:
    """*3 dari 5 perpustakaan; 2 belum diketahui*: nobody of whom it is not known is counted unsaid."""
    if not timely.known:
        return context.say("timely_unknown")
    sentence = "timely_partly" if timely.unknown else "timely"
    return context.say(sentence, on_time=timely.on_time, known=timely.known, unknown=timely.unknown)


def month_row(entry: LibraryMonth, context: ReportContext) -> LibraryRow:
    """A library's, or place's, row of a month."""
    status, change = _status(entry, context), _change(entry, context)
    return library_row(entry.library.name, status, entry.score, change, context, len(entry.open_questions))


def _whole(month: OfficeMonth, context: ReportContext) -> Iterator[LibraryRow]:
    """Of a region the last row: all of its places together."""
    if month.together is not None:
        row = month_row(month.together, context)
        yield replace(row, name=context.say("table_whole", name=row.name), whole=True)


def _status(entry: LibraryMonth, context: ReportContext) -> str:
    """What it reported of the month; of a place, how many of its libraries did."""
    if entry.place is None or not entry.place.libraries:
        return context.say(f"status_{entry.reporting.value}")
    return context.say("status_place", heard=entry.place.heard, total=entry.place.libraries)


def _change(entry: LibraryMonth, context: ReportContext) -> str:
    """How the score moved; of a place, also what it was a year ago."""
    said = [change_text(entry.score, entry.previous, context)]
    if entry.place is not None and entry.place.last_year is not None and entry.place.last_year.value is not None:
        said.append(context.say("change_last_year", score=context.score(entry.place.last_year.value)))
    return ", ".join(filter(None, said))


def count_categories(scores: Iterable[Score | None], context: ReportContext) -> tuple[CategoryCount, ...]:
    """Libraries per category, best first, then those without a score; together they are all libraries."""
    counted = Counter(context.labels.category(score) for score in scores)
    shown = context.labels.all_categories
    return tuple(CategoryCount(context.text(each.label), each.colour, counted[each]) for each in shown)


def _follow_up(month: OfficeMonth, context: ReportContext) -> tuple[str, ...]:
    none = [entry.library.name for entry in month.libraries if entry.reporting is Reporting.NONE]
    unread = [entry.library.name for entry in month.libraries if entry.reporting is Reporting.UNREAD]
    closed = [entry.library.name for entry in month.libraries if entry.reporting is Reporting.CLOSED]
    uncounted = [entry.library.name for entry in month.libraries if _lacks_population(entry)]
    unanswered = [f"{entry.library.name} ({n})" for entry in month.libraries if (n := len(entry.open_questions))]
    if own := len(month.own_questions):
        unanswered.append(context.say("follow_up_own", count=own))
    partly = [text for entry in month.libraries if (text := _partly(entry, context))]
    tasks = (
        ("follow_up_none", none),
        ("follow_up_partly", partly),
        ("follow_up_unread", unread),
        ("follow_up_closed", closed),
        ("follow_up_population", uncounted),
        ("follow_up_open", unanswered),
    )
    tabs = context.office.tabs
    words = {
        "month": month.period,
        "tab": tabs.libraries,
        "questions": tabs.questions,
        "count": len(month.open_questions),
    }
    missing = [finding for finding in month.findings if finding.rule_code == LEFT_OUT.code]
    others = [each for each in month.findings if each not in missing and each.severity is not Severity.READ_AS]
    lines = [
        *(_asked(finding, month, context) for finding in missing),
        *(context.say(task, libraries=context.some(names, MAX_LINES), **words) for task, names in tasks if names),
        *_mail(month, context),
        *(stale_text(workbook, context) for workbook in month.stale),
        *(_asked(finding, month, context) for finding in others),
    ]
    return tuple(context.some(lines, MAX_LINES)) or (context.say("follow_up_nothing"),)


def _partly(entry: LibraryMonth, context: ReportContext) -> str:
    """Of a place of which some libraries have not reported: how many have."""
    place = entry.place
    if place is None or not 0 < place.heard < place.libraries:
        return ""
    return context.say("span_some", name=entry.library.name, reported=place.heard, due=place.libraries)


def _mail(month: OfficeMonth, context: ReportContext) -> Iterator[str]:
    """Who gets no mail, and where the office says who may; addresses are for the office alone to read."""
    mail, office = month.mail, context.office
    if mail.held:
        shown = context.some([f"{each.name} ({each.known.address})" for each in mail.held], MAX_LINES)
        sentence = "follow_up_held_tab" if office.approvers else "follow_up_held"
        yield context.say(sentence, addresses=shown, count=len(mail.held), tab=office.tabs.approvals)
    if any(each.because is HoldReason.MANY_NEW for each in mail.held):
        yield context.say("follow_up_many_new", tab=office.tabs.libraries)
    if mail.without_address:
        names = {entry.library.code: entry.library.name for entry in month.libraries}
        shown = context.some([names.get(code, code) for code in mail.without_address], MAX_LINES)
        yield context.say("follow_up_no_address", libraries=shown, tab=office.tabs.libraries)
    if mail.problem:
        yield context.t(mail.problem)


def _asked(finding: Finding, month: OfficeMonth, context: ReportContext) -> str:
    """What is asked, of which library, and at which cell; nothing of what a private register says."""
    names = {entry.library.code: entry.library.name for entry in month.libraries}
    name, cells = names.get(finding.library or ""), where(finding.cells, context)
    question = context.t(redact(finding, context.office).message)
    return (f"{name}: " if name else "") + question + (f" ({cells})" if cells else "")


def _lacks_population(entry: LibraryMonth) -> bool:
    return any(finding.rule_code == NO_POPULATION.code and not finding.reason for finding in entry.findings)


def stale_text(workbook: StaleWorkbook, context: ReportContext) -> str:
    """What could not be read, or of a region which place is in no sum, and why."""
    if workbook.last_read is None:
        return context.say("follow_up_never_read", title=workbook.title, reason=workbook.reason)
    since = moment_text(workbook.last_read, context)
    return context.say("follow_up_stale", title=workbook.title, since=since, reason=workbook.reason)


def _revisions(libraries: Sequence[LibraryMonth], context: ReportContext) -> tuple[str, ...]:
    """Revised figures first; what only came late does not hide them."""
    revised, late = [], []
    for entry in libraries:
        real = [revision for revision in entry.revisions if revision.before is not None]
        lines = [f"{entry.library.name}: {text}" for text in revision_lines(entry.revisions, context)]
        revised += lines[: len(real)]
        late += lines[len(real) :]
    return tuple(context.some([*revised, *late], MAX_LINES))
