"""An office's month put together from what is remembered: the one value that `Rekap` and the reports are made of."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sheets_sync import checks, kpi
from sheets_sync.app import App
from sheets_sync.checks.timeliness import Arrivals, asked_since, completed, due_moment, late_arrivals
from sheets_sync.config.office import Elements, Office
from sheets_sync.jobs.arrivals import arrivals, data_as_of, on_time
from sheets_sync.jobs.away import stale_workbooks, unread_libraries, untaken_libraries
from sheets_sync.jobs.libraries.closed import closed_in, without_closed
from sheets_sync.jobs.libraries.districts import districts, in_districts
from sheets_sync.jobs.libraries.part import by_library, of_libraries, told_of
from sheets_sync.jobs.mailing.approve import mail_state
from sheets_sync.kpi.formula import POPULATION
from sheets_sync.kpi.scheme import Scheme
from sheets_sync.model import (
    Finding,
    Horizon,
    Library,
    LibraryMonth,
    Observation,
    OfficeMonth,
    Period,
    Reporting,
    Revision,
    Score,
    Step,
    register_sheets,
)
from sheets_sync.model.decision import decided
from sheets_sync.model.left_out import LeftOut, without
from sheets_sync.model.place import TREND_MONTHS
from sheets_sync.model.score import mean_of_known
from sheets_sync.reports import seal
from sheets_sync.settings import OfficeSettings
from sheets_sync.store import Memory, ReportMemory, Stood, WorkbookRecord

LATE_MONTHS = TREND_MONTHS + 2  # whose late arrivals may still be told
CUBE_MONTHS = 36  # the longest look back: growth over a year, seen over the twelve months of the trend


@dataclass(frozen=True, slots=True)
class MonthView:
    """An office's month, and what it was made of."""

    month: OfficeMonth
    scheme: Scheme
    cube: kpi.Cube
    year: kpi.ScoreTable  # year to date
    checked: checks.Checked  # every observation and finding, as the checks leave them
    left_out: tuple[LeftOut, ...] = ()  # libraries for which something can't be computed

    @property
    def scores(self) -> tuple[Score, ...]:
        """Each library's scores of the period: the year to date and the month."""
        return tuple(score for row in self.month.libraries for score in (row.score, row.month_score) if score)


@dataclass(frozen=True, slots=True)
class _Tables:
    """The scores that a month shows."""

    year: kpi.ScoreTable
    month: kpi.ScoreTable
    previous: kpi.ScoreTable | None
    trend: Mapping[str, tuple[float | None, ...]]  # by library, of at most TREND_MONTHS months, none before the first


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of every library of the month, by code."""

    observations: Mapping[str, Sequence[Observation]]  # of the reporting year
    findings: Mapping[str, Sequence[Finding]]
    completeness: Mapping[str, float | None]
    reporting: Mapping[str, Reporting]
    steps: Mapping[str, tuple[Step, ...]]
    arrivals: Arrivals
    revisions: Mapping[str, tuple[Revision, ...]]  # since the last report
    closed: frozenset[str]  # whose month the office has closed


def current_period(office: Office, now: datetime) -> Period:
    """The last finished month, where the office is."""
    return Period.of(now.astimezone(office.zone).date()) - 1


def shown_period(settings: OfficeSettings, office: Office, now: datetime) -> Period:
    """The month that the pages show: the last finished one, but none before the first that is expected."""
    return max(current_period(office, now), settings.first_period)


def due_moments(office: Office, period: Period, now: datetime) -> Mapping[Period, datetime]:
    """Since when it matters whether anybody looked: the due moments of the month and of those before and after it."""
    newest = max(period, current_period(office, now) + 1)
    return {month: due_moment(office, month) for month in (period, *(newest - back for back in range(LATE_MONTHS)))}


def load(app: App, office: Office, period: Period | None = None, *, arrivals: bool = True) -> Memory:
    """All that is remembered for the sake of a month (None: the one that the pages show); with when figures came, or not."""
    now = app.clock()
    period = period or shown_period(app.settings.of(office), office, now)
    return app.store.load(office.code, period, due_moments(office, period, now) if arrivals else {})


def load_with_reporting(app: App, office: Office, stood: Stood) -> tuple[Memory, ReportMemory]:
    """The same for the month that the pages show, and for the sake of the office's reports; `stood` needs no loading."""
    now = app.clock()
    period = shown_period(app.settings.of(office), office, now)
    return app.store.load_with_reporting(office.code, period, due_moments(office, period, now), stood, now)


