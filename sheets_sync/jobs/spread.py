"""A sync spread over machines: the offices of each credential go to one of a Dask scheduler's workers.

Google's quota belongs to a credential, so that two machines at one credential would gain nothing and get in each other's
way; a credential's offices are what is handed out, and `sync` does on a worker what it does here. Nothing travels but the
offices' codes and what came of them: every worker has the configuration, its keys and its own way to the store.

The scheduler only hands out. What was done is in the store: a lost worker's part is done again by another one, which finds
most of it done; after the scheduler is lost the next run goes on. Locks in the store keep two from one credential.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from datetime import datetime
from importlib.util import find_spec
from itertools import chain
from threading import Event
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from uuid import uuid4

from sheets_sync.app import App
from sheets_sync.clock import system_clock
from sheets_sync.errors import SchedulerError, SheetsSyncError, UsageError
from sheets_sync.google.key_file import account_in
from sheets_sync.google.transport import is_here
from sheets_sync.jobs.fetch import SyncOrder
from sheets_sync.jobs.interruptions import few_interruptions
from sheets_sync.jobs.outcome import Failure, SyncOutcome
from sheets_sync.jobs.places.regions import sync_regions
from sheets_sync.jobs.progress import Progress
from sheets_sync.jobs.rounds import left_out
from sheets_sync.jobs.sync import sync
from sheets_sync.jobs.worker import sync_there
from sheets_sync.model import Message, msg
from sheets_sync.model.foreign import quoted
from sheets_sync.settings import Settings
from sheets_sync.store.url import parse_url, sqlite_file

if TYPE_CHECKING:
    from distributed import Client, Future, Worker

log = logging.getLogger(__name__)
RETRIES = 2  # of a credential's part that failed on a worker, before the next run
_JOIN = 60.0  # seconds within which scheduler and a worker have to be there
_LOOK = 5.0  # seconds between two looks whether there still are workers
_ALONE = 12  # looks in a row without any worker, until the run gives up


def spread(app: App, order: SyncOrder, address: str) -> SyncOutcome:
    """The main job for every office, by the workers of the scheduler at an address.

    Raises:
        UsageError: as `can_spread`.
        SchedulerError: the scheduler, or every worker, is not there or gone. What was done by then is remembered.
    """
    can_spread(app.settings, address)
    groups = parts_of(app)
    now = None if app.clock is system_clock else app.clock()  # workers' clocks are set as ours
    with _client(address) as client:
        run = uuid4().hex
        parts = {
            client.submit(_on_worker, codes, order, now, key=f"sync-{run}-{number}", retries=RETRIES): codes
            for number, codes in enumerate(groups)
        }
        done = _as_done(client, list(parts), address, app.stopping)
        outcome = sum((_came_of(future, parts.pop(future)) for future in done), SyncOutcome())
    left = SyncOutcome(left=tuple(chain.from_iterable(parts.values())))  # what is under way workers bring to its end
    return (
        outcome + left + left_out(app, order) + sync_regions(app, order)
    )  # what offices add up to is one machine's work


def parts_of(app: App) -> list[tuple[str, ...]]:
    """The codes of the offices of each account: two keys of one would keep each other out."""
    parts: dict[str, list[str]] = {}
    for key_file, offices in app.offices_by_key().items():
        account = app.settings.google.impersonate or account_in(key_file) or str(key_file)
        parts.setdefault(account, []).extend(office.code for office in offices)
    return [*map(tuple, parts.values())]


def spread_or_here(app: App, order: SyncOrder, progress: Progress, address: str) -> SyncOutcome:
    """As `spread`; where nobody is there to do it, this machine does it alone, and it is told."""
    try:
        return spread(app, order, address)
    except SchedulerError as error:
        log.warning("%s", app.language()(error.message))
        told = msg("{problem} This computer does the work alone meanwhile.", problem=error.message)
        return sync(app, order, progress) + SyncOutcome(failures=(Failure.of("", SchedulerError(told)),))


def can_spread(settings: Settings, address: str) -> None:
    """Refuses what could never work, or would let strangers in.

    Raises:
        UsageError: the store is a file, Dask is not installed, or the address is a plain one of another machine.
    """
    if sqlite_file(parse_url(settings.store_url)) is not None:
        raise UsageError(
            msg("Machines share a store on PostgreSQL only. Name it in store.yaml (url), or name no scheduler.")
        )
    if find_spec("distributed") is None:
        raise UsageError(msg("A scheduler needs Dask: pip install 'sheets-sync[dask]'."))
    if not is_guarded(address):
        raise UsageError(
            msg(
                "Whoever reaches the scheduler {address} can run programs on its workers. Over a network it has to be tls://, "
                "with certificates (see docs/skala.md); without them it may only be on this computer, like "
                "tcp://127.0.0.1:8786.",
                address=address,
            )
        )
    if address.startswith(("tls:", "wss:")) and not _has_certificates():
        raise UsageError(
            msg(
                "The scheduler {address} wants certificates. Name them in Dask's configuration, distributed.comm.tls: "
                "ca-file, and client: cert and key (see docs/skala.md).",
                address=address,
            )
        )


def _has_certificates() -> bool:
    """Whether Dask's own configuration names those of whoever asks a scheduler."""
    from dask import config  # noqa: PLC0415 - an extra

    names = ("ca-file", "client.cert", "client.key")
    return all(config.get(f"distributed.comm.tls.{name}", None) for name in names)


