"""`setup`, `new-year`, `adopt`: bringing workbooks in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sheets_sync.cli.browser import stay_open
from sheets_sync.cli.params import WORKBOOK, parse_month
from sheets_sync.cli.session import Session, pass_session
from sheets_sync.errors import UsageError
from sheets_sync.model import msg
from sheets_sync.model.foreign import said_by

if TYPE_CHECKING:
    from sheets_sync.app import App
    from sheets_sync.jobs.adopt import Adoption


@click.command()
@click.argument("workbook", type=WORKBOOK, metavar="[WORKBOOK]", required=False)
@pass_session
def setup(session: Session, workbook: str | None) -> int:
    """Prepare the tabs in a shared workbook.

    The office's own, if none is named. May be run again: it never touches what is filled in.
    """
    from sheets_sync.jobs.setup import set_up  # noqa: PLC0415 - pandas comes with it

    session.tells_left_out = True
    with session.app() as app:
        outcome = set_up(app, workbook or app.only_office().workbook)
    session.show(outcome.text(session.t), outcome.document(session.t))
    return outcome.status


@click.command("new-year")
@click.argument("workbook", type=WORKBOOK, metavar="WORKBOOK")
@click.option("--from", "first", metavar="MONTH", help="The year's first month (of the year that begins next).")
@pass_session
def new_year(session: Session, workbook: str, first: str | None) -> int:
    """Carry register and settings into a new workbook.

    The office goes on in it; the old one stays an input, so that corrections there still count.
    """
    from sheets_sync.jobs.new_year import new_year as carry  # noqa: PLC0415 - pandas comes with it
    from sheets_sync.jobs.years import next_year  # noqa: PLC0415 - as above

    session.tells_left_out = True
    with session.app() as app:
        office = app.only_office()
        month = parse_month(first) if first else next_year(office, app.clock())
        outcome = carry(app, office, workbook, month)
    session.show(outcome.text(session.t), outcome.document(session.t))
    return outcome.made.status


@click.command()
@click.argument("workbook", type=WORKBOOK, metavar="WORKBOOK")
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), metavar="DIR", help="Save the proposed files here."
)
@click.option("--open", "opened", is_flag=True, help="Accept and correct the matches in a browser on this computer.")
@pass_session
def adopt(session: Session, workbook: str, out: Path | None, *, opened: bool) -> None:
    """Propose how to read a workbook people already use.

    Gives a reason for each match; --out saves the proposed configuration. With --open it is a page in a browser, where
    matches are corrected with the mouse and the configuration is downloaded; nothing is written to the workbook.
    """
    from sheets_sync.jobs import adopt as adopting  # noqa: PLC0415 - pandas comes with it

    session.tells_left_out = True
    with session.app() as app:
        adoption = adopting.adopt(app, workbook)
        if opened:
            _on_a_page(session, app, adoption)
            return
    if out is not None:
        adopting.save(adoption, out)
    document = {
        "files": dict(adoption.files),
        "asked": adoption.asked,
        "unplaced": [{"cell": str(cell), "typed": typed} for cell, typed in adoption.proposal.unplaced],
    }
    session.show(adoption.text(session.t, out), document)


def _on_a_page(session: Session, app: App, adoption: Adoption) -> None:
    """The proposal in a browser, until somebody stops it."""
    try:
        from sheets_sync.web.adoption import AdoptPages, Desk  # noqa: PLC0415 - an optional extra
        from sheets_sync.web.server import LocalPages  # noqa: PLC0415 - an optional extra
    except ImportError as error:
        raise UsageError(
            msg(
                "Pages in a browser need more packages: pip install 'sheets-sync[demo]' ({problem}).",
                problem=said_by(error),
            )
        ) from error
    then = (
        msg("Download the configuration and look through it."),
        msg("Put its files into the folder {folder}.", folder=app.settings.environment.config),
        msg("Run `sheets-sync sync --dry-run`, look at what it would write, then `sheets-sync sync`."),
    )
    with LocalPages(AdoptPages(Desk(app, adoption, session.t), then).routes, t=session.t) as pages:
        stay_open(session, pages.address)
