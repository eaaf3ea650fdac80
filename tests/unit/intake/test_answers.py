"""Answers of a form: the latest word for a library and month counts, the earlier one is told, no month lies ahead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from grids import ELEMENTS, LIBRARIES, OFFICE, figures, number, read, tab, workbook
from grids import Typed as Cell

from sheets_sync.intake import Inputs, interpret
from sheets_sync.intake.adopt import propose
from sheets_sync.intake.options import Layout
from sheets_sync.model.grid import NumberKind

T, P = "Perpustakaan Desa Tangkum", "Perpustakaan Desa Pangkan"
HEADINGS = ("Timestamp", "Nama Perpustakaan", "Bulan", "Pengunjung di tempat", "Peminjaman (eksemplar)")
LOANS: dict[tuple[str, str, str], float] = {("T", "loans", "2024-01"): 120}


def visits(library: str, month: str, value: float) -> dict[tuple[str, str, str], float]:
    """The visits of a month."""
    return {(library, "visits_onsite", month): value}


def moment(day: int, share: float = 0.5) -> Cell:
    """A time stamp as the sheet keeps it: days since 1899-12-30; 45323 is 1 February 2024."""
    return number(day + share, "whatever the format shows", NumberKind.DATE_TIME)


@dataclass(frozen=True)
class Case:
    """A tab of answers, the figures read of it, and the rules of the questions."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    figures: dict[tuple[str, str, str], float]
    rules: tuple[str, ...] = ()
    title: str = "Jawaban"


FORM = (
    HEADINGS,
    ("03/02/2024 9.12.44", T, "Januari", 410, 120),
    ("03/02/2024 10.40.02", P, "Januari", 205, 66),
    ("04/02/2024 8.01.15", T, "Januari", 416, 120),
)
BOTH = {**visits("T", "2024-01", 416), **LOANS, **visits("P", "2024-01", 205), ("P", "loans", "2024-01"): 66}


def one(heading: str = "Timestamp", came: Cell = "03/02/2024 9.12.44", month: Cell = "Januari", title: str = "Jawaban",
        columns: tuple[str, ...] = (), more: tuple[Cell, ...] = ()) -> dict[str, Any]:  # fmt: skip
    """A form with one answer of Tangkum: 410 visits."""
    head = (heading, "Nama Perpustakaan", "Bulan", "Pengunjung di tempat", *columns)
    return {"rows": (head, (came, T, month, 410, *more)), "title": title}


