"""Where a file that was asked for goes: to a path, or to standard output."""

from __future__ import annotations

import sys
from pathlib import Path

from sheets_sync.cli.session import Session
from sheets_sync.cli.terminal import tell
from sheets_sync.config.private import private_file


def give_out(session: Session, content: bytes, out: Path | None, note: str) -> None:
    """Writes the content to a file that only its owner may open, and says so; without one, to standard output."""
    if out is None:
        to_standard_output(content)
        return
    private_file(out).write_bytes(content)
    session.note(note)


def to_standard_output(content: bytes) -> None:
    """The bytes as they are; on a terminal their text, made harmless."""
    if sys.stdout.isatty():
        tell(content.decode("utf-8-sig").rstrip("\n"))
    else:
        sys.stdout.buffer.write(content)
