"""What `bench_workers.py` works in: a PostgreSQL of its own, a scheduler and its workers, each a process, all by TLS."""

from __future__ import annotations

import json
import os
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import dask
from many_offices import NOW, Crowd

from sheets_sync.demo.mailbox.certificate import write_certificate

PATIENCE = 600.0  # seconds that a run may take
WRITE = "sheets.spreadsheets.batchUpdate"


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

    def another(self, name: str) -> str:
        """The address of one more database on it."""
        self.tool("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres", name)
        return self.url.removesuffix("postgres") + name

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


CERTIFIED: dict[str, str] = {}  # as environment variables of Dask's


@contextmanager
def certified(folder: Path) -> Iterator[None]:
    """One pair of key and certificate for all of them, which vouches for itself."""
    ours = str(write_certificate(folder / "ours.pem"))
    names = ["ca-file", *(f"{who}.{part}" for who in ("client", "scheduler", "worker") for part in ("cert", "key"))]
    for name in names:
        CERTIFIED[f"DASK_DISTRIBUTED__COMM__TLS__{name.replace('.', '__').replace('-', '_').upper()}"] = ours
    with dask.config.set({f"distributed.comm.tls.{name}": ours for name in names}):
        yield


@dataclass(slots=True)
class Cluster:
    """A scheduler and its workers, each a process."""

    here: Crowd
    port: int = field(default_factory=free_port)
    scheduler: subprocess.Popen[bytes] | None = None
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"tls://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        ours = {"SHEETS_SYNC_GOOGLE_ENDPOINT": self.here.google.url, "SHEETS_SYNC_CONFIG": str(self.here.place.config)}
        return {**os.environ, **ours, **CERTIFIED, "SHEETS_SYNC_STORE_URL": str(self.here.store_url)}

    def begin(self, *words: str, heard: bool = False) -> subprocess.Popen[bytes]:
        """A process of Python's; what it prints is `heard`, or goes nowhere: a pipe that nobody empties stops who writes."""
        output = subprocess.PIPE if heard else subprocess.DEVNULL
        return subprocess.Popen(
            [sys.executable, *words], env=self.environment, stdout=output, stderr=subprocess.DEVNULL
        )

    def run(self, *words: str, meanwhile: Callable[[subprocess.Popen[bytes]], object] = bool) -> tuple[int, bytes]:
        """A command of the program to its end: its status, and what it printed.

        Raises:
            TimeoutExpired: it did not end. It is killed; and whoever looks finds what it was at in the server's log.
        """
        with self.begin("-m", "sheets_sync", "--now", NOW, *words, heard=True) as child:
            try:
                meanwhile(child)
                output, _ = child.communicate(timeout=PATIENCE)
            finally:
                child.kill()  # one that has not ended would be waited for
        return child.returncode, output

    def start(self, workers: int) -> None:
        """Brings it to so many workers."""
        if self.scheduler is None:
            words = ["scheduler", "--protocol", "tls", "--host", "127.0.0.1", "--port", str(self.port)]
            self.scheduler = self.begin("-m", "dask", *words, "--no-dashboard")
        while len(self.workers) < workers:
            quiet = ("--no-dashboard", "--no-nanny", "--nthreads", "4", "--death-timeout", "20")
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

    def sync(
        self, meanwhile: Callable[[], object] | None = None, after: int = 0, *, alone: bool = False
    ) -> dict[str, Any]:
        """One sync by the workers (or without them); something befalls it after so many pages were written."""
        began, used = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
        before = [processor(each) for each in self.workers]
        wait = partial(self._befall, meanwhile, after) if meanwhile else bool
        words = () if alone else ("--scheduler", self.address)
        status, output = self.run("--json", "sync", *words, meanwhile=wait)
        said = json.loads(output) if output.strip().startswith(b"{") else {}
        spent = [round(processor(each) - had, 2) for each, had in zip(self.workers, before, strict=False)]
        spent_by, seconds = resource.getrusage(resource.RUSAGE_CHILDREN), round(time.monotonic() - began, 1)
        own = round(spent_by.ru_utime + spent_by.ru_stime - used.ru_utime - used.ru_stime, 2)
        told = {"status": status, "left": len(said.get("left", ())), "seconds": seconds}
        if meanwhile is not None:  # whoever was killed would count
            return told
        return {**told, "process": own, **({} if alone else {"workers": spent})}

    def _befall(self, befalls: Callable[[], object], after: int, child: subprocess.Popen[bytes]) -> None:
        """Once so many pages were written since, or the run is over already."""
        seen, until = self.here.google.log.count(WRITE), time.monotonic() + PATIENCE
        while child.poll() is None and self.here.google.log.count(WRITE) - seen < after and time.monotonic() < until:
            time.sleep(0.02)
        befalls()


def processor(process: subprocess.Popen[bytes]) -> float:
    """Processor seconds of a process until now, as Linux counts them; none of one that is gone."""
    try:
        fields = Path(f"/proc/{process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def killed(process: subprocess.Popen[bytes] | None) -> None:
    """SIGKILL, no last words."""
    if process is not None:
        process.send_signal(signal.SIGKILL)
        process.wait()
