"""The fault table: each thing that goes wrong is made to go wrong, over the day of a report, and put right two days later.

    python scripts/faults.py                    every line (half an hour)
    python scripts/faults.py --only 429 --only "store full"
    python scripts/faults.py --markdown         as a table for docs/faults.md

For each line: what was injected, what happened at the worst, whom the program told and how often, how long a beat took at
most, and whether after all is well again the whole store, the pages, comments, deliveries and mails equal those of days on
which nothing was wrong. Retries are short here (5 seconds a request, 3 for an answer), so that the times show what is
bounded by what is configured. Ends with 1 if a promise was broken.
"""

from __future__ import annotations

import argparse
import logging
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "support"))

from history import History, differences, history
from installation import Installation, installation
from message_catcher import MessageCatcher, message_catcher
from snapshot import Snapshot, bring_back, snapshot

from sheets_sync.app import App, open_app
from sheets_sync.demo import people
from sheets_sync.errors import SheetsSyncError
from sheets_sync.i18n import language
from sheets_sync.jobs.run import noted_as, report_job
from sheets_sync.jobs.unattended import service
from sheets_sync.jobs.unattended.notify import Watch
from sheets_sync.jobs.unattended.serve import reloaded
from sheets_sync.model import Message, Period
from sheets_sync.notify.options import NotifyLogin
from sheets_sync.settings import Settings

BAD = ("05T21:01", "05T21:31", "06T08:10", "06T15:00", "07T08:10", "08T08:10")
GOOD = ("08T09:01", "08T09:31", "08T10:05", "08T10:40", "08T11:30", "08T13:00")
SHORT = {"attempts": 3, "retry_timeout_seconds": 5, "read_timeout": 3, "answer_timeout": 6}
BOUND = 120.0  # seconds that a beat may take, however ill Google is


@dataclass
class Scene:
    """An office whose service is running, and the phone of its operator."""

    here: Installation
    phone: MessageCatcher
    folder: Path
    watch: Watch = field(default_factory=Watch)
    slowest: float = 0.0
    worst: str = ""
    at: dict[str, Callable[[Scene], object]] = field(default_factory=dict)  # what happens at a moment, before its beat
    kept: dict[str, Any] = field(default_factory=dict)  # what an injection needs to be undone
    _app: App | None = None

    @property
    def app(self) -> App:
        """The parts of the service, which is started where it does not run."""
        if self._app is None:
            self._app = opened(self.here, self.phone, self.here.settings())
        return self._app

    def beat(self, moment: str) -> None:
        """A beat at a moment of November 2024, as far as the service can be started."""
        self.it_is(moment)
        if moment in self.at:
            self.at.pop(moment)(self)
        began = time.monotonic()
        try:
            for client in self.app._clients.values():  # noqa: SLF001 - as below
                client._breaker.went_well()  # noqa: SLF001 - hours have passed, by the clock in our hands
            service.beat(self.app, Event(), self.watch)
            self.worst = self.worst or _worst(self)
        except SheetsSyncError as error:
            self.worst = self.said(error.message)
        self.slowest = max(self.slowest, time.monotonic() - began)

    def said(self, message: Message) -> str:
        """A message in the operator's words."""
        return language(self.here.settings().offices[0].language)(message)

    def it_is(self, moment: str) -> None:
        """Sets everybody's clock."""
        self.here.clock.now = datetime.fromisoformat(f"2024-11-{moment}:00+07:00")

    def reload(self) -> None:
        """The service takes the configuration as it is now."""
        app = self.app
        fresh = reloaded(app, self.here.settings())
        self._app = replace(fresh, mail_login=app.mail_login, notify_login=app.notify_login)

    def stop(self) -> None:
        """The service ends."""
        if self._app is not None:
            self._app.close()
        self._app = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table.

    `told` is what the operator's message has to say; "" where it is not worth one. `heals` is whether that it is well
    again is told, too. `leaves` are tables and pages that rightly tell of it ever after.
    """

    injected: str
    inject: Callable[[Scene], object]
    heal: Callable[[Scene], object] = lambda _: None
    told: str = ""
    heals: bool = True
    leaves: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Row:
    """What came of a line."""

    injected: str
    happened: str
    told: str
    seconds: float
    broken: tuple[str, ...]


def opened(here: Installation, phone: MessageCatcher, settings: Settings) -> App:
    """The parts, for as long as the scene lasts."""
    login = NotifyLogin.model_validate({"ways": phone.address})
    with here.app() as app:
        mail = app.mail_login
    app = open_app(settings, here.clock, mail).__enter__()
    return App(app.settings, app.store, app.clock, app.mail_login, login)


@dataclass(frozen=True, slots=True)
class Stand:
    """Where all lines are played: servers that run, and the evening before October's report, kept."""

    here: Installation
    phone: MessageCatcher
    evening: Snapshot

    @contextmanager
    def scene(self, folder: Path) -> Iterator[Scene]:
        """That evening once more; somebody has just typed."""
        bring_back(self.here, self.evening)
        people.retype(self.here.person(), "Tangkum", "Oktober", "Pengunjung di tempat", 7)
        self.phone.told.clear()
        stage = Scene(self.here, self.phone, folder)
        try:
            yield stage
        finally:
            stage.stop()


