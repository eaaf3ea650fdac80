"""An installation kept as it stands, to which it is brought back as often as one likes: built once, lived through many times."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from installation import Installation
from ready_store import emptied, rows_of_all

from sheets_sync.mail.files import KeptMail

_PARTS = ("config", "data", "mail")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a configuration, a store, a mailbox and a Drive held at a moment."""

    folder: Path
    now: datetime
    drive: Callable[[], None]  # puts the local Google's files back
    rows: dict[str, list[tuple[object, ...]]] | None  # of a store that is no file


def snapshot(here: Installation, folder: Path) -> Snapshot:
    """Keeps an installation in a folder. Nobody may have its store open."""
    for part in _PARTS:
        shutil.copytree(here.place.folder / part, folder / part)
    store = here.settings().store.url
    return Snapshot(folder, here.clock.now, _drive(here), rows_of_all(store) if store else None)


def bring_back(here: Installation, kept: Snapshot) -> None:
    """All is as it was when it was kept; Google and the mail server go on running."""
    for part in _PARTS:
        shutil.rmtree(here.place.folder / part, ignore_errors=True)
        shutil.copytree(kept.folder / part, here.place.folder / part)
    here.clock.now = kept.now
    here.mailbox.kept = KeptMail(here.place.mail)
    here.mailbox._refused.clear()
    here.google.conditions.clear()
    here.google.conditions.quota = None
    here.google.conditions.struck.clear()
    here.google.log.clear()
    here.google.log._watchers.clear()
    kept.drive()
    if kept.rows is not None:
        emptied(here.settings().store.url, kept.rows)


@dataclass(frozen=True, slots=True)
class Kept:
    """An installation that a module makes once, for all of its tests; each has it as it was then."""

    here: Installation
    made: Snapshot

    @classmethod
    def of(cls, here: Installation) -> Kept:
        """An installation as it stands now. Nobody may have its store open."""
        return cls(here, snapshot(here, here.place.folder.with_name(f"{here.place.folder.name}-as-made")))

    def again(self) -> Installation:
        """As it was made, whatever became of it since."""
        bring_back(self.here, self.made)
        return self.here


def _drive(here: Installation) -> Callable[[], None]:
    drive = here.google._files
    files, books, contents, changes = dict(drive.files), dict(drive.books), dict(drive.contents), list(drive.changes)

    def back() -> None:
        drive.files, drive.books, drive.contents = dict(files), dict(books), dict(contents)
        drive.changes[:] = changes

    return back
