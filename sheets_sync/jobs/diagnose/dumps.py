"""Backups of a store on PostgreSQL: made by its own tool at somebody's own time, looked at here."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from sheets_sync.app import App
from sheets_sync.jobs.diagnose.check import Check
from sheets_sync.model import Message, msg
from sheets_sync.store.url import parse_url, sqlite_file

MAX_AGE = timedelta(hours=36)  # of the newest one: made each night, and a night may be late


def dumps(app: App) -> Iterator[Check]:
    """Whether there is a dump of last night in the folder of backups that can be brought back; nothing of an SQLite store."""
    if sqlite_file(parse_url(app.settings.store_url)) is not None or not app.settings.store.backup.nightly:
        return
    folder, now = app.settings.backups, datetime.now().astimezone()  # files bear the computer's time
    newest = newest_of((path, path.stat().st_mtime) for path in folder.glob("*.dump")) if folder.is_dir() else None
    yield judged(folder, newest, now, readable)


def newest_of(files: Iterable[tuple[Path, float]]) -> tuple[Path, float] | None:
    """The file that was changed last, and when, in seconds of the epoch."""
    return max(files, key=lambda each: each[1], default=None)


def judged(folder: Path, newest: tuple[Path, float] | None, now: datetime, against: Callable[[Path], str]) -> Check:
    """What to say of the newest dump; `against` says what is wrong with a file, if anything."""
    if newest is None:
        return Check("backup", False, _missing(folder))
    path, changed = newest
    at = datetime.fromtimestamp(changed, now.tzinfo)
    if now - at > MAX_AGE:
        said = msg("The newest dump is of {moment}: {path}. {remedy}", moment=at, path=path, remedy=_missing(folder))
        return Check("backup", False, said)
    if problem := against(path):
        return Check("backup", False, msg("The dump {path} can't be read: {problem}.", path=path, problem=problem))
    return Check("backup", True, msg("The newest dump is of {moment}: {path}.", moment=at, path=path))


def readable(path: Path) -> str:
    """What `pg_restore` says against a dump; "" where it can list it, or where the tool is not on this computer."""
    tool = shutil.which("pg_restore")
    if tool is None:
        return ""
    done = subprocess.run(  # noqa: S603 - the tool that would bring it back, and a file of our own folder
        [tool, "--list", str(path)], capture_output=True, text=True, check=False
    )
    return "" if done.returncode == 0 else next(iter(done.stderr.splitlines()), "pg_restore")


def _missing(folder: Path) -> Message:
    return msg(
        "No dump of last night is in {folder}. Each night run: pg_dump --format=custom --file={folder}/$(date +%F).dump "
        "DATABASE. If you keep them elsewhere, set `backup: folder` in store.yaml, or `nightly: false`.",
        folder=folder,
    )