@contextmanager
def stand(folder: Path) -> Iterator[Stand]:
    """Built once; September's report was sent by hand."""
    with installation(folder / "office", now="2024-11-05T20:00+07:00") as here, message_catcher() as phone:
        here.configure("google.yaml", **SHORT)
        stage = Scene(here, phone, folder)
        report_job(stage.app, here.office(stage.app), Period(2024, 9))
        stage.beat("05T20:15")
        stage.stop()
        yield Stand(here, phone, snapshot(here, folder / "evening"))


def run_line(at: Stand, line: Line, bad: Sequence[str] = BAD, good: Sequence[str] = GOOD) -> tuple[Scene, History]:
    """The bad days and the good ones after them."""
    with tempfile.TemporaryDirectory() as folder, at.scene(Path(folder)) as stage:
        line.inject(stage)
        for moment in bad:
            stage.beat(moment)
        line.heal(stage)
        worst = stage.worst
        for moment in good:
            stage.beat(moment)
        stage.worst = worst
        stage.stop()
        return stage, history(at.here)


def _worst(stage: Scene) -> str:
    """What the last run says of its failure."""
    if stage.watch.store is not None:
        return stage.said(stage.watch.store)
    runs = [
        run
        for job in ("sync", "deliver", "report")
        if (run := stage.app.store.runs.last(*noted_as(stage.app, job))) and run.status
    ]
    failures = [failure for run in runs for failure in run.detail.get("failures", ())]
    said = [*(run.detail.get("problem") for run in runs), *(failure["problem"] for failure in failures)]
    mailing = stage.app.store.notices.mailing()
    return str(next(filter(None, said), stage.said(mailing.problem) if mailing else ""))


def broken(line: Line, stage: Scene, end: History, usual: History) -> Iterator[str]:
    """The promises that were not kept."""
    titles = stage.phone.titles
    yield from (f"told {count} times: {title}" for title, count in Counter(titles).items() if count > 1)
    over = [title for title in titles if "kembali normal" in title]
    said = [title for title in titles if title not in over]
    if line.told and sum(line.told in title for title in said) != 1:
        yield f"“{line.told}” was not told once"
    if not line.told and said:
        yield "somebody was told what is nothing to them"
    if bool(over) != (bool(line.told) and line.heals):
        yield f"that it is well again was told {len(over)} times"
    if stage.slowest > BOUND:
        yield f"a beat took {stage.slowest:.0f} s"
    found = differences(end, usual)
    yield from (each for each in found if each.partition(":")[0] not in line.leaves)


def table(
    lines: Sequence[Line], tell: Callable[[Row], object], bad: Sequence[str] = BAD, good: Sequence[str] = GOOD
) -> list[str]:
    """Runs the lines one by one and tells each; gives the broken promises."""
    found: list[str] = []
    with tempfile.TemporaryDirectory() as folder, stand(Path(folder)) as at:
        _, usual = run_line(at, Line("nothing", lambda _: None), bad, good)
        for line in lines:
            stage, end = run_line(at, line, bad, good)
            wrong = tuple(broken(line, stage, end, usual))
            told = "; ".join(title.partition(": ")[2] for title in stage.phone.titles)
            happened = " ".join(stage.worst.split()).replace(at.here.workbook, "ID")
            tell(Row(line.injected, happened.replace(str(at.here.place.folder), "…"), told, stage.slowest, wrong))
            found += [f"{line.injected}: {each}" for each in wrong]
    return found


def as_text(row: Row) -> None:
    """A paragraph for a line."""
    print(
        f"{row.injected}\n    happened  {row.happened[:200] or 'nothing failed'}\n    told      {row.told or 'nobody'}"
    )
    print(f"    slowest beat {row.seconds:.1f} s; {'; '.join(row.broken) or 'nothing lost or doubled'}", flush=True)


def as_markdown(row: Row) -> None:
    """A row of a table."""
    happened = row.happened if len(row.happened) < 200 else f"{row.happened[:200]}…"
    cells = (row.injected, happened or "nothing failed", row.told or "nobody", f"{row.seconds:.1f}")
    kept = "**no**: " + "; ".join(row.broken) if row.broken else "yes"
    print("| " + " | ".join(cell.replace("|", "\\|") for cell in (*cells, kept)) + " |", flush=True)


def main() -> int:
    """Reads the command line."""
    from faults_lines import LINES  # noqa: PLC0415 - it needs this module

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", action="append", default=[], help="lines whose name has this in it")
    parser.add_argument("--markdown", action="store_true", help="a row of a table for each line")
    options, began = parser.parse_args(), time.monotonic()
    logging.disable(logging.CRITICAL)
    chosen = [line for line in LINES if not options.only or any(part in line.injected for part in options.only)]
    if options.markdown:
        print("| injected | happened | told | slowest beat, s | nothing lost or doubled |\n|---|---|---|---:|---|")
    found = table(chosen, as_markdown if options.markdown else as_text)
    print(f"\n{len(chosen)} lines, {time.monotonic() - began:.0f} s, {len(found)} broken promises")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
