"""`sync`, `report`, `take-over`, `run`: the jobs."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import click

from sheets_sync.cli.offices import OfficeAnswer, each_office, headed
from sheets_sync.cli.params import WORKBOOK, parse_reported
from sheets_sync.cli.session import Session, pass_session

if TYPE_CHECKING:
    from sheets_sync.app import App
    from sheets_sync.config.office import Office
    from sheets_sync.jobs.fetch import SyncOrder
    from sheets_sync.jobs.outcome import SyncOutcome
    from sheets_sync.jobs.progress import Progress
    from sheets_sync.jobs.run import SyncWork
    from sheets_sync.jobs.unattended.serve import Reins


@click.command()
@click.option(
    "--workbook", "workbooks", type=WORKBOOK, multiple=True, metavar="ID", help="Only this workbook (may be repeated)."
)
@click.option("--full", is_flag=True, help="Read every workbook, changed or not.")
@click.option("--dry-run", is_flag=True, help="Show every write and send none.")
@click.option("--scheduler", metavar="ADDRESS", help="Have the workers of this Dask scheduler do it.")
@pass_session
def sync(session: Session, workbooks: tuple[str, ...], full: bool, dry_run: bool, scheduler: str | None) -> int:
    """Do the main job once: read, check, score, write Rekap."""
    from sheets_sync.jobs.fetch import SyncOrder  # noqa: PLC0415 - as above
    from sheets_sync.jobs.preview import rehearse_sync  # noqa: PLC0415 - as above
    from sheets_sync.jobs.run import sync_job  # noqa: PLC0415 - pandas comes with it

    session.tells_left_out = True
    with session.app() as app, session.progress() as progress, _ends_between_offices(app.stopping):
        for workbook in workbooks:
            app.office_with(workbook)  # a wrong id is told before anything is read
        order = SyncOrder(workbooks, full, dry_run)
        outcome = sync_job(app, order, progress, _by_workers(scheduler) if scheduler else None)
        shown = rehearse_sync(app, outcome.planned, app.settings.data / "dry-run") if dry_run else None
    text = outcome.text(session.t)
    if session.verbose and outcome.tabs:
        text += "\n" + outcome.tab_lines(session.t)
    if shown is not None:
        text += "\n" + session.t("Nothing was sent; open {path}.", path=shown)
    session.show(text, outcome.document(session.t))
    return outcome.status


@click.command()
@click.option("--period", metavar="PERIOD", help="A month like 2024-10 (the last one), a quarter like 2024-Q3, a year.")
@click.option(
    "--rehearse", type=click.Path(path_type=Path, file_okay=False), metavar="DIR", help="Render, send nothing."
)
@click.option("--resend", multiple=True, metavar="ADDRESS", help="Send a new version to this recipient.")
@click.option("--as-is", is_flag=True, help="Report although a workbook can't be read; the report says so.")
@click.option("--place", metavar="CODE", help="Only of this place above offices, like a province.")
@pass_session
def report(
    session: Session,
    period: str | None,
    rehearse: Path | None,
    resend: tuple[str, ...],
    place: str | None,
    *,
    as_is: bool,
) -> int:
    """Read, seal a month and send each recipient its report, once.

    Also your go-ahead for an office's first report; later months go out by themselves. A quarter or year is one of
    reporting years; `quarterly` and `yearly` in reports.yaml say which of their reports go out by themselves. A place
    above offices, like a province, has its own reports: name it with --place.
    """
    from sheets_sync.jobs.month import current_period  # noqa: PLC0415 - as above
    from sheets_sync.jobs.places.regions import region_of  # noqa: PLC0415 - as above
    from sheets_sync.jobs.preview import rehearse_report  # noqa: PLC0415 - as above
    from sheets_sync.jobs.run import report_job  # noqa: PLC0415 - pandas comes with it

    session.not_of_office(place)
    if period:
        parse_reported(period)  # a wrong one is told before anything is opened

    def of(app: App, office: Office) -> OfficeAnswer:
        month = parse_reported(period, office.year_starts_in) if period else current_period(office, app.clock())
        if rehearse is not None:
            path = rehearse_report(app, office, month, rehearse)
            return OfficeAnswer(0, session.t("Nothing was sent; open {path}.", path=path))
        outcome = report_job(app, office, month, resend, as_is=as_is)
        told = headed(app, office, outcome.text(session.t))
        return OfficeAnswer(outcome.status, told, outcome.document(session.t))

    session.tells_left_out = True
    with session.app() as app:
        told = [of(app, region_of(app, place))] if place else list(each_office(app, of, session.t))
    session.show("\n".join(each.text for each in told), [each.document for each in told if each.document is not None])
    return max(each.status for each in told)


@click.command()
@click.option("--place", metavar="CODE", help="Only of this place above offices, like a province.")
@pass_session
def take_over(session: Session, place: str | None) -> int:
    """Let this store report from now on.

    After another store, or a newer copy of this one, has reported: nothing that it sent is sent again.
    """
    from sheets_sync.jobs.places.regions import region_of  # noqa: PLC0415 - as above
    from sheets_sync.jobs.run import take_over_job  # noqa: PLC0415 - as above

    def of(app: App, office: Office) -> OfficeAnswer:
        words = {"office": office.code, "count": take_over_job(app, office)}
        said = session.t(
            "{office}: reports go out from this store from now on; reports it does not know: {count}.", **words
        )
        return OfficeAnswer(0, said, words)

    session.not_of_office(place)
    session.tells_left_out = True
    with session.app() as app:
        offices = (region_of(app, place),) if place else app.settings.reporting
        told = list(each_office(app, of, session.t, offices))
    documents = [each.document for each in told if each.document is not None]
    session.show("\n".join(each.text for each in told), {each["office"]: each.get("count") for each in documents})
    return max(each.status for each in told)


@click.command()
@click.option("--once", is_flag=True, help="Do what is due now and end: for a timer in place of the service.")
@click.option("--scheduler", metavar="ADDRESS", help="Have the workers of this Dask scheduler do the syncs.")
@pass_session
def run(session: Session, scheduler: str | None, *, once: bool) -> None:
    """Sync, remind and report when it is due, until stopped.

    This is the service; Ctrl+C or SIGTERM stops it within seconds, SIGHUP has it read the configuration again. It writes
    a line to the log for each job; with --json each line is a JSON object.
    """
    from sheets_sync.jobs.unattended.serve import Reins, serve, serve_once  # noqa: PLC0415 - pandas comes with it

    session.verbose += 1  # a line for each run, also unasked
    session.scheduler = scheduler
    session.tells_left_out = True  # each sync does
    with session.app() as app:
        reins = Reins(app.stopping)
        _listen(reins)
        if once:
            serve_once(app)
            return
        begun = session.t("The service is at work; stop it with Ctrl+C or SIGTERM.")
        serve(app, reins, lambda: session.note(begun), session.settings_anew)
        session.note(session.t("The service has stopped."))


def _listen(reins: Reins) -> None:
    """Signals pull the reins; Windows has no SIGHUP."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: reins.stop.set())
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, lambda *_: reins.reload.set())


def _by_workers(address: str) -> SyncWork:
    """The main job as a scheduler's workers do it."""
    from sheets_sync.jobs.spread import spread  # noqa: PLC0415 - pandas comes with it

    def by_workers(app: App, order: SyncOrder, _: Progress) -> SyncOutcome:
        return spread(app, order, address)

    return by_workers


@contextmanager
def _ends_between_offices(stopping: Event) -> Iterator[None]:
    """The first signal ends the run once the offices in hand are through; the second one at once."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def stop(number: int, _: object) -> None:
        stopping.set()
        signal.signal(number, before[signal.Signals(number)])

    for number in before:
        signal.signal(number, stop)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
