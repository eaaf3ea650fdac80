"""Kills sync, report, backup and upgrade at random instants; after one undisturbed run all is as if nobody had.

    python scripts/kills.py               80 kills of sync, 60 of report, 30 of backup, 30 of upgrade
    python scripts/kills.py --share 0.1   a tenth of them

Each victim is a process of its own that gets a SIGKILL after a random part of the time that it usually takes; tries in
which it had ended before are not counted. Before each kill all is brought back to the same day. After one more
undisturbed run the whole store, the pages, comments, deliveries and mails must equal those of a history in which nobody
was killed; only a delivery of which nobody can tell whether it arrived may be *unknown*, and is counted. Prints JSON;
ends with 1 if anything differs.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path

from pydantic import SecretStr

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "support"))

from history import History, differences, history
from installation import LOGIN, US, Installation, installation
from older_store import turn_back
from processes import OCTOBER, WORKS, Nursery, Place, nursery
from snapshot import Snapshot, bring_back, snapshot

from sheets_sync.demo import people
from sheets_sync.jobs.run import report_job
from sheets_sync.local_google.faults import FaultKind
from sheets_sync.mail.options import MailLogin

WRITE = "sheets.spreadsheets.batchUpdate"
TRIES = 3  # for each kill that is wanted: a process may have ended before
OLDER = "0008"  # the tables from which the upgrade begins


@dataclass(frozen=True, slots=True)
class Victim:
    """What is killed how often, and what makes sure that there is something to do."""

    name: str
    kills: int
    prepare: Callable[[Installation], object]
    writes: bool = False  # to the workbook


def retype(here: Installation) -> None:
    """Somebody corrects a figure, and types another that has to be asked about: figures, pages and comments change."""
    people.retype(here.person(), "Tangkum", "Oktober", "Pengunjung di tempat", 1)
    sheet = here.person().worksheet("Pangkan")
    row = next(number for number, values in enumerate(sheet.get_all_values(), 1) if values[0] == "Oktober")
    sheet.update([["kira-kira 40"]], f"B{row}")


def make_older(here: Installation) -> None:
    """The store as an older program left it."""
    turn_back(here.settings().data / "store.sqlite3", OLDER)


VICTIMS = (
    Victim("sync", 80, retype, writes=True),
    Victim("report", 60, retype, writes=True),
    Victim("backup", 30, lambda _: None),
    Victim("upgrade", 30, make_older),
)


@dataclass(slots=True)
class Result:
    """How the kills of a victim went. `between` of them fell between the taking in of figures and their writing."""

    kills: int = 0
    ended_before: int = 0
    between: int = 0
    deliveries_unknown: int = 0
    wrong: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Stage:
    """An office on the day of October's report, whose September was reported; and the same morning kept."""

    here: Installation
    morning: Snapshot
    nursery: Nursery

    def again(self, victim: Victim) -> None:
        """The morning, with something to do."""
        bring_back(self.here, self.morning)
        victim.prepare(self.here)
        self.here.google.log.clear()

    def undisturbed(self, victim: Victim) -> History:
        """How things stand after the same has run to its end, twenty minutes later."""
        self.here.clock.now += timedelta(minutes=20)
        with self.here.app() as app:
            WORKS[victim.name](app)
        return history(self.here)


@contextmanager
def stage(folder: Path) -> Iterator[Stage]:
    """Built once for all kills."""
    with installation(folder / "office", now="2024-11-06T09:00+07:00") as here:
        with here.app() as app:
            report_job(app, here.office(app), OCTOBER - 1)
        login = MailLogin(username=LOGIN.username, password=SecretStr(LOGIN.password))
        with nursery(Place(here.place.config, here.google.url, login)) as processes:
            yield Stage(here, snapshot(here, folder / "morning"), processes)


def kill(at: Stage, victim: Victim, wait: Callable[[], object]) -> bool:
    """Begins the work and kills it when the wait is over; whether it was still at work."""
    child = at.nursery.begin(victim.name, at.here.clock.now)
    wait()
    os.kill(child, signal.SIGKILL)
    killed = at.nursery.ended() == -signal.SIGKILL
    time.sleep(0.2)  # a request that was sent is carried out by Google all the same
    at.here.google.conditions.clear()
    return killed


