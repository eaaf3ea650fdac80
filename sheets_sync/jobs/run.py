"""Jobs as they are run: one at a time, each run noted with how it ended."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection, Mapping
from contextlib import ExitStack
from functools import partial
from typing import Any, Protocol, TypeVar

from sheets_sync.app import App
from sheets_sync.config.office import Office
from sheets_sync.config.places import Region
from sheets_sync.errors import SheetsSyncError, TroubleKind, unexpected
from sheets_sync.i18n import Language
from sheets_sync.jobs.fetch import SyncOrder
from sheets_sync.jobs.interruptions import few_interruptions
from sheets_sync.jobs.locks import single_instance
from sheets_sync.jobs.mailing.deliver import deliver
from sheets_sync.jobs.mailing.marks import take_over
from sheets_sync.jobs.mailing.remind import remind
from sheets_sync.jobs.mailing.report import report
from sheets_sync.jobs.outcome import DeliverOutcome, ReportOutcome, SyncOutcome
from sheets_sync.jobs.progress import Progress, silent
from sheets_sync.jobs.sync import sync
from sheets_sync.jobs.unattended.backup import BackupOutcome, back_up
from sheets_sync.jobs.unattended.housekeeping import keep_house
from sheets_sync.model import Message, Reported, msg
from sheets_sync.reports.reminders import Reminder
from sheets_sync.store.runs import report_of, sync_of

log = logging.getLogger(__name__)


class Outcome(Protocol):
    """How a job ended."""

    @property
    def status(self) -> int: ...

    def text(self, t: Language) -> str: ...

    def document(self, t: Language) -> dict[str, Any]: ...


SYNC_OF_WORKBOOKS = "sync of some workbooks"  # as somebody asked for; no code of an office has a blank in it
WAIT = 600.0  # seconds a manual run waits for the same job of the service

T = TypeVar("T", bound=Outcome)
SyncWork = Callable[[App, SyncOrder, Progress], SyncOutcome]


def run_job(app: App, job: str, work: Callable[[], T], wait: float = 0.0, noted: str = "") -> T:
    """Runs a job under its lock and notes the run; a manual run waits up to `wait` seconds for the service's.

    `noted`: the name under which it is noted, where that is not the job's.

    Raises:
        BusyError: the same job is at work.
    """
    with single_instance(app.settings.data, job, wait, app.store):
        number, status, detail, began = app.store.runs.start(noted or job, app.clock()), 1, {}, time.monotonic()
        named = noted if noted and len(app.settings.own) > 1 else job  # whose it is, where there are others
        tell = partial(_tell, app, job, named, began)
        try:
            with few_interruptions():
                outcome = work()
            status, detail = outcome.status, outcome.document(app.language())
            tell(status, outcome.text(app.language()), detail)
        except SheetsSyncError as error:
            status, detail = error.exit_code, _problem(app, error.message, error.kind)
            tell(status, detail["problem"], detail)
            raise
        except Exception as error:  # what nobody thought of is noted and told like the rest, and raised
            detail = _problem(app, unexpected(error), TroubleKind.UNEXPECTED)
            tell(status, detail["problem"], detail)
            raise
        finally:
            app.store.runs.finish(number, app.clock(), status, kept_detail(detail))
        return outcome


def _problem(app: App, said: Message, kind: TroubleKind) -> dict[str, str]:
    """What is noted of a run that ended with an error, in the operator's language."""
    return {"problem": app.language()(said), "kind": kind.value}


_BULKY = ("tabs", "planned")  # of an outcome; nobody looks for them in a log
_NAMED = ("read", "adopted", "unchanged", "written")
MOST_NAMED = 5


