"""When a report would say nothing true, or comes too early: told before anything is sealed."""

from __future__ import annotations

from sheets_sync.app import App
from sheets_sync.config.office import Office
from sheets_sync.config.places import Region
from sheets_sync.errors import UsageError
from sheets_sync.jobs.mailing.marks import marking_of
from sheets_sync.jobs.month import current_period
from sheets_sync.jobs.places.regions import nothing_given
from sheets_sync.model import Message, Reported, TimeSpan, msg
from sheets_sync.model.span import last_month, months_of


def nothing_to_report_on(app: App, office: Office, period: Reported) -> Message | None:
    """Why a report would say nothing true: no library is known, or no workbook with figures was ever read."""
    if isinstance(office, Region):
        return nothing_given(app, office, period)
    libraries = app.store.libraries(office.code)
    if not any(library.active_in(month) for library in libraries for month in months_of(period)):
        return msg(
            "No library is known for {period}, so there is nothing to report. Fill in the tab {tab}, then run "
            "`sheets-sync sync`.",
            period=period,
            tab=office.tabs.libraries,
        )
    known = app.store.workbooks(office.code)
    if not any(known[each].read_at for each in (office.workbook, *office.input_workbooks) if each in known):
        return msg("No figures were ever read, so there is nothing to report. Run `sheets-sync sync` and look at it.")
    return None


def refuse_unfinished(app: App, office: Office, period: Reported) -> None:
    """Raises UsageError where it is not over, or comes before the first month that is expected."""
    first, last = app.settings.of(office).first_period, last_month(period)
    if last < first:
        raise UsageError(
            msg(
                "{period} comes before {first}, the first month that is expected (`start` in office.yaml, "
                "`valid_from` of the oldest scheme).",
                period=period,
                first=first,
            )
        )
    if last > current_period(office, app.clock()):
        raise UsageError(
            msg(
                "{period} is not over yet; its report can be made from {day} on.",
                period=period,
                day=(last + 1).first_day,
            )
        )


def refuse_first(app: App, office: Office, period: Reported) -> None:
    """An office's first report is a month's: with it somebody has looked at what it says, and at who gets it."""
    if isinstance(period, TimeSpan) and marking_of(app, office).reported is None:
        raise UsageError(
            msg(
                "{office} has reported no month yet. Send a month's report first, for instance `{command}`; those of "
                "quarters and years come after it.",
                office=office.name,
                command=f"sheets-sync report --period {period.last}{app.option_of(office)}",
            )
        )
