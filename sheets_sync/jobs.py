"""Jobs as they are run: one at a time, each run noted with how it ended."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from sheets_sync.app import App
from sheets_sync.errors import SheetsSyncError
from sheets_sync.locks import only_one
from sheets_sync.messages import Language
from sheets_sync.outcome import SyncOutcome
from sheets_sync.sync import Progress, SyncOrder, silent, sync


class Outcome(Protocol):
    """How a job ended."""

    @property
    def status(self) -> int: ...

    def text(self, t: Language) -> str: ...

    def document(self, t: Language) -> dict[str, Any]: ...


WAIT = 600.0  # seconds a manual run waits for the same job of the service

T = TypeVar("T", bound=Outcome)


def run_job(app: App, job: str, work: Callable[[], T], wait: float = 0.0) -> T:
    """Runs a job under its lock and notes the run; a manual run waits up to `wait` seconds for the service's.

    Raises:
        BusyError: the same job is at work.
    """
    with only_one(app.settings.data, job, wait):
        number, status, detail = app.store.runs.start(job, app.clock()), 1, {}
        try:
            outcome = work()
            status, detail = outcome.status, outcome.document(app.language())
        except SheetsSyncError as error:
            status, detail = error.exit_code, {"problem": app.language()(error.message)}
            raise
        finally:
            app.store.runs.finish(number, app.clock(), status, detail)
        return outcome


def sync_job(app: App, order: SyncOrder | None = None, progress: Progress = silent) -> SyncOutcome:
    """The main job, once."""
    return run_job(app, "sync", lambda: sync(app, order or SyncOrder(), progress), WAIT)
