"""Libraries whose month the office has closed: nothing of it is expected, and what came all the same counts. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sheets_sync.model import Period, Reporting
from sheets_sync.model.decision import decided
from sheets_sync.store import Memory


def closed_in(memory: Memory, month: Period) -> frozenset[str]:
    """The libraries for which a month is closed, by code."""
    return frozenset(code for code, period in decided(memory.decisions).closed if period == month)


def without_closed(reporting: Mapping[str, Reporting], closed: Collection[str]) -> Mapping[str, Reporting]:
    """How much each library has reported, with the closed ones no more among those that have not."""
    shut = {code for code in closed if reporting.get(code) is Reporting.NONE}
    return {code: Reporting.CLOSED if code in shut else known for code, known in reporting.items()}
