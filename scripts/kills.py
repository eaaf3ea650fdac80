"""Kills sync, report, backup and upgrade at random instants, lets each run once undisturbed, and compares with a history without kills.

    python scripts/kills.py               50 kills of each (200)
    python scripts/kills.py --kills 3     three of each

Each victim is a process of its own that gets a SIGKILL after a random part of the time that it usually takes; beside it a twin
lives through the same without kills. After one more undisturbed run of both, store, Rekap, comments, deliveries and mails must equal those of a history without kills; only deliveries of
which nobody can tell whether they arrived may be *unknown*, and then each is listed.
"""

from __future__ import annotations

import argparse
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path
from types import MappingProxyType

from pydantic import SecretStr

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "support"))

from installation import LOGIN, Installation, ManualClock, installation

from sheets_sync.app import App, open_app
from sheets_sync.demo import people
from sheets_sync.jobs.fetch import SyncOrder
from sheets_sync.jobs.run import backup_job, deliver_job, report_job, sync_job
from sheets_sync.mail.ledger import DeliveryState
from sheets_sync.mail.options import MailLogin
from sheets_sync.model import Period
from sheets_sync.settings import Environment, load_settings

OCTOBER = Period(2024, 10)
OLDER = "0010"  # the tables from which the upgrade begins


@dataclass(frozen=True, slots=True)
class Victim:
    """What is killed, and what makes sure that there is something to do."""

    name: str
    prepare: Callable[[Installation], object]


def sync(app: App) -> None:
    """The main job, whatever Drive says."""
    sync_job(app, SyncOrder(full=True))


def report(app: App) -> None:
    """The next version of October's report for everybody, unless it is sealed; and what is left to be delivered."""
    office = app.settings.offices[0]
    versions = sum(seal.period == OCTOBER for seal in app.store.seals(office.code))
    everybody = {line.key.recipient for line in app.store.deliveries.of(office.code, OCTOBER)}
    wanted = len((app.settings.folder / "wanted").read_text(encoding="utf-8"))
    if versions < wanted:
        report_job(app, office, OCTOBER, everybody)
    deliver_job(app)


def september(app: App) -> None:
    """The report before, with the go-ahead."""
    report_job(app, app.settings.offices[0], OCTOBER - 1)


def nothing(app: App) -> None:
    """Opening the store has brought it up to date."""
    app.store.runs.last("sync")


def make_older(here: Installation) -> None:
    """The store as an older program left it."""
    store = here.settings().data / "store.sqlite3"
    with closing(sqlite3.connect(store)) as opened, opened:
        opened.execute("UPDATE alembic_version SET version_num = ?", (OLDER,))
    for kept in store.parent.glob("*.before-upgrade-of-*"):
        kept.unlink()


def retype(here: Installation) -> None:
    """Somebody corrects a figure, so that there is something to read, to score and to write."""
    people.retype(here.person(), "Tangkum", "Oktober", "Pengunjung di tempat", 1)


def want_one_more(here: Installation) -> None:
    """A person asks for one more version of the report, after a figure was corrected."""
    retype(here)
    with (here.place.config / "wanted").open("a", encoding="utf-8") as wanted:
        wanted.write("x")


WORKS: Mapping[str, Callable[[App], object]] = MappingProxyType(
    {"sync": sync, "report": report, "backup": backup_job, "upgrade": nothing, "september": september}
)
VICTIMS = (
    Victim("sync", retype),
    Victim("report", want_one_more),
    Victim("backup", lambda _: None),
    Victim("upgrade", make_older),
)


@dataclass(frozen=True, slots=True)
class History:
    """How things stand after an undisturbed run: what must be the same whether there were kills or not."""

    observations: tuple[object, ...]
    scores: tuple[object, ...]
    sealed: tuple[tuple[str, int], ...]
    rekap: tuple[str, ...]
    comments: tuple[str, ...]
    deliveries: tuple[str, ...]
    revision: str


def history(here: Installation) -> History:
    """Read from the store and from the workbook."""
    with here.app() as app, closing(sqlite3.connect(here.settings().data / "store.sqlite3")) as store:
        office = here.office(app)
        grid = app.google(app.settings.key_file(office)).read(here.workbook).grid
        rekap = here.person().worksheet("Rekap").get_all_values()
        current = "SELECT library, element, period, state, value, typed FROM observations WHERE gone_at IS NULL ORDER BY 1, 2, 3"
        scored = "SELECT library, period, horizon, scheme, round(value, 9), category FROM scores ORDER BY 1, 2, 3, 4"
        return History(
            tuple(store.execute(current).fetchall()),
            tuple(store.execute(scored).fetchall()),
            tuple((str(seal.period), seal.version) for seal in app.store.seals(office.code)),
            tuple(cell for row in rekap for cell in row if cell and "2024" not in cell),
            tuple(sorted(f"{thread.text} {thread.resolved}" for thread in grid.comments)),
            tuple(sorted(line.id for line in app.store.deliveries.of())),
            str(store.execute("SELECT version_num FROM alembic_version").fetchone()),
        )


