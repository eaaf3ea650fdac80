"""Builds the message that a mail server gets: text, HTML with its pictures, attachments, sober headers.

The same report to the same recipient at the same moment gives the same bytes: ids and boundaries are derived from the
delivery's key, nothing is drawn at random.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from email.utils import format_datetime
from urllib.parse import quote

from sheets_sync.mail.address import Recipient, header_text
from sheets_sync.reports.rendered import Rendered


class _Policy(EmailPolicy):
    """RFC 5322 on the wire, but List-Unsubscribe stays in one piece: folding would encode a long one beyond use."""

    def fold_binary(self, name: str, value: str) -> bytes:
        if name == "List-Unsubscribe":
            return f"{name}: {value}\r\n".encode("ascii")
        return super().fold_binary(name, value)


_POLICY = _Policy(linesep="\r\n", cte_type="7bit", max_line_length=SMTP.max_line_length)


@dataclass(frozen=True, slots=True)
class Envelope:
    """Whom a message goes to, from whom, under which identity; `key` is the delivery's id."""

    key: str
    recipient: Recipient
    sender: Recipient
    reply_to: Recipient | None
    sent_at: datetime
    language: str
    unsubscribe: bool = False  # the recipient may ask the office to be taken off the list

    @property
    def message_id(self) -> str:
        """Derived from the delivery's key, so that a second copy could be recognised as one."""
        return f"<{self.key}@{self.sender.domain}>"


def compose(rendered: Rendered, envelope: Envelope) -> bytes:
    """The message as it goes over the wire, in ASCII with CRLF."""
    message = EmailMessage(_POLICY)
    for name, value in _headers(rendered, envelope):
        message[name] = value
    language = [f"Content-Language: {envelope.language}"]
    message.set_content(rendered.text, cte="quoted-printable", headers=language)
    message.add_alternative(rendered.html, subtype="html", cte="quoted-printable", headers=language)
    _add_pictures(message, rendered)
    for attachment in rendered.attachments:
        kind, _, subtype = attachment.media_type.partition("/")
        message.add_attachment(attachment.content, kind, subtype, filename=attachment.name)
    _set_boundaries(message, envelope.key)
    return message.as_bytes()


def _headers(rendered: Rendered, envelope: Envelope) -> Iterator[tuple[str, object]]:
    yield "From", envelope.sender.header()
    yield "To", envelope.recipient.header()
    yield "Subject", header_text(rendered.subject)
    yield "Date", format_datetime(envelope.sent_at)
    yield "Message-ID", envelope.message_id
    if envelope.reply_to:
        yield "Reply-To", envelope.reply_to.header()
    yield "Auto-Submitted", "auto-generated"
    if envelope.unsubscribe:
        office = envelope.reply_to or envelope.sender
        yield (
            "List-Unsubscribe",
            f"<mailto:{office.address}?subject={quote('unsubscribe ' + envelope.recipient.address)}>",
        )


def _add_pictures(message: EmailMessage, rendered: Rendered) -> None:
    html = message.get_body(preferencelist=("html",))
    assert isinstance(html, EmailMessage)
    for picture in rendered.pictures:
        html.add_related(
            picture.png, "image", "png", cid=f"<{picture.cid}>", filename=f"{picture.name}.png", disposition="inline"
        )


def _set_boundaries(message: EmailMessage, key: str) -> None:
    """`=_` can't occur in quoted-printable or base64 text, so no content can end a part."""
    for number, part in enumerate([part for part in message.walk() if part.is_multipart()]):
        part.set_boundary(f"=_{key}.{number}")
        if part.get_content_subtype() == "related":
            part.set_param("type", "text/html")  # RFC 2387 asks for it
