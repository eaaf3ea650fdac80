"""`setup` and `adopt`: bringing workbooks in."""

from __future__ import annotations

import click

from sheets_sync.cli.session import Session, pass_session


@click.command()
@click.argument("workbook", metavar="WORKBOOK")
@pass_session
def setup(session: Session, workbook: str) -> int:
    """Prepare the tabs in a shared workbook; may be run again, never touches what is filled in."""
    from sheets_sync.setting_up import set_up  # noqa: PLC0415 - pandas comes with it

    with session.app() as app:
        outcome = set_up(app, workbook)
    session.show(outcome.text(session.t), outcome.document(session.t))
    return outcome.status
