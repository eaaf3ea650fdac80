"""The fault table: each thing that goes wrong is made to go wrong, over the day of a report, and put right two days later.

    python scripts/faults.py                    every line (some minutes)
    python scripts/faults.py --only 429 --only "store full"

For each line: what was injected, what happened at the worst, whom the program told and how often, how long a beat took at
most, and whether after all is well again store, Rekap, comments, deliveries and mails equal those of days on which nothing
was wrong. Retries are short here (5 seconds a request, 3 for an answer), so that the times show what is bounded by what is
configured. Ends with 1 if a promise was broken.
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
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes
from pathlib import Path
from threading import Event
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "support"))

from installation import Installation, installation
from message_catcher import MessageCatcher, message_catcher

from sheets_sync.app import App, open_app
from sheets_sync.demo import people
from sheets_sync.jobs import service
from sheets_sync.jobs.notify import Watch
from sheets_sync.jobs.run import noted_as, report_job
from sheets_sync.jobs.serve import reloaded
from sheets_sync.mail.ledger import DeliveryState
from sheets_sync.model import Period
from sheets_sync.notify.options import NotifyLogin

BAD = ("05T21:01", "05T21:31", "06T08:10", "06T15:00", "07T08:10", "08T08:10")
GOOD = ("08T09:01", "08T09:31", "08T10:05", "08T10:40", "08T11:30")
SHORT = {"attempts": 3, "retry_timeout_seconds": 5, "read_timeout": 3, "answer_timeout": 6}


@dataclass
class Scene:
    """An office whose service is running, and the phone of its operator."""

    here: Installation
    phone: MessageCatcher
    app: App
    folder: Path
    watch: Watch = field(default_factory=Watch)
    slowest: float = 0.0
    worst: str = ""
    kept: dict[str, Any] = field(default_factory=dict)  # what an injection needs to be undone

    def beat(self, moment: str) -> None:
        """A beat at a moment of November 2024."""
        self.here.clock.now = datetime.fromisoformat(f"2024-11-{moment}:00+07:00")
        for client in self.app._clients.values():  # noqa: SLF001 - as below
            client._breaker.went_well()  # noqa: SLF001 - hours have passed, by the clock in our hands
        began = time.monotonic()
        service.beat(self.app, Event(), self.watch)
        self.slowest = max(self.slowest, time.monotonic() - began)

    def reload(self) -> None:
        """The service takes the configuration as it is now."""
        self.app = reloaded(self.app, self.here.settings())

    def reopen(self) -> None:
        """The service is started anew."""
        self.app.close()
        self.app = opened(self.here, self.phone)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table. `told` is what the operator's message has to say; "" where it is not worth one."""

    injected: str
    inject: Callable[[Scene], object]
    heal: Callable[[Scene], object]
    told: str = ""


def opened(here: Installation, phone: MessageCatcher) -> App:
    """The parts, for as long as the scene lasts."""
    login = NotifyLogin.model_validate({"ways": phone.address})
    with here.app() as app:
        mail = app.mail_login
    manager = open_app(here.settings(), here.clock, mail)
    app = manager.__enter__()
    return App(app.settings, app.store, app.clock, app.mail_login, login)


@contextmanager
def scene(folder: Path) -> Iterator[Scene]:
    """The evening before October's report; September's was sent by hand, and somebody has just typed."""
    with installation(folder, now="2024-11-05T20:00+07:00") as here, message_catcher() as phone:
        here.configure("google.yaml", **SHORT)
        app = opened(here, phone)
        stage = Scene(here, phone, app, folder)
        report_job(app, here.office(app), Period(2024, 9))
        stage.beat("05T20:15")
        people.retype(here.person(), "Tangkum", "Oktober", "Pengunjung di tempat", 7)
        phone.told.clear()
        try:
            yield stage
        finally:
            stage.app.close()


@dataclass(frozen=True, slots=True)
class Ending:
    """How things stand when all is well again; two endings are equal where nothing was lost or doubled."""

    sealed: tuple[tuple[str, int], ...]
    deliveries: tuple[tuple[str, str], ...]
    mails: tuple[tuple[str, int], ...]
    rekap: tuple[str, ...]
    comments: tuple[str, ...]


