"""A PostgreSQL server for tests: made in memory, asked over a socket, thrown away. Needs its programs on this machine."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

SERVER = "SHEETS_SYNC_TEST_POSTGRES"
MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of its own is made in it
# What is thrown away need not outlast the machine; many small databases at once.
HASTE = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    "max_connections": "300",
    "dynamic_shared_memory_type": "mmap",  # in its own folder, which is removed whatever happens
    "listen_addresses": "127.0.0.1",
}


def programs() -> Path | None:
    """The folder of the newest server's programs; None where there is no server."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda each: int(each.parts[-3]))
    named = shutil.which("initdb")
    return found[-1].parent if found else Path(named).parent if named else None


@contextmanager
def own_postgres() -> Iterator[str]:
    """The address of a server that nobody else uses; it ends with the block.

    Raises:
        FileNotFoundError: PostgreSQL is not installed here.
    """
    where = programs()
    if where is None:
        raise FileNotFoundError("PostgreSQL is not installed: apt-get install postgresql")
    with TemporaryDirectory(dir=MEMORY if os.access(MEMORY, os.W_OK) else None) as folder:
        _own(Path(folder))
        _run(where / "initdb", "-D", f"{folder}/db", "-A", "trust", "-U", "postgres", "-N")
        haste = " ".join(f"-c {name}={value}" for name, value in HASTE.items())
        started = f"{haste} -c port={(port := _free_port())} -c unix_socket_directories={folder}"
        with at_our_end(*_as_owner(where / "pg_ctl", "-D", f"{folder}/db", "-m", "fast", "stop"), leave=folder):
            _run(where / "pg_ctl", "-D", f"{folder}/db", "-w", "-l", f"{folder}/log", "-o", started, "start")
            yield f"postgresql+psycopg://postgres@127.0.0.1:{port}/postgres"


@contextmanager
def at_our_end(*command: str, leave: str) -> Iterator[None]:
    """Runs a command at the end of the block and removes a folder, also when this process is killed in it.

    A shell waits for a pipe to close whose other end is ours alone: whatever ends us closes it.
    """
    waits = ["/bin/sh", "-c", 'cat >/dev/null; "$@"; rm -rf "$0"', leave, *command]
    with subprocess.Popen(waits, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, cwd="/", start_new_session=True):
        yield


def _own(folder: Path) -> None:
    """A server refuses to be run by root: it runs as the user that its package made."""
    if _is_root():
        shutil.chown(folder, "postgres")


def _run(program: Path, *words: str) -> None:
    subprocess.run(_as_owner(program, *words), check=True, stdout=subprocess.DEVNULL, cwd="/")


def _as_owner(program: Path, *words: str) -> list[str]:
    as_whom = ("runuser", "-u", "postgres", "--") if _is_root() else ()
    return [*as_whom, str(program), *words]


def _is_root() -> bool:
    return hasattr(os, "getuid") and os.getuid() == 0


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as opened:
        port: int = opened.getsockname()[1]
    return port
