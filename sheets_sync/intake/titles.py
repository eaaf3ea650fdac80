"""What the title of a tab and the lines above a table say that its figures are of."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sheets_sync.intake.groups import group_of, may_name_group
from sheets_sync.intake.headings import MAX_HEADING, Role, Vocabulary
from sheets_sync.intake.month_names import MONTH_WORD
from sheets_sync.intake.parts import signs_aside
from sheets_sync.intake.words import fold

_BEFORE = re.compile(
    r"(?:(?:data|rekap|rekapitulasi|laporan|lap|tabel|table|daftar|grafik|statistik|form|formulir|bulanan|monthly|report|of"
    r"|tahunan|annual|statistics|summary|\d{1,2}) )*"
)
_BEHIND = re.compile(
    rf"(?: (?:per|tiap|setiap|by|each|bulan|month|bulanan|monthly|tahun|tahunan|thn|year|\d{{2,4}}|periode|data|{MONTH_WORD}))*"
    r"(?: (?:di |se |pada |in |of )?(?:perpustakaan|perpusdes|library|libraries|desa|kabupaten|kab|kecamatan|kec|kota"
    r"|provinsi|prov|dinas)(?: .*)?)?"
)
_A_WORD = r"(?: (?:[^\W\d]+|(?:19|20)\d\d))"
_NO_RESULTS = re.compile(
    rf"(?:contoh|simulasi|latihan|examples?|samples?){_A_WORD}{{0,4}}"
    r"|(?:target|rencana|proyeksi|planned|plan|projection)"
    rf"(?!.* (?:realisasi|capaian|hasil|laporan|rekap|dan|and|vs|actuals?)\b){_A_WORD}{{0,8}}"
)  # as a title; a line of guidance goes on for longer, or after a colon
_RESULTS = re.compile(r"\b(?:laporan|lap|rekap|rekapitulasi|realisasi|capaian|hasil|report|results|actuals?)\b")
_BROAD = frozenset({"kegiatan", "kegiatan perpustakaan", "activities", "events", "koleksi", "layanan"})


def element_named(titles: Iterable[str], vocabulary: Vocabulary) -> str:
    """The id of the one element that the titles name, nearest first; empty where none or several are named.

    A title has to be the element's name, with words for a report, its time and its office around it. Words that a
    report of anything may be called by (`Laporan kegiatan`) name none.
    """
    plain = (fold(title) for title in titles if len(title) <= MAX_HEADING and not signs_aside(title))
    found = {element for title in plain if (element := _named(title, vocabulary))}
    return found.pop() if len(found) == 1 else ""


def group_named(titles: Iterable[str], vocabulary: Vocabulary) -> str:
    """Whom the nearest of some titles says that its figures are counted of: `Anak-anak`, `Data pengunjung anak-anak 2024`."""
    return next(filter(None, (_group(fold(title), vocabulary) for title in titles if may_name_group(title))), "")


def _group(title: str, vocabulary: Vocabulary) -> str:
    before = _BEFORE.match(title)
    words = title[before.end() if before else 0 :].split()
    if vocabulary.meaning(" ".join(words)) is not None:
        return ""
    for end in range(len(words), 0, -1):
        if _BEHIND.fullmatch("".join(f" {word}" for word in words[end:])):
            cuts = (at for at in range(end) if not at or vocabulary.meaning(" ".join(words[:at])) is not None)
            who = next(filter(None, (group_of(" ".join(words[at:end])) for at in cuts)), "")
            if who:
                return who
    return ""


def no_results(titles: Iterable[str]) -> str:
    """The title, nearest first, that says that the figures below are no results: targets, a plan, an example.

    Titles beyond one that names a report or results say nothing of them.
    """
    for title in titles:
        if ":" not in title and _NO_RESULTS.fullmatch(fold(title)):
            return title
        if _RESULTS.search(fold(title)):
            break
    return ""


def _named(title: str, vocabulary: Vocabulary) -> str:
    before = _BEFORE.match(title)
    words = title[before.end() if before else 0 :].split()
    for end in range(len(words), 0, -1):
        name, behind = " ".join(words[:end]), "".join(f" {word}" for word in words[end:])
        meaning = vocabulary.meaning(name)
        if meaning and meaning.role is Role.ELEMENT and meaning.year is None and _BEHIND.fullmatch(behind):
            return "" if name in _BROAD else meaning.element
    return ""
