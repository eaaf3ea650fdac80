"""Rules about figures that stand there and are not taken, and about figures that were there and are gone."""

from __future__ import annotations

from sheets_sync.model import msg
from sheets_sync.rules.rule import ANSWER, Rule, Sample

_VISITS = "Pengunjung di tempat"

TAB_UNREAD = Rule(
    "E-TAB-UNREAD",
    condition=msg("Figures stand on a tab, and none of them can be read."),
    message=msg("{count} figures stand on the tab “{typed}” and are not read: {asked}"),
    fix=msg(
        "Please name that heading as on the other tabs, or tell the office; if the tab is no report, write so {place}.",
        place=ANSWER,
    ),
    sample=Sample((("Periode Laporan", _VISITS), ("Januari 2024", 410), ("Februari 2024", 395))),
)
BESIDE = Rule(
    "W-BESIDE",
    condition=msg("Figures stand above, below or beside a table and belong to none."),
    message=msg("{count} figures stand beside the table and are not counted, the first in {typed}."),
    fix=msg("Nothing to do if they are your own notes."),
    sample=Sample((("Bulan", _VISITS), ("Januari 2024", 10, None, 77))),
)
GONE = Rule(
    "E-GONE",
    condition=msg("Figures that were read before are gone, or became errors, many at once."),
    message=msg(
        "{count} figures of {what} are not there any more. They still count as they were read last ({moment})."
    ),
    fix=msg(
        "Please bring them back (File, Version history). If they are meant to go, write “benar” {place}.", place=ANSWER
    ),
    sample=Sample(
        (("Bulan", "Angka lain"), ("Januari 2024", 10), ("Februari 2024", 12), ("Maret 2024", 9)),
        before=(("Bulan", _VISITS), ("Januari 2024", 10), ("Februari 2024", 12), ("Maret 2024", 9)),
    ),
)

WHICH_MONTH = msg("which column says the month?")
WHICH_LIBRARY = msg("which column names the library?")
WHICH_ELEMENT = msg("what do they count?")

ACCOUNTING = (TAB_UNREAD, BESIDE, GONE)
