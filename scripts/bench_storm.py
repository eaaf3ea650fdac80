"""The storm of `scripts/bench_offices.py storm`: the service beats each minute, and one credential meets nothing but 503.

Somebody types in every office, waits until the offices of the others say so in Rekap, and types again, for as long as the
storm lasts. Then it is over, and the struck ones follow. The operator's mailbox says what was told.
"""

from __future__ import annotations

import argparse
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

from many_offices import MOMENT, Crowd, many_offices

from sheets_sync.clock import clock_from
from sheets_sync.demo.mailbox import Login, Mailbox
from sheets_sync.local_google.faults import FaultKind, Rule

READ, WRITE = "sheets.spreadsheets.get", "sheets.spreadsheets.batchUpdate"
WAIT = 300.0  # seconds until an office counts as not done
OPERATOR = "operator@example.org"
SOON: dict[str, Any] = {"failing_hours": 0.025, "calm_minutes": 0.5}  # a minute and a half of trouble is told


@dataclass(slots=True)
class Writes:
    """How often each office's pages were written, by code, and when last."""

    here: Crowd
    times: Counter[str] = field(default_factory=Counter)
    at: dict[str, float] = field(default_factory=dict)

    def note(self, entry: Any) -> None:
        if entry.method == WRITE and entry.status == 200:
            for code, workbook in self.here.workbooks.items():
                if workbook in entry.path:
                    self.times[code] += 1
                    self.at[code] = time.monotonic()

    def after_typing(self, typed: set[str], awaited: set[str], figure: int) -> dict[str, float]:
        """Types in some offices; after how many seconds those that are awaited say so."""
        before, began = Counter(self.times), time.monotonic()
        for code in typed:
            self.here.retype(code, figure)
        until(lambda: all(self.times[code] > before[code] for code in awaited))
        return {code: self.at[code] - began for code in awaited if self.times[code] > before[code]}


def until(so: Callable[[], bool]) -> None:
    end = time.monotonic() + WAIT
    while not so() and time.monotonic() < end:
        time.sleep(0.05)


def storm(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """All of it."""
    login, clock, credentials = Login("laporan", "rahasia"), clock_from(MOMENT), max(2, options.credentials)
    with (
        Mailbox(folder / "mailbox", login) as mailbox,
        many_offices(folder / "here", options.offices, credentials, options.libraries, clock=clock) as here,
    ):
        here.place.configure("mail.yaml", {"port": mailbox.port, "ca_file": str(mailbox.ca_file)})
        here.place.configure("service.yaml", {"sync_every": 1, "notify": {"mail": [OPERATOR], **SOON}})
        here.google.conditions.latency = options.latency
        writes = Writes(here)
        here.google.log.watch(writes.note)
        struck = {code for code, key in here.credentials.items() if key == "key-1"}
        with service(here, login):
            until(lambda: len(writes.times) == len(here.workbooks))
            rounds = list(_rounds(here, writes, struck, options.minutes * 60))
            failed = here.google.conditions.struck[FaultKind.UNAVAILABLE]
            here.google.conditions.clear()
            over, before = time.monotonic(), Counter(writes.times)
            until(lambda: all(writes.times[code] > before[code] for code in struck))
            recovered = time.monotonic() - over
            until(lambda: len(told(mailbox)) > 1 or not rounds[1:])
        others = set(here.workbooks) - struck
        return {
            "offices": {"struck": len(struck), "others": len(others)},
            "rounds_in_the_storm": len(rounds),
            "others_in_time": [sum(code in each for code in others) for each in rounds],
            "slowest_of_each_round": [round(max(each.values(), default=WAIT), 1) for each in rounds],
            "requests_that_failed": failed,
            "struck_ones_written_after_its_end": {
                "all": all(writes.times[c] > before[c] for c in struck),
                "seconds": round(recovered, 1),
            },
            "told": told(mailbox),
        }


def _rounds(here: Crowd, writes: Writes, struck: set[str], seconds: float) -> Iterator[dict[str, float]]:
    """The storm: of each round, after how many seconds each office of the others said what was typed."""
    account, end = here.google.account("key-1").email, time.monotonic() + seconds
    here.google.conditions.rules.append(Rule(FaultKind.UNAVAILABLE, "sheets.*", account=account, times=None))
    everybody, number = set(here.workbooks), 0
    while time.monotonic() < end:
        number += 1
        yield writes.after_typing(everybody, everybody - struck, 300 + number)


@contextmanager
def service(here: Crowd, login: Login) -> Iterator[None]:
    """The service, at work."""
    line, environment = here.command("run")
    secrets = {"SHEETS_SYNC_SMTP_USERNAME": login.username, "SHEETS_SYNC_SMTP_PASSWORD": login.password}
    with subprocess.Popen(
        line, env={**environment, **secrets}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as child:
        try:
            yield
        finally:
            child.send_signal(signal.SIGTERM)


def told(mailbox: Mailbox) -> list[str]:
    """The subjects of what the operator was told, in order."""
    messages = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in mailbox.kept.messages]
    return [str(each["Subject"]) for each in messages if OPERATOR in str(each["To"])]
