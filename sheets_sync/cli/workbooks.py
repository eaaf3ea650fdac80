"""`setup` and `adopt`: bringing workbooks in."""

from __future__ import annotations

from pathlib import Path

import click

from sheets_sync.cli.params import WORKBOOK
from sheets_sync.cli.session import Session, pass_session


@click.command()
@click.argument("workbook", type=WORKBOOK, metavar="[WORKBOOK]", required=False)
@pass_session
def setup(session: Session, workbook: str | None) -> int:
    """Prepare the tabs in a shared workbook.

    The office's own, if none is named. May be run again: it never touches what is filled in.
    """
    from sheets_sync.jobs.setup import set_up  # noqa: PLC0415 - pandas comes with it

    with session.app() as app:
        outcome = set_up(app, workbook or app.only_office().workbook)
    session.show(outcome.text(session.t), outcome.document(session.t))
    return outcome.status


@click.command()
@click.argument("workbook", type=WORKBOOK, metavar="WORKBOOK")
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), metavar="DIR", help="Save the proposed files here."
)
@pass_session
def adopt(session: Session, workbook: str, out: Path | None) -> None:
    """Propose how to read a workbook people already use.

    Gives a reason for each match; --out saves the proposed configuration.
    """
    from sheets_sync.jobs import adopt as adopting  # noqa: PLC0415 - pandas comes with it

    with session.app() as app:
        adoption = adopting.adopt(app, workbook)
    if out is not None:
        adopting.save(adoption, out)
    document = {
        "files": dict(adoption.files),
        "asked": adoption.asked,
        "unplaced": [{"cell": str(cell), "typed": typed} for cell, typed in adoption.proposal.unplaced],
    }
    session.show(adoption.text(session.t, out), document)
