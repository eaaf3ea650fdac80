"""What a library reads about its month: progress first, then score, questions, next steps and revisions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sheets_sync.config.labels import step_figures
from sheets_sync.model import (
    AsOf,
    CellRef,
    Finding,
    Library,
    LibraryMonth,
    OfficeMonth,
    Period,
    PlaceFacts,
    Reporting,
    Revision,
    Severity,
    State,
    Step,
    workbook_url,
)
from sheets_sync.reports.context import ReportContext
from sheets_sync.reports.progress import progress
from sheets_sync.reports.score_card import ScoreCard, score_card

MAX_QUESTIONS = 8
MAX_READINGS = 5
MAX_REVISIONS = 10
MAX_OLD = 5  # workbooks whose age is told


@dataclass(frozen=True, slots=True)
class FindingLine:
    """Something asked about typed values, where to find it, and the reason that was given for it."""

    code: str
    text: str
    where: str
    url: str
    reason: str


@dataclass(frozen=True, slots=True)
class LibraryReport:
    """A library's month as its report shows it, every text in the reader's language."""

    library: str
    month: str
    greeting: str
    lead: str
    reporting: Reporting
    card: ScoreCard
    progress: tuple[str, ...]
    steps: tuple[str, ...]
    questions: tuple[FindingLine, ...]
    more_questions: int
    readings: tuple[FindingLine, ...]
    more_readings: int
    revisions: tuple[str, ...]
    workbook_url: str
    data_as_of: str


def library_report(month: OfficeMonth, entry: LibraryMonth, context: ReportContext) -> LibraryReport:
    """The report of one library of the office's month."""
    asked = _questions(_asked(entry, month.period), context)
    told = _questions(_told(entry, month.period), context)
    return LibraryReport(
        library=entry.library.name,
        month=context.t.month(month.period),
        greeting=greeting_to(entry.library, context),
        lead=as_is_after(_lead(month, entry, context), month, context),
        reporting=entry.reporting,
        card=score_card(entry, context, month.scheme),
        progress=progress(entry, context),
        steps=tuple(step_text(step, context) for step in entry.steps),
        questions=asked[:MAX_QUESTIONS],
        more_questions=max(0, len(asked) - MAX_QUESTIONS),
        readings=told[:MAX_READINGS],
        more_readings=max(0, len(told) - MAX_READINGS),
        revisions=tuple(context.some(revision_lines(entry.revisions, context), MAX_REVISIONS)),
        workbook_url=workbook_url(context.office.workbook),
        data_as_of=data_as_of(month, context),
    )


def data_as_of(month: OfficeMonth, context: ReportContext) -> str:
    """When the data were last changed, on the office's clock."""
    return moment_text(month.data_as_of, context)


def moment_text(moment: datetime | None, context: ReportContext) -> str:
    """A moment on the office's clock; a dash where there is none."""
    return context.t.date_time(moment.astimezone(context.office.zone)) if moment else "–"


def as_is_after(text: str, month: OfficeMonth, context: ReportContext) -> str:
    """A text, and after it, of a report that could not be made on fresh figures, how old they are."""
    return " ".join((text, *as_of_text(month.as_of, context)))


def as_of_text(workbooks: Iterable[AsOf], context: ReportContext) -> list[str]:
    """How old the figures of workbooks are that could not be read."""
    return context.some([_as_of(each, context) for each in workbooks], MAX_OLD)


def _as_of(workbook: AsOf, context: ReportContext) -> str:
    if workbook.moment is None:
        return context.say("as_is_never", workbook=workbook.workbook)
    return context.say("as_is", workbook=workbook.workbook, moment=moment_text(workbook.moment, context))


def where(cells: Sequence[CellRef], context: ReportContext) -> str:
    """The first of the cells, with its tab, and how many more there are; "" for none."""
    first, more = str(cells[0]) if cells else "", len(cells) - 1
    return context.say("cells_more", where=first, count=more) if more > 0 else first


def step_text(step: Step, context: ReportContext) -> str:
    """*Pengunjung di tempat: 38 orang lagi per bulan → +0,28 (Desember 2024: 8,00, tanpa langkah ini 7,72)*."""
    sentence = "step_per_month" if step.per_month else "step"
    element = context.elements.by_id.get(step.element)
    return context.say(
        sentence,
        element=context.element(step.element),
        amount=step.amount,
        unit=context.text(element.unit) if element else "",
        until=step.until,
        **step_figures(step, context.t.code),
    )


def revision_lines(revisions: Iterable[Revision], context: ReportContext) -> list[str]:
    """What was revised since the last report, then each month that came late in a line of its own, whatever it holds."""
    known = tuple(revisions)
    late = Counter(revision.period for revision in known if revision.before is None)
    return [
        *(revision_text(revision, context) for revision in known if revision.before is not None),
        *(context.say("late_month", month=period, count=count) for period, count in sorted(late.items())),
    ]


