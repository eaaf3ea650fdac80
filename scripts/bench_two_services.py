"""`python scripts/bench_two_services.py`: two `run` services on two machines share one PostgreSQL on the day of the report; prints JSON.

Each has a configuration and a folder of its own. September's report has been sent by hand, somebody types in every office,
and both services begin at the moment October's report is due and beat on after it. Told is how often each office was
read, written and mailed: by both together, it has to be once each. Then the same with one of them killed in the middle
of the mails: the other goes on; a mail whose delivery was under way is left for a person to settle, never sent twice.
Each run of each job is counted by service. Needs initdb and the extra `postgres`.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes
from pathlib import Path
from typing import Any

from machine import print_measured

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "support"))

from bench_cluster import database, killed
from many_offices import MOMENT, Crowd, many_offices

from sheets_sync.app import App
from sheets_sync.clock import Clock, clock_from
from sheets_sync.demo.mailbox import Login, Mailbox
from sheets_sync.demo.place import Place
from sheets_sync.jobs.mailing.situation import calendar_of
from sheets_sync.mail.ledger import DeliveryState
from sheets_sync.model import Period

READ, WRITE = "sheets.spreadsheets.get", "sheets.spreadsheets.batchUpdate"
OPEN = frozenset({DeliveryState.PLANNED, DeliveryState.CLAIMED, DeliveryState.DEFERRED})
BEFORE, MONTH = Period(2024, 9), Period(2024, 10)
LOGIN = Login("laporan", "rahasia")
BEAT, PATIENCE, GRACE = 60.0, 300.0, 60.0  # seconds


@dataclass(slots=True)
class Moment:
    """Google's clock, which can be set."""

    clock: Clock = field(default=lambda: MOMENT)

    def __call__(self) -> datetime:
        return self.clock()


@dataclass(slots=True)
class Machine:
    """A configuration with a folder of its own, and the service that works by it."""

    here: Crowd
    place: Place
    process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> Path:
        return self.place.folder / "log"

    def begin(self, *words: str) -> subprocess.Popen[bytes]:
        """A command of this machine; what it logs, a line for each run of a job, is kept."""
        line, environment = self.here.command("--json", *words)
        line[line.index("--config") + 1] = str(self.place.config)
        secrets = {"SHEETS_SYNC_SMTP_USERNAME": LOGIN.username, "SHEETS_SYNC_SMTP_PASSWORD": LOGIN.password}
        with self.log.open("ab") as log:
            return subprocess.Popen(line, env={**environment, **secrets}, stdout=subprocess.DEVNULL, stderr=log)

    def runs(self) -> Counter[str]:
        """How often each job was done here, as its log tells."""
        written = self.log.read_text(encoding="utf-8") if self.log.exists() else ""
        lines = (json.loads(line) for line in written.splitlines() if line[:1] == "{")
        return Counter(line["job"] for line in lines if "job" in line and "status" in line)


@contextmanager
def reporting_offices(folder: Path, offices: int, url: str) -> Iterator[tuple[Crowd, Mailbox, Moment]]:
    """So many offices of two credentials with a mail server, on the day of their second report."""
    moment = Moment()
    with (
        Mailbox(folder / "mailbox", LOGIN) as mailbox,
        many_offices(folder / "here", offices, 2, store_url=url, clock=moment) as here,
    ):
        here.place.configure("mail.yaml", {"port": mailbox.port, "ca_file": str(mailbox.ca_file)})
        yield here, mailbox, moment


def second_report_is_due(here: Crowd, moment: Moment) -> None:
    """It is the moment of October's report, and somebody has just typed in every office."""
    with here.app() as app:
        moment.clock = clock_from(calendar_of(app, app.settings.offices[0]).send_moment(MONTH))
    for code in here.workbooks:
        here.retype(code, 321)
    here.google.log.clear()


def by_hand(machine: Machine) -> None:
    """The first report of every office is a person's to send."""
    for words in (("sync",), ("report", "--period", str(BEFORE))):
        if status := machine.begin(*words).wait(PATIENCE):
            raise SystemExit(f"{' '.join(words)} ended with {status}: {machine.log.read_text(encoding='utf-8')}")


