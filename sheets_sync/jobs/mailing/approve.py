"""Who may get an office's mail: what is known, what a person says about it, and what becomes of mails that wait."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from functools import partial

from sheets_sync.app import App
from sheets_sync.config.office import Office
from sheets_sync.errors import UsageError
from sheets_sync.jobs.apart import Told, each_apart
from sheets_sync.jobs.mailing.situation import first_sealed, of_each
from sheets_sync.mail.approval import Limits, Ruling, known_together, stands, who_may
from sheets_sync.mail.ledger import Delivery, DeliveryState
from sheets_sync.mail.outbox import is_reminder, outdated, overtaken, still_meant
from sheets_sync.model import Message, msg
from sheets_sync.model.approval import HeldAddress, HoldReason, KnownAddress, MailState
from sheets_sync.settings import OfficeSettings
from sheets_sync.store import Memory
from sheets_sync.store.approvals import Approvals

log = logging.getLogger(__name__)
FIRST_REPORT, ON_TERMINAL, IN_SHEET = "first report", "terminal", "sheet"
WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Standing:
    """An address of an office's register, and why it is held (None: it may have mail)."""

    office: Office
    known: KnownAddress
    held: HeldAddress | None


def limits(settings: OfficeSettings) -> Limits:
    """What looks like a pasted list."""
    return Limits(settings.reports.many_new, settings.reports.many_new_share)


def ruling(approvals: Approvals, settings: OfficeSettings) -> Ruling:
    """Who may get mail about which library."""
    return who_may(approvals.known, limits(settings))


def rehearsed(approvals: Approvals, settings: OfficeSettings) -> Ruling:
    """Who would get the next report: before the first one everybody whom it would approve."""
    if approvals.begun:
        return ruling(approvals, settings)
    together = {each.id for each in known_together(approvals.known, limits(settings))}
    known = [replace(each, approved_at=each.since) if each.id in together else each for each in approvals.known]
    return who_may(known, limits(settings))


def mail_state(memory: Memory, settings: OfficeSettings) -> MailState:
    """What people are told about the office's addresses. Before the first report nothing has to be approved. Pure."""
    if not settings.reports.to_libraries:
        return MailState(down=memory.mail_down)
    approvals, names = memory.approvals, {library.code: library.name for library in memory.libraries}
    active = [library for library in memory.libraries if library.active_in(memory.period)]
    return MailState(
        held=tuple(held_addresses(approvals, names, settings)) if approvals.begun else (),
        approved=frozenset(each.id for each in approvals.known if each.approved_at),
        without_address=tuple(library.code for library in active if not library.emails),
        problem=approvals.problem,
        down=memory.mail_down,
    )


def held_addresses(approvals: Approvals, names: dict[str, str], settings: OfficeSettings) -> Iterable[HeldAddress]:
    """Who waits for a person's word, in the register's order. Pure."""
    ruled = ruling(approvals, settings)
    for known in approvals.known:
        because = ruled.why_not(known.code, known.address)
        if because is not None:
            yield HeldAddress(known, names.get(known.code, known.code), because)


def held_now(app: App, office: Office) -> tuple[HeldAddress, ...]:
    """Who of an office waits for a person's word."""
    return tuple(each.held for each in _standings(app, office) if each.held)


def _unseen(office: Office, problem: Message) -> None:
    log.warning("office %s: %s", office.code, problem)


def standings(app: App, told: Told[Office] = _unseen) -> list[Standing]:
    """Everybody in the registers of all offices; `told` hears of an office of which that can't be known."""
    return [each for found in each_apart(app.settings.offices, partial(_standings, app), told) for each in found]


def _standings(app: App, office: Office) -> list[Standing]:
    approvals = app.store.approvals(office.code)
    names = {library.code: library.name for library in app.store.libraries(office.code)}
    held = {each.known.id: each for each in held_addresses(approvals, names, app.settings.of(office))}
    return [Standing(office, known, held.get(known.id)) for known in approvals.known]


