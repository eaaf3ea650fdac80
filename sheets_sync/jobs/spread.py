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
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from sheets_sync.app import App, open_app
from sheets_sync.clock import clock_from, system_clock
from sheets_sync.errors import SchedulerError, SheetsSyncError, UsageError
from sheets_sync.jobs.fetch import SyncOrder
from sheets_sync.jobs.outcome import Failure, SyncOutcome
from sheets_sync.jobs.regions import sync_regions
from sheets_sync.jobs.sync import sync
from sheets_sync.model import Message, msg
from sheets_sync.model.foreign import quoted
from sheets_sync.settings import Environment, load_settings
from sheets_sync.store.url import parse_url, sqlite_file

if TYPE_CHECKING:
    from distributed import Client, Future

log = logging.getLogger(__name__)
RETRIES = 2  # of a credential's part that failed on a worker, before the next run
_JOIN = 60.0  # seconds within which scheduler and a worker have to be there
_LOOK = 5.0  # seconds between two looks whether there still are workers
_ALONE = 12  # looks in a row without any worker, until the run gives up


def spread(app: App, order: SyncOrder, address: str, now: datetime | None = None) -> SyncOutcome:
    """The main job for every office, by the workers of the scheduler at an address; `now` sets their clocks, too.

    Raises:
        UsageError: Dask is not installed, or the store is a file.
        SchedulerError: the scheduler, or every worker, is not there or gone. What was done by then is remembered.
    """
    if sqlite_file(parse_url(app.settings.store_url)) is not None:
        raise UsageError(
            msg("Machines share a store on PostgreSQL only. Name it in store.yaml (url), or leave --scheduler out.")
        )
    groups = [tuple(office.code for office in offices) for offices in app.offices_by_key().values()]
    with _client(address) as client:
        run = uuid4().hex
        parts = {
            client.submit(sync_there, codes, order, now, key=f"sync-{run}-{number}", retries=RETRIES): codes
            for number, codes in enumerate(groups)
        }
        done = _as_done(client, list(parts), address)
        outcome = sum((_came_of(future, parts[future]) for future in done), SyncOutcome())
    return outcome + sync_regions(app, order)  # what they add up to is one machine's work


def sync_there(codes: Sequence[str], order: SyncOrder, now: datetime | None) -> SyncOutcome:
    """On a worker: the main job for some offices, with the configuration and the keys that are there."""
    environment = Environment()
    settings = load_settings(environment.config, environment)
    with open_app(settings, clock_from(now) if now else system_clock) as app:
        offices = tuple(office for office in settings.offices if office.code in codes)
        return sync(replace(app, settings=replace(settings, offices=offices, regions=())), order)


def _came_of(future: Future, codes: Sequence[str]) -> SyncOutcome:
    """What came of a part; one that failed on every try is told and left to the next run."""
    error = future.exception()
    if error is None:
        outcome: SyncOutcome = future.result()
        return outcome
    log.warning("offices %s: %s", ", ".join(codes), error)
    told = error if isinstance(error, SheetsSyncError) else SchedulerError(_lost(error))
    return SyncOutcome(left=tuple(codes), failures=(Failure.of(codes[0], told),))


def _as_done(client: Client, futures: list[Future], address: str) -> Iterator[Future]:
    """Futures as they are done, for as long as somebody works at them."""
    alone = 0
    while futures:
        done = [future for future in futures if future.done() and future.status not in _GONE]
        yield from done
        futures = [future for future in futures if future not in done]
        alone = 0 if done or _some_time(client, futures) else alone + 1
        if alone >= _ALONE or any(future.status in _GONE for future in futures):
            raise SchedulerError(_away(address))


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
    try:
        from distributed import Client  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise UsageError(msg("--scheduler needs Dask: pip install 'sheets-sync[dask]'.")) from error
    try:
        client = Client(address, timeout=_JOIN)
    except (OSError, TimeoutError, ValueError) as error:
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
