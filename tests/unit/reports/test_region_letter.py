"""A province's letter, mail and Rekap say of its regencies what an office's say of its libraries, in words of their own."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from fourteen import FEBRUARY, REGION, SCHEME, YEAR, given, span_given, span_view, view
from kpi_samples import ELEMENTS

from sheets_sync import kpi, rekap
from sheets_sync.config.office import Elements
from sheets_sync.jobs.places.members import Given
from sheets_sync.rekap.region import region_page
from sheets_sync.reports.context import ReportContext, report_context
from sheets_sync.reports.forward import forward_month
from sheets_sync.reports.letter import letter
from sheets_sync.reports.render import Renderer
from sheets_sync.reports.span_letter import span_letter


def context() -> ReportContext:
    return report_context(REGION, Elements(elements=ELEMENTS), kpi.labels(SCHEME, FEBRUARY))


def test_the_letter_says_the_score_of_all_together() -> None:
    """14 regencies, one row more in bold for the province: 10 × 10,100 / 34,000 = 2.97."""
    content = letter(view().month, context(), "Gubernur", date(2024, 3, 8))
    assert "13 dari 14 daerah sudah melapor" in content.reported
    assert "Skor Kalimantan Tengah secara keseluruhan adalah 2,97." in content.scores
    rows = content.report.rows
    assert [(row.name, row.score) for row in rows if row.whole] == [("Kalimantan Tengah, semua", "2,97")]
    assert (len(rows), len(content.annexes)) == (15, 14)
    assert {row.name: row.status for row in rows}["Kapuas"] == "2 dari 3"


def test_an_annex_tells_of_a_regency_and_of_no_library() -> None:
    """How many reported, how completely, and which file it came in by."""
    places = given()
    places["62.05"] = Given(places["62.05"].sums, datetime(2024, 3, 2, 1, tzinfo=UTC))
    content = letter(view(places).month, context(), "Gubernur", date(2024, 3, 8))
    lead = content.annexes[4].report.lead
    assert lead == (
        "2 dari 3 perpustakaan sudah melapor Februari 2024. Kelengkapan 67 %, lengkap tepat waktu 67 %. "
        "Angkanya berasal dari berkas yang dibuat 2 Maret 2024."
    )


def test_a_chat_is_told_of_libraries_not_of_regencies() -> None:
    """18 libraries of 14 regencies, of which two are silent: 16 of 18, where 13 of 14 libraries were said to have reported."""
    found = view().month
    counted = [each.place for each in found.libraries if each.place]
    heard, libraries = sum(each.heard for each in counted), sum(each.libraries for each in counted)
    assert (heard, libraries) == (16, 18)
    assert "16 dari 18 perpustakaan sudah melapor" in forward_month(found, context())


def test_who_gave_nothing_stands_in_letter_and_mail() -> None:
    """Named with why, and asked for as what is to be followed up."""
    places = given()
    del places["62.09"]
    said = Renderer(context()).office(view(places).month, "Gubernur").text
    assert "- Lamandau belum memberikan angka Februari 2024 dan tidak termasuk dalam jumlah." in said
    assert "12 dari 14 daerah sudah melapor" in said


@pytest.mark.parametrize(("code", "words"), [("id", ("Daerah", "Tahun lalu")), ("en", ("Place", "A year ago"))])
def test_rekap_has_a_row_for_each_and_one_for_all(code: str, words: tuple[str, str]) -> None:
    """The order is the tree's; what stands on the tab already stays where it is."""
    region = REGION.model_copy(update={"language": code})
    here = rekap.Context(
        month=view().month,
        office=region,
        elements=Elements(elements=ELEMENTS),
        labels=kpi.labels(SCHEME, FEBRUARY),
        links=rekap.tab_links(region, ()),
        findings=(),
    )
    page = region_page(here, [("desa", 18)], order=["62.14"])
    keys = [row.key for row in page.rows[page.header + 1 : page.header + 16]]
    assert keys == ["62.14", *(f"62.{n:02}" for n in range(1, 14)), "∑"]
    titles = [cell.text for cell in page.rows[page.header].cells]
    assert set(words) <= set(titles)
    scores = [row.cells[3].number for row in page.rows[page.header + 1 : page.header + 16]]
    assert (scores[0], scores[-1]) == (1.5, 2.97)


def test_who_has_not_reported_stands_on_top() -> None:
    """In Rekap by name, in letter and mail also those of whom some libraries have not; who gave nothing has no shares."""
    places = given()
    del places["62.09"]
    month = view(places).month
    here = rekap.Context(
        month=month,
        office=REGION,
        elements=Elements(elements=ELEMENTS),
        labels=kpi.labels(SCHEME, FEBRUARY),
        links=rekap.tab_links(REGION, ()),
        findings=(),
    )
    page = region_page(here, [("desa", 17)])
    lines = [row.cells[0].text for row in page.rows[: page.header]]
    assert "Belum lapor Februari 2024: Lamandau, Sukamara." in lines
    lamandau = next(row for row in page.rows if row.key == "62.09")
    assert [lamandau.cells[n].text for n in (2, 7, 8)] == ["–", "–", "–"]
    said = letter(month, context(), "Gubernur", date(2024, 3, 8)).report.follow_up
    assert said[:2] == (
        "Belum lapor Februari 2024: Lamandau, Sukamara.",
        "Sebagian perpustakaannya belum lapor Februari 2024: Kapuas (2 dari 3).",
    )


QUARTER_SAYS = (
    "Belum lapor Februari 2024: Sukamara.",
    "Belum lapor Maret 2024: semua daerah.",
    "Februari 2024, sebagian perpustakaan belum lapor: Kapuas (2 dari 3).",
)


def test_a_quarter_s_letter_says_by_months_who_has_not_reported() -> None:
    """Every place that has not, and of whom some libraries have not; the last row is the province."""
    content = span_letter(span_view().whole, context(), "Gubernur", date(2024, 4, 8))
    assert "Dari 54 laporan bulanan perpustakaannya, 34 sudah masuk." in content.reported
    assert tuple(content.report.follow_up[-3:]) == QUARTER_SAYS
    assert [(row.name, row.score, row.status) for row in content.report.rows if row.whole] == [
        ("Kalimantan Tengah, semua", "2,97", "34 dari 54")
    ]
    kapuas = content.annexes[4]
    assert kapuas.report.lead == "Dari 9 laporan bulanan perpustakaannya selama triwulan I 2024, 5 sudah masuk."
    assert "Sebagian perpustakaan belum lapor: Februari 2024 (2 dari 3)." in kapuas.report.progress


def test_a_year_s_mail_says_runs_of_months_and_who_gave_nothing() -> None:
    """Ten silent months are one run; a regency without a file is named and has nothing in its row."""
    places = span_given(YEAR)
    del places["62.09"]
    mail = Renderer(context()).office_span(span_view(places, YEAR).whole, "Gubernur").text
    assert "- Belum lapor Maret 2024 sampai Desember 2024: semua daerah." in mail
    assert "- Lamandau belum memberikan angka tahun 2024 dan tidak termasuk dalam jumlah." in mail
    assert "- Lamandau: – · data belum cukup · belum ada laporan bulanan" in mail


def test_a_month_in_which_nobody_gave_anything_is_told() -> None:
    """No row has a score, and nothing fails."""
    empty = view({})
    content = letter(replace(empty.month), context(), "Gubernur", date(2024, 3, 8))
    assert "0 dari 14 daerah sudah melapor" in content.reported
    assert {row.score for row in content.report.rows} == {"–"}
