"""Measures the reports of a large office: charts, mails, letter and workbook, handed to a mail server on this machine.

    python scripts/bench_reports.py --libraries 700
    python scripts/bench_reports.py --libraries 350 700 1400    does memory grow with the libraries?

Prints JSON: seconds on the wall, processor seconds, messages a second, and memory in MB: what the month's own data take,
then for each step the most that this process had beyond them, and the most that a typesetter of its own had
(`/proc`: Linux). Figures are drawn at random, with a fixed seed, and scored by the shipped scheme; a kecamatan has 28
libraries. The mail server is a process of its own, over TLS, and throws away what it gets; the ledger is the real one
over SQLite.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self, TypeVar

from aiosmtpd.smtp import SMTP, Envelope, Session
from machine import print_measured

from sheets_sync import kpi
from sheets_sync.config.office import Elements, Office
from sheets_sync.config.yaml_file import read_yaml
from sheets_sync.demo.mailbox import Mailbox
from sheets_sync.mail.approval import Ruling
from sheets_sync.mail.deliver import mail_due
from sheets_sync.mail.options import MailLogin, MailOptions
from sheets_sync.mail.outbox import Outbox
from sheets_sync.mail.smtp import Smtp
from sheets_sync.model import (
    CellRef,
    DatedValue,
    Horizon,
    Library,
    LibraryMonth,
    Observation,
    OfficeMonth,
    Period,
    Reporting,
    State,
    Timeliness,
    periods_between,
)
from sheets_sync.reports.attachments import attachments
from sheets_sync.reports.context import ReportContext, report_context
from sheets_sync.reports.options import OfficeRecipient, ReportOptions
from sheets_sync.reports.render import Renderer
from sheets_sync.reports.spool import Spool
from sheets_sync.store import Store

CONFIG = Path(__file__).parent.parent / "config"
DISTRICT = 28  # libraries
FIRST, LAST = Period(2024, 1), Period(2024, 10)
NOW = datetime(2024, 11, 6, 1, tzinfo=UTC)
RECIPIENTS = (OfficeRecipient(name="Sekretaris Dinas", address="sekretaris@example.org"),)
T = TypeVar("T")


class Sink(Mailbox):
    """Takes everything and keeps nothing."""

    async def handle_DATA(self, _server: SMTP, _session: Session, _envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        return "250 OK"


def office_month(count: int) -> tuple[OfficeMonth, ReportContext]:
    """A month of so many libraries, and the context of their office."""
    elements = read_yaml(CONFIG / "elements.yaml", Elements)
    scheme = kpi.read_scheme(CONFIG / "schemes" / "tpbis.yaml", elements.elements)
    office = read_yaml(CONFIG / "office.yaml", Office)
    libraries = [_library(number) for number in range(count)]
    seen = list(_observations(libraries, elements))
    cube = kpi.Cube.from_observations(seen, libraries, elements.elements, FIRST, LAST)
    month = OfficeMonth(
        office=office.code,
        period=LAST,
        scheme=scheme.version,
        data_as_of=NOW,
        checked_at=NOW,
        libraries=tuple(_entries(libraries, seen, cube, scheme)),
        completeness=0.9,
        timeliness=Timeliness(4, 1, 0),
        findings=(),
        trend=(None, None, *(5 + number / 10 for number in range(10))),
    )
    return month, report_context(office, elements, kpi.labels(scheme, LAST))


def _library(number: int) -> Library:
    return Library(
        code=f"L{number:04}",
        district=f"Contoh {number // DISTRICT + 1}",
        name=f"Perpustakaan Desa Contoh {number + 1}",
        pic=f"Pengelola {number + 1}",
        emails=(f"l{number}@example.org",),
        population=(DatedValue(2023, 900.0 + number),),
    )


def _observations(libraries: list[Library], elements: Elements) -> Iterator[Observation]:
    draw = random.Random(1)  # noqa: S311 - invented figures
    for row, library in enumerate(libraries):
        for column, element in enumerate(elements.elements):
            for period in periods_between(FIRST, LAST):
                value = float(draw.randrange(1, 60))
                cell = CellRef("bench", row, library.name, period.month + 1, column)
                yield Observation(library.code, element.id, period, State.REPORTED, value, cell, str(value))


def _entries(
    libraries: list[Library], seen: list[Observation], cube: kpi.Cube, scheme: kpi.Scheme
) -> Iterator[LibraryMonth]:
    year, before = (kpi.score(cube, scheme, period, Horizon.YEAR_TO_DATE) for period in (LAST, LAST - 1))
    months = [kpi.score(cube, scheme, LAST - back, Horizon.MONTH) for back in range(9, -1, -1)]
    steps = kpi.next_steps(cube, year)
    own = len(seen) // len(libraries)
    for number, library in enumerate(libraries):
        yield LibraryMonth(
            library=library,
            reporting=Reporting.COMPLETE,
            score=year.score(library.code),
            month_score=months[-1].score(library.code),
            previous=before.score(library.code),
            trend=(None, None, *(table.score(library.code).value for table in months)),
            completeness=1.0,
            on_time=True,
            findings=(),
            steps=steps.get(library.code, ()),
            revisions=(),
            observations=tuple(seen[number * own : (number + 1) * own]),
        )


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds on the clock on the wall and of this process's processor; MB that it had beyond those at the beginning."""

    clock: float
    processor: float
    beyond: int


