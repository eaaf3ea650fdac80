"""`demo`: everything on this machine, no account."""

from __future__ import annotations

from pathlib import Path

import click

from sheets_sync.cli.session import Session, pass_session
from sheets_sync.errors import UsageError
from sheets_sync.model import msg


@click.command()
@click.option(
    "--dir", "folder", type=click.Path(path_type=Path, file_okay=False), default=Path("demo"), show_default=True
)
@pass_session
def demo(session: Session, folder: Path) -> None:
    """Show the whole job on this machine, without any account.

    Sheets on a local Google, a sync, Rekap, an explained score, and reports in a local mailbox.
    """
    try:
        from rich.console import Console  # noqa: PLC0415 - imported when used

        from sheets_sync.demo.show import demo as show  # noqa: PLC0415 - an optional extra
    except ImportError as error:
        raise UsageError(
            msg("The demo needs more packages: pip install 'sheets-sync[demo]' ({problem}).", problem=error)
        ) from error
    session.log()
    made = show(folder, session.t, Console(stderr=session.as_json))
    if session.as_json:
        session.show("", made)