def kept_detail(detail: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept of how a run ended: what went wrong whole, of workbooks a few names and how many they were.

    A run each quarter of an hour that named all of 514 workbooks would take 869 MB a year.
    """
    kept = {key: value for key, value in detail.items() if key not in _BULKY}
    named = {key: kept[key] for key in _NAMED if key in kept}
    few = {
        key: dict(list(each.items())[:MOST_NAMED]) if isinstance(each, dict) else each[:MOST_NAMED]
        for key, each in named.items()
    }
    return {**kept, **few, **({"counts": {key: len(each) for key, each in named.items()}} if named else {})}


def _tell(app: App, job: str, named: str, began: float, status: int, said: str, detail: Mapping[str, Any]) -> None:
    """A line in the log for each run: what, how many, how long, why not. Written as JSON it has the figures by name."""
    seconds = round(time.monotonic() - began, 3)
    fields = {key: value for key, value in detail.items() if key not in _BULKY}
    line = msg("{job}: {said} ({seconds} s)", job=named, said=" · ".join(said.splitlines()), seconds=seconds)
    about = {"fields": {"job": job, "seconds": seconds, **fields, "status": status}}
    log.info("%s", app.language()(line), extra=about)


def sync_job(
    app: App,
    order: SyncOrder | None = None,
    progress: Progress = silent,
    work: SyncWork | None = None,
) -> SyncOutcome:
    """The main job, once; `work` is who does it, where that is not this machine alone."""
    wanted = order or SyncOrder()
    outcome = run_job(app, "sync", lambda: (work or sync)(app, wanted, progress), WAIT, sync_name(app, wanted))
    if outcome.read and not wanted.dry_run:  # once a day at least everything is read
        keep_house(app)
    return outcome


def sync_name(app: App, order: SyncOrder) -> str:
    """The name under which a sync is noted: one of a part says nothing of the rest, neither that it was seen nor how it is."""
    if order.workbooks:
        return SYNC_OF_WORKBOOKS
    return "sync" if app.is_whole else sync_of(app.settings.offices[0].code)


def noted_as(app: App, job: str) -> tuple[str, ...]:
    """The names under which runs of a job are noted that looked at the offices, or at one of them."""
    match job:
        case "sync":
            return ("sync", *map(sync_of, sorted(app.codes)))
        case "report":
            return tuple(map(report_of, sorted(app.codes)))
        case _:
            return (job,)


def looked_at_all(app: App) -> tuple[str, ...]:
    """The names under which a sync is noted that looked at every one of the offices."""
    return noted_as(app, "sync") if len(app.codes) == 1 else ("sync",)


def report_job(
    app: App, office: Office, period: Reported, resend: Collection[str] = (), *, as_is: bool = False, read: bool = True
) -> ReportOutcome:
    """The report of an office's month, quarter or year.

    `read` False where everything was read since the report's moment came.
    """
    reading = partial(sync_job, app if isinstance(office, Region) else app.only(office)) if read else None
    work = partial(report, app, office, period, resend, as_is=as_is, read=reading)
    return run_job(app, "report", work, WAIT, report_of(office.code))


def take_over_job(app: App, office: Office) -> int:
    """From now on this store reports for the office; gives how many reports it goes on without."""
    with ExitStack() as held:
        for job in ("report", "sync", "mail"):  # as a report takes them, so that neither waits for the other
            held.enter_context(single_instance(app.settings.data, job, WAIT, app.store))
        return len(take_over(app, app.google(app.settings.key_file(office)), office))


def backup_job(app: App) -> BackupOutcome:
    """The nightly backup."""
    return run_job(app, "backup", lambda: back_up(app))


def deliver_job(app: App) -> DeliverOutcome:
    """The deliveries that were put off and are due again."""
    return run_job(app, "deliver", lambda: DeliverOutcome(deliver(app)))


def remind_job(app: App, office: Office, reminder: Reminder) -> DeliverOutcome:
    """A reminder of a month's figures; the run is noted under a name of its own, so that it is sent once."""
    return run_job(app, reminder_name(office, reminder), lambda: DeliverOutcome(remind(app, office, reminder)))


def reminder_name(office: Office, reminder: Reminder) -> str:
    """The name under which a reminder's run is noted: by its day, which stays when others come or go in reports.yaml."""
    return f"remind-{office.code}-{reminder.period}-{reminder.day}"


def earlier_reminder_name(office: Office, reminder: Reminder) -> str:
    """The name under which earlier versions noted it."""
    return f"remind-{office.code}-{reminder.period}-{reminder.number}"
