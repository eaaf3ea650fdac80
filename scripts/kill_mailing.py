"""Kills a mailing at every step in turn, runs it again, and checks that nobody got two copies and nobody was forgotten.

    python scripts/kill_mailing.py --deliveries 200            every step of a mailing of 200 (half an hour)
    python scripts/kill_mailing.py --deliveries 200 --every 97 a sample of them

A step is the moment before anything that another party sees: a write to the ledger, bytes to the mail server. The
ledger is the real one over SQLite, the mail server a real one on this machine, the end a SIGKILL from within. Prints JSON; ends with 1 if a promise was broken. Needs `fork`, so Linux or macOS.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import smtplib
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from aiosmtpd.smtp import SMTP, Envelope, Session

from sheets_sync.demo.mailbox import Mailbox
from sheets_sync.mail.deliver import mail_due
from sheets_sync.mail.ledger import Delivery, DeliveryKey, DeliveryState, Planned
from sheets_sync.mail.options import MailLogin, MailOptions, Security
from sheets_sync.mail.smtp import Smtp
from sheets_sync.model import Period
from sheets_sync.store import Store
from sheets_sync.store.ledger import StoredLedger

NOW = datetime(2024, 11, 6, 1, tzinfo=UTC)
T = TypeVar("T")


class Deadline:
    """Counts steps and ends the process, without a word, at the one that was chosen; 0 lets it live."""

    def __init__(self, at: int) -> None:
        self.at, self.count = at, 0

    def before(self, work: Callable[..., T]) -> Callable[..., T]:
        """The work as a step. Between one step's end and the next one's beginning nobody sees a difference."""

        def stepped(*args: Any, **kwargs: Any) -> T:
            self.step()
            return work(*args, **kwargs)

        return stepped

    def step(self) -> None:
        """The end, if this is the step."""
        self.count += 1
        if self.count == self.at:
            os.kill(os.getpid(), signal.SIGKILL)


class CountingMailbox(Mailbox):
    """Writes down whom it took a message for, one a line, before it says so."""

    def __init__(self, folder: Path, log: Path) -> None:
        super().__init__(folder, security=Security.NONE)
        self._log = log

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        with self._log.open("a", encoding="ascii") as log:
            log.write(f"{envelope.rcpt_tos[0]}\n")
        return "250 OK"


def mail(database: Path, port: int, die_at: int) -> int:
    """Hands over what is due; gives the number of steps that took."""
    deadline = Deadline(die_at)
    smtplib.SMTP.send = deadline.before(smtplib.SMTP.send)  # type: ignore[method-assign] # what the server gets
    options = MailOptions(port=port, security=Security.NONE)
    with closing(Store(f"sqlite:///{database}")) as store, Smtp(options, MailLogin()) as transport:
        ledger = store.deliveries
        for name in ("claim", "resolve", "mark_claims_unknown"):
            setattr(ledger, name, deadline.before(getattr(ledger, name)))
        mail_due(ledger, transport, options, lambda: NOW)
        deadline.step()
    return deadline.count


def in_child(work: Callable[[], int]) -> int:
    """Runs work in a process of its own that shares nothing; gives its result, -9 if it was killed."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.write(writer, str(work()).encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as said:
        result = said.read()
    _, status = os.waitpid(pid, 0)
    return -signal.SIGKILL if os.WIFSIGNALED(status) else int(result)


def broken_promises(deliveries: list[Delivery], received: Counter[str]) -> list[str]:
    """What is wrong after the second run: a second copy, a silent loss, an outcome that is not true."""
    wrong = [f"{address} got {count} copies" for address, count in received.items() if count > 1]
    unknown = 0
    for delivery in deliveries:
        arrived = received[delivery.key.recipient]
        unknown += delivery.state is DeliveryState.UNKNOWN
        if delivery.state not in (DeliveryState.SENT, DeliveryState.UNKNOWN):
            wrong.append(f"{delivery.key.recipient} is left {delivery.state}")
        if delivery.state is DeliveryState.SENT and not arrived:
            wrong.append(f"{delivery.key.recipient} is called sent and got nothing")
    return [*wrong, *([f"{unknown} are unknown after one crash"] if unknown > 1 else [])]


def prepared(folder: Path, count: int) -> Path:
    """A store with so many planned deliveries."""
    database = folder / "template.sqlite3"
    with closing(Store(f"sqlite:///{database}")) as store:
        planned = [
            Planned(
                DeliveryKey("office", "library", Period(2024, 10), f"l{n}", f"r{n}@example.org"),
                b"Subject: x\r\n\r\nx\r\n",
            )
            for n in range(count)
        ]
        store.deliveries.plan(planned, NOW)
    return database


def attempt(template: Path, log: Path, port: int, step: int) -> tuple[list[str], int]:
    """Kills a mailing at a step and runs it again; gives the broken promises and how many are unknown."""
    database = template.with_name("run.sqlite3")
    for path in template.parent.glob("run.sqlite3*"):
        path.unlink()
    shutil.copy(template, database)
    log.write_text("")
    killed = in_child(lambda: mail(database, port, step))
    in_child(lambda: mail(database, port, 0))
    with closing(Store(f"sqlite:///{database}")) as store:
        lines = list(StoredLedger.of(store.deliveries))
    unknown = sum(line.state is DeliveryState.UNKNOWN for line in lines)
    wrong = broken_promises(lines, Counter(log.read_text().split()))
    return [*wrong, *([] if killed == -signal.SIGKILL else ["it was not killed"])], unknown


def serve(folder: Path) -> None:
    """Runs the mail server until its input ends; prints its port."""
    with CountingMailbox(folder / "mail", folder / "received.txt") as mailbox:
        print(mailbox.port, flush=True)
        sys.stdin.read()


def run(folder: Path, count: int, every: int) -> dict[str, Any]:
    """Kills at every chosen step, one after the other."""
    started = time.monotonic()
    command = [sys.executable, __file__, "--serve", str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        port, log, template = int(server.stdout.readline()), folder / "received.txt", prepared(folder, count)
        probe = folder / "probe.sqlite3"
        shutil.copy(template, probe)
        steps = in_child(lambda: mail(probe, port, 0))
        chosen = range(1, steps + 1, every)
        outcomes = {}
        for step in chosen:
            outcomes[step] = attempt(template, log, port, step)
            print(f"\rstep {step} of {steps}", end="", file=sys.stderr, flush=True)
    return {
        "deliveries": count,
        "steps": steps,
        "killed_at": len(chosen),
        "unknown": sum(unknown for _, unknown in outcomes.values()),
        "broken": {step: wrong for step, (wrong, _) in outcomes.items() if wrong},
        "seconds": round(time.monotonic() - started, 1),
    }


def main() -> int:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--deliveries", type=int, default=200)
    parser.add_argument("--every", type=int, default=1, help="kill at every so many steps")
    parser.add_argument("--serve", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        serve(options.serve)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        report = run(Path(folder), options.deliveries, options.every)
    print(json.dumps(report, indent=2))
    return 1 if report["broken"] else 0


if __name__ == "__main__":
    sys.exit(main())
