"""A month that the office has closed for a library: said wherever it is told, and nobody is asked for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import rekap_sample
from sample_months import library_month, office_month, sample_voice, silent_month

from sheets_sync.model import LibraryMonth, Reporting
from sheets_sync.rekap.summary import summary
from sheets_sync.reports.letter import letter
from sheets_sync.reports.library_report import library_report
from sheets_sync.reports.office_report import office_report
from sheets_sync.reports.reminders import awaited

CLOSED = replace(silent_month("Perpustakaan Desa Lelu"), reporting=Reporting.CLOSED, closed=True)
MONTH = office_month([library_month(), silent_month(), CLOSED])


def names(entries: tuple[LibraryMonth, ...]) -> list[str]:
    return [entry.library.name for entry in entries]


def test_nobody_is_reminded_of_it() -> None:
    """Whether there are figures or not: the office expects none."""
    partly = replace(library_month("X", reporting=Reporting.PARTIAL), closed=True)
    assert names(awaited(MONTH)) == ["Perpustakaan Desa Turan Amis"]
    assert awaited(office_month([CLOSED, partly])) == ()


def test_the_office_reads_it() -> None:
    """In mail and letter: those who were to report, and who is left out by the office's own word."""
    voice = sample_voice()
    report = office_report(MONTH, voice)
    assert "1 dari 2 perpustakaan sudah melapor" in report.lead
    assert "1 dari 2 perpustakaan sudah melapor" in letter(MONTH, voice, "Bupati", date(2024, 11, 6)).reported
    assert report.not_reported == 1
    assert (
        "Bulan Oktober 2024 ditutup atas keputusan dinas, jadi tidak dihitung: Perpustakaan Desa Lelu."
        in report.follow_up
    )
    assert [row.status for row in report.rows][-1] == "ditutup"


def test_the_library_reads_it() -> None:
    """Its own mail thanks and asks for nothing."""
    lead = library_report(MONTH, CLOSED, sample_voice()).lead
    assert lead.startswith("Bulan Oktober 2024 ditutup untuk perpustakaan Anda")
    assert "kosong" not in lead


def test_rekap_shows_it() -> None:
    """Status and tile say so; there is no share of nothing, and no reminder to send."""
    context = rekap_sample.context()
    rows = context.month.libraries
    changed = replace(rows[-1], reporting=Reporting.CLOSED, closed=True, findings=())
    month = replace(context.month, libraries=(*rows[:-1], changed))
    page = summary(replace(context, month=month))
    texts = [[cell.text for cell in row.cells] for row in page.rows]
    tiles = next(row for row in texts if row[0].startswith("sudah lapor"))
    assert tiles[0] == "sudah lapor; ditutup: 1"
    row = next(row for row in texts if row[0] == changed.library.name)
    assert (row[1], row[2], row[12]) == ("ditutup", "", "–")
