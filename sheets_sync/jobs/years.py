"""What a year asks of the office: a workbook for the next one, letting go of the last one's, another look at the scheme."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial

from sheets_sync.app import App
from sheets_sync.config.office import Office
from sheets_sync.jobs.month import load
from sheets_sync.jobs.situation import of_each
from sheets_sync.kpi.scheme import Scheme
from sheets_sync.model import Observation, Period, msg
from sheets_sync.notify.causes import Cause

SCHEME_AGE = 36  # months after which somebody should look at targets and weights again


def year_causes(app: App) -> tuple[Cause, ...]:
    """What the time of the year asks of each office; nothing of it is a failure."""
    return tuple(cause for _, causes in of_each(app, partial(_causes, app)) for cause in causes)


def _causes(app: App, office: Office) -> tuple[Cause, ...]:
    now = app.clock()
    return (
        *(_workbooks(office, load(app, office).observations, now) if _may_ask(office, now) else ()),
        *_scheme(office, app.settings.of(office).schemes, month_of(office, now)),
    )


def month_of(office: Office, now: datetime) -> Period:
    """The month that it is, where the office is."""
    return Period.of(now.astimezone(office.zone).date())


def next_year(office: Office, now: datetime) -> Period:
    """The first month of the year that begins next; in its first months still the one that has begun."""
    month = month_of(office, now)
    start = month.year_start(office.year_starts_in)
    return start + 12 if month.ordinal - start.ordinal >= 6 else start


def _may_ask(office: Office, now: datetime) -> bool:
    """Whether there may be anything to ask about workbooks: figures are looked through only around a year's end, and of old ones."""
    month = month_of(office, now)
    into = month.ordinal - month.year_start(office.year_starts_in).ordinal
    return into in (11, 0, 1) or (bool(office.input_workbooks) and into >= office.revision_months)


def _workbooks(office: Office, seen: Sequence[Observation], now: datetime) -> Iterator[Cause]:
    """Whether the home workbook has room for the year that begins, and whether an old one is read for nothing. Pure."""
    month = month_of(office, now)
    start, coming = month.year_start(office.year_starts_in), (month + 1).year_start(office.year_starts_in)
    months: dict[str, list[Period]] = {}
    for each in seen:
        months.setdefault(each.cell.workbook, []).append(each.period)
    here = months.get(office.workbook)
    if here and max(here) < coming:
        said = msg(
            "Make a workbook for {month} and after, share it as the old one is, and run `sheets-sync new-year ADDRESS`.",
            month=coming,
        )
        title = msg("The year ends: {office} needs a workbook for the next one", office=office.name)
        yield Cause(
            f"year {office.code}",
            str(coming),
            title,
            (said,),
            heals=False,
            pressing=month >= coming,
            offices=frozenset({office.code}),
        )
    closed = month.ordinal - start.ordinal >= office.revision_months
    for workbook in office.input_workbooks:
        if closed and workbook in months and max(months[workbook]) < start:
            said = msg(
                "If nothing is corrected there any more, take {workbook} out of input_workbooks in office.yaml.",
                workbook=workbook,
            )
            title = msg("Last year's workbook of {office} is still read", office=office.name)
            yield Cause(
                f"year {workbook}", "", title, (said,), heals=False, pressing=False, offices=frozenset({office.code})
            )


def _scheme(office: Office, schemes: Sequence[Scheme], month: Period) -> Iterator[Cause]:
    """Whether the newest scheme has grown old. Pure."""
    newest = schemes[-1]
    if month.ordinal - newest.first_period.ordinal >= SCHEME_AGE:
        said = msg(
            "Look whether its targets and weights still fit; `sheets-sync scheme diff` shows what a change would do."
        )
        title = msg("Scheme {version} has held since {month}", version=newest.version, month=newest.first_period)
        yield Cause(
            f"year {office.code} {newest.version}",
            "",
            title,
            (said,),
            heals=False,
            pressing=False,
            offices=frozenset({office.code}),
        )
