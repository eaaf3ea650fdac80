"""What the panel itself says."""

from __future__ import annotations

from collections.abc import Mapping

from sheets_sync.i18n import Language
from sheets_sync.model import Message, msg

WORDS: Mapping[str, Message] = {
    "about": msg(
        "Village librarians fill in the sheet they know. The program asks where something is unclear, scores each library "
        "for the office, and mails the monthly reports."
    ),
    "adopt": msg("Try it with your own table"),
    "asked": msg("What the program asked of Google"),
    "back": msg("Back"),
    "busy": msg("At work …"),
    "clock": msg("It is"),
    "close": msg("Close"),
    "day": msg("Next day"),
    "failed": msg("That did not work. Is the demo still running?"),
    "invented": msg("The libraries exist; their monthly figures are invented. Nothing leaves this computer."),
    "mail": msg("Mail"),
    "mails": msg("Outbox"),
    "month": msg("Next month"),
    "moved": msg("What moved, and why"),
    "next": msg("Next"),
    "no_mail": msg("No mail yet."),
    "nothing_asked": msg("No request was made."),
    "nothing_moved": msg("No score moved."),
    "panel": msg("What happens"),
    "report": msg("This month's report"),
    "restart": msg("Start again"),
    "show": msg("Show me"),
    "sick": msg("Google is ill"),
    "story": msg("What the program did"),
    "sync": msg("Sync now"),
    "title": msg("sheets-sync, to try out"),
    "tour": msg("A tour in seven stops"),
    "well": msg("Make Google well"),
    "workbook": msg("The workbook"),
    "year": msg("On to the year's report"),
}


def words(t: Language) -> dict[str, str]:
    """The words in a language."""
    return {name: t(message) for name, message in WORDS.items()}
