"""The nightly backup: a copy of the store that was opened and found sound, and the old ones that may go."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sheets_sync.app import App
from sheets_sync.i18n import Language
from sheets_sync.notify.snapshot import BackupState
from sheets_sync.store.backup import copy_store
from sheets_sync.store.url import parse_url, sqlite_file

_NAME = re.compile(r"store-(\d{4}-\d{2})-\d{2}\.sqlite3")
RETRY = timedelta(hours=1)  # after a backup that failed


@dataclass(frozen=True, slots=True)
class BackupOutcome:
    """Where the copy is, and how many older ones went."""

    path: Path
    dropped: int = 0
    status: int = 0

    def text(self, t: Language) -> str:
        """The outcome in a line."""
        return t("The store was copied to {path}; older copies that went: {count}.", path=self.path, count=self.dropped)

    def document(self, t: Language) -> dict[str, Any]:
        """The outcome as JSON."""
        del t
        return {"backup": str(self.path), "dropped": self.dropped, "status": self.status}


def back_up(app: App) -> BackupOutcome:
    """Copies the store, looks whether the copy is sound, and lets go of old copies.

    Raises:
        StoreError: there is no room, or the store is damaged; older copies stay.
    """
    options, folder = app.settings.store.backup, app.settings.backups
    today = app.clock().astimezone(app.settings.reporting[0].zone).date()
    target = folder / f"store-{today}.sqlite3"
    copy_store(app.settings.store_url, target)
    old = to_drop((path.name for path in folder.iterdir()), options.keep, options.keep_months)
    for name in old:
        (folder / name).unlink(missing_ok=True)
    return BackupOutcome(target, len(old))


def to_drop(names: Iterable[str], keep: int, keep_months: int) -> list[str]:
    """The copies that may go: all but the newest so many, and of the newest months the last one of each. Pure.

    By their number and not their age: no clock that is wrong makes them go.
    """
    months = {name: found[1] for name in names if (found := _NAME.fullmatch(name))}
    copies = sorted(months, reverse=True)
    last_of_month: dict[str, str] = {}
    for name in copies:
        last_of_month.setdefault(months[name], name)
    kept = {*copies[:keep], *list(last_of_month.values())[:keep_months]}
    return [name for name in copies if name not in kept]


def backup_due(app: App) -> bool:
    """Whether tonight's copy is still to be made; before the first run there is nothing to copy."""
    state, now = backup_state(app), app.clock()
    if state is None:
        return False
    tonight = newest_moment(now, app.settings.store.backup.at, app.settings.reporting[0].zone)
    done = state.last is not None and tonight <= state.last <= now
    tried = app.store.runs.last("backup")
    resting = tried is not None and timedelta() <= now - tried.started_at < RETRY
    return not done and not resting and state.since < tonight


def newest_moment(now: datetime, at: time, zone: ZoneInfo) -> datetime:
    """The last time that the clock on the office's wall showed the time of backups."""
    here = now.astimezone(zone)
    today = datetime.combine(here.date(), at, zone)
    return today if today <= here else datetime.combine(here.date() - timedelta(days=1), at, zone)


def backup_state(app: App) -> BackupState | None:
    """How the backups stand; None: none are made, because they are switched off or the store is no SQLite file."""
    began = app.store.runs.first_start()
    if not app.settings.store.backup.nightly or sqlite_file(parse_url(app.settings.store_url)) is None or began is None:
        return None
    zone = app.settings.reporting[0].zone
    good, last = app.store.runs.last_good(app.clock(), "backup"), app.store.runs.last("backup")
    problem = str(last.detail.get("problem", "")) if last and last.status else ""
    return BackupState(good.started_at.astimezone(zone) if good else None, began.astimezone(zone), problem)