def everybody(month: OfficeMonth) -> Ruling:
    """All of the month's addresses are approved."""
    rows = (entry.library for entry in month.libraries)
    return Ruling(frozenset((library.code, address.casefold()) for library in rows for address in library.emails))


def timed(work: Callable[[], T]) -> tuple[T, Spent]:
    """What the work gives, and what it took."""
    begun = memory("VmRSS")
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the peak is counted from here
    clock, processor = time.perf_counter(), time.process_time()
    done = work()
    return done, Spent(time.perf_counter() - clock, time.process_time() - processor, memory("VmHWM") - begun)


def memory(which: str, process: str = "self") -> int:
    """MB that a process has (`VmRSS`), or had at the most (`VmHWM`); 0 of one that is gone."""
    with suppress(OSError):
        for line in Path(f"/proc/{process}/status").read_text(encoding="ascii", errors="replace").splitlines():
            if line.startswith(which):
                return int(line.split()[1]) // 1024
    return 0


class Typesetters(threading.Thread):
    """Looks at the typesetters' processes as long as there may be some; `most` is the most that one of them had, in MB."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.most, self._over = 0, threading.Event()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self.join()

    def run(self) -> None:
        children = Path(f"/proc/self/task/{os.getpid()}/children")
        while not self._over.wait(0.02):
            for process in children.read_text(encoding="ascii").split():
                self.most = max(self.most, memory("VmHWM", process))


def serve(folder: Path) -> None:
    """Runs the mail server until its input ends; prints its port."""
    with Sink(folder) as mailbox:
        print(mailbox.port, flush=True)
        sys.stdin.read()


@contextmanager
def mail_server(folder: Path) -> Iterator[MailOptions]:
    """A mail server in a process of its own, and how to reach it."""
    command = [sys.executable, __file__, "--serve", str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        yield MailOptions(port=int(server.stdout.readline()), ca_file=folder / "server.pem")


def hand_over(store: Store, options: MailOptions) -> int:
    """Hands over everything that is planned; gives how many messages went."""
    with Smtp(options, MailLogin()) as transport:
        return mail_due(store.deliveries, transport, options, lambda: NOW).sent


def run(folder: Path, count: int, annexes: int) -> dict[str, Any]:
    """Every step of a month's reports, timed."""
    month, speaker = office_month(count)
    gc.collect()
    own = memory("VmRSS")
    reports = ReportOptions(office_recipients=RECIPIENTS, letter_annexes_up_to=annexes)
    with Spool(folder) as spool:
        with Typesetters() as apart:
            attached, attaching = timed(lambda: attachments(month, speaker, reports, NOW, keep=spool.keep))
        everyone = everybody(month)
        outbox = Outbox(month, Renderer(speaker), reports, MailOptions(), 1, NOW, everyone, keep=spool.keep)
        planned, rendering = timed(lambda: list(outbox.planned(attached)))
        with closing(Store(f"sqlite:///{folder / 'store.sqlite3'}")) as store, mail_server(folder / "mail") as options:
            _, planning = timed(lambda: store.deliveries.plan(planned, NOW))
            sent, sending = timed(lambda: hand_over(store, options))
    return {
        "libraries": count,
        "month_mb": own,
        "attachments": {**_spent(attaching), "files": len(attached), "bytes": sum(len(each.kept) for each in attached)},
        "typesetter_mb": apart.most,
        "office_mails": [len(each.kept) for each in planned if not each.key.about],
        "render": _pace(len(planned), rendering),
        "plan": _spent(planning),
        "deliver": _pace(sent, sending),
        "largest_library_mail_bytes": max(len(each.kept) for each in planned if each.key.about),
        "peak_mb": own + max(each.beyond for each in (attaching, rendering, planning, sending)),
    }


def _spent(spent: Spent) -> dict[str, float]:
    return {
        "seconds": round(spent.clock, 2),
        "processor_seconds": round(spent.processor, 2),
        "mb_beyond": spent.beyond,
    }


def _pace(messages: int, spent: Spent) -> dict[str, float]:
    return {"messages": messages, **_spent(spent), "per_second": round(messages / spent.clock, 1)}


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--libraries", type=int, nargs="+", default=[700])
    parser.add_argument(
        "--annexes",
        type=int,
        default=ReportOptions().letter_annexes_up_to,
        help="a letter, or a volume, has an annex for each library up to so many",
    )
    parser.add_argument("--serve", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        serve(options.serve)
        return
    counts = options.libraries
    if len(counts) > 1:
        print(json.dumps([apart(count, options.annexes) for count in counts], indent=2))
        return
    with tempfile.TemporaryDirectory() as folder:
        print_measured(lambda: run(Path(folder), counts[0], options.annexes))


def apart(count: int, annexes: int) -> Any:
    """The same in a process of its own, so that each begins with the same memory."""
    command = [sys.executable, __file__, "--libraries", str(count), "--annexes", str(annexes)]
    return json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)


if __name__ == "__main__":
    main()
