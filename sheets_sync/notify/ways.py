"""How a person is reached: by mail, and by whatever Apprise knows (Telegram, WhatsApp Business, ntfy …)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from sheets_sync.errors import DeliveryError, SheetsSyncError, UsageError
from sheets_sync.mail.ledger import DeliveryState
from sheets_sync.mail.options import MailLogin, MailOptions
from sheets_sync.mail.smtp import Smtp
from sheets_sync.mail.words import server_said
from sheets_sync.model import Message, msg
from sheets_sync.model.address import header_text, recipient
from sheets_sync.model.foreign import quoted
from sheets_sync.notify.options import Told

if TYPE_CHECKING:
    from apprise import Apprise

MAIL = "mail"
LONGEST_SUBJECT = 250  # characters; the text says the rest


class Way(Protocol):
    """One way to reach the people who are told. `name` shows no secret."""

    @property
    def name(self) -> str: ...

    def unusable(self) -> Message | None:
        """Why nothing could be told by it, as far as that can be seen without telling anything."""
        ...

    def tell(self, subject: str, text: str, at: datetime) -> None:
        """Hands the message over.

        Raises:
            SheetsSyncError: it did not get through.
        """
        ...


@dataclass(frozen=True, slots=True)
class ByMail:
    """A message to one of those named in `notify.mail`; what a server says of one address is nothing to the others."""

    to: str
    options: MailOptions
    login: MailLogin
    name: str = MAIL

    def unusable(self) -> None:
        """What is wrong with mail is looked at for its own sake."""

    def tell(self, subject: str, text: str, at: datetime) -> None:
        """Hands the message to the mail server.

        Raises:
            DeliveryError: it was refused, or put off.
        """
        with Smtp(self.options, self.login) as server:
            server.open()
            result = server.send(recipient(self.to).address, _message(self.options, self.to, subject, text, at))
        if result.state not in (DeliveryState.SENT, DeliveryState.UNKNOWN):
            raise DeliveryError(msg("The mail server says: {said}", said=server_said(result.said)))


def _message(options: MailOptions, address: str, subject: str, text: str, at: datetime) -> bytes:
    message = EmailMessage(SMTP)
    sender, to = options.from_, recipient(address)
    message["Subject"], message["Date"] = header_text(subject)[:LONGEST_SUBJECT], format_datetime(at)
    message["Auto-Submitted"] = "auto-generated"
    key = hashlib.blake2s(f"{to.address}\x1f{at.isoformat()}\x1f{text}".encode(), digest_size=10).hexdigest()
    message["Message-ID"] = f"<{key}@{sender.domain}>"
    message.set_content(text)
    return f"From: {sender.header()}\r\nTo: {to.header()}\r\n".encode("ascii") + message.as_bytes()


@dataclass(frozen=True, slots=True)
class ByApprise:
    """One Apprise address, such as `tgram://…`, `whatsapp://…`, `ntfy://…`. It holds a secret and is never shown."""

    address: str
    name: str

    def tell(self, subject: str, text: str, at: datetime) -> None:
        """Hands the message to Apprise.

        Raises:
            UsageError: Apprise is not installed, or does not know such an address.
            DeliveryError: it did not get through.
        """
        del at
        apprise = self._opened()
        try:
            taken = apprise.notify(body=text, title=subject, body_format="text")
        except Exception as error:  # noqa: BLE001 - a hundred services by as many people: none stops the others
            raise self._failed(error) from None
        if not taken:
            raise DeliveryError(msg("{way} did not take the message; the log says more.", way=self.name))

    def unusable(self) -> Message | None:
        """That Apprise is not installed, or does not know such an address."""
        try:
            self._opened()
        except SheetsSyncError as error:
            return error.message
        return None

    def _opened(self) -> Apprise:
        try:
            from apprise import Apprise  # noqa: PLC0415 - an extra, and only needed where something is told
        except ImportError as error:
            raise UsageError(
                msg("To tell people by {way} install Apprise: pip install 'sheets-sync[notify]'.", way=self.name)
            ) from error
        apprise = Apprise()
        try:
            known = apprise.add(self.address)
        except Exception as error:  # noqa: BLE001 - as above
            raise self._failed(error) from None
        if not known:
            raise UsageError(_unknown(self.name))
        return apprise

    def _failed(self, error: Exception) -> DeliveryError:
        """What the error says may hold the address: only its name is told."""
        problem = quoted(msg("it went wrong"), type(error).__name__)
        return DeliveryError(msg("{way} failed: {problem}.", way=self.name, problem=problem))


def _unknown(way: str) -> Message:
    return msg(
        "Apprise does not know an address like {way}://… as it is written. Look at its list of services: "
        "https://github.com/caronc/apprise/wiki",
        way=way,
    )


def ways(told: Told, addresses: Sequence[str], mail: MailOptions, login: MailLogin, whose: str = "") -> tuple[Way, ...]:
    """Every way that is configured, each under a name of its own; `whose` goes before it."""
    before = f"{whose} " if whose else ""
    by_mail = (ByMail(to, mail, login, before + name) for to, name in zip(told.mail, _mailed(told.mail), strict=True))
    named = zip(addresses, _names(addresses), strict=True)
    return (*by_mail, *(ByApprise(address, f"{before}{name}") for address, name in named))


def _mailed(addresses: Sequence[str]) -> Iterator[str]:
    """`mail`, and with the address from the second on: what each was told is remembered for each."""
    yield from (f"{MAIL} {recipient(to).address}" if number else MAIL for number, to in enumerate(addresses))


def _names(addresses: Sequence[str]) -> Iterator[str]:
    """`tgram`, `ntfys`, and with a number where there are two of a kind: no more of an address is fit to be shown."""
    kinds = [urlsplit(address).scheme or "?" for address in addresses]
    for number, kind in enumerate(kinds):
        before = kinds[:number].count(kind)
        yield f"{kind} {before + 1}" if before else kind
