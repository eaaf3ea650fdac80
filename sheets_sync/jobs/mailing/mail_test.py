"""Sends one real mail, to look at: whether it arrives, from whom it comes, and where answers to it go."""

from __future__ import annotations

import secrets
from html import escape

from sheets_sync.app import App
from sheets_sync.config.office import Office
from sheets_sync.errors import MailServerError
from sheets_sync.mail.ledger import DeliveryState
from sheets_sync.mail.message import Envelope, compose
from sheets_sync.mail.smtp import Smtp
from sheets_sync.mail.words import server_said
from sheets_sync.model import msg
from sheets_sync.model.address import Recipient
from sheets_sync.reports.rendered import Rendered


def mail_test(app: App, office: Office, to: Recipient) -> str:
    """Hands over one mail that holds no figures; what the mail server said.

    Raises:
        MailServerError: the server is away, lets nobody in, or did not take it.
    """
    options, t = app.settings.of(office).mail, app.language(office)
    replies = options.replies or options.from_
    text = t(
        "This is a test mail of sheets-sync for {office}. If you can read it, reports will arrive, too. Answers go to {replies}.",
        office=office.name,
        replies=replies.address,
    )
    rendered = Rendered(t("Test mail of {office}", office=office.name), f"<p>{escape(text)}</p>", text + "\n")
    envelope = Envelope(
        f"test-{secrets.token_hex(8)}", to, options.from_, options.replies, app.clock(), office.language
    )
    with Smtp(options, app.mail_login) as server:
        server.open()
        result = server.send(to.address, compose(rendered, envelope))
    if result.state is not DeliveryState.SENT:
        raise MailServerError(
            msg(
                "The mail server did not take the mail to {address}: {said}. `sheets-sync doctor` looks at the rest.",
                address=to.address,
                said=server_said(result.said),
            )
        )
    return result.said
