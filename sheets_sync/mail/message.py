"""Builds the message that a mail server gets: text, HTML with its pictures, attachments, sober headers.

The same report to the same recipient at the same moment gives the same bytes: ids and boundaries are derived from the
delivery's key, nothing is drawn at random.
"""

from __future__ import annotations

import quopri
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.encoders import encode_base64
from email.message import EmailMessage, Message
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.policy import SMTP, Compat32
from email.utils import format_datetime
from functools import lru_cache
from urllib.parse import quote

from sheets_sync.model.address import Recipient, header_text
from sheets_sync.reports.rendered import Rendered

_HEADERS = SMTP.clone(cte_type="7bit")


class _AsTheyAre(Compat32):
    """For the headers of parts, which are ours: short and in ASCII, so there is nothing to parse, encode or fold."""

    def fold_binary(self, name: str, value: str) -> bytes:
        return f"{name}: {value}{self.linesep}".encode("ascii")


_BODY = _AsTheyAre(linesep="\r\n", mangle_from_=False)


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
    head = [_header(name, value) for name, value in _headers(rendered, envelope)]
    return b"".join([*head, _body(rendered, envelope).as_bytes(policy=_BODY)])


@lru_cache(maxsize=64)
def _header(name: str, value: str | Recipient) -> bytes:
    """A header as it goes over the wire: encoded and folded, or in one piece, without which an address is of no use."""
    if isinstance(value, Recipient):
        return f"{name}: {value.header()}\r\n".encode("ascii")
    if name != "Subject":
        return f"{name}: {value}\r\n".encode("ascii")
    message = EmailMessage(_HEADERS)  # folds and encodes what people typed
    message[name] = value
    return message.as_bytes().removesuffix(b"\r\n")


def _headers(rendered: Rendered, envelope: Envelope) -> Iterator[tuple[str, str | Recipient]]:
    yield "From", envelope.sender
    yield "To", envelope.recipient
    yield "Subject", header_text(rendered.subject)
    yield "Date", format_datetime(envelope.sent_at)
    yield "Message-ID", envelope.message_id
    if envelope.reply_to:
        yield "Reply-To", envelope.reply_to
    yield "Auto-Submitted", "auto-generated"
    if envelope.unsubscribe:
        office = envelope.reply_to or envelope.sender
        yield (
            "List-Unsubscribe",
            f"<mailto:{office.address}?subject={quote('unsubscribe ' + envelope.recipient.address)}>",
        )


def _body(rendered: Rendered, envelope: Envelope) -> Message:
    """Text or HTML with its pictures, whichever a client shows; beside them the attachments, if there are any.

    `=_` can't occur in quoted-printable or base64 text, so no content can end a part.
    """
    text, html = (_text(kind, text, envelope) for kind, text in (("plain", rendered.text), ("html", rendered.html)))
    boundary = f"=_{envelope.key}."
    if rendered.pictures:
        pictures = [_file(f"{each.name}.png", "image/png", each.png, cid=each.cid) for each in rendered.pictures]
        html = MIMEMultipart("related", f"{boundary}2", [html, *pictures], type="text/html")  # RFC 2387 asks for a type
    body = MIMEMultipart("alternative", f"{boundary}1", [text, html])
    if rendered.attachments:
        files = [_file(each.name, each.media_type, each.content) for each in rendered.attachments]
        body = MIMEMultipart("mixed", f"{boundary}0", [body, *files])
    return body


def _text(subtype: str, text: str, envelope: Envelope) -> Message:
    part = MIMENonMultipart("text", subtype, charset="utf-8")
    part["Content-Language"] = envelope.language
    part["Content-Transfer-Encoding"] = "quoted-printable"
    part.set_payload(quopri.encodestring(text.encode()).decode("ascii"))
    return part


def _file(name: str, media_type: str, content: bytes, *, cid: str = "") -> Message:
    """A picture that the HTML shows as `cid`, or a file to be saved."""
    kind, _, subtype = media_type.partition("/")
    part = MIMENonMultipart(kind, subtype)
    part.set_payload(content)
    encode_base64(part)
    part.add_header("Content-Disposition", "inline" if cid else "attachment", filename=name)
    if cid:
        part["Content-ID"] = f"<{cid}>"
    return part