def view_of(app: App, office: Office, period: Period | None = None) -> MonthView:
    """The office's month as the store has it now."""
    return month_view(office, load(app, office, period), app.settings.of(office), app.clock())


def month_view(office: Office, memory: Memory, settings: OfficeSettings, now: datetime) -> MonthView:
    """The office's month, computed from what is remembered for its sake. Pure: every figure people see is in it.

    A library for which something can't be computed is left out, and told; the others have all of theirs.
    """

    def make(libraries: Sequence[Library], gone: tuple[LeftOut, ...]) -> MonthView:
        return _view(office, of_libraries(memory, active, libraries), settings, now, gone)

    active = [each for each in memory.libraries if each.active_in(memory.period)]
    view, _ = without(make, active)
    return view


def _view(
    office: Office, memory: Memory, settings: OfficeSettings, now: datetime, gone: tuple[LeftOut, ...]
) -> MonthView:
    period, elements = memory.period, settings.elements
    libraries = in_districts([each for each in memory.libraries if each.active_in(period)])
    # A sealed month keeps the scheme it was scored by, whatever the configuration says now.
    scheme = memory.scheme or settings.scheme(period)
    checked = told_of(gone, checked_of(memory, office, settings, libraries, scheme, now))
    cube = cube_of(checked, libraries, elements, office, period)
    tables = _tables(cube, scheme, office, period, settings.first_period)
    known = _known(memory, office, elements, checked, cube, tables)
    rows = tuple(_library_month(library, tables, known) for library in libraries)
    shut = {row.library.code for row in rows if row.reporting is Reporting.CLOSED}
    complete = kpi.total_completeness(cube, elements.elements, period, closed=shut)
    month = _office_month(office, period, scheme, rows, complete, checked, memory.workbooks, now)
    month = replace(month, mail=mail_state(memory, settings), districts=districts(cube, scheme, period, rows))
    return MonthView(month, scheme, cube, tables.year, checked, gone)


def checked_of(
    memory: Memory, office: Office, own: OfficeSettings, libraries: Sequence[Library], scheme: Scheme, now: datetime
) -> checks.Checked:
    """All that the office's sheets say now, checked together; of late arrivals those of the last year."""
    today = now.astimezone(office.zone).date()
    oldest = due_moment(office, Period.of(today) - TREND_MONTHS).astimezone(UTC)  # as those it is compared with
    complete = completed(memory.answers, libraries, own.elements)
    closed = decided(memory.decisions).closed
    recent = {key: at for key, at in complete.items() if at > oldest and key not in closed}
    asked = asked_since(memory.added, office)
    measured = {kind for kind in {each.kind for each in libraries} if scheme.reads(POPULATION, kind)}
    return checks.check(
        memory.observations,
        read=memory.findings,
        notes=memory.notes,
        reasons=memory.reasons,
        libraries=libraries,
        elements=own.elements,
        options=own.checks,
        office=office,
        today=today,
        per_inhabitant={each.code for each in libraries if each.kind in measured},
        arrivals=late_arrivals(recent, asked, memory.glance.first_looks.get, office),
    )


def cube_of(
    checked: checks.Checked, libraries: Sequence[Library], elements: Elements, office: Office, period: Period
) -> kpi.Cube:
    return kpi.Cube.from_observations(
        checked.observations,
        libraries,
        elements.elements,
        period - (CUBE_MONTHS - 1),
        period,
        questions=checked.findings,
        year_starts_in=office.year_starts_in,
    )


def _tables(cube: kpi.Cube, scheme: Scheme, office: Office, period: Period, first: Period) -> _Tables:
    """A year to date uses its last month's scheme, so the month before is compared under this one too.

    All are worked out together: the year and the month with their ranges, then the year before and the other months.
    """
    earlier = [period - back for back in range(TREND_MONTHS - 1, 0, -1) if period - back >= first]
    begins = period in (first, period.year_start(office.year_starts_in))
    shown = [(period, Horizon.YEAR_TO_DATE), (period, Horizon.MONTH)]
    before = [] if begins else [(period - 1, Horizon.YEAR_TO_DATE)]
    months = [(each, Horizon.MONTH) for each in earlier]
    views = [*shown, *before, *months]
    scores = kpi.scores(cube, scheme, views, ranges=len(shown))
    trend = scores.trend([*range(len(views) - len(months), len(views)), 1])
    return _Tables(scores.table(0), scores.table(1), None if begins else scores.table(2), trend)


