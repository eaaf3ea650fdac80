"""Rules about whole tabs and workbooks: what looks like a page of ours and is none, figures of a library not bound here."""

from __future__ import annotations

from sheets_sync.model import Message, msg
from sheets_sync.rules.rule import Rule, Sample

SECOND = Rule(
    "F-SECOND-PAGE",
    condition=msg("A tab is called like a page of the program, but the program did not make it."),
    message=msg(
        "The tab “{typed}” is not the program's page and is not kept up to date; the true one is called “{ours}”."
    ),
    fix=msg("Please delete that tab or give it another name; then the program's page can have its own name again."),
    sample=Sample((("Catatan kami",),), title="Rekap"),
)
SECOND_REGISTER = Rule(
    "F-SECOND-REGISTER",
    condition=msg("A tab is called like the register, but the register is another tab."),
    message=msg("The tab “{typed}” is not the register and nothing on it counts; the register is called “{ours}”."),
    fix=msg(
        "Please delete that tab or give it another name, and give the register its own name again. If the new tab is to "
        "be the register, delete the old one."
    ),
    sample=Sample((("Nama",), ("Perpustakaan Desa Tangkum",)), title="PERPUSTAKAAN"),
)
MARKED = Rule(
    "W-MARK",
    condition=msg("A tab carries the program's mark, but the program did not make it."),
    message=msg(
        "The tab “{typed}” carries the mark “{mark}” but is no page of the program; it is a copy, or somebody put it there."
    ),
    fix=msg(
        "Nothing is written on it. Please delete the copy, or the protection of that name (Data, Protected sheets and ranges)."
    ),
    sample=Sample((("Catatan kami",),), title="Salinan dari Rekap", marks=("sheets-sync: rekap",)),
)
NOT_BOUND = Rule(
    "F-OTHER-LIBRARY",
    condition=msg("A workbook that holds some libraries' figures suddenly names another library."),
    message=msg(
        "“{typed}” is named here for the first time: this workbook so far holds figures of {libraries}. These are not counted."
    ),
    fix=msg(
        "Please type them on the library's own tab, or ask the office to note the workbook's libraries (bound_to in office.yaml)."
    ),
    sample=Sample((("Bulan", "Pengunjung di tempat"), ("Januari 2024", 10)), bound_to=("P",)),
)
LEFT_OUT = Rule(
    "W-LEFT-OUT",
    condition=msg("Something typed kept a library's page, mail or letter from being made."),
    message=msg("{typed} is left out of {what} ({problem}); all others are there."),
    fix=msg("Please look at what was typed for it last, and tell the operator."),
)
PAGES, MAILS, LETTER = msg("the pages"), msg("the mails"), msg("the letter and its annex")  # left out of what
SCORES = msg("the scores, and so of pages and mails")

TABS = (
    SECOND,
    SECOND_REGISTER,
    MARKED,
    NOT_BOUND,
)  # what is left out is no question of typed figures, and can't be switched off


def left_out_of(library: str, what: Message, problem: str) -> Message:
    """What to tell the operator of a library that something could not be made for."""
    return Message(LEFT_OUT.message.template, {"typed": library, "what": what, "problem": problem})
