"""A ledger that forgets: for tests of what happens to deliveries, without a database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from sheets_sync.mail.ledger import Delivery, DeliveryState, Planned

_OPEN = (DeliveryState.PLANNED, DeliveryState.DEFERRED)


class MemoryLedger:
    """A `Ledger` in memory."""

    def __init__(self) -> None:
        self.deliveries: dict[str, Delivery] = {}
        self._messages: dict[str, bytes] = {}
        self._claimed_at: dict[str, datetime] = {}

    def plan(self, deliveries: Iterable[Planned], now: datetime) -> int:
        new = [planned for planned in deliveries if planned.key.id not in self.deliveries]
        for planned in new:
            state = DeliveryState.HELD if planned.held else DeliveryState.PLANNED
            self.deliveries[planned.key.id] = Delivery(planned.key, state, planned.priority, changed_at=now)
            self._messages[planned.key.id] = planned.message
        return len(new)

    def due(self, now: datetime) -> Sequence[Delivery]:
        waiting = [delivery for delivery in self.deliveries.values() if delivery.state in _OPEN]
        due = [delivery for delivery in waiting if delivery.next_try_at is None or delivery.next_try_at <= now]
        return sorted(due, key=lambda delivery: delivery.priority)

    def claim(self, delivery: str, now: datetime) -> bytes | None:
        found = self.deliveries[delivery]
        if found.state not in _OPEN:
            return None
        self._change(delivery, state=DeliveryState.CLAIMED, tries=found.tries + 1, changed_at=now)
        self._claimed_at[delivery] = now
        return self._messages[delivery]

    def resolve(
        self, delivery: str, state: DeliveryState, said: str, now: datetime, next_try_at: datetime | None = None
    ) -> None:
        self._change(delivery, state=state, said=said, changed_at=now, next_try_at=next_try_at)
        if state is DeliveryState.PLANNED:
            self._change(delivery, tries=0)

    def mark_claims_unknown(self, now: datetime) -> Sequence[Delivery]:
        claimed = [name for name, found in self.deliveries.items() if found.state is DeliveryState.CLAIMED]
        for name in claimed:
            self._change(name, state=DeliveryState.UNKNOWN, changed_at=now)
        return [self.deliveries[name] for name in claimed]

    def claimed_between(self, since: datetime, until: datetime) -> int:
        return sum(since < claimed <= until for claimed in self._claimed_at.values())

    def find(self, delivery: str) -> Delivery | None:
        return self.deliveries.get(delivery)

    def _change(self, delivery: str, **changes: object) -> None:
        self.deliveries[delivery] = replace(self.deliveries[delivery], **changes)  # type: ignore[arg-type] # named above
