"""What a page shows beside the cells' own texts: filter views, slicers, pictures; and what alternating colours paint."""

from __future__ import annotations

from typing import Any

import pytest
from page_reader import Visitor, read
from sheet_client import Book

from sheets_sync.local_google import LocalGoogle
from sheets_sync.local_google.sheets.bands import banded_cells
from sheets_sync.local_google.workbook import Box, Cell, Sheet

AREA = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 4, "startColumnIndex": 0, "endColumnIndex": 2}
KINDS = [["Desa", "Jenis"], ["Tangkum", "desa"], ["Dinas", "kabupaten"], ["Pangkan", "desa"]]
HIDES = {"hiddenValues": ["desa"]}
HEAD, FIRST, SECOND, FOOT = ({"red": part} for part in (0.2, 0.4, 0.6, 0.8))
ACROSS, ACROSS_TOO = {"green": 0.5}, {"green": 0.9}


@pytest.fixture
def visitor(shared_google: LocalGoogle, book: Book) -> Visitor:
    book.put("A1", KINDS)
    return Visitor(shared_google, book.id).sign_in()


def test_a_filter_view_shows_while_it_is_open(book: Book, visitor: Visitor) -> None:
    """Its rows are hidden for whoever opens it, and for nobody else; the page lists it."""
    view = {"title": "Tanpa desa", "range": AREA, "filterSpecs": [{"columnIndex": 1, "filterCriteria": HIDES}]}
    (reply,) = book.batch({"addFilterView": {"filter": view}})
    found = str(reply["addFilterView"]["filter"]["filterViewId"])
    assert visitor.facts(gid=0)["hidden"] == []
    assert visitor.facts(gid=0, fvid=found)["hidden"] == [1, 3]
    cells, _ = visitor.tab(0, fvid=found)
    assert "filter" in cells[0, 1].classes
    assert "Tanpa desa" in visitor.get(gid=0).text


def test_an_open_view_takes_the_place_of_the_basic_filter(book: Book, visitor: Visitor) -> None:
    """What the basic filter hides shows in a view that hides nothing."""
    book.batch(
        {"setBasicFilter": {"filter": {"range": AREA, "filterSpecs": [{"columnIndex": 1, "filterCriteria": HIDES}]}}},
        {"addFilterView": {"filter": {"title": "Semua", "range": AREA, "filterViewId": 7}}},
    )
    assert visitor.facts(gid=0)["hidden"] == [1, 3]
    assert visitor.facts(gid=0, fvid=7)["hidden"] == []


@pytest.mark.parametrize(
    ("criteria", "hidden", "told"),
    [
        ({}, [], "semua baris"),
        (HIDES, [1, 3], "1 dari 3 baris"),
        ({"condition": {"type": "TEXT_EQ"}}, [1, 2, 3], "0 dari"),
    ],
)
def test_a_slicer_is_drawn_and_hides_its_rows(
    book: Book, visitor: Visitor, criteria: dict[str, Any], hidden: list[int], told: str
) -> None:
    """With its title, how many rows are left, and only the rows it lets through."""
    values = [{"userEnteredValue": "dinas"}] if "condition" in criteria else []
    given = {**criteria, "condition": {**criteria["condition"], "values": values}} if values else criteria
    spec = {"title": "<b>Jenis</b>", "dataRange": AREA, "columnIndex": 1, "filterCriteria": given}
    place = {"overlayPosition": {"anchorCell": {"sheetId": 0, "rowIndex": 0, "columnIndex": 3}}}
    book.batch({"addSlicer": {"slicer": {"spec": spec, "position": place}}})
    page = visitor.get(gid=0, hl="id").text
    assert visitor.facts(gid=0)["hidden"] == hidden
    assert "&lt;b&gt;Jenis&lt;/b&gt;" in page
    assert told in page


@pytest.mark.parametrize(
    ("formula", "href"),
    [
        ('=IMAGE("https://example.org/foto.png")', "https://example.org/foto.png"),
        ('=IMAGE("https://example.org/" & "a.png"; 1)', "https://example.org/a.png"),
        ('=IMAGE("javascript:alert(1)")', ""),
        ("=IMAGE()", ""),
    ],
)
def test_a_picture_is_named_and_not_fetched(book: Book, visitor: Visitor, formula: str, href: str) -> None:
    """A cell with a picture leads to it, if it is one of the web; the page itself asks nobody for it."""
    book.put("B2", [[formula.replace(";", ",")]])
    part = visitor.get("part", gid=0, blocks=0).json()["blocks"]["0"]
    tags = read(f"<table>{part}</table>").tags
    assert [given["href"] for tag, given in tags if tag == "a" and given.get("class") == "picture"] == (
        [href] if href else []
    )
    assert not [tag for tag, _ in tags if tag == "img"]


@pytest.mark.parametrize(
    ("bands", "column", "painted"),
    [
        ({"rowProperties": {"firstBandColor": FIRST, "secondBandColor": SECOND}}, 0, [FIRST, SECOND, FIRST, SECOND]),
        (
            {"rowProperties": {"headerColor": HEAD, "firstBandColor": FIRST, "secondBandColor": SECOND}},
            0,
            [HEAD, FIRST, SECOND, FIRST],
        ),
        (
            {"rowProperties": {"firstBandColor": FIRST, "secondBandColor": SECOND, "footerColor": FOOT}},
            0,
            [FIRST, SECOND, FIRST, FOOT],
        ),
        ({"columnProperties": {"firstBandColor": ACROSS, "secondBandColor": ACROSS_TOO}}, 1, [ACROSS_TOO] * 4),
        (
            {
                "rowProperties": {"firstBandColor": FIRST, "secondBandColor": SECOND},
                "columnProperties": {"firstBandColor": ACROSS, "secondBandColor": ACROSS_TOO},
            },
            0,
            [FIRST, ACROSS, FIRST, ACROSS],
        ),
        (
            {
                "rowProperties": {"firstBandColor": FIRST, "secondBandColor": SECOND},
                "columnProperties": {"headerColor": HEAD, "firstBandColor": ACROSS},
            },
            0,
            [HEAD] * 4,
        ),
    ],
)
def test_alternating_colours_count_as_the_discovery_document_says(
    bands: dict[str, Any], column: int, painted: list[dict[str, float]]
) -> None:
    """Header and footer before the first colour, the first before the second, rows before columns."""
    sheet = Sheet({"sheetId": 0, "title": "T", "gridProperties": {"rowCount": 9, "columnCount": 5}})
    sheet.banded_ranges.append({"bandedRangeId": 1, "range": AREA, **bands})
    found = {(row, at): look["backgroundColor"] for row, at, look in banded_cells(sheet, Box(0, 0, 9, 5))}
    assert [found[row, column] for row in range(4)] == painted
    assert max(found) == (3, 1)


def test_a_colour_of_one_s_own_covers_the_bands() -> None:
    """A cell that was given a ground keeps it."""
    sheet = Sheet({"sheetId": 0, "title": "T", "gridProperties": {"rowCount": 9, "columnCount": 5}})
    sheet.banded_ranges.append({"range": AREA, "rowProperties": {"firstBandColor": FIRST, "secondBandColor": SECOND}})
    sheet.put(1, 1, Cell(format={"backgroundColor": HEAD}))
    assert (1, 1) not in {(row, column) for row, column, _ in banded_cells(sheet, Box(0, 0, 9, 5))}
