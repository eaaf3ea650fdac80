"""Every address that the configuration names, with the setting that names it. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sheets_sync.config.office import Office
from sheets_sync.model.address import recipient
from sheets_sync.settings import Settings


@dataclass(frozen=True, slots=True)
class NamedAddress:
    """An address as it is written (`nama@example.org`, or with a name before it), and where: file and setting."""

    text: str
    file: str
    setting: str

    @property
    def address(self) -> str:
        """The bare address."""
        return recipient(self.text).address


def recipients_of(settings: Settings, office: Office) -> Iterator[NamedAddress]:
    """Who of an office, or a place above offices, gets mail because a file names them."""
    own = settings.of(office)
    yield from (
        NamedAddress(each.address, "reports.yaml", "office_recipients") for each in own.reports.office_recipients
    )
    yield from (NamedAddress(each, "service.yaml", "notify") for each in own.notify.mail)


def operators_of(settings: Settings) -> Iterator[NamedAddress]:
    """Who is told when anything goes wrong, whatever office it concerns."""
    yield from (NamedAddress(each, "service.yaml", "notify") for each in settings.service.notify.mail)


def addresses_of(settings: Settings, office: Office) -> Iterator[NamedAddress]:
    """All that is named for an office, or a place above offices: who mails come from, who gets them, who approves."""
    mail = settings.of(office).mail
    yield NamedAddress(mail.sender, "mail.yaml", "sender")
    if mail.reply_to:
        yield NamedAddress(mail.reply_to, "mail.yaml", "reply_to")
    yield from recipients_of(settings, office)
    yield from (NamedAddress(each, "office.yaml", "approvers") for each in office.approvers)


def files_naming(settings: Settings, address: str) -> tuple[str, ...]:
    """The files, in alphabetical order, that name an address, however it is capitalised."""
    named = [
        *operators_of(settings),
        *(each for office in settings.reporting for each in addresses_of(settings, office)),
    ]
    return tuple(sorted({each.file for each in named if each.address.casefold() == address.casefold()}))
