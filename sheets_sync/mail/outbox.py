"""Turns an office's month into the deliveries of its reports: who gets what, rendered and composed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sheets_sync.mail.address import Recipient, recipient
from sheets_sync.mail.ledger import DeliveryKey, Planned
from sheets_sync.mail.message import Envelope, compose
from sheets_sync.mail.options import MailOptions
from sheets_sync.model import Library, OfficeMonth
from sheets_sync.reports.options import ReportOptions
from sheets_sync.reports.render import Renderer
from sheets_sync.reports.rendered import Attachment, Rendered

OFFICE, LIBRARY = "office", "library"  # DeliveryKey.report
_PRIORITY = {OFFICE: 0, LIBRARY: 1}


@dataclass(frozen=True, slots=True)
class Outbox:
    """What every message of a sealed month shares."""

    month: OfficeMonth
    renderer: Renderer
    reports: ReportOptions
    mail: MailOptions
    version: int
    sealed_at: datetime

    def planned(self, attachments: Sequence[Attachment] = ()) -> Iterator[Planned]:
        """Every report's deliveries, the office's first; `attachments` go with the office's."""
        for addressee in self.reports.office_recipients:
            rendered = self.renderer.office(self.month, addressee.name, attachments)
            yield self._planned(OFFICE, "", recipient(addressee.address, addressee.name), rendered)
        if self.reports.to_libraries:
            yield from self._to_libraries()

    def _to_libraries(self) -> Iterator[Planned]:
        for entry in self.month.libraries:
            addressees = library_recipients(entry.library)
            if addressees:
                rendered = self.renderer.library(self.month, entry)
                yield from (self._planned(LIBRARY, entry.library.code, to, rendered) for to in addressees)

    def _planned(self, report: str, about: str, to: Recipient, rendered: Rendered) -> Planned:
        key = DeliveryKey(self.month.office, report, self.month.period, about, to.address, self.version)
        envelope = Envelope(
            key=key.id,
            recipient=to,
            sender=self.mail.from_,
            reply_to=self.mail.replies,
            sent_at=self.sealed_at,
            language=self.renderer.voice.t.code,
            unsubscribe=True,
        )
        return Planned(key, compose(rendered, envelope), _PRIORITY[report])


def library_recipients(library: Library) -> tuple[Recipient, ...]:
    """A library's addresses that can be written to, each once; the register's check has told of the others."""
    found = [recipient(address, library.pic or library.name) for address in library.emails if _writable(address)]
    return tuple({to.address.casefold(): to for to in found}.values())


def _writable(address: str) -> bool:
    try:
        recipient(address)
    except ValueError:
        return False
    return True
