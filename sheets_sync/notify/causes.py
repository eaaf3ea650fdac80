"""What is wrong now: a snapshot and a moment give causes, the gravest first. Pure.

What passes by itself is a cause only after some hours; what only a person can mend is one as soon as a second look has
found it. Failures of one sort are one cause: forty workbooks that were unshared together are told together.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from sheets_sync.errors import TroubleKind
from sheets_sync.mail.ledger import Delivery, DeliveryState
from sheets_sync.mail.words import server_said
from sheets_sync.model import Message, msg
from sheets_sync.notify.options import NotifyOptions
from sheets_sync.notify.snapshot import Snapshot, Trouble

SECOND_LOOK = timedelta(minutes=15)  # what Google says once may be a slip of Google's
BACKUP_AGE = timedelta(hours=50)  # two nights missed
SILENT_BEATS = 8  # syncs that did not come before one says that nothing is at work
PUT_OFF = timedelta(days=1)
SHOWN = 10
_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Cause:
    """Something that is wrong: one message for one `key`, another one as soon as its `sign` differs.

    `title` says it in a few words, `said` in sentences, with the remedy; `heals`: that it is over is worth a word;
    `pressing`: something fails, or soon will (else it is only to be thought of); `offices` are the codes of those that it
    concerns, none: all.
    """

    key: str
    sign: str
    title: Message
    said: tuple[Message | str, ...] = ()
    heals: bool = True
    pressing: bool = True
    offices: frozenset[str] = frozenset()


def what_is_wrong(snapshot: Snapshot, now: datetime, options: NotifyOptions) -> tuple[Cause, ...]:
    """Every cause there is, the gravest first."""
    patience = timedelta(hours=options.failing_hours)
    return (
        *_store(snapshot),
        *_beats(snapshot, now),
        *_configuration(snapshot),
        *_troubles(snapshot.troubles, now, patience),
        *_untold(snapshot),
        *_clock(snapshot),
        *_mail(snapshot, now, patience),
        *_deliveries(snapshot.deliveries, now),
        *_waits(snapshot, now, patience),
        *_failing(snapshot, now, patience),
        *_disk(snapshot, options),
        *_backup(snapshot, now),
        *_ways(snapshot),
    )


def _store(snapshot: Snapshot) -> Iterator[Cause]:
    if snapshot.store is not None:
        said = msg("Nothing is lost in Google Sheets. As soon as the store can be used, everything goes on by itself.")
        yield Cause("store", "", msg("The store can't be used"), (snapshot.store, said))


def _beats(snapshot: Snapshot, now: datetime) -> Iterator[Cause]:
    """Nothing at work: nobody can tell this but `status` and the health file."""
    silent = snapshot.beaten is not None and now - snapshot.beaten > SILENT_BEATS * snapshot.beats_every
    if silent:
        title = msg("No sync has been tried since {moment}", moment=snapshot.beaten)
        yield Cause("idle", "", title, (msg("Is `sheets-sync run` at work? Start it, or its timer."),))


def _configuration(snapshot: Snapshot) -> Iterator[Cause]:
    if snapshot.configuration is not None:
        said = msg("The service goes on with the old one. Correct it, then send SIGHUP again.")
        sign = _digest([str(snapshot.configuration)])
        yield Cause("configuration", sign, msg("The changed configuration is not used"), (snapshot.configuration, said))


TITLES: Mapping[TroubleKind, Message] = MappingProxyType(
    {
        TroubleKind.LOGIN: msg("Google does not let the program in"),
        TroubleKind.CONFIGURATION: msg("The configuration can't be used"),
        TroubleKind.PERMISSION: msg("Not allowed to open or change: {names}"),
        TroubleKind.AWAY: msg("A workbook or tab is away: {names}"),
        TroubleKind.REFUSED: msg("Google refuses a part of what is written: {names}"),
        TroubleKind.QUOTA: msg("Google's quota is used up, since {since}"),
        TroubleKind.GOOGLE: msg("Google can't be reached or fails, since {since}"),
        TroubleKind.SCHEDULER: msg("The work can't be handed to other machines, since {since}"),
        TroubleKind.IMPORT: msg("A file of another installation can't be brought in: {names}"),
        TroubleKind.UNEXPECTED: msg("An unexpected failure in {names}"),
    }
)
_ITSELF = msg("the program as a whole")
_PASSING = frozenset({TroubleKind.QUOTA, TroubleKind.GOOGLE})
_EVERYTHING = frozenset({TroubleKind.LOGIN, TroubleKind.GOOGLE, TroubleKind.QUOTA, TroubleKind.SCHEDULER})


def _troubles(troubles: Sequence[Trouble], now: datetime, patience: timedelta) -> Iterator[Cause]:
    """Failures of one sort together, of each workbook once."""
    for kind, title in TITLES.items():
        wait = patience if kind in _PASSING else SECOND_LOOK
        found = [each for each in troubles if each.kind is kind and now - each.since >= wait]
        if not found:
            continue
        abouts = tuple(dict.fromkeys(each.about for each in found))
        named = [about or _ITSELF for about in abouts]
        words = {"names": _some(named), "since": min(each.since for each in found)}
        told = dict.fromkeys(str(each.problem) for each in found)
        problems = [next(each.problem for each in found if str(each.problem) == text) for text in told]
        sign = "" if kind in _EVERYTHING else _digest(abouts)
        said = (*problems[:SHOWN], *_afterwards(kind))
        concerned = frozenset().union(*(each.offices for each in found))
        yield Cause(f"sync {kind}", sign, Message(title.template, words), said, offices=concerned)


def _untold(snapshot: Snapshot) -> Iterator[Cause]:
    """Offices of which nobody can tell how they stand, nor do anything for them."""
    if snapshot.untold:
        names = _some([snapshot.offices.get(code, code) for code in sorted(snapshot.untold)])
        title = msg("Nothing can be done for: {names}", names=names)
        said = (*_afterwards(TroubleKind.UNEXPECTED), msg("Their mails wait until it is mended; none is lost."))
        yield Cause("office", _digest(snapshot.untold), title, said, offices=snapshot.untold)


def _afterwards(kind: TroubleKind) -> Iterator[Message]:
    """What becomes of it meanwhile, and what helps where the failure itself does not say."""
    if kind in _PASSING:
        yield msg("The last good figures stay in Rekap; as soon as it works, everything goes on by itself.")
    if kind is TroubleKind.UNEXPECTED:
        yield msg("The other offices go on. Please send the log of this hour to whoever looks after the program.")


def _clock(snapshot: Snapshot) -> Iterator[Cause]:
    if snapshot.clock is not None:
        yield Cause("clock", "", msg("This computer's clock is wrong"), (snapshot.clock,))


def _mail(snapshot: Snapshot, now: datetime, patience: timedelta) -> Iterator[Cause]:
    mail = snapshot.mail
    if mail is not None and now - mail.since >= patience:
        said = msg("What is to be sent waits and goes out by itself; nothing is sent twice.")
        yield Cause("mail", "", msg("No mail gets through, since {since}", since=mail.since), (mail.problem, said))


def _deliveries(deliveries: Sequence[Delivery], now: datetime) -> Iterator[Cause]:
    by_state: dict[DeliveryState, list[Delivery]] = {state: [] for state in DeliveryState}
    for delivery in deliveries:
        by_state[delivery.state].append(delivery)
    late = [each for each in by_state[DeliveryState.DEFERRED] if _put_off(each, now)]
    for state, found, title, remedy, heals in (
        (DeliveryState.UNKNOWN, by_state[DeliveryState.UNKNOWN], *_UNKNOWN, True),
        (DeliveryState.REFUSED, by_state[DeliveryState.REFUSED], *_REFUSED, False),
        (DeliveryState.DEFERRED, late, *_DEFERRED, True),
        (DeliveryState.HELD, by_state[DeliveryState.HELD], *_HELD, True),
    ):
        if found:
            sign = "" if state is DeliveryState.DEFERRED else _digest(each.id for each in found)
            said = _some([_met(each) for each in found])
            lines = (Message("{what}", {"what": said}), remedy)
            about, concerned = (
                Message(title.template, {"count": len(found)}),
                frozenset(each.key.office for each in found),
            )
            yield Cause(f"deliveries {state}", sign, about, lines, heals, offices=concerned)


_UNKNOWN = (
    msg("Of {count} mail(s) nobody can tell whether they arrived"),
    msg("Ask one of the recipients, then `sheets-sync deliveries settle ID sent` or `… again`."),
)
_REFUSED = (
    msg("{count} mail(s) were refused or given up"),
    msg("Correct the address in the register, or send it once more: `sheets-sync deliveries settle ID again`."),
)
_DEFERRED = (
    msg("The mail server has been putting off {count} mail(s) for more than a day"),
    msg("They are tried again by themselves for some days. Ask whoever runs the mail server if it lasts."),
)
_HELD = (
    msg("{count} mail(s) are held: nobody has approved the address"),
    msg("Look at them with `sheets-sync approve --list`; approve them there or in the sheet."),
)


def _put_off(delivery: Delivery, now: datetime) -> bool:
    """Whether the server has been putting it off for long."""
    return delivery.planned_at is not None and now - delivery.planned_at >= PUT_OFF


def _waits(snapshot: Snapshot, now: datetime, patience: timedelta) -> Iterator[Cause]:
    for each in snapshot.waits:
        if each.asks or now - each.since >= patience:
            concerned = frozenset(filter(None, [each.office]))
            yield Cause(f"report {each.sign}", "", msg("A report waits"), (each.told,), offices=concerned)


def _failing(snapshot: Snapshot, now: datetime, patience: timedelta) -> Iterator[Cause]:
    """What does not come about although nothing else stands against it."""
    for each in snapshot.failing:
        if now - each.since >= (SECOND_LOOK if each.tried else patience):
            failed = msg("It has failed since {since}: {what}", since=each.since, what=each.told)
            title = failed if each.tried else msg("A report waits")
            said = (each.problem, msg("It is tried again by itself, and goes out as soon as it can be made."))
            concerned = frozenset(filter(None, [each.office]))
            yield Cause(f"job {each.job}", "", title, said, heals=not each.lapses, offices=concerned)


def _disk(snapshot: Snapshot, options: NotifyOptions) -> Iterator[Cause]:
    free = snapshot.disk_free
    if free is not None and free < options.disk_free_mb * _MEGABYTE:
        said = msg(
            "Make room in the folder of the store, or move it. When it is full, nothing is read or sent any more."
        )
        yield Cause("disk", "", msg("Only {free} MB are free on the disk", free=free // _MEGABYTE), (said,))


def _backup(snapshot: Snapshot, now: datetime) -> Iterator[Cause]:
    backup = snapshot.backup
    if backup is None:
        return
    if now - (backup.last or backup.since) > BACKUP_AGE:
        title = (
            msg("The last good backup is of {moment}", moment=backup.last)
            if backup.last
            else msg("There is no backup of the store yet")
        )
        why = (backup.problem,) if backup.problem else ()
        yield Cause(
            "backup", "", title, (*why, msg("Look at `backup` in store.yaml: its folder, and room on the disk."))
        )


def _ways(snapshot: Snapshot) -> Iterator[Cause]:
    for way, problem in snapshot.ways:
        said = msg("Check the address of this way in `notify` (service.yaml).")
        yield Cause(f"way {way}", "", msg("You can't be told by way of {way}", way=way), (problem, said))


def _met(delivery: Delivery) -> str | Message:
    """A recipient, and what the mail server said of it."""
    who = delivery.key.recipient
    return msg("{who}: {said}", who=who, said=server_said(delivery.said)) if delivery.said else who


def _some(names: Sequence[str | Message]) -> list[str | Message]:
    """The first few, and how many there are besides."""
    more = len(names) - SHOWN
    return [*names[:SHOWN], *([msg("{count} more", count=more)] if more > 0 else [])]


def _digest(parts: Iterable[str]) -> str:
    return hashlib.blake2s("\x1f".join(sorted(parts)).encode(), digest_size=8).hexdigest()
