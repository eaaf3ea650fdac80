"""The guided tour: seven stops, each with what to look at and what to press."""

from __future__ import annotations

from dataclasses import dataclass

from sheets_sync.model import Message, msg


@dataclass(frozen=True, slots=True)
class Stop:
    """A stop: its words, the cell it points at, and the buttons it wants pressed, in their order."""

    title: Message
    text: Message
    tab: str
    cell: str
    press: tuple[str, ...] = ()


TOUR = (
    Stop(
        msg("A village library's sheet"),
        msg(
            "This is where the librarian of Tangkum fills in each month, as always. Nothing has to be learnt. "
            "You are the secretary; at the top right you can play the librarian."
        ),
        "Tangkum",
        "B13",
    ),
    Stop(
        msg("Type something unclear"),
        msg(
            "Go to the marked cell, the participants of October. Type `sekitar 20` over what stands there and press Enter."
        ),
        "Tangkum",
        "I13",
    ),
    Stop(
        msg("The question at the cell"),
        msg(
            "Press Sync now. The program does not guess: a small corner appears at the cell. Click the cell and read the "
            "question. What you typed is still there; until it is answered October counts as missing, not as zero."
        ),
        "Tangkum",
        "I13",
        ("sync",),
    ),
    Stop(
        msg("Answer by typing"),
        msg("Type a number in the same cell, for instance 90, and press Sync now. The question is closed."),
        "Tangkum",
        "I13",
        ("sync",),
    ),
    Stop(
        msg("What became of the figure"),
        msg(
            "Rekap is the one tab the secretary opens: who reported, who scores what. Beneath the buttons you see how your "
            "figure changed Tangkum's score, and why."
        ),
        "Rekap",
        "E12",
    ),
    Stop(
        msg("The month's reports"),
        msg(
            "Press This month's report. A mail for each library and for the office arrives below, with a letter and a "
            "workbook. Nothing leaves this computer."
        ),
        "Rekap",
        "A1",
        ("report",),
    ),
    Stop(
        msg("A month later, and a bad day"),
        msg(
            "Press Next month: the others fill in, Tangkum is reminded. Press Google is ill, then Sync now: the program "
            "says so, loses nothing, and goes on when Google is well. On to the year's report brings January: the year in "
            "a letter, and a page to hang on the wall. Start again whenever you like."
        ),
        "Rekap",
        "A12",
        ("month", "sick", "sync"),
    ),
)
