"""Who may get mail: only whom a person has approved for that very library. When in doubt, mail is held. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sheets_sync.mail.ledger import Delivery, DeliveryState
from sheets_sync.model.approval import HoldReason, KnownAddress

MAX_ADDRESSES = 5  # of one library
_FEW = 2  # so many new ones at once are never a pasted list, however small the office is

Place = tuple[str, str]  # a library's code, and an address without regard to case


@dataclass(frozen=True, slots=True)
class Limits:
    """What looks like a pasted list: so many new addresses at once, or this share of all."""

    new_at_once: int = 10
    new_share: float = 0.5
    per_library: int = MAX_ADDRESSES


@dataclass(frozen=True, slots=True)
class Ruling:
    """Who may get mail about which library, and who may not, with the reason."""

    sends: frozenset[Place] = frozenset()
    holds: Mapping[Place, HoldReason] = field(default_factory=dict)

    def may(self, code: str, address: str) -> bool:
        """Whether mail about a library may go to an address."""
        return (code, address.casefold()) in self.sends

    def why_not(self, code: str, address: str) -> HoldReason | None:
        """Why it may not; an address that the register does not know is as good as new."""
        place = (code, address.casefold())
        return None if place in self.sends else self.holds.get(place, HoldReason.NEW)

    def may_at_all(self, address: str) -> bool:
        """Whether an address may have mail about any library."""
        return any(to == address.casefold() for _, to in self.sends)


def who_may(known: Sequence[KnownAddress], limits: Limits) -> Ruling:
    """Judges every address of an office's register.

    Approved ones may, the first few of each library; all others are held, with the gravest reason there is.
    """
    counted = Counter(each.code for each in known)
    fresh = sum(each.approved_at is None for each in known)
    flood = fresh > min(limits.new_at_once, max(_FEW, limits.new_share * len(known)))
    sends: set[Place] = set()
    holds: dict[Place, HoldReason] = {}
    taken: Counter[str] = Counter()
    for each in known:
        place = (each.code, each.address.casefold())
        if each.approved_at is not None and taken[each.code] < limits.per_library:
            taken[each.code] += 1
            sends.add(place)
        elif counted[each.code] > limits.per_library:
            holds[place] = HoldReason.TOO_MANY
        elif not each.sure:
            holds[place] = HoldReason.UNSURE
        else:
            holds[place] = HoldReason.MANY_NEW if flood else HoldReason.NEW
    return Ruling(frozenset(sends), holds)


def known_together(known: Iterable[KnownAddress], limits: Limits) -> list[KnownAddress]:
    """Whom the go-ahead of an office's first report approves: all, but not where a library has too many."""
    known = tuple(known)
    counted = Counter(each.code for each in known)
    return [each for each in known if each.approved_at is None and counted[each.code] <= limits.per_library]


def stands(delivery: Delivery, ruling: Ruling, *, is_reminder: bool, over: bool) -> DeliveryState:
    """How a delivery that waits should stand now. `over`: the reminder's month has been reported in the meantime."""
    key = delivery.key
    about_nobody = not key.about and not is_reminder
    free = ruling.may_at_all(key.recipient) if is_reminder else ruling.may(key.about, key.recipient)
    held = delivery.state is DeliveryState.HELD
    if about_nobody or (free and not held):
        return delivery.state
    if held and is_reminder and over:
        return DeliveryState.WITHDRAWN
    if free:
        return DeliveryState.PLANNED
    known = is_reminder or (key.about, key.recipient.casefold()) in ruling.holds
    return DeliveryState.HELD if known else DeliveryState.WITHDRAWN