CASES = (
    Case("a correction sent later", FORM, BOTH, ("W-ANSWERED-AGAIN",)),
    Case("sorted by hand, the latest first", (HEADINGS, *reversed(FORM[1:])), BOTH, ("W-ANSWERED-AGAIN",)),
    Case("other order of the columns", tuple((r[0], *r[:0:-1]) for r in FORM), BOTH, ("W-ANSWERED-AGAIN",)),
    Case("the later one leaves a question blank", (*FORM[:2], ("04/02/2024 8.01.15", T, "Januari", 416, None)),
         {**visits("T", "2024-01", 416), **LOANS}, ("W-ANSWERED-AGAIN",)),
    Case("the later one can't be read", (*FORM[:2], ("04/02/2024 8.01.15", T, "Januari", "41b", 120)), LOANS,
         ("W-ANSWERED-AGAIN", "F-NUMBER")),
    Case("three answers", (*FORM, ("05/02/2024 8.01.15", T, "Januari", 417, 120)),
         {**BOTH, **visits("T", "2024-01", 417)}, ("W-ANSWERED-AGAIN",)),
    Case("nothing but words for zero", (*FORM[:1], ("03/02/2024 9.12.44", T, "Januari", "nihil", "nihil")),
         {**visits("T", "2024-01", 0), ("T", "loans", "2024-01"): 0}, ("R-READ-AS", "R-READ-AS")),
    Case("within a minute, by seconds", (HEADINGS[:4], ("03/02/2024 9.12.44", T, "Januari", 2),
         ("03/02/2024 9.12.43", T, "Januari", 1)), visits("T", "2024-01", 2), ("W-ANSWERED-AGAIN",)),
    Case("stamps as the sheet keeps them", (HEADINGS[:4], (moment(45323, 0.6), T, "Januari", 2),
         (moment(45323, 0.4), T, "Januari", 1)), visits("T", "2024-01", 2), ("W-ANSWERED-AGAIN",)),
    Case("heading Stempel waktu", **one("Stempel waktu"), figures=visits("T", "2024-01", 410)),
    Case("heading Cap waktu", **one("Cap waktu"), figures=visits("T", "2024-01", 410)),
    Case("a month of the year before", **one(came="05/01/2025 9.12.44", month="Desember"), figures=visits("T", "2024-12", 410)),
    Case("a month that has begun", **one(came="05/01/2025 9.12.44"), figures=visits("T", "2025-01", 410)),
    Case("July answered in January", **one(came="05/01/2025 9.12.44", month="Juli"), figures=visits("T", "2024-07", 410)),
    Case("February answered in January", **one(came="05/01/2025 9.12.44", month="Februari"), figures={}, rules=("F-NO-YEAR",)),
    Case("months of the year caught up with in November", **one(came="05/11/2024 9.12.44"), figures=visits("T", "2024-01", 410)),
    Case("heading Timestamp in capitals", **one("TIMESTAMP"), figures=visits("T", "2024-01", 410)),
    Case("the month as a number", **one(month=1), figures=visits("T", "2024-01", 410)),
    Case("the month from a list with numbers", **one(month="01 - Januari"), figures=visits("T", "2024-01", 410)),
    Case("the month with its year from a list", **one(month="Desember 2023"), figures=visits("T", "2023-12", 410)),
    Case("the month as a date", **one(month=number(45322, "31/01/2024", NumberKind.DATE)), figures=visits("T", "2024-01", 410)),
    Case("the month as a date in words", **one(month="31 Januari 2024"), figures=visits("T", "2024-01", 410)),
    Case("several months ticked", **one(month="Januari, Februari"), figures={}, rules=("F-MONTHS",)),
    Case("answers for weeks", ((*HEADINGS[:4], "Minggu ke"), ("03/02/2024 9.12.44", T, "Januari", 410, "1"),
         ("03/02/2024 9.12.44", T, "Januari", 410, "2")), {}, ("W-EXTRA", "F-ANSWER-PARTS")),
    Case("answers for events", ((*HEADINGS[:3], "Jenis kegiatan", "Peserta kegiatan"),
         ("03/02/2024 9.12.44", T, "Januari", "Lomba", 41), ("04/02/2024 9.12.44", T, "Januari", "Mendongeng", 32)),
         {}, ("F-ANSWER-PARTS",)),
    Case("a correction of one week's answer", ((*HEADINGS[:4], "Minggu ke"), ("03/02/2024 9.12.44", T, "Januari", 410, "1"),
         ("04/02/2024 9.12.44", T, "Januari", 411, "1")), visits("T", "2024-01", 411), ("W-EXTRA", "W-ANSWERED-AGAIN")),
    Case("answered by two people", ((*HEADINGS[:4], "Nama petugas"), ("03/02/2024 9.12.44", T, "Januari", 410, "Ibu Sari"),
         ("04/02/2024 9.12.44", T, "Januari", 411, "Pak Udin")), visits("T", "2024-01", 411), ("W-EXTRA", "W-ANSWERED-AGAIN")),
    Case("the month's own year", **one(month="Maret 2023"), figures=visits("T", "2023-03", 410)),
    Case("the year of a column", **one(month="Maret", columns=("Tahun",), more=(2022,)), figures=visits("T", "2022-03", 410)),
    Case("the month of the title", (("Timestamp", "Nama Perpustakaan", "Pengunjung di tempat"),
         ("03/02/2024 9.12.44", T, 410)), visits("T", "2024-01", 410), title="Laporan Januari"),
    Case("a month ahead", **one(month="Maret 2024"), figures={}, rules=("F-ANSWER-AHEAD",)),
    Case("another year in the title", **one(title="Jawaban 2023"), figures={}, rules=("F-OTHER-YEAR",)),
    Case("no stamp", **one(came=None), figures={}, rules=("F-NO-TIMESTAMP",)),
    Case("a stamp nobody can read", **one(came="kemarin"), figures={}, rules=("F-DATE",)),
    Case("no month", **one(month=None), figures={}, rules=("F-NO-MONTH",)),
    Case("an unknown library", (HEADINGS, ("03/02/2024 9.12.44", "Lelu", "Januari", 410, 120)), {}, ("F-LIBRARY",)),
    Case("no library", (HEADINGS, FORM[1], ("03/02/2024 9.12.44", None, "Februari 2024", 410, 120)),
         {**visits("T", "2024-01", 410), **LOANS}, ("F-NO-LIBRARY",)),
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_answers_of_a_form(case: Case) -> None:
    """The latest answer that says anything counts; what is unclear is asked about, what was replaced is told."""
    seen = read(tab(case.title, *case.rows))
    assert figures(seen.observations) == case.figures
    assert tuple(finding.rule_code for finding in seen.findings) == case.rules
    assert seen.tabs[0].layout is Layout.ANSWERS


def test_a_form_without_months_is_asked_about_once() -> None:
    """Where no question of the form says the month, one question is asked for the tab, with the heading it may be."""
    head = ("Timestamp", "Nama Perpustakaan", "Pengunjung di tempat", "Laporan untuk")
    rows = (head, ("03/02/2024 9.12.44", T, 410, "Januari"), ("04/03/2024 9.12.44", T, 420, "Februari"))
    (asked,) = read(tab("Jawaban", *rows)).findings
    assert (asked.rule_code, asked.proposal) == ("E-TAB-UNREAD", "Laporan untuk")


def test_every_figure_of_a_form_is_accounted_for() -> None:
    """What a later answer superseded is counted as such, and the stamps are labels."""
    account = read(tab("Jawaban", *FORM)).tabs[0].account
    assert account is not None
    assert (account.read, account.superseded, account.beside, account.labels) == (4, 2, 0, 3)


def test_a_correction_says_what_it_corrects() -> None:
    """The remark says the figures that differ, the earlier first."""
    (told,) = read(tab("Jawaban", *FORM)).findings
    assert told.typed == "Pengunjung di tempat: 410 → 416"


def test_a_correction_names_both_rows() -> None:
    """The remark about an earlier answer leads to both, the one that counts first."""
    (told,) = read(tab("Jawaban", *FORM)).findings
    assert [cell.row for cell in told.cells] == [3, 1]
    assert (told.library, str(told.period), told.is_question) == ("T", "2024-01", False)


def test_a_form_in_a_workbook_whose_months_come_first() -> None:
    """A stamp typed in figures that may be swapped is asked about; one that the form wrote is not."""
    head = ("Timestamp", "Nama Perpustakaan", "Bulan", "Pengunjung di tempat")
    page = tab("Answers", head, ("03/02/2024 9.12.44", T, "Januari", 1), (moment(45323), P, "Januari", 2))
    seen = interpret(workbook(page, locale="en_US"), LIBRARIES, ELEMENTS, Inputs(), OFFICE)
    assert figures(seen.observations) == visits("P", "2024-01", 2)
    assert [finding.rule_code for finding in seen.findings] == ["F-DATE-ORDER"]


def test_adopt_recognises_a_form() -> None:
    """Nobody has to answer anything about a form whose headings are known; its corrections are read as such."""
    proposal = propose(workbook(tab("Form Responses 1", *FORM)), ELEMENTS, Inputs(), OFFICE)
    assert Layout.ANSWERS in {match.meaning for match in proposal.matches}
    assert [match for match in proposal.matches if match.asked] == []
    assert proposal.new == frozenset()
    assert sorted(figures(proposal.read.observations).values()) == [66, 120, 205, 416]


def test_adopt_never_swaps_axes_and_counts_no_addresses() -> None:
    """Rows of which nothing says what they are are asked about once; an address or zip code is no element."""
    rows = (("Lokasi", "Januari 2024", "Februari 2024", "Maret 2024"), ("Tangkum", 10, 12, 13), ("Pangkan", 20, 22, 23))
    swapped = propose(workbook(tab("Pengunjung di tempat", *rows)), ELEMENTS, Inputs(), OFFICE)
    assert swapped.new == frozenset()
    assert "Pengunjung di tempat" not in {library.name for library in swapped.libraries}
    assert [match.meaning for match in swapped.matches if match.asked] or swapped.read.observations
    head = ("branch", "address", "zip code", "year", "month", "circulation")
    body = [(name, "12 Jalan Raya", 73671, 2024, month, 400 + n)
            for n, (name, month) in enumerate((a, b) for a in ("A", "B") for b in ("january", "february", "march"))]  # fmt: skip
    assert propose(workbook(tab("Data", head, *body)), ELEMENTS, Inputs(), OFFICE).new <= {"circulation"}
