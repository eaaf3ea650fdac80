"""`mail-test`: one real mail."""

from __future__ import annotations

import click

from sheets_sync.cli.session import Session, pass_session
from sheets_sync.errors import UsageError
from sheets_sync.model import msg
from sheets_sync.model.address import recipient


@click.command("mail-test")
@click.argument("address", metavar="ADDRESS")
@pass_session
def mail_test(session: Session, address: str) -> None:
    """Send one real mail, to look at.

    It holds no figures, and is not counted as a report.
    """
    from sheets_sync.jobs.mailing.mail_test import mail_test as send  # noqa: PLC0415 - pandas comes with it
    from sheets_sync.mail.words import server_said  # noqa: PLC0415 - as above

    try:
        to = recipient(address)
    except ValueError as error:
        raise UsageError(msg("{value} is not {expected}.", value=address[:80], expected=error.args[0])) from error
    session.tells_left_out = True
    with session.app() as app:
        said = send(app, app.settings.offices[0], to)
    text = session.t(
        "The mail server took it for {address} ({said}). Look whether it arrives.",
        address=to.address,
        said=server_said(said),
    )
    session.show(text, {"address": to.address, "said": said})