def _known(
    memory: Memory, office: Office, elements: Elements, checked: checks.Checked, cube: kpi.Cube, tables: _Tables
) -> _Known:
    period, first = memory.period, memory.period.year_start(office.year_starts_in)
    register, codes = register_sheets(memory.libraries), {each.code for each in cube.libraries}
    start, end = first.ordinal, period.ordinal
    year = [seen for seen in checked.observations if start <= seen.period.ordinal <= end]
    closed = closed_in(memory, period)
    return _Known(
        observations=by_library(year),
        findings=by_library(found for found in checked.findings if not _is_the_offices(found, register, codes)),
        completeness=kpi.completeness(cube, elements.elements, period, Horizon.MONTH),
        reporting=without_closed(
            _reporting(memory, office, kpi.reporting(cube, elements.elements, period), checked), closed
        ),
        steps=kpi.next_steps(cube, tables.year),
        arrivals=arrivals(memory, office, elements),
        revisions=seal.revisions(memory.sealed, checked.observations) if memory.sealed else {},
        closed=closed,
    )


def _reporting(
    memory: Memory, office: Office, known: Mapping[str, Reporting], checked: checks.Checked
) -> Mapping[str, Reporting]:
    """How much each library has reported; of what is not complete and can't be read now nobody knows."""
    unread = unread_libraries(known, memory.period, memory.observations, memory.workbooks, office)
    questions = [finding for finding in checked.findings if finding.is_question]
    untaken = untaken_libraries(known, memory.period, memory.observations, memory.workbooks, questions)
    doubted = {code: Reporting.UNREAD for code in unread | untaken if known[code] is not Reporting.COMPLETE}
    return {**known, **doubted}


def _library_month(library: Library, tables: _Tables, known: _Known) -> LibraryMonth:
    code = library.code
    return LibraryMonth(
        library=library,
        reporting=known.reporting[code],
        score=tables.year.score(code),
        month_score=tables.month.score(code),
        previous=tables.previous.score(code) if tables.previous else None,
        trend=(*[None] * (TREND_MONTHS - len(tables.trend[code])), *tables.trend[code]),
        completeness=known.completeness[code] or 0.0,
        on_time=on_time(known.reporting[code], known.arrivals.on_time(code), closed=code in known.closed),
        findings=tuple(known.findings.get(code, ())),
        steps=known.steps.get(code, ()),
        revisions=known.revisions.get(code, ()),
        observations=tuple(known.observations.get(code, ())),
        closed=code in known.closed,
    )


def _office_month(
    office: Office,
    period: Period,
    scheme: Scheme,
    rows: tuple[LibraryMonth, ...],
    complete: float | None,
    checked: checks.Checked,
    workbooks: Mapping[str, WorkbookRecord],
    now: datetime,
) -> OfficeMonth:
    register, codes = register_sheets(row.library for row in rows), {row.library.code for row in rows}
    return OfficeMonth(
        office=office.code,
        period=period,
        scheme=scheme.version,
        data_as_of=data_as_of(workbooks.values(), office),
        checked_at=now.astimezone(office.zone),
        libraries=rows,
        completeness=complete,
        timeliness=kpi.timeliness(row.on_time for row in rows if not row.closed or row.on_time),
        findings=tuple(finding for finding in checked.findings if _is_the_offices(finding, register, codes)),
        stale=tuple(stale_workbooks(workbooks.values())),
        trend=tuple(mean_of_known(row.trend[month] for row in rows) for month in range(TREND_MONTHS)),
    )


def _is_the_offices(finding: Finding, register: Container[tuple[str, int]], codes: Container[str]) -> bool:
    """Whether the office has to see to it: it names no library of the month, or is about what the register says of one."""
    in_register = any((cell.workbook, cell.sheet_id) in register for cell in finding.cells)
    return finding.library not in codes or (in_register and finding.element is None)
