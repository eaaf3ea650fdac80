"""What the years ask of an office: a new workbook, letting go of an old one, a look at the scheme, newer populations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import partial

from sheets_sync.app import App
from sheets_sync.config.office import Office
from sheets_sync.config.places import Region
from sheets_sync.jobs.mailing.situation import of_each
from sheets_sync.jobs.month import load
from sheets_sync.kpi.scheme import Scheme
from sheets_sync.model import Message, Observation, Period, msg
from sheets_sync.notify.causes import Cause
from sheets_sync.store.register import Inhabited

MONTHS_OF_A_YEAR = 12
SHOWN = 10  # libraries that are named


def year_causes(app: App) -> tuple[Cause, ...]:
    """What the time of the year asks of each office; nothing of it is a failure."""
    return tuple(cause for _, causes in of_each(app, partial(_causes, app)) for cause in causes)


def _causes(app: App, office: Office) -> tuple[Cause, ...]:
    if isinstance(office, Region):
        return ()  # its offices are asked
    now, settings = app.clock(), app.settings.of(office)
    today = now.astimezone(office.zone).date()
    return (
        *(_workbooks(office, load(app, office).observations, now) if _may_ask(office, now) else ()),
        *scheme_cause(office, settings.schemes[-1], settings.first_period, month_of(office, now)),
        *population_cause(office, app.store.inhabited(office.code), settings.checks.population_years, today),
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


def scheme_cause(office: Office, newest: Scheme, first: Period, month: Period) -> Iterator[Cause]:
    """Tells where nobody has looked at the newest scheme for long: since it or the office began, or a person said so. Pure.

    `first` is the office's first month.
    """
    reviewed = Period.parse(office.scheme_reviewed) if office.scheme_reviewed else first
    since = max(newest.first_period, first, reviewed)
    if month.ordinal - since.ordinal >= office.scheme_years * MONTHS_OF_A_YEAR:
        said = (
            msg(
                "Look whether its targets and weights still fit; `sheets-sync scheme diff` shows what a change would do."
            ),
            msg("If they do, write scheme_reviewed: {month} into office.yaml.", month=str(month)),
        )
        title = msg("Nobody has looked at scheme {version} since {month}", version=newest.version, month=since)
        yield _asked(office, f"scheme {newest.version}", "", title, said)


def population_cause(office: Office, known: Sequence[Inhabited], years: int, today: date) -> Iterator[Cause]:
    """Whether libraries that are at work have no population figure of the last so many years. Pure.

    Told anew each year, not for each further library. One without any figure is asked about in the sheet.
    """
    old = [
        library.name
        for library in known
        if library.year is not None and today.year - library.year > years and (library.until or today) >= today
    ]
    if old:
        more = [msg("{count} more", count=len(old) - SHOWN)] if len(old) > SHOWN else []
        said = (
            msg("Libraries: {names}.", names=[*old[:SHOWN], *more]),
            msg(
                "Add a row with the new figure, its year and its source to the tab {tab}: BPS publishes it each year, in "
                "Kecamatan Dalam Angka.",
                tab=office.tabs.libraries,
            ),
        )
        title = msg(
            "{office}: the population figures of {count} libraries are older than {years} years",
            office=office.name,
            count=len(old),
            years=years,
        )
        yield _asked(office, "population", str(today.year), title, said)


def _asked(office: Office, what: str, sign: str, title: Message, said: tuple[Message, ...]) -> Cause:
    return Cause(f"year {office.code} {what}", sign, title, said, pressing=False, offices=frozenset({office.code}))
