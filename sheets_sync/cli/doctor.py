"""`doctor`: what is wrong, and the exact thing to do."""

from __future__ import annotations

from typing import Any

import click

from sheets_sync.cli.session import Session, pass_session
from sheets_sync.cli.terminal import tell
from sheets_sync.errors import SheetsSyncError, WorkbookError
from sheets_sync.model import Message


@click.command()
@pass_session
def doctor(session: Session) -> int:
    """Say what is wrong, and the exact thing to do.

    Looks at configuration, keys, sharing, tabs, mail server, clock and store.
    """
    from sheets_sync.jobs.diagnose import examine  # noqa: PLC0415 - pandas comes with it

    lines, status, session.tells_left_out = [], 0, True
    try:
        with session.app() as app:
            for check in examine(app):
                lines.append(_line(session, check.about, check.said, well=check.well))
                status = status if check.well else WorkbookError.exit_code
    except SheetsSyncError as error:  # what no command could begin with is a line, too
        lines.append(_line(session, error.kind.value, error.message, well=False))
        status = error.exit_code
    if session.as_json:
        session.show("", lines)
    return status


def _line(session: Session, about: str, said: Message, *, well: bool) -> dict[str, Any]:
    """A line, told as it is found; with --json only kept."""
    if not session.as_json:
        tell(f"{'✓' if well else '✗'} {session.t(said)}")
    return {"about": about, "well": well, "said": session.t(said)}