def ending(stage: Scene) -> Ending:
    """Everything that people and the store have in the end, but for the moments at which it was looked at."""
    app, here = stage.app, stage.here
    office = here.office(app)
    ids = Counter(message_from_bytes(path.read_bytes())["Message-ID"] for path in here.mailbox.kept.messages)
    rekap = here.person().worksheet("Rekap").get_all_values()
    grid = app.google(app.settings.key_file(office)).read(here.workbook).grid
    return Ending(
        tuple((str(seal.period), seal.version) for seal in app.store.seals(office.code)),
        tuple(sorted((line.id, line.state.value) for line in app.store.deliveries.of())),
        tuple(sorted(ids.items())),
        tuple(cell for row in rekap for cell in row if cell and "2024" not in cell),
        tuple(sorted(f"{thread.text} {thread.resolved}" for thread in grid.comments)),
    )


def run_line(line: Line, folder: Path) -> tuple[Scene, Ending]:
    """The bad days and the good ones after them."""
    with scene(folder) as stage:
        line.inject(stage)
        for moment in BAD:
            stage.beat(moment)
            stage.worst = stage.worst or _worst(stage)
        line.heal(stage)
        for moment in GOOD:
            stage.beat(moment)
        return stage, ending(stage)


def _worst(stage: Scene) -> str:
    """What the last run says of its failure."""
    if stage.watch.store is not None:
        return str(stage.watch.store)
    runs = [
        run
        for job in ("sync", "deliver", "report")
        if (run := stage.app.store.runs.last(*noted_as(stage.app, job))) and run.status
    ]
    failures = [failure for run in runs for failure in run.detail.get("failures", ())]
    said = [*(run.detail.get("problem") for run in runs), *(failure["problem"] for failure in failures)]
    mailing = stage.app.store.notices.mailing()
    return str(next(filter(None, said), mailing.problem if mailing else ""))


def broken(line: Line, stage: Scene, end: Ending, usual: Ending) -> list[str]:
    """The promises that were not kept."""
    titles = stage.phone.titles
    wrong = [f"told {count} times: {title}" for title, count in Counter(titles).items() if count > 1]
    said = [title for title in titles if line.told and line.told in title and "kembali normal" not in title]
    over = [title for title in titles if "kembali normal" in title]
    if line.told and len(said) != 1:
        wrong.append(f"“{line.told}” was told {len(said)} times")
    if line.told and not over:
        wrong.append("nobody was told that it is well again")
    names = ("sealed", "deliveries", "mails", "rekap", "comments")
    return wrong + [f"{name} differ" for name in names if getattr(end, name) != getattr(usual, name)]


def table(lines: Sequence[Line], tell: Callable[[str], object]) -> list[str]:
    """Runs the lines one by one and tells each; gives the broken promises."""
    nothing = Line("nothing", lambda _: None, lambda _: None)
    with tempfile.TemporaryDirectory() as folder:
        _, usual = run_line(nothing, Path(folder))
    found: list[str] = []
    for line in lines:
        with tempfile.TemporaryDirectory() as folder:
            stage, end = run_line(line, Path(folder))
        wrong = broken(line, stage, end, usual)
        found += [f"{line.injected}: {each}" for each in wrong]
        told = "; ".join(title.partition(": ")[2] for title in stage.phone.titles) or "nobody"
        tell(f"{line.injected}\n    happened  {stage.worst[:150] or 'nothing failed'}")
        tell(
            f"    told      {told}\n    slowest beat {stage.slowest:.1f} s; {'; '.join(wrong) or 'nothing lost or doubled'}"
        )
    return found


def unsettled(stage: Scene) -> bool:
    """Whether a delivery waits for a person's word."""
    return any(line.state is DeliveryState.UNKNOWN for line in stage.app.store.deliveries.of())


def main() -> int:
    """Reads the command line."""
    from faults_lines import LINES  # noqa: PLC0415 - it needs this module

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", action="append", default=[], help="lines whose name has this in it")
    options, began = parser.parse_args(), time.monotonic()
    logging.disable(logging.CRITICAL)
    chosen = [line for line in LINES if not options.only or any(part in line.injected for part in options.only)]
    found = table(chosen, lambda text: print(text, flush=True))
    print(f"{len(chosen)} lines, {time.monotonic() - began:.0f} s, {len(found)} broken promises")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
