"""Turns an office's month into the deliveries of its reports: who gets what, rendered and composed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial

from sheets_sync.errors import SheetsSyncError
from sheets_sync.mail.approval import Ruling
from sheets_sync.mail.ledger import Delivery, DeliveryKey, Planned, numbered
from sheets_sync.mail.message import Envelope, compose
from sheets_sync.mail.options import MailOptions
from sheets_sync.model import Finding, Library, LibraryMonth, Message, OfficeMonth
from sheets_sync.model.address import Recipient, recipient
from sheets_sync.model.approval import HoldReason
from sheets_sync.model.left_out import LeftOut, attempt, without_failing
from sheets_sync.reports.options import ReportOptions
from sheets_sync.reports.parcels import parcels
from sheets_sync.reports.reminders import Reminder, awaited
from sheets_sync.reports.render import Renderer
from sheets_sync.reports.rendered import Attachment, Parcel, Rendered
from sheets_sync.reports.spool import Keep, in_memory
from sheets_sync.rules.tabs import LEFT_OUT, MAILS, left_out_of

OFFICE, LIBRARY, REMINDER = "office", "library", "reminder"  # DeliveryKey.report; a reminder's has its day too
_PRIORITY = {OFFICE: 0, LIBRARY: 1, REMINDER: 2}


@dataclass(frozen=True, slots=True)
class Outbox:
    """What every message about a month shares.

    `ruling` says who may get mail about which library: what would go to anybody else is held, so that a changed cell
    of a shared sheet sends nothing to a stranger. `told` hears whose mail could not be made; `keep` puts messages by.
    """

    month: OfficeMonth
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

        A library whose mail can't be made gets none; `told` hears of it, and so does the office in its own report.
        """
        made = list(self._to_libraries()) if self.reports.to_libraries else []
        unmade = tuple(each for each in made if isinstance(each, LeftOut))
        raise_what_is_nobodys(unmade, len({each.key.about for each in made if isinstance(each, Planned)}))
        for each in unmade:
            self.told(left_out_of(each.library.name, MAILS, each.problem))
        month = replace(self.month, findings=(*self.month.findings, *(_finding(each) for each in unmade)))
        brought = parcels(attachments, self.mail.room, self.renderer.context)
        first = partial(self._office, month)
        for to, part, rendered in office_mails(self.reports, brought, first, partial(self.renderer.further, month)):
            yield self._planned(numbered(OFFICE, part), "", to, rendered)
        yield from (each for each in made if isinstance(each, Planned))

    def _office(self, month: OfficeMonth, name: str, parcel: Parcel) -> Rendered:
        """The office's own report, without the libraries that it can't be made with."""
        rendered, gone = without_failing(
            lambda part, gone: self.renderer.office(
                replace(part, findings=(*part.findings, *map(_finding, gone))), name, parcel
            ),
            month,
        )
        for each in gone:
            self.told(left_out_of(each.library.name, MAILS, each.problem))
        return rendered

    def reminders(self, reminder: Reminder) -> Iterator[Planned]:
        """One reminder for each person whose libraries' figures are awaited."""
        for to, entries in _persons(awaited(self.month)).items():
            made = attempt(partial(self._reminder, reminder, to, entries), entries[0])
            if isinstance(made, LeftOut):
                raise_what_is_nobodys((made,), 1)
                self.told(left_out_of(made.library.name, MAILS, made.problem))
            else:
                yield made

    def _reminder(self, reminder: Reminder, to: Recipient, entries: Sequence[LibraryMonth]) -> Planned:
        free = [entry for entry in entries if self.ruling.may(entry.library.code, to.address)]
        rendered = self.renderer.reminder(reminder, self.month, free or entries, to.name)
        return self._planned(f"{REMINDER}-{reminder.day:%Y%m%d}", "", to, rendered, held=not free)

    def _to_libraries(self) -> Iterator[Planned | LeftOut]:
        for entry in self.month.libraries:
            made = attempt(partial(self._to_library, entry), entry)
            yield from (made,) if isinstance(made, LeftOut) else made

    def _to_library(self, entry: LibraryMonth) -> list[Planned]:
        code, to_whom = entry.library.code, addressees(entry.library, self.ruling)
        if not to_whom:
            return []
        rendered = self.renderer.library(self.month, entry)
        return [
            self._planned(LIBRARY, code, to, rendered, held=not self.ruling.may(code, to.address)) for to in to_whom
        ]

    def _planned(self, report: str, about: str, to: Recipient, rendered: Rendered, *, held: bool = False) -> Planned:
        key = DeliveryKey(self.month.office, report, self.month.period, about, to.address, self.version)
        language = self.renderer.context.t.code
        return mail_to(key, to, rendered, self.mail, self.at, language, held=held, keep=self.keep)


