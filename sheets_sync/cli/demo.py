"""`demo`: everything on this machine, no account."""

from __future__ import annotations

from pathlib import Path

import click

from sheets_sync.cli.browser import stay_open
from sheets_sync.cli.session import Session, pass_session
from sheets_sync.errors import UsageError
from sheets_sync.model import msg
from sheets_sync.model.foreign import said_by


@click.command()
@click.option(
    "--dir",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    default=Path("demo"),
    show_default=True,
    help="Where it is made.",
)
@click.option("--open", "opened", is_flag=True, help="Look at it and touch it in a browser, with a tour.")
@pass_session
def demo(session: Session, folder: Path, *, opened: bool) -> None:
    """Show the whole job on this machine, without any account.

    Sheets on a local Google, a sync, Rekap, an explained score, and reports in a local mailbox. With --open the sheet and
    a panel stay in a browser until you stop it.
    """
    try:
        from rich.console import Console  # noqa: PLC0415 - imported when used

        from sheets_sync.demo.panel.app import Panel  # noqa: PLC0415 - an optional extra
        from sheets_sync.demo.show import demo as show  # noqa: PLC0415 - an optional extra
    except ImportError as error:
        raise UsageError(
            msg("The demo needs more packages: pip install 'sheets-sync[demo]' ({problem}).", problem=said_by(error))
        ) from error
    session.log()
    if opened:
        with Panel(folder, session.t) as panel:
            stay_open(session, panel.address)
        return
    made = show(folder, session.t, Console(stderr=session.as_json))
    if session.as_json:
        session.show("", made)