def approve(
    app: App, addresses: Collection[str], *, withdraw: bool = False, told: Told[Office] = _unseen
) -> list[Standing]:
    """Lets addresses have mail, or holds them again, for every library they stand at; gives what changed.

    Raises:
        UsageError: an address stands in no register.
    """
    wanted = {address.casefold() for address in addresses}
    found = [each for each in standings(app, told) if each.known.address in wanted]
    unknown = wanted - {each.known.address for each in found}
    if unknown:
        raise UsageError(
            msg(
                "{addresses} stands in no register. `sheets-sync approve --list` shows who does; run `sheets-sync sync` "
                "if it was typed just now.",
                addresses=sorted(unknown),
            )
        )
    return change(app, [each for each in found if (each.known.approved_at is None) is not withdraw], withdraw=withdraw)


def approve_held(app: App, lines: Collection[Delivery]) -> list[Standing]:
    """Lets the addresses of held mails have them, and what comes after them.

    Raises:
        UsageError: an address does not stand in the register any more; none is approved then.
    """
    everybody, found = standings(app), []
    for line in lines:
        office, code, address = line.key.office, line.key.about, line.key.recipient.casefold()
        theirs = (each for each in everybody if each.office.code == office and each.known.address == address)
        named = [each for each in theirs if code in ("", each.known.code)]
        if not named:
            raise UsageError(msg("{address} does not stand in the register any more.", address=line.key.recipient))
        found += named
    return change(app, found)


def approve_all(app: App, told: Told[Office] = _unseen) -> list[Standing]:
    """Lets everybody who waits have mail, but for the crowds that belong to one library."""
    held = [each for each in standings(app, told) if each.held and each.held.because is not HoldReason.TOO_MANY]
    return change(app, held)


def change(app: App, chosen: Collection[Standing], *, withdraw: bool = False) -> list[Standing]:
    """Approves (or withdraws) these, and lets go what waited for it."""
    for office in {each.office.code: each.office for each in chosen}.values():
        ids = {each.known.id for each in chosen if each.office == office}
        with app.store.transaction(office.code, app.clock()) as tx:
            if withdraw:
                tx.withdraw(ids, WITHDRAWN)
            else:
                tx.approve(ids, ON_TERMINAL)
    settle_waiting(app)
    return list(chosen)


def go_ahead(app: App, office: Office) -> None:
    """An office's first report is a person's word for everybody who stands in its register by then."""
    approvals = app.store.approvals(office.code)
    if not approvals.begun:
        ids = {each.id for each in known_together(approvals.known, limits(app.settings.of(office)))}
        with app.store.transaction(office.code, app.clock()) as tx:
            tx.approve(ids, FIRST_REPORT)


def settle_waiting(app: App) -> frozenset[str]:
    """Brings the mails that wait in line with who is approved now: some go, some are held, some are needed no more.

    Gives the offices of which that is known: no other's mail may go.
    """
    return frozenset(office.code for office, _ in of_each(app, partial(settle_waiting_of, app)))


def settle_waiting_of(app: App, office: Office) -> None:
    """The same for one office; what its configuration sends to nobody any more, and reminders that are over, are withdrawn."""
    settings, now = app.settings.of(office), app.clock().astimezone(office.zone)
    ruled = ruling(app.store.approvals(office.code), settings)
    waiting = app.store.deliveries.waiting(office.code)
    seals, old = app.store.seals(office.code) if waiting else (), outdated(waiting)
    for delivery in waiting:
        told = first_sealed(seals, delivery.key.period)
        late = overtaken(delivery, office.due(delivery.key.period), now, told)
        if late or delivery.id in old or not still_meant(delivery, settings.reports):
            wanted = DeliveryState.WITHDRAWN
        else:
            wanted = stands(delivery, ruled, is_reminder=is_reminder(delivery), over=told is not None)
        if wanted is not delivery.state:
            app.store.deliveries.judge(delivery, wanted, app.clock())