def office_mails(
    reports: ReportOptions,
    brought: Sequence[Parcel],
    first: Callable[[str, Parcel], Rendered],
    further: Callable[[str, Parcel], Rendered],
) -> Iterator[tuple[Recipient, int, Rendered]]:
    """The mails to each of the office's recipients, one for each parcel: to whom, its number, and what it says."""
    for addressee in reports.office_recipients:
        to = recipient(addressee.address, addressee.name)
        for parcel in brought:
            render = first if parcel.number == 1 else further
            yield to, parcel.number, render(addressee.name, parcel)


def mail_to(
    key: DeliveryKey,
    to: Recipient,
    rendered: Rendered,
    mail: MailOptions,
    at: datetime,
    language: str,
    *,
    held: bool,
    keep: Keep,
) -> Planned:
    """A message composed for a recipient and put by, ready to be planned."""
    envelope = Envelope(
        key=key.id,
        recipient=to,
        sender=mail.from_,
        reply_to=mail.replies,
        sent_at=at,
        language=language,
        unsubscribe=key.kind != REMINDER,
    )
    return Planned(key, keep(compose(rendered, envelope)), _PRIORITY[key.kind], held)


def addressees(library: Library, ruling: Ruling) -> list[Recipient]:
    """Whom a library's report is made for; nobody of those it has too many of."""
    why_not = ruling.why_not
    return [to for to in library_recipients(library) if why_not(library.code, to.address) is not HoldReason.TOO_MANY]


def raise_what_is_nobodys(unmade: Sequence[LeftOut], made: int) -> None:
    """Where no library's mail can be made, the configuration is wrong or the disk is full, the libraries are not to blame."""
    for each in unmade:
        if isinstance(each.error, SheetsSyncError | OSError | MemoryError) or (not made and len(unmade) > 1):
            raise each.error


def _finding(gone: LeftOut) -> Finding:
    """What the office reads of a library that something could not be made for."""
    return LEFT_OUT.finding(typed=gone.library.name, what=MAILS, problem=gone.problem)


def answered(due: Iterable[Delivery], month: OfficeMonth) -> list[Delivery]:
    """Reminders of this month that wait to be sent though nothing is awaited from their recipient any more."""
    still = {to.address.casefold() for to in _persons(awaited(month))}
    return [
        delivery
        for delivery in due
        if is_reminder(delivery)
        and (delivery.key.office, delivery.key.period) == (month.office, month.period)
        and delivery.key.recipient.casefold() not in still
    ]


def still_meant(delivery: Delivery, reports: ReportOptions) -> bool:
    """Whether reports.yaml, as it is now, still wants a waiting mail: its kind, and to this recipient."""
    kind = delivery.key.kind
    if kind == OFFICE:
        named = (recipient(each.address).address.casefold() for each in reports.office_recipients)
        return delivery.key.recipient.casefold() in named
    return reports.to_libraries if kind == LIBRARY else reports.reminders.send


def outdated(waiting: Iterable[Delivery]) -> frozenset[str]:
    """Of mails that wait, those of which a newer version waits for the same recipient, by their ids.

    Else who was sent a report anew while the server was away would get both, and the older one may come last.
    """
    newest = dict[DeliveryKey, Delivery]()
    every = sorted(waiting, key=lambda each: each.key.version)
    for each in every:
        newest[replace(each.key, recipient=each.key.recipient.casefold(), version=0)] = each
    return frozenset(each.id for each in every) - {each.id for each in newest.values()}


def overtaken(delivery: Delivery, due: date, now: datetime, reported_at: datetime | None) -> bool:
    """Whether a reminder that waits says no more what is so.

    It bade for figures by a day that has passed, or the report has since said what is missing. `due` is its month's due
    day, `now` by the office's clock, `reported_at` when a month as late as its own was reported.
    """
    if not is_reminder(delivery) or delivery.planned_at is None:
        return False
    told = reported_at is not None and delivery.planned_at < reported_at
    return told or delivery.planned_at.astimezone(now.tzinfo).date() <= due < now.date()


def is_reminder(delivery: Delivery) -> bool:
    """Whether a delivery is a reminder: those wait at night and on days off."""
    return delivery.key.report.startswith(REMINDER)


def _persons(entries: Iterable[LibraryMonth]) -> dict[Recipient, list[LibraryMonth]]:
    """The libraries each person answers for, by address."""
    persons: dict[str, Recipient] = {}
    found: dict[Recipient, list[LibraryMonth]] = {}
    for entry in entries:
        for to in library_recipients(entry.library):
            found.setdefault(persons.setdefault(to.address.casefold(), to), []).append(entry)
    return found


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
