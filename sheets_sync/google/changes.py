"""Which workbooks to read: decided from one Drive list and what we remember. Pure.

Drive raises a file's version with every change, our own write included. Our write asks for the workbook as it is
afterwards, so we know whether somebody typed between our read and our write. If nobody did, and the next list shows
our account as the last to modify, at the time of our write, the new version is ours and nothing needs to be read.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

# Drive's time of a write and the Date of its answer come from clocks that agree to about a second.
WRITE_MARGIN = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class FileVersion:
    """A workbook in Drive's list. `editor` is None where the last editor was not signed in."""

    workbook: str
    title: str
    version: str
    modified: datetime
    editor: str | None
    by_me: bool
    trashed: bool = False
    can_edit: bool = True  # we may write there, not only look


@dataclass(frozen=True, slots=True)
class Seen:
    """What we remember of a workbook.

    `wrote_until` is the Date of the answer to our last write, None if nothing was written since the last read;
    `dirty` is set where that answer showed inputs other than those we had read, or never came.
    """

    version: str | None
    dirty: bool
    wrote_until: datetime | None


class Verdict(Enum):
    """What to do about a workbook."""

    UNCHANGED = auto()
    OWN_WRITE = auto()  # the version is new because of our own write
    READ = auto()


def judge(seen: Seen | None, listed: FileVersion | None, ours: frozenset[str]) -> Verdict:
    """What to do; `ours` are the addresses of our accounts. One that is not listed, or in the bin, is read to learn why."""
    if seen is None or seen.version is None or seen.dirty or listed is None or listed.trashed:
        return Verdict.READ
    if seen.version == listed.version:
        return Verdict.UNCHANGED
    own = listed.by_me or listed.editor in ours
    if own and seen.wrote_until is not None and listed.modified <= seen.wrote_until + WRITE_MARGIN:
        return Verdict.OWN_WRITE
    return Verdict.READ
