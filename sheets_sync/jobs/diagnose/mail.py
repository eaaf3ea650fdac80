"""The mail server: whether it lets us in, and would take mail from our sender for whom the office's reports go to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sheets_sync.app import App
from sheets_sync.errors import MailServerError, SheetsSyncError
from sheets_sync.jobs.diagnose.check import Check
from sheets_sync.jobs.named_addresses import NamedAddress, operators_of, recipients_of
from sheets_sync.mail.ledger import DeliveryState
from sheets_sync.mail.options import MailOptions
from sheets_sync.mail.smtp import Smtp
from sheets_sync.mail.words import server_said
from sheets_sync.model import msg


def mail(app: App) -> Iterator[Check]:
    """Everything but the message itself is said to the server, and taken back."""
    server, well = app.settings.mail, True
    try:
        for check in _senders(app, server):
            well &= check.about != "mail"
            yield check
        yield from _size(app, server)
    except SheetsSyncError as error:
        yield Check("mail", False, error.message)
        return
    if well:
        yield Check("mail", True, msg("The mail server {host} accepts us.", host=server.host))


def _senders(app: App, server: MailOptions) -> Iterator[Check]:
    """What the server says to the mails of each office, of each place above them, and to the operator's."""
    for office in app.settings.reporting:
        own = app.settings.of(office).mail
        named = tuple(recipients_of(app.settings, office))
        yield from _sender(app, own, named or [NamedAddress(own.sender, "mail.yaml", "sender")])
    yield from _sender(app, server, operators_of(app.settings))


def _sender(app: App, options: MailOptions, named: Iterable[NamedAddress]) -> Iterator[Check]:
    """What the server says to mails from a sender to these addresses; one that it refuses hides no other's."""
    with Smtp(options, app.mail_login) as server:
        server.open()
        for each in named:
            try:
                result = server.ask(each.address)
            except MailServerError as error:
                yield Check("mail", False, error.message)
                return
            if result.state is DeliveryState.REFUSED:
                said = msg(
                    "The mail server refuses {address}: {said}. Correct the address in {file}.",
                    address=each.address,
                    said=server_said(result.said),
                    file=each.file,
                )
                yield Check("recipient", False, said)


def _size(app: App, options: MailOptions) -> Iterator[Check]:
    """Whether the largest mail that we would send is one that the server takes."""
    with Smtp(options, app.mail_login) as server:
        server.open()
        if 0 < server.largest < options.largest_mb * 1_000_000:
            said = msg(
                "The mail server takes messages of at most {size} MB, less than largest_mb in mail.yaml. Write {size} "
                "there: what has no room in one mail then comes in several.",
                size=server.largest // 100_000 / 10,
            )
            yield Check("mail", False, said)
