"""What `Rekap` says."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import rekap_sample as sample

from sheets_sync.model import Period, Reporting, StaleWorkbook, msg
from sheets_sync.model.decision import DecisionState, ReportPlan
from sheets_sync.rekap.cells import WrittenPage
from sheets_sync.rekap.drawing import drawing
from sheets_sync.rekap.page import Page, RowKind
from sheets_sync.rekap.pages import digest, plan
from sheets_sync.rekap.sparkline import sparkline
from sheets_sync.rekap.summary import COLUMNS, QUESTIONS, REMINDER, STATUS, STEP, summary

OCTOBER = sample.OCTOBER


def texts(page: Page) -> list[list[str]]:
    """What the page says, wherever its lines break."""
    places = range(len(page.columns))
    return [[page.at(row, column).text.replace("\n", " ") for column in places] for row in range(len(page.rows))]


def table(page: Page) -> dict[str, dict[str, str]]:
    """The table's texts by library and column title."""
    rows = texts(page)
    head = rows[page.header]
    return {row[0]: dict(zip(head, row, strict=True)) for row in rows[page.header + 1 : page.header + 5]}


def test_rekap_says_that_the_score_is_internal_and_the_figures_are_invented() -> None:
    """The headline calls the score internal, dates it, names its scheme and shows the office's notice."""
    head = " ".join(row[0] for row in texts(summary(sample.context()))[:4])

    for said in ("Skor internal – bukan skor resmi SIM", "tpbis-1", "5 Nov 2024 08.10", "CONTOH – ANGKA REKAAN"):
        assert said in head


def test_every_library_has_its_status_score_and_category() -> None:
    """Reported, partly and not reported are said of the month, the category of the score; no score stays empty."""
    rows = table(summary(sample.context()))

    shown = {name: (row["Status"], row["Skor"], row["Kategori"], row["Perubahan"]) for name, row in rows.items()}
    assert shown == {
        "Tangkum": ("lapor", "7,72", "tinggi", "▲ 0,12"),
        "Pangkan": ("lapor", "6,00", "sedang", "▲ 0,12"),
        "Turan Amis": ("sebagian", "5,20", "rendah", "▲ 0,12"),
        "Lelu": ("belum lapor", "", "data belum cukup", ""),
    }


def test_the_tiles_count_every_library_once_by_category_and_the_silent_ones_apart() -> None:
    """Counts of categories sum to the libraries, also of those that keep a score without having reported the month."""
    month = sample.office_month()
    quiet = tuple(replace(row, reporting=Reporting.NONE) for row in month.libraries[1:])
    page = summary(sample.context(replace(month, libraries=(month.libraries[0], *quiet))))
    label, figure = (row.cells for row in page.rows if row.kind is RowKind.TILES)
    tiles = {name.text: value.text for name, value in zip(label, figure, strict=True)}

    assert (tiles["sudah lapor"], tiles["belum lapor Okt 2024"]) == ("1 dari 4", "3")
    assert [tiles[name] for name in ("tinggi", "sedang", "rendah", "data belum cukup")] == ["1", "1", "1", "1"]


def test_a_provisional_score_shows_its_range() -> None:
    """A score that open questions could move says so and how far."""
    assert table(summary(sample.context()))["Turan Amis"]["Keterangan skor"] == "sementara, kisaran 4,70–5,70"


def test_an_open_question_links_to_its_cell() -> None:
    """The count opens the list of questions, the cell's name the cell itself."""
    page = summary(sample.context())
    cell = page.at(page.header + 2, QUESTIONS)

    assert cell.text == "1: D13"
    assert cell.links[1] == "https://docs.google.com/spreadsheets/d/WB/edit#gid=7&range=D13"


def test_the_reminder_opens_whatsapp_with_a_polite_text() -> None:
    """A library with something to ask for has a link to its contact; one that has done everything has none."""
    page = summary(sample.context())

    assert page.at(page.header + 1, REMINDER).links == ()
    (link,) = page.at(page.header + 4, REMINDER).links
    assert link.startswith("https://wa.me/6281234567890?text=Yth.%20Ibu%20A")


def test_a_private_register_keeps_its_phone_numbers_out_of_the_shared_workbook() -> None:
    """Where the register is in a workbook of its own, the reminder's link holds neither number nor contact's name."""
    page = summary(sample.context(office=sample.OFFICE.model_copy(update={"register_workbook": "PRIVATE"})))

    (link,) = page.at(page.header + 4, REMINDER).links
    assert link.startswith("https://wa.me/?text=")
    assert "Ibu%20A" not in link


def test_the_time_of_the_last_look_changes_a_page_once_a_day() -> None:
    """A later look on the same day leaves the digest alone; the next day's changes it."""
    month = sample.office_month()

    def looked_at(**later: Any) -> str:
        page = summary(sample.context(replace(month, checked_at=month.checked_at + timedelta(**later))))
        return digest(WrittenPage.of(page))

    assert looked_at(hours=3) == looked_at()
    assert looked_at(days=1) != looked_at()