def is_guarded(address: str) -> bool:
    """Whether only who has a certificate, or is on this computer, reaches a scheduler."""
    parts = urlsplit(address if "://" in address else f"tcp://{address}")
    return parts.scheme in {"tls", "wss", "inproc"} or is_here(parts.hostname or "")


def _on_worker(codes: Sequence[str], order: SyncOrder, now: datetime | None) -> SyncOutcome:
    """As `sync_there`, by a worker that won't stop in the middle of it."""
    from distributed import get_worker  # noqa: PLC0415 - an extra

    unsampled(get_worker())
    with few_interruptions():
        return sync_there(codes, order, now)


def unsampled(worker: Worker) -> None:
    """Has a worker no longer look a hundred times a second at what its threads do.

    On Python 3.11 it stops for good, and holds its offices, where garbage is collected in the moment in which it looks
    (python/cpython#106883, dask/distributed#8616).
    """
    looking = worker.periodic_callbacks.get("profile")
    if looking is not None:  # as Dask's own settings have it, unless told otherwise
        worker.loop.add_callback(looking.stop)


def _came_of(future: Future, codes: Sequence[str]) -> SyncOutcome:
    """What came of a part; one that failed on every try is told and left to the next run."""
    error = future.exception()
    if error is None:
        outcome: SyncOutcome = future.result()
        return outcome
    log.warning("offices %s: %s", ", ".join(codes), error)
    told = error if isinstance(error, SheetsSyncError) else SchedulerError(_lost(error))
    return SyncOutcome(left=tuple(codes), failures=(Failure.of(codes[0], told),))


def _as_done(client: Client, futures: list[Future], address: str, stopping: Event) -> Iterator[Future]:
    """Futures as they are done, for as long as somebody works at them and the program is not to end."""
    alone = 0
    while futures and not stopping.is_set():
        done = [future for future in futures if future.done() and future.status not in _GONE]
        yield from done
        futures = [future for future in futures if future not in done]
        alone = 0 if done or _some_time(client, futures) else alone + 1
        if alone >= _ALONE or any(future.status in _GONE for future in futures):
            raise SchedulerError(_away(address))
    client.cancel(futures)


_GONE = frozenset(
    {"cancelled", "lost"}
)  # nobody knows of it any more: the scheduler is gone, another in its place perhaps


def _some_time(client: Client, futures: list[Future]) -> bool:
    """Waits for one of them, for a while; whether there is somebody who works."""
    from distributed import wait  # noqa: PLC0415 - an extra

    with suppress(TimeoutError, CancelledError):
        wait(futures, timeout=_LOOK, return_when="FIRST_COMPLETED")
        return True
    return bool(client.scheduler_info()["workers"])


@contextmanager
def _client(address: str) -> Iterator[Client]:
    """A connection to the scheduler, with at least one worker behind it."""
    from distributed import Client  # noqa: PLC0415 - an extra

    try:
        client = Client(address, timeout=_JOIN)
    except (OSError, TimeoutError, ValueError, TypeError) as error:  # TypeError: certificates are not named
        log.warning("scheduler %s: %s", address, error)
        raise SchedulerError(_away(address)) from error
    try:
        client.wait_for_workers(1, timeout=_JOIN)
        yield client
    except (OSError, TimeoutError) as error:
        log.warning("scheduler %s: %s", address, error)
        raise SchedulerError(_away(address)) from error
    finally:
        with suppress(OSError, TimeoutError):  # all is done: how the farewell goes does not matter
            client.close(timeout=_LOOK)


def _away(address: str) -> Message:
    return msg(
        "The scheduler {address} can't be reached, or none of its workers. What was synced is remembered; start them "
        "and run sync again.",
        address=address,
    )


def _lost(error: BaseException) -> Message:
    problem = quoted(msg("it went wrong"), type(error).__name__)
    return msg("A worker was lost or failed ({problem}). The next run goes on.", problem=problem)
