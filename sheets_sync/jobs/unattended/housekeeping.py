"""What is done after a sync so that the store does not grow for ever: old runs, old mails and closed years are let go of."""

from __future__ import annotations

from datetime import datetime, timedelta

from sheets_sync.app import App
from sheets_sync.config.office import Office
from sheets_sync.jobs.mailing.gate import clock_believed
from sheets_sync.model import Period

DAYS_IN_A_MONTH = 31
PUT_BY = "put by"  # the name under which its runs are noted; those of one office with its code behind it


def keep_house(app: App) -> None:
    """Lets go of what store.yaml says is not to be kept. Nothing goes by a clock that is known to be wrong."""
    if not clock_believed(app.store.clock_off()):
        return
    _drop_old_messages(app)
    _drop_old_runs(app)
    _put_by_closed(app)


def _drop_old_messages(app: App) -> None:
    """The bytes of mails that were done with long ago (`keep_messages_months`; 0: they are kept for good)."""
    months = app.settings.store.keep_messages_months
    if months:
        app.store.deliveries.drop_messages(app.clock() - timedelta(days=months * DAYS_IN_A_MONTH))


def _drop_old_runs(app: App) -> None:
    """Runs that were over long ago (`keep_runs_months`), and sooner what good ones did (`keep_run_details_months`)."""
    store, now = app.settings.store, app.clock()
    app.store.runs.thin(now - timedelta(days=store.keep_run_details_months * DAYS_IN_A_MONTH))
    app.store.runs.drop(now - timedelta(days=store.keep_runs_months * DAYS_IN_A_MONTH))


def _put_by_closed(app: App) -> None:
    """Puts by, once a month, the figures of closed years (`keep_years`) that stand in no workbook of today."""
    now, codes = app.clock(), "" if app.is_whole else " ".join(["", *sorted(app.codes)])
    last = app.store.runs.last_good(now, PUT_BY, f"{PUT_BY}{codes}")
    if last is not None and now - last.started_at < timedelta(days=DAYS_IN_A_MONTH):
        return
    number, count = app.store.runs.start(f"{PUT_BY}{codes}", now), 0
    kept = {office.code: _first_kept(app, office, now) for office in app.settings.offices}
    reaching_back = app.store.reaching_back(max(kept.values()))  # of hundreds of offices hardly one does
    for office in (each for each in app.settings.offices if each.code in reaching_back):
        count += app.store.put_by(office.code, kept[office.code], office.workbooks)
    app.store.runs.finish(number, app.clock(), 0, {"count": count})


def _first_kept(app: App, office: Office, now: datetime) -> Period:
    """The first month of the years that are kept at hand."""
    year = Period.of(now.astimezone(office.zone).date()).year_start(office.year_starts_in)
    return year - 12 * app.settings.store.keep_years