def machines_of(here: Crowd) -> Iterator[Place]:
    """Two of them, with a copy of the configuration each; locks and files are in a folder of their own."""
    for name in ("one", "other"):
        place = Place(here.place.folder / name)
        shutil.copytree(here.place.config, place.config)
        place.configure("store.yaml", {"folder": str(place.folder / "data")})
        yield place


def trial(folder: Path, offices: int, beats: float, url: str, *, kill: bool) -> dict[str, Any]:
    """Both services from the report's moment on, and so many beats more; one is killed in the middle of the mails."""
    with reporting_offices(folder, offices, url) as (here, mailbox, moment):
        machines = [Machine(here, place) for place in machines_of(here)]
        by_hand(machines[0])
        second_report_is_due(here, moment)
        before, runs = len(mailbox.kept.messages), [each.runs() for each in machines]
        began = time.monotonic()
        for each in machines:
            each.process = each.begin("run")
        if kill:
            until(lambda: len(mailbox.kept.messages) - before >= offices // 3)
            killed(busier(machines).process)
        with here.app() as app:
            until(lambda: settled(app) >= offices)
        seconds = time.monotonic() - began
        time.sleep(beats * BEAT)
        ended = [stop(each) for each in machines]
        return {
            "seconds to the last mail": round(seconds, 1),
            "ended": ended,
            **told(here, mailbox.kept.messages[before:]),
            "runs by service": [dict(each.runs() - had) for each, had in zip(machines, runs, strict=True)],
        }


def busier(machines: Iterable[Machine]) -> Machine:
    """The one that has made more reports, or else the first."""
    return max(machines, key=lambda each: each.runs()["report"])


def until(so: Callable[[], bool]) -> None:
    """Until it is so, or all patience is spent."""
    end = time.monotonic() + PATIENCE
    while not so() and time.monotonic() < end:
        time.sleep(0.1)


def stop(machine: Machine) -> int | None:
    """Ends a service as a person would; gives its status, negative where it was killed."""
    process = machine.process
    if process is None:
        return None
    process.terminate()
    return process.wait(GRACE)


def settled(app: App) -> int:
    """October's mails that nothing more will become of by itself."""
    return sum(count for state, count in deliveries(app).items() if state not in OPEN)


def deliveries(app: App) -> Counter[DeliveryState]:
    """October's mails in the ledger, by how they stand."""
    return Counter(line.state for line in app.store.deliveries.of() if line.key.period == MONTH)


def told(here: Crowd, messages: Iterable[Path]) -> dict[str, Any]:
    """How many offices were read and written how often, and how many mails came how often."""
    with here.app() as app:
        ledger = deliveries(app)
    mails = Counter(message_from_bytes(path.read_bytes())["Message-ID"] for path in messages)
    return {
        "offices by reads": by_times(here, READ),
        "offices by writes": by_times(here, WRITE),
        "mails by copies": dict(Counter(mails.values())),
        "ledger": {state.value: count for state, count in ledger.items()},
    }


def by_times(here: Crowd, method: str) -> Mapping[int, int]:
    """How often a method was asked for an office's workbook by our credentials → how many offices."""
    ours = {here.google.account(key).email for key in here.credentials.values()}
    asked = [each.path for each in here.google.log.of(method) if each.account in ours and each.status < 300]
    return dict(Counter(sum(book in path for path in asked) for book in here.workbooks.values()))


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--offices", type=int, default=12)
    parser.add_argument("--beats", type=float, default=1.5, help="that the services go on after the last mail")
    options = parser.parse_args()
    print_measured(lambda: {**vars(options), **trials(options.offices, options.beats)})


def trials(offices: int, beats: float) -> dict[str, Any]:
    """Both trials, each with a database of its own."""
    said: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder, ExitStack() as running:
        for name, kill in (("both to the end", False), ("one killed in the middle", True)):
            place = Path(folder) / name.replace(" ", "-")
            place.mkdir()
            server = running.enter_context(database(place / "postgres"))
            said[name] = trial(place, offices, beats, server.url, kill=kill)
    return said


if __name__ == "__main__":
    main()