def test_libraries_stay_in_the_rows_where_they_stand() -> None:
    """Rows that people sorted keep their order; a library that is new comes last."""
    page = summary(sample.context(), ["lelu", "turan", "pangkan"])

    assert list(table(page)) == ["Lelu", "Turan Amis", "Pangkan", "Tangkum"]


def test_whom_to_remind_of_what_stands_in_sight() -> None:
    """Status of the newest month, reminder and next step come first; on a laptop all that is asked for daily is in sight."""
    left = [sum(column.width for column in COLUMNS[: place + 1]) for place in (STATUS, REMINDER, STEP, QUESTIONS + 1)]
    assert left[1] < 300  # of a phone's 360 pixels the sheet shows about that many beside its row numbers
    assert left[3] <= 1280 - 60


def plan_of(**changes: Any) -> list[str]:
    """What `Rekap` says above its table where a report is planned, in an office with approvers."""
    planned = ReportPlan(OCTOBER, datetime(2024, 11, 8, 8, tzinfo=sample.WIB), **changes)
    month = replace(sample.office_month(), decisions=DecisionState(plan=planned))
    page = summary(sample.context(month, sample.OFFICE.model_copy(update={"approvers": ("s@example.com",)})))
    return [row[0] for row in texts(page)[: page.header]]


def test_when_the_report_goes_out_and_to_whom_stands_above_the_table() -> None:
    """The next report with its moment and whom it goes to; the last one and the year's as far as there are any."""
    after = {
        "last": OCTOBER - 1,
        "last_moment": datetime(2024, 10, 8, 1, 5, tzinfo=UTC),
        "year_after": Period(2024, 12),
    }
    following = (
        "Laporan berikutnya: Oktober 2024, paling cepat 8 Nov 2024 08.00, lewat surel kepada alamat di tab Perpustakaan "
        "dan kepada dinas."
    )
    assert following in plan_of()
    assert not any("Laporan terakhir" in text or "tahunan" in text for text in plan_of())
    assert (
        "Laporan terakhir: September 2024, 8 Okt 2024 08.05; ada di kotak surel dinas. "
        "Laporan tahunan menyusul sesudah laporan Desember 2024."
    ) in plan_of(**after)


def test_rekap_leads_to_what_the_office_decides() -> None:
    """One click from `Rekap` stand why a score changed, what counts, and, where there are approvers, the decisions."""
    (there,) = [text for text in plan_of() if text.startswith("Dua belas bulan")]
    assert there.endswith(
        "Rincian: mengapa skor berubah · Indikator: yang dihitung untuk skor · Persetujuan: keputusan kantor"
    )
    assert not any("keputusan kantor" in row[0] for row in texts(summary(sample.context())))


def test_the_newest_month_stands_first() -> None:
    """Of the twelve months the newest stands beside the name; the oldest give way on a narrow screen."""
    page = summary(sample.context())
    head = next(row for row in page.rows if row.cells and row.cells[-1].text.startswith("Nov"))
    assert [cell.text for cell in head.cells[1:3]] == ["Okt\n2024", "Sep\n2024"]
    tangkum = [row for row in page.rows if row.key == "tangkum"][-1]
    assert [cell.text for cell in tangkum.cells[1:3]] == ["9,00", "8,50"]
    trend = next(chart for chart in page.charts if chart.name == "trend")
    (drawn,) = drawing(page, trend).segments
    assert trend.backwards
    assert [mark.label for mark in drawing(page, trend).marks][-1].startswith("Okt")
    assert drawn


def test_how_old_figures_are_is_told_by_the_office_s_clock() -> None:
    """A workbook that can't be read is called by its title, and its time is the office's."""
    read = datetime(2024, 11, 3, 20, 30, tzinfo=UTC)  # the 4th at 3.30 in Pontianak
    stale = StaleWorkbook("1xUgly", "Buku desa", read, msg("away"))
    office = sample.OFFICE.model_copy(update={"time_zone": "Asia/Pontianak"})
    page = summary(sample.context(replace(sample.office_month(), stale=(stale,)), office))
    (told,) = [row.cells[0].text for row in page.rows if row.cells and "Buku desa" in row.cells[0].text]
    assert "4 Nov 2024 03.30" in told
    assert "1xUgly" not in told


def test_a_sparkline_marks_what_is_missing() -> None:
    """Each month is a block on a scale from 0 to 10, a month without a score a dot."""
    assert sparkline([None, 0.0, 5.0, 10.0]) == "·▁▅█"


def test_nothing_typed_becomes_a_formula() -> None:
    """A library whose name looks like a formula is written as text."""
    month = sample.office_month()
    hostile = replace(month.libraries[0], library=replace(month.libraries[0].library, name='=IMPORTXML("x")'))
    planned = plan(sample.context(replace(month, libraries=(hostile,))), ())

    assert "formulaValue" not in str([page.requests for page in planned])
