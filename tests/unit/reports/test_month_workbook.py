"""The month's figures as .xlsx."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
from sample_months import NOW, OCTOBER, findings, library_month, observations, office_month, sample_voice

from sheets_sync.model import LibraryMonth, State
from sheets_sync.reports.workbook import month_workbook


def sheet(title: str, *entries: LibraryMonth) -> list[tuple[Any, ...]]:
    content = month_workbook(office_month(entries), sample_voice(), NOW)
    page = openpyxl.load_workbook(io.BytesIO(content))[title]
    rows = list(page.iter_rows(values_only=True))
    assert str(rows[2][0]).startswith("CONTOH – ANGKA REKAAN. ")
    return rows[3:]


def test_has_every_monthly_count() -> None:
    """The sheet of data has a row for each library and element, with the reporting year's months across."""
    head, first, *_ = sheet("Data", library_month())
    assert head[:5] == ("Kode", "Perpustakaan", "Data", "Satuan", "Jan 2024")
    assert head[-1] == "Okt 2024"
    assert first == ("tangkum", "Perpustakaan Desa Tangkum", "Pengunjung di tempat", "orang", *range(10, 110, 10))


def test_missing_is_not_zero() -> None:
    """What was not typed stays empty, zero is a zero, and what could not be read is a word that a sum goes past."""
    states = {
        OCTOBER: State.UNREADABLE,
        OCTOBER - 1: State.EMPTY,
        OCTOBER - 2: State.ZERO,
        OCTOBER - 3: State.NOT_APPLICABLE,
    }
    seen = tuple(
        each._replace(state=states[each.period], value=0.0 if states[each.period] is State.ZERO else None)
        if each.period in states
        else each
        for each in observations("tangkum")
    )
    _, first, *_ = sheet("Data", library_month(observations=seen))
    assert first[-5:] == (60, "tidak berlaku", 0, None, "belum terbaca")


HOSTILE = [
    "=1+1",
    '=HYPERLINK("http://x.example")',
    "+1",
    "-1",
    "@SUM(A1)",
    "#REF!",
    "\t=1+1",
    "=cmd|'/c calc'!A1",
    "\x00=1",
]


@pytest.mark.parametrize("typed", HOSTILE)
def test_nothing_typed_becomes_a_formula(typed: str) -> None:
    """A name, a note or a reason that looks like a formula or an error is text, also once somebody edits the cell."""
    asked = tuple(replace(finding, reason=typed) for finding in findings("x"))
    entry = library_month(typed, findings=asked)
    content = month_workbook(
        office_month([replace(entry, library=replace(entry.library, code=typed, district=typed))]), sample_voice(), NOW
    )
    for page in openpyxl.load_workbook(io.BytesIO(content)):
        for row in page.iter_rows():
            for cell in row:
                assert cell.data_type in ("s", "n"), (cell.coordinate, cell.value)
                assert not str(cell.value).startswith(("=", "+", "-", "@")) or cell.quotePrefix or cell.data_type == "n"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        pages = [archive.read(name) for name in archive.namelist() if "worksheets" in name]
    assert all(b"<f>" not in page for page in pages)


def test_the_same_month_gives_the_same_bytes() -> None:
    """The workbook holds no moment but the one it was sealed at."""
    month, context = office_month(), sample_voice()
    content = month_workbook(month, context, NOW)
    assert content == month_workbook(month, context, NOW)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.read("docProps/core.xml").count(b"2024-11-06T01:00:00Z") == 2


def test_revisions_and_questions_are_there() -> None:
    """What was asked, the reason that was given, and what was revised each have their sheet."""
    assert sheet("Pertanyaan", library_month())[2][-1] == "Pekan literasi sekolah"
    assert sheet("Revisi", library_month())[1][2:] == ("Juni 2024", "Pengunjung di tempat", 412, 421)