@contextmanager
def place(folder: Path) -> Iterator[Installation]:
    """An office on the day of October's report, whose September was reported; it was read a moment ago."""
    with installation(folder, now="2024-11-06T09:00+07:00") as here:
        in_child(here, "september", None)
        yield here


def in_child(here: Installation, name: str, after: float | None) -> tuple[bool, float]:
    """Does the work of a name in a process of its own, killed after so many seconds; whether it was, and how long it took."""
    words = ["--work", name, "--config", str(here.place.config), "--now", here.clock.now.isoformat()]
    command = [sys.executable, __file__, *words, "--endpoint", here.google.url]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        child.stdout.readline()  # everything is loaded, the work begins
        began = time.monotonic()
        if after is not None:
            time.sleep(after)
            child.kill()
        status = child.wait(300)
    assert after is not None or status == 0, f"an undisturbed {name} ended with {status}"
    return status == -signal.SIGKILL, time.monotonic() - began


def work(name: str, config: Path, now: str, endpoint: str) -> None:
    """What the process that is killed does."""
    settings = load_settings(
        config, Environment(config=config, google_endpoint=endpoint, key_file=None, store_url=None)
    )
    login = MailLogin(username=LOGIN.username, password=SecretStr(LOGIN.password))
    print("ready", flush=True)
    with open_app(settings, ManualClock(now), login) as app:
        WORKS[name](app)


def wrong_mails(here: Installation) -> list[str]:
    """A second copy, or a mail that is called sent and did not arrive; unknown ones are listed, not wrong."""
    arrived = Counter(
        message_from_bytes(path.read_bytes())["Message-ID"].strip("<>").partition("@")[0]
        for path in here.mailbox.kept.messages
    )
    with here.app() as app:
        lines = {line.id: line.state for line in app.store.deliveries.of()}
    twice = [f"{key} arrived {count} times" for key, count in arrived.items() if count > 1]
    lost = [
        f"{key} is {state} and did not arrive"
        for key, state in lines.items()
        if state is DeliveryState.SENT and not arrived[key]
    ]
    left = (DeliveryState.SENT, DeliveryState.UNKNOWN, DeliveryState.HELD)
    return [*twice, *lost, *(f"{key} is left {state}" for key, state in lines.items() if state not in left)]


def unknown(here: Installation) -> int:
    """How many deliveries wait for a person's word."""
    with here.app() as app:
        return sum(line.state is DeliveryState.UNKNOWN for line in app.store.deliveries.of())


def kill_once(victim: Victim, here: Installation, twin: Installation, after: float) -> tuple[bool, list[str]]:
    """One kill and one undisturbed run, beside a twin that nobody kills; whether it was in time, and what is wrong."""
    for each in (here, twin):
        victim.prepare(each)
    killed, _ = in_child(here, victim.name, after)
    in_child(twin, victim.name, None)
    for each in (here, twin):
        each.clock.now += timedelta(minutes=20)
        in_child(each, victim.name, None)
        in_child(each, "sync", None)
    found, expected = history(here), history(twin)
    wrong = [name for name in History.__slots__ if getattr(found, name) != getattr(expected, name)]
    half = [path.name for path in here.settings().backups.glob("*.new")] if here.settings().backups.exists() else []
    return killed, [*(f"{name} differs" for name in wrong), *wrong_mails(here), *half]


def run(kills: int, seed: int, tell: Callable[[str], object], victims: Sequence[Victim] = VICTIMS) -> list[str]:
    """Kills each victim so many times; tells how it went; gives what is wrong."""
    dice, found = random.Random(seed), list[str]()  # noqa: S311 - instants, no secrets
    for victim in victims:
        with tempfile.TemporaryDirectory() as folder, ExitStack() as both:
            here, twin = (both.enter_context(place(Path(folder) / name)) for name in ("killed", "twin"))
            victim.prepare(here)
            _, seconds = in_child(here, victim.name, None)
            victim.prepare(twin)
            in_child(twin, victim.name, None)
            outcomes = [kill_once(victim, here, twin, dice.uniform(0.02, 1.0) * seconds) for _ in range(kills)]
            doubts = unknown(here)
        wrong = [f"{victim.name}: {each}" for _, problems in outcomes for each in problems]
        killed = sum(was for was, _ in outcomes)
        tell(f"{victim.name:8} {kills} tries, {killed} killed in time, {doubts} deliveries unknown, {len(wrong)} wrong")
        found += wrong
    return found


def main() -> int:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50, help="of each of the four")
    parser.add_argument("--only", choices=[victim.name for victim in VICTIMS], help="this one alone")
    parser.add_argument("--seed", type=int, default=1)
    for hidden in ("--work", "--config", "--now", "--endpoint"):
        parser.add_argument(hidden, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.work:
        work(options.work, Path(options.config), options.now, options.endpoint)
        return 0
    victims = [victim for victim in VICTIMS if options.only in (None, victim.name)]
    found = run(options.kills, options.seed, lambda text: print(text, flush=True), victims)
    for each in found:
        print(f"✗ {each}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
