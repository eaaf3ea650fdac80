"""Turns an office's quarter or year into the deliveries of its reports, under the same rules as a month's."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sheets_sync.mail.approval import Ruling
from sheets_sync.mail.ledger import DeliveryKey, Planned, numbered
from sheets_sync.mail.options import MailOptions
from sheets_sync.mail.outbox import LIBRARY, OFFICE, addressees, mail_to, office_mails, raise_what_is_nobodys
from sheets_sync.model import Library, Message
from sheets_sync.model.address import Recipient
from sheets_sync.model.left_out import LeftOut, attempt_for, without
from sheets_sync.model.office_span import LibrarySpan, OfficeSpan
from sheets_sync.reports.options import ReportOptions
from sheets_sync.reports.parcels import parcels
from sheets_sync.reports.render import Renderer
from sheets_sync.reports.rendered import Attachment, Parcel, Rendered
from sheets_sync.reports.span_files import library_wall_page, part_of
from sheets_sync.reports.spool import Keep, in_memory
from sheets_sync.rules.tabs import MAILS, left_out_of


@dataclass(frozen=True, slots=True)
class SpanOutbox:
    """What every message about a quarter or year shares; `told` hears whose mail could not be made."""

    whole: OfficeSpan
    renderer: Renderer
    reports: ReportOptions
    mail: MailOptions
    version: int
    at: datetime
    ruling: Ruling
    told: Callable[[Message], None] = lambda _: None
    keep: Keep = in_memory

    def planned(self, attachments: Sequence[Attachment] = ()) -> Iterator[Planned]:
        """Every report's deliveries, the office's first; `attachments` go with the office's, in several mails if need be.

        A library whose mail can't be made gets none; `told` hears of it.
        """
        wanted = self.whole.libraries if self.reports.to_libraries else ()
        made = [attempt_for(entry.library, partial(self._to_library, entry)) for entry in wanted]
        unmade = [each for each in made if isinstance(each, LeftOut)]
        raise_what_is_nobodys(unmade, len(made) - len(unmade))
        for each in unmade:
            self.told(left_out_of(each.library.name, MAILS, each.problem))
        brought = parcels(attachments, self.mail.room, self.renderer.context)
        further = partial(self.renderer.further, self.whole)
        for to, part, rendered in office_mails(self.reports, brought, self._office, further):
            yield self._planned(OFFICE, "", to, rendered, part=part)
        for some in made:
            yield from () if isinstance(some, LeftOut) else some

    def _office(self, name: str, parcel: Parcel) -> Rendered:
        """The office's own report, without the libraries that it can't be made with."""

        def make(libraries: Sequence[Library], gone: tuple[LeftOut, ...]) -> Rendered:
            return self.renderer.office_span(part_of(self.whole, libraries, gone), name, parcel)

        rendered, gone = without(make, [entry.library for entry in self.whole.libraries])
        for each in gone:
            self.told(left_out_of(each.library.name, MAILS, each.problem))
        return rendered

    def _to_library(self, entry: LibrarySpan) -> list[Planned]:
        """A library that has left by now, or never had a month to report, is written to no more."""
        code, whole = entry.library.code, self.whole
        to_whom = addressees(entry.library, self.ruling)
        if not to_whom or not entry.due or not entry.library.active_in(whole.span.last):
            return []
        page = library_wall_page(whole, entry, self.renderer.context, self.reports)
        rendered = self.renderer.library_span(whole, entry, Parcel(page))
        return [
            self._planned(LIBRARY, code, to, rendered, held=not self.ruling.may(code, to.address)) for to in to_whom
        ]

    def _planned(
        self, kind: str, about: str, to: Recipient, rendered: Rendered, *, part: int = 1, held: bool = False
    ) -> Planned:
        report = numbered(f"{kind}-{self.whole.span.kind}", part)
        key = DeliveryKey(self.whole.office, report, self.whole.span.last, about, to.address, self.version)
        language = self.renderer.context.t.code
        return mail_to(key, to, rendered, self.mail, self.at, language, held=held, keep=self.keep)
