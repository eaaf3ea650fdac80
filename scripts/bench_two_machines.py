"""`python scripts/bench_two_machines.py`: two services on two machines share one PostgreSQL on the day of the report; prints JSON.

Each has a configuration and a folder of its own. Somebody typed in every office; both begin at the same instant at the
report's moment and beat until every office's report is out, then twice more. Each office has to have been read once,
written once and mailed once, by whoever was the faster. Needs initdb and the extra `postgres`.
"""

from __future__ import annotations

import argparse
import json
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "support"))

from bench_cluster import database
from many_offices import MOMENT, Crowd, many_offices
from ruamel.yaml import YAML

from sheets_sync.clock import Clock, clock_from
from sheets_sync.demo.mailbox import Login, Mailbox

READ, WRITE = "sheets.spreadsheets.get", "sheets.spreadsheets.batchUpdate"
REPORT = datetime.fromisoformat("2024-11-08T08:00:20+07:00")
LOGIN = Login("laporan", "rahasia")
BEAT, PATIENCE = 60.0, 300.0  # seconds


class Moment:
    """Google's clock, which can be set."""

    def __init__(self) -> None:
        self.clock: Clock = lambda: MOMENT

    def __call__(self) -> datetime:
        return self.clock()


def machines(here: Crowd) -> list[Path]:
    """Two configurations that differ in the folder of locks and files alone."""
    folders, yaml = [], YAML(typ="rt")
    for name in ("one", "other"):
        folder = here.place.folder / f"config-{name}"
        shutil.copytree(here.place.config, folder)
        document = yaml.load(folder / "store.yaml")
        document["folder"] = f"../data-{name}"
        yaml.dump(document, folder / "store.yaml")
        folders.append(folder)
    return folders


def begin(here: Crowd, config: Path, *words: str) -> subprocess.Popen[bytes]:
    """A command of one of the machines."""
    line, environment = here.command(*words)
    line[line.index("--config") + 1] = str(config)
    secrets = {"SHEETS_SYNC_SMTP_USERNAME": LOGIN.username, "SHEETS_SYNC_SMTP_PASSWORD": LOGIN.password}
    return subprocess.Popen(line, env={**environment, **secrets}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def arrived(mailbox: Mailbox, since: int) -> Counter[str]:
    """How often each message came, by its recipient and id."""
    found = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in mailbox.kept.messages[since:]]
    return Counter(f"{each['To']} {each['Message-ID']}" for each in found)


def until(so: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not so() and time.monotonic() < end:
        time.sleep(0.2)


def trial(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """All of it."""
    with ExitStack() as running:
        server, moment = running.enter_context(database(folder / "postgres")), Moment()
        mailbox = running.enter_context(Mailbox(folder / "mailbox", LOGIN))
        here = running.enter_context(
            many_offices(folder / "here", options.offices, 2, store_url=server.url, clock=moment)
        )
        here.place.configure("mail.yaml", {"port": mailbox.port, "ca_file": str(mailbox.ca_file)})
        both = machines(here)
        by_hand = [
            begin(here, both[0], *words).wait(PATIENCE) for words in (["sync"], ["report", "--period", "2024-09"])
        ]
        moment.clock = clock_from(REPORT)
        for code in here.workbooks:
            here.retype(code, 321)
        here.google.log.clear()
        before = len(mailbox.kept.messages)
        services = [begin(here, each, "run") for each in both]
        until(lambda: len(arrived(mailbox, before)) >= options.offices)
        time.sleep(options.beats * BEAT)
        for each in services:
            each.send_signal(signal.SIGTERM)
        ended = [each.wait(60) for each in services]
        return {"by_hand": by_hand, "ended": ended, **told(here, arrived(mailbox, before))}


def told(here: Crowd, mails: Counter[str]) -> dict[str, Any]:
    """How often each office was read, written and mailed."""
    ours = {here.google.account(key).email for key in here.credentials.values()}
    done = {
        method: Counter(
            sum(
                book in entry.path
                for entry in here.google.log.of(method)
                if entry.account in ours and entry.status < 300
            )
            for book in here.workbooks.values()
        )
        for method in (READ, WRITE)
    }
    return {
        "offices_by_reads": dict(done[READ]),
        "offices_by_writes": dict(done[WRITE]),
        "recipients": len(mails),
        "mails_by_copies": dict(Counter(mails.values())),
    }


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--offices", type=int, default=12)
    parser.add_argument("--beats", type=float, default=2, help="that the services go on after the last report")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps({**vars(options), **trial(options, Path(folder))}, indent=2))


if __name__ == "__main__":
    main()