def until_it_writes(at: Stage) -> Callable[[], None]:
    """Waits for the first write, which does not come through."""
    rule, end = at.here.google.conditions.fail(FaultKind.STALL, WRITE, times=None), time.monotonic() + 120

    def wait() -> None:
        while not rule.seen:
            assert time.monotonic() < end, "nothing was written"
            time.sleep(0.01)

    return wait


def usual_seconds(at: Stage, victim: Victim) -> float:
    """How long the work takes when nobody kills it; the second time, when everything is warm."""
    for _ in range(2):
        at.again(victim)
        at.nursery.begin(victim.name, at.here.clock.now)
        began = time.monotonic()
        status = at.nursery.ended()
        assert status == 0, f"an undisturbed {victim.name} ended with {status}"
        seconds = time.monotonic() - began
    return seconds


def expected(at: Stage, victim: Victim) -> History:
    """The history without kills."""
    at.again(victim)
    with at.here.app() as app:
        WORKS[victim.name](app)
    return at.undisturbed(victim)


def taken_in(here: Installation) -> bool:
    """Whether the figures that were typed this morning are in the store, and nothing was written yet."""
    with closing(sqlite3.connect(here.settings().data / "store.sqlite3")) as store:
        (count,) = store.execute("SELECT count(*) FROM observations WHERE gone_at IS NOT NULL").fetchone()
    return bool(count) and not here.google.log.of(WRITE, account=here.google.account(US).email)


def try_once(at: Stage, victim: Victim, usual: History, after: float | None, result: Result) -> None:
    """One kill after so many seconds, or as the first write is under way, and what became of it."""
    at.again(victim)
    wait = until_it_writes(at) if after is None else partial(time.sleep, after)
    if not kill(at, victim, wait):
        result.ended_before += 1
        return
    result.kills += 1
    result.between += victim.writes and taken_in(at.here)
    found, backups = at.undisturbed(victim), at.here.settings().backups
    result.deliveries_unknown += len(found.unknown)
    half = [path.name for path in backups.glob("*.new")] if backups.exists() else []
    many = [f"{len(found.unknown)} deliveries are unknown after one kill"] if len(found.unknown) > 1 else []
    when = "as it began to write" if after is None else f"after {after:.3f} s"
    result.wrong += [f"{when}: {each}" for each in (*differences(found, usual), *half, *many)]


def try_all(at: Stage, victim: Victim, kills: int, dice: random.Random) -> Result:
    """So many kills at random instants, and of what writes one more: as it begins to."""
    result, usual = Result(), expected(at, victim)
    if victim.writes:
        try_once(at, victim, usual, None, result)
    seconds = usual_seconds(at, victim) if kills else 0.0
    for _ in range(TRIES * kills):
        if result.kills < kills + victim.writes:
            try_once(at, victim, usual, dice.uniform(0.0, 1.0) * seconds, result)
    return result


def run(victims: Sequence[Victim], seed: int, share: float = 1.0) -> Mapping[str, Result]:
    """Kills each victim as often as it says, or a share of that; gives how it went."""
    dice = random.Random(seed)  # noqa: S311 - instants, no secrets
    with tempfile.TemporaryDirectory() as folder, stage(Path(folder)) as at:
        return {victim.name: try_all(at, victim, round(victim.kills * share), dice) for victim in victims}


def main() -> int:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--share", type=float, default=1.0, help="of the 200 kills")
    parser.add_argument("--only", choices=[victim.name for victim in VICTIMS], help="this one alone")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    victims = [victim for victim in VICTIMS if options.only in (None, victim.name)]
    results = run(victims, options.seed, options.share)
    print(json.dumps({name: asdict(result) for name, result in results.items()}, indent=1, ensure_ascii=False))
    return 1 if any(result.wrong for result in results.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
