"""What the ledger's states and reports are called by people."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sheets_sync.i18n import Language
from sheets_sync.model import Message, msg

if TYPE_CHECKING:
    from sheets_sync.mail.ledger import Delivery

STATES = {
    "planned": msg("planned"),
    "claimed": msg("being sent"),
    "sent": msg("sent"),
    "refused": msg("refused"),
    "again": msg("to be tried again"),
    "unknown": msg("unknown"),
    "held": msg("held"),
    "withdrawn": msg("no longer needed"),
}
_LONGER = {
    ("office", "quarter"): msg("the office's quarterly report"),
    ("office", "year"): msg("the office's yearly report"),
    ("library", "quarter"): msg("a library's quarterly report"),
    ("library", "year"): msg("a library's yearly report"),
}
_TODO = {
    "unknown": msg("UNKNOWN – ask the recipient, then settle it"),
    "held": msg("HELD – nobody has approved the address; see `sheets-sync approve --list`"),
}


def state_word(state: str, t: Language) -> str:
    """A state of a delivery in a word or two."""
    return t(STATES[state])


def state_line(delivery: Delivery, t: Language) -> str:
    """A delivery's state, with what to do about it where it waits for a person."""
    return t(_TODO.get(delivery.state.value, STATES[delivery.state.value]))


def report_word(delivery: Delivery) -> Message:
    """Which report is delivered, and with which of its mails."""
    report, part = _report(delivery), delivery.key.part
    return msg("{report}, mail {number}", report=report, number=part) if part > 1 else report


def _report(delivery: Delivery) -> Message:
    kind, number = delivery.key.kind, delivery.key.ending
    match kind:
        case "office" | "library" if number:
            return _LONGER[kind, number]
        case "office":
            return msg("the office's report")
        case "library":
            return msg("a library's report")
        case _ if len(number) == len("20241106"):
            return msg("reminder of {day}", day=datetime.strptime(number, "%Y%m%d").date())  # noqa: DTZ007 - a day
        case _:
            return msg("reminder {number}", number=number)
