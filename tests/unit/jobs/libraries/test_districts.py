"""A large office is seen by kecamatan: who reported there, and what its libraries did together."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from kpi_samples import cube, figure, indicator, library, scheme
from rekap_sample import context, library_month

from sheets_sync.jobs.libraries.districts import MANY, districts, in_districts
from sheets_sync.model import Library, LibraryMonth, Period, Reporting
from sheets_sync.rekap.align import align
from sheets_sync.rekap.cells import WrittenPage
from sheets_sync.rekap.page import Page
from sheets_sync.rekap.requests import ROWS_AT_ONCE, page_requests
from sheets_sync.rekap.summary import DISTRICT, summary

OCTOBER = Period(2024, 10)
SCHEME = scheme(
    indicator("loans", numerator="loans", denominator="population", target=1), coverage_floor=0, valid_from="2020-01"
)


def office(count: int) -> tuple[list[Library], list[LibraryMonth]]:
    """Libraries of 1,000 people, every third in Awang; the first of them silent, the last the regency's own."""
    known = [
        library(
            f"L{n}", 1000.0, district="Awang" if n % 3 == 0 else "Paku", kind="kabupaten" if n == count - 1 else "desa"
        )
        for n in range(count)
    ]
    rows = [replace(library_month(each.code, each.name, 5.0, "low"), library=each) for each in known]
    return known, [replace(rows[0], reporting=Reporting.NONE), *rows[1:]]


def test_each_kecamatan_is_its_libraries_together() -> None:
    """Twenty villages of Awang lend 100 each to 20,000 people; the regency's own library is counted and not added."""
    known, rows = office(MANY)
    seen = [figure("loans", "2024-10", 100 if each.district == "Awang" else 50, each.code) for each in known]
    awang, paku = districts(cube(seen, *known), SCHEME, OCTOBER, rows)
    assert (awang.library.name, awang.place and (awang.place.libraries, awang.place.heard)) == ("Awang", (20, 19))
    assert (paku.library.name, paku.place and paku.place.libraries) == ("Paku", 40)
    assert [each.score and each.score.value for each in (awang, paku)] == pytest.approx([1.0, 0.5])
    assert (awang.reporting, paku.reporting) == (Reporting.PARTIAL, Reporting.COMPLETE)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        (("Paku", "paku ", "PAKU", "Kecamatan Paku", "Kec. Paku"), ["Paku"]),
        (("Kec. Awang", "Awang", "Awang Hulu", "AWANG  HULU"), ["Kec. Awang", "Awang Hulu"]),
        (("", "-", "Kecamatan", "Kec."), ["", "Kecamatan", "Kec."]),
        (("Karusen Janang", "Karusen-Janang"), ["Karusen Janang"]),
        (("Raren Batuah", "Paju Epat", "Paku"), ["Raren Batuah", "Paju Epat", "Paku"]),
    ],
)
def test_a_kecamatan_is_one_however_it_is_typed(typed: tuple[str, ...], shown: list[str]) -> None:
    """As the first library of it writes it; two of other names stay two, and nothing else of a library changes."""
    known = [library(f"L{n}", 1000.0, district=name) for n, name in enumerate(typed)]
    found = in_districts(known)
    assert list(dict.fromkeys(each.district for each in found)) == shown
    assert [replace(each, district="") for each in found] == [replace(each, district="") for each in known]


@pytest.mark.parametrize("count", [3, MANY - 1])
def test_a_small_office_is_looked_through_one_by_one(count: int) -> None:
    """Fewer libraries need no groups."""
    known, rows = office(count)
    assert districts(cube([], *known), SCHEME, OCTOBER, rows) == ()


def large() -> Page:
    known, rows = office(MANY)
    found = districts(cube([], *known), SCHEME, OCTOBER, rows)
    here = context()
    return summary(replace(here, month=replace(here.month, libraries=tuple(rows), districts=found)))


def test_rekap_opens_each_kecamatan_alone() -> None:
    """Below the table a row for each, whose name is a link to the filter view of its libraries."""
    page = large()
    blocks = [row for row in page.rows if row.key.startswith("∑ ")]
    assert [row.cells[0].text for row in blocks] == ["Awang", "Paku"]
    views = {each.title: each for each in page.filters if each.column == DISTRICT}
    assert list(views) == ["Awang", "Paku"]
    assert all("fvid=" in link for row in blocks for link in row.cells[0].links)


def test_charts_stand_where_their_cells_do() -> None:
    """The rows of the districts move the months and the chart made of them."""
    page = large()
    [trend] = [chart for chart in page.charts if chart.name == "trend"]
    assert page.rows[trend.series.first_row].cells[0].text == "Rata-rata perpustakaan"


def test_a_long_page_is_cut_into_requests_of_a_thousand_rows() -> None:
    """Together they cover every row once, so that they may be sent in several writes."""
    page = large()
    long = replace(page, rows=page.rows * 20)
    spans = [
        each["updateCells"]["range"]
        for each in page_requests(WrittenPage.of(long), None, 1, "Rekap", align(long, None))
        if "updateCells" in each
    ]
    ends = [0, *(span["endRowIndex"] for span in spans)]
    assert [span["startRowIndex"] for span in spans] == ends[:-1]
    assert ends[-1] == len(long.rows) > ROWS_AT_ONCE
    assert all(after - before <= ROWS_AT_ONCE for before, after in itertools.pairwise(ends))