def revision_text(revision: Revision, context: ReportContext) -> str:
    """*Juni direvisi: kunjungan 412 → 421*, or that the figure is there no more."""
    return context.say(
        "revision_gone" if revision.after is None else "revision",
        month=revision.period,
        element=context.element(revision.element),
        before=context.t.number(revision.before),
        after=context.t.number(revision.after),
    )


def greeting_to(library: Library, context: ReportContext) -> str:
    """The one who looks after the library, or those who do."""
    return (
        context.say("greeting", name=library.pic) if library.pic else context.say("greeting_library", name=library.name)
    )


def _lead(month: OfficeMonth, entry: LibraryMonth, context: ReportContext) -> str:
    if entry.place is not None:
        return " ".join(_of_place(month, entry, entry.place, context))
    if entry.reporting is Reporting.COMPLETE:
        return context.say("lead_complete", month=month.period)
    if entry.reporting is Reporting.UNREAD:
        return context.say("lead_unread", month=month.period)
    if entry.reporting is Reporting.CLOSED:
        return context.say("lead_closed", month=month.period)
    lists = lacking(month, entry, context)
    if entry.reporting is Reporting.NONE and not lists["refused"]:
        return context.say("lead_none", month=month.period)
    lead = "lead_uncounted" if entry.reporting is Reporting.NONE else "lead_partial"
    return " ".join((context.say(lead, month=month.period), *lacking_texts("lead", lists, context)))


def _of_place(month: OfficeMonth, entry: LibraryMonth, place: PlaceFacts, context: ReportContext) -> Iterator[str]:
    """What is said of a place that stands among others like a library."""
    if not place.libraries:
        yield context.say("lead_place_none", month=month.period)
        return
    shares = {"completeness": entry.completeness, "timeliness": place.timeliness.share}
    shown = {name: context.t.percent(share) for name, share in shares.items()}
    yield context.say("lead_place", month=month.period, heard=place.heard, total=place.libraries, **shown)
    if place.last_year is not None and place.last_year.value is not None:
        yield context.say("lead_place_last_year", score=context.score(place.last_year.value))
    if place.made_at is not None:
        yield context.say("lead_place_file", day=place.made_at.astimezone(context.office.zone).date())


def lacking(month: OfficeMonth, entry: LibraryMonth, context: ReportContext) -> Mapping[str, Sequence[str]]:
    """The required figures of the month that are `empty`, and those that are typed but `refused`.

    Those under a heading that nobody knows are typed: a question names them.
    """
    states = {seen.element: seen.state for seen in entry.observations if seen.period == month.period}
    unread = {name for finding in entry.findings if finding.period is None for name in finding.also_elements}
    lists: dict[str, list[str]] = {"empty": [], "refused": []}
    for element in context.elements.elements:
        state = states.get(element.id, State.EMPTY)
        if element.required_for(entry.library.kind) and not state.answers:
            empty = state is State.EMPTY and element.id not in unread
            lists["empty" if empty else "refused"].append(context.element(element.id))
    return lists


def lacking_texts(about: str, lists: Mapping[str, Sequence[str]], context: ReportContext) -> list[str]:
    """A text on what is empty, one on what is typed and does not count."""
    return [context.say(f"{about}_{what}", elements=elements) for what, elements in lists.items() if elements]


def _asked(entry: LibraryMonth, period: Period) -> list[Finding]:
    """What waits for an answer, of any month, and what was answered about this one."""
    asked = [finding for finding in entry.findings if finding.severity in (Severity.FATAL, Severity.EXPLAIN)]
    return sorted((finding for finding in asked if finding.is_question or finding.period == period), key=_order)


def _told(entry: LibraryMonth, period: Period) -> list[Finding]:
    """How this month's entries were read; earlier months' were told when they were new."""
    told = [finding for finding in entry.findings if finding.severity in (Severity.WARNING, Severity.READ_AS)]
    return sorted((finding for finding in told if finding.period in (None, period)), key=_order)


def _order(finding: Finding) -> tuple[bool, int, int]:
    """Unanswered ones first, what blocks a value before what asks for a reason, then the newest month."""
    period = finding.period.ordinal if finding.period else 0
    return bool(finding.reason), list(Severity).index(finding.severity), -period


def _questions(findings: Iterable[Finding], context: ReportContext) -> tuple[FindingLine, ...]:
    """One question for all cells about which the same is said."""
    same: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        same.setdefault((context.t(finding.message), finding.reason), []).append(finding)
    return tuple(_question(text, reason, alike, context) for (text, reason), alike in same.items())


def _question(text: str, reason: str, alike: Sequence[Finding], context: ReportContext) -> FindingLine:
    cells = [cell for finding in alike for cell in finding.cells[:1]]
    return FindingLine(
        code=alike[0].id,
        text=text,
        where=where(cells, context),
        url=cells[0].url if cells else "",
        reason=reason,
    )
