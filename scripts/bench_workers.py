"""`python scripts/bench_workers.py`: a sync by two Dask workers on a PostgreSQL of its own, and what it survives; prints JSON.

Everybody types, one worker syncs; everybody types again, two workers do: the speed-up. Then everybody types and in the
middle of the run a worker is killed, the scheduler is killed, the database is restarted, one after the other; each time one
more run follows. At the end every figure that was ever typed was seen once, in its order, none lost and none doubled, and
what the sheets and the store say equals what one machine says of them. Needs initdb and the extra `dask`.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "support"))

from many_offices import NOW, Crowd, many_offices

WRITE = "sheets.spreadsheets.batchUpdate"
SEEN = "SELECT value FROM observations WHERE office = :office AND library = :library AND element = 'visits_onsite' AND period = :month ORDER BY id"


def free_port() -> int:
    with socket.socket() as made:
        made.bind(("127.0.0.1", 0))
        return int(made.getsockname()[1])


@dataclass(slots=True)
class Database:
    """A PostgreSQL server of our own."""

    folder: Path
    port: int = field(default_factory=free_port)

    @property
    def url(self) -> str:
        return f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/postgres"

    def tool(self, name: str, *words: str) -> None:
        """Runs one of its tools, as the user postgres where we are root."""
        binary = max(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), default=Path(name))
        who = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        subprocess.run([*who, str(binary), *words], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def start(self) -> None:
        settings = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder}"
        self.tool("pg_ctl", "-D", f"{self.folder}/db", "-w", "-l", f"{self.folder}/log", "-o", settings, "start")

    def stop(self) -> None:
        self.tool("pg_ctl", "-D", f"{self.folder}/db", "-w", "-m", "immediate", "stop")

    def restart(self) -> None:
        """As a crash and what comes after it."""
        self.stop()
        time.sleep(1)
        self.start()


@contextmanager
def database(folder: Path) -> Iterator[Database]:
    """The server, running."""
    folder.mkdir()
    if os.geteuid() == 0:
        subprocess.run(["chown", "postgres", str(folder)], check=True)
        for parent in folder.parents:
            parent.chmod(parent.stat().st_mode | 0o011) if parent.owner() == "root" and parent != Path("/") else None
    made = Database(folder)
    made.tool("initdb", "-D", f"{folder}/db", "-A", "trust", "-U", "postgres")
    made.start()
    try:
        yield made
    finally:
        made.stop()


@dataclass(slots=True)
class Cluster:
    """A scheduler and its workers, each a process."""

    here: Crowd
    port: int = field(default_factory=free_port)
    scheduler: subprocess.Popen[bytes] | None = None
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"tcp://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        ours = {"SHEETS_SYNC_GOOGLE_ENDPOINT": self.here.google.url, "SHEETS_SYNC_CONFIG": str(self.here.place.config)}
        return {**os.environ, **ours, "SHEETS_SYNC_STORE_URL": str(self.here.store_url)}

    def begin(self, *words: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, *words], env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )

    def start(self, workers: int) -> None:
        """Brings it to so many workers."""
        if self.scheduler is None:
            words = ("scheduler", "--host", "127.0.0.1", "--port", str(self.port), "--no-dashboard")
            self.scheduler = self.begin("-m", "dask", *words)
        while len(self.workers) < workers:
            quiet = ("--no-dashboard", "--no-nanny", "--nthreads", "1", "--death-timeout", "20")
            self.workers.append(self.begin("-m", "dask", "worker", self.address, *quiet))
        self.wait_for(workers)

    def wait_for(self, workers: int) -> None:
        from distributed import Client  # noqa: PLC0415 - an extra

        with Client(self.address, timeout=60) as client:
            client.wait_for_workers(workers, timeout=60)

    def kill_worker(self) -> None:
        killed(self.workers.pop())

    def kill_scheduler(self) -> None:
        killed(self.scheduler)
        self.scheduler = None
        while self.workers:
            killed(self.workers.pop())

    def stop(self) -> None:
        for each in (*self.workers, self.scheduler):
            killed(each)

    def sync(self, meanwhile: Callable[[], object] | None = None, after: int = 0) -> dict[str, Any]:
        """One sync by the workers; something befalls it after so many pages were written."""
        seen, began = self.here.google.log.count(WRITE), time.monotonic()
        requests = self.here.google.log.count("sheets.*")
        words = ("-m", "sheets_sync", "--now", NOW, "--json", "sync", "--scheduler", self.address)
        with self.begin(*words) as child:
            if meanwhile is not None:
                while child.poll() is None and self.here.google.log.count(WRITE) - seen < after:
                    time.sleep(0.02)
                meanwhile()
            output, _ = child.communicate(timeout=300)
        said = json.loads(output) if output.strip().startswith(b"{") else {}
        left = len(said.get("left", ()))
        seconds = time.monotonic() - began
        asked = [entry.time for entry in self.here.google.log.of("sheets.*")[requests:]]
        at_work = (max(asked) - min(asked)).total_seconds() if asked else 0.0
        return {"status": child.returncode, "left": left, "seconds": round(seconds, 1), "at work": round(at_work, 1)}


def killed(process: subprocess.Popen[bytes] | None) -> None:
    """SIGKILL, no last words."""
    if process is not None:
        process.send_signal(signal.SIGKILL)
        process.wait()


class Typist:
    """Everybody types a new figure; and looks at the end whether each was seen once."""

    def __init__(self, here: Crowd) -> None:
        self.here, self.typed = here, list[int]()

    def types(self) -> None:
        self.typed.append(500 + len(self.typed))
        for code in self.here.workbooks:
            self.here.retype(code, self.typed[-1])

    def wrong(self, url: str) -> list[str]:
        """Offices of which the store has not seen each figure once, in order."""
        engine = sqlalchemy.create_engine(url)
        month = 2024 * 12  # Period.ordinal of January
        with engine.connect() as connection:
            query = sqlalchemy.text(SEEN)
            seen = {
                code: list(connection.execute(query, {"office": code, "library": "desa-1", "month": month}).scalars())
                for code in self.here.workbooks
            }
        engine.dispose()
        return [code for code, values in seen.items() if values != [100, *self.typed]]


def trial(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """All of it."""
    with ExitStack() as running:
        server = running.enter_context(database(folder / "postgres"))
        crowd = many_offices(folder / "here", options.offices, options.credentials, store_url=server.url, threads=2)
        here = running.enter_context(crowd)
        here.google.conditions.latency = options.latency
        cluster, typist, said = Cluster(here), Typist(here), dict[str, Any]()
        running.callback(cluster.stop)
        cluster.start(1)
        said["first"] = cluster.sync()
        typist.types()
        said["one worker"] = cluster.sync()
        cluster.start(2)
        typist.types()
        said["two workers"] = cluster.sync()
        said["speed-up"] = round(said["one worker"]["at work"] / said["two workers"]["at work"], 2)
        third = len(here.workbooks) // 3
        for name, befalls in (
            ("a worker killed", cluster.kill_worker),
            ("the scheduler killed", cluster.kill_scheduler),
            ("the database restarted", server.restart),
        ):
            cluster.start(2)
            typist.types()
            said[name] = cluster.sync(befalls, third)
            cluster.start(2 if cluster.scheduler is None else len(cluster.workers))
            said[f"{name}: the run after"] = cluster.sync()
        said["not seen once each"] = typist.wrong(server.url)
        before = here.stands()
        said["one machine says the same"] = before == after_one_machine(here, cluster)
        return said


def after_one_machine(here: Crowd, cluster: Cluster) -> dict[str, Any]:
    """How things stand after this machine alone has read everything again."""
    with cluster.begin("-m", "sheets_sync", "--now", NOW, "sync", "--full") as child:
        child.communicate(timeout=300)
    return here.stands()


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--offices", type=int, default=16)
    parser.add_argument("--credentials", type=int, default=4)
    parser.add_argument("--latency", type=float, default=0.5, help="seconds that every request takes longer")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps({**vars(options), **trial(options, Path(folder))}, indent=2))


if __name__ == "__main__":
    main()
