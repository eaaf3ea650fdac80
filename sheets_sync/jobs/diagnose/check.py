"""One line of `doctor`."""

from __future__ import annotations

from dataclasses import dataclass

from sheets_sync.model import Message


@dataclass(frozen=True, slots=True)
class Check:
    """One line: what was looked at, whether it is well, and what to do if not."""

    about: str
    well: bool
    said: Message
