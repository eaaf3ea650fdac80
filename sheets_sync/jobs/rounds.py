"""A run over all offices: what each credential has to do, and all credentials at it side by side.

A credential has threads of its own. None waits for another's quota, and a storm over one leaves the others in time. What
is computed in between is computed in turn: Google's quota is the narrow place, not the machine (docs/measured.md).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from sheets_sync.app import App
from sheets_sync.config.office import Office
from sheets_sync.errors import SheetsSyncError, StoreError, TroubleKind, unexpected
from sheets_sync.google import FileVersion, GoogleClient
from sheets_sync.jobs.fetch import SyncOrder, WorkbookReader
from sheets_sync.jobs.forecast import Forecast, forecast
from sheets_sync.jobs.mailing.gate import clock_believed
from sheets_sync.jobs.mailing.situation import clock_told
from sheets_sync.jobs.outcome import Failure, SyncOutcome
from sheets_sync.jobs.publish import glance_at, glances_at
from sheets_sync.jobs.read_ahead import ReadAhead
from sheets_sync.jobs.survey import OfficeWork, in_turn, reads, survey
from sheets_sync.store import Glance

log = logging.getLogger(__name__)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Round:
    """One credential in a run: the parts by a clock that is right, what Drive lists, its offices as they have their turn."""

    app: App
    google: GoogleClient
    listed: Mapping[str, FileVersion]
    began: datetime
    works: Sequence[OfficeWork]


def open_rounds(app: App, order: SyncOrder) -> tuple[list[Round], SyncOutcome]:
    """Every credential's round, and what went wrong before it: a login refused, a clock that is off.

    Raises:
        StoreError: nothing is known of any office.
    """
    app.turnstile()  # before threads would each make one
    keys = app.offices_by_key()
    with ThreadPoolExecutor(len(keys), "credential") as pool:
        opened = list(pool.map(partial(_open, app, order), keys, keys.values()))
    rounds = [each for each, _ in opened if each is not None]
    return rounds, sum((outcome for _, outcome in opened), SyncOutcome())


@contextmanager
def held(app: App, rounds: Iterable[Round]) -> Iterator[tuple[list[Round], SyncOutcome]]:
    """The rounds of the credentials that no other machine is at work with, kept while this is open; the others are left.

    Two keys of one account are one credential: they keep no one out but others.
    """
    ours, left, accounts = list[Round](), list[str](), set[str]()
    with ExitStack() as locks:
        for each in rounds:
            account = each.google.account
            if account in accounts or locks.enter_context(app.store.exclusive(f"account {account}")):
                accounts.add(account)
                ours.append(each)
            else:
                left += [work.office.code for work in each.works]
        yield ours, SyncOutcome(left=tuple(left))


def ahead(app: App, rounds: Iterable[Round]) -> Forecast:
    """How long the rounds will take together."""
    return forecast(
        app.settings.google, [(each.google.account, each.google.project, reads(each.works)) for each in rounds]
    )


def side_by_side(
    rounds: Iterable[Round], threads: int, do: Callable[[Round, WorkbookReader, OfficeWork], T]
) -> Iterator[T]:
    """Does the work of every office, so many of a credential at once; gives what came of each as it is done.

    Their workbooks are read ahead; what is computed is computed in turn. What is raised ends the run: who has not begun
    does not begin.
    """

    def seated(each: Round, reader: WorkbookReader, work: OfficeWork) -> T:
        with each.app.seats.taken():
            return do(each, reader, work)

    with ExitStack() as pools:
        futures: list[Future[T]] = []
        for each in rounds:
            reader = pools.enter_context(reading_ahead(each.app, each.google, reads(each.works)))
            pool = pools.enter_context(ThreadPoolExecutor(threads, "office"))
            futures += [pool.submit(seated, each, reader, work) for work in each.works]
        try:
            for future in as_completed(futures):
                yield future.result()
        finally:
            for future in futures:
                future.cancel()


def left_out(app: App, order: SyncOrder) -> SyncOutcome:
    """Who can't be looked after because of what their own files say; nobody where some workbooks alone were meant."""
    if order.workbooks:
        return SyncOutcome()
    return SyncOutcome(failures=tuple(Failure.of(each.code, each.error) for each in app.settings.left_out))


def reading_ahead(app: App, google: GoogleClient, workbooks: Iterable[str]) -> ReadAhead:
    """Workbooks that are read side by side; who waits for one leaves his seat to others."""
    return ReadAhead(google.ask, workbooks, waiting=app.seats.left)


def failed(about: str, error: Exception) -> SyncOutcome:
    """An office, or a credential, that met what nobody thought of: it is told, and stops no other."""
    log.error("%s", about, exc_info=error)
    return SyncOutcome(failures=(Failure(about, unexpected(error), usage=False),))


def _open(app: App, order: SyncOrder, key_file: Path, offices: Sequence[Office]) -> tuple[Round | None, SyncOutcome]:
    began = app.clock()
    try:
        google = app.google(key_file)
        google.login()
        listed = google.list_workbooks()
    except SheetsSyncError as error:
        return None, SyncOutcome(failures=(Failure.of(str(key_file), error),)) + _compare_clocks(app, key_file)
    except Exception as error:  # noqa: BLE001 - as below: the other credentials' offices are in time
        return None, failed(str(key_file), error)
    outcome = _compare_clocks(app, key_file)
    right, began = _by_googles_clock(app, google, began)
    works, troubled = _surveyed(right, offices, listed, google.account, order)
    return Round(right, google, listed, began, works), outcome + troubled


def _surveyed(
    app: App, offices: Sequence[Office], listed: Mapping[str, FileVersion], account: str, order: SyncOrder
) -> tuple[list[OfficeWork], SyncOutcome]:
    works, troubled, known = list[OfficeWork](), SyncOutcome(), _glances(app, offices)
    for office in offices:
        try:
            glance = known[office.code] if office.code in known else glance_at(app, office)
            works.append(survey(app, office, glance, listed, account, order))
        except StoreError:  # the store is every office's: nothing can be known of any
            raise
        except Exception as error:  # noqa: BLE001 - one office's trouble, whatever it is, must not stop the others
            troubled += failed(office.code, error)
    return in_turn(works, app.clock(), app.settings, order), troubled


def _glances(app: App, offices: Sequence[Office]) -> dict[str, Glance]:
    """All offices' glances at once; empty where it fails for one of them: then each is asked for by itself."""
    try:
        return glances_at(app, offices)
    except StoreError:
        raise
    except Exception:
        log.exception("offices are looked at one by one")
        return {}


def _compare_clocks(app: App, key_file: Path) -> SyncOutcome:
    """Notes how far our clock is off, as Google's answers say. A wrong one is a failure: the run is not a good one."""
    off = app.clock_off(key_file)
    if off is None:
        return SyncOutcome()
    app.store.note_clock(off)
    return (
        SyncOutcome()
        if clock_believed(off)
        else SyncOutcome(failures=(Failure("clock", clock_told(off), usage=False, kind=TroubleKind.CLOCK),))
    )


def _by_googles_clock(app: App, google: GoogleClient, began: datetime) -> tuple[App, datetime]:
    """The parts, and when the run began, by a clock that is right: where ours is wrong, Google's dates the figures."""
    off = google.clock_off
    if off is None or clock_believed(off):
        return app, began
    return replace(app, clock=lambda: app.clock() - off), began - off
