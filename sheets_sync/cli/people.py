"""`forget`: a person asks to be taken out."""

from __future__ import annotations

import click

from sheets_sync.cli.session import Session, pass_session


@click.command()
@click.argument("address")
@click.option("--dry-run", is_flag=True, help="Say what would be done and change nothing.")
@pass_session
def forget(session: Session, address: str, dry_run: bool) -> int:
    """Take a person out of what is kept.

    They leave the contacts, messages that wait and the text of those that were sent, and wherever else they are named.
    That a report went out stays, without saying to whom. Says what only you can take out: the register's row in the
    sheet, files of the configuration that name them, earlier backups. May be run again.
    """
    from sheets_sync.jobs.forget import forget_job  # noqa: PLC0415 - pandas comes with it

    session.of_all()
    with session.app() as app:
        outcome = forget_job(app, address, dry_run=dry_run)
    session.show(outcome.text(session.t), outcome.document(session.t))
    return outcome.status
