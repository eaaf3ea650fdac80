"""Ranges are read and echoed as Google does."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.local_google.data_filters import filtered, metadata_matches
from sheets_sync.local_google.errors import ApiError
from sheets_sync.local_google.ranges import (
    Bounds,
    a1,
    column_index,
    column_letters,
    echo,
    from_grid_range,
    parse_bounds,
    quote,
    resolve,
    to_grid_range,
)
from sheets_sync.local_google.workbook import Box, Sheet, Workbook


def _sheet(sheet_id: int, title: str, rows: int = 1000, columns: int = 26, *, hidden: bool = False) -> Sheet:
    grid = {"rowCount": rows, "columnCount": columns}
    return Sheet({"sheetId": sheet_id, "title": title, "gridProperties": grid, "hidden": hidden})


@pytest.fixture
def workbook() -> Workbook:
    sheets = [_sheet(9, "Hidden", hidden=True), _sheet(0, "Sheet1"), _sheet(1, "It's"), _sheet(2, "D3", 8, 4)]
    named = [{"namedRangeId": "n", "name": "Scores", "range": {"sheetId": 0, "startRowIndex": 1, "endRowIndex": 3}}]
    return Workbook("id", {"title": "T", "locale": "en_US"}, sheets, named)


@pytest.mark.parametrize(
    ("asked", "echoed"),
    [
        ("A1", "Sheet1!A1"),
        ("Sheet1", "Sheet1!A1:Z1000"),
        ("sheet1!b2", "Sheet1!B2"),
        ("Sheet1!A1:B", "Sheet1!A1:B1000"),
        ("Sheet1!A5:A", "Sheet1!A5:A1000"),
        ("A:A", "Sheet1!A1:A1000"),
        ("2:2", "Sheet1!A2:Z2"),
        ("A1:1", "Sheet1!A1:Z1"),
        ("B2:A1", "Sheet1!A1:B2"),
        ("$A$1:$B2", "Sheet1!A1:B2"),
        ("R1C1:R2C2", "Sheet1!A1:B2"),
        ("Sheet1!R2C3", "Sheet1!C2"),
        ("R[1]C[2]", "Sheet1!C2"),
        ("'It''s'!A1:B2", "'It''s'!A1:B2"),
        ("It's!A1", "'It''s'!A1"),
        ("'D3'", "'D3'!A1:D8"),
        ("D3", "Sheet1!D3"),
        ("'D3'!A1:C1000", "'D3'!A1:C8"),
        ("Scores", "Sheet1!A2:Z3"),
    ],
)
def test_a_range_is_echoed_resolved(workbook: Workbook, asked: str, echoed: str) -> None:
    """The answer names the range cut to the grid, with its tab, quoted only where needed."""
    assert resolve(workbook, asked).a1 == echoed


@pytest.mark.parametrize(
    "asked", ["Nope", "Nope!A1", "Sheet1!A", "A0", "Sheet1!A1:B2:C3", "AAAA1", "'Scores'", "R[-1]C1", "", "Sheet1!"]
)
def test_what_is_no_range_is_refused(workbook: Workbook, asked: str) -> None:
    """Google repeats what it could not parse."""
    with pytest.raises(ApiError) as refused:
        resolve(workbook, asked)
    assert refused.value.message == f"Unable to parse range: {asked}"


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("A2000:B2000", "Sheet1!A2000:B2000"),
        ("Sheet1!AA1", "Sheet1!AA1"),
        ("A1001:B", "Sheet1!A1001:B"),
        ("AA1:2", "Sheet1!AA1:2"),
    ],
)
def test_a_range_that_begins_outside_the_grid_is_refused(workbook: Workbook, asked: str, named: str) -> None:
    """Google names the range as it was meant and the size of the grid."""
    with pytest.raises(ApiError) as refused:
        resolve(workbook, asked)
    assert refused.value.message == f"Range ({named}) exceeds grid limits. Max rows: 1000, max columns: 26"


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("Sheet1", "Sheet1"),
        ("my_tab", "my_tab"),
        ("My tab", "'My tab'"),
        ("It's", "'It''s'"),
        ("Página1", "'Página1'"),
        ("2024", "'2024'"),
        ("D3", "'D3'"),
        ("R1C1", "'R1C1'"),
        ("TRUE", "'TRUE'"),
    ],
)
def test_titles_are_quoted_only_where_needed(title: str, written: str) -> None:
    """A plain title stands as it is, one that could be taken for a cell in quotes."""
    assert quote(title) == written


def test_a_named_range_wins_over_a_tab_unless_quoted(workbook: Workbook) -> None:
    """The quotes say that a tab is meant."""
    workbook.sheets.append(_sheet(5, "Scores"))
    assert resolve(workbook, "Scores").sheet.title == "Sheet1"
    assert resolve(workbook, "'Scores'").sheet.title == "Scores"


def test_an_unknown_sheet_id_is_refused(workbook: Workbook) -> None:
    """A GridRange of no sheet is refused as Google does."""
    with pytest.raises(ApiError, match="No grid with id: 77"):
        from_grid_range(workbook, {"sheetId": 77})


def test_data_filters_select_by_notation_grid_and_metadata(workbook: Workbook) -> None:
    """A developer metadata lookup selects the rows that carry it."""
    location = {"dimensionRange": {"sheetId": 0, "dimension": "ROWS", "startIndex": 2, "endIndex": 4}}
    workbook.metadata.append({"metadataId": 1, "metadataKey": "k", "location": location | {"locationType": "ROW"}})
    chosen: list[dict[str, Any]] = [
        {"a1Range": "A1:B2"},
        {"gridRange": {"sheetId": 0, "endRowIndex": 2, "endColumnIndex": 2}},
        {"developerMetadataLookup": {"metadataKey": "k"}},
        {"developerMetadataLookup": {"metadataKey": "other"}},
    ]
    found = [[area.a1 for area in filtered(workbook, one)] for one in chosen]
    assert found == [["Sheet1!A1:B2"], ["Sheet1!A1:B2"], ["Sheet1!A3:Z4"], []]


@pytest.mark.parametrize(
    ("lookup", "found"),
    [
        ({"metadataId": 1}, ["row"]),
        ({"metadataKey": "k"}, ["row", "sheet", "book"]),
        ({"metadataKey": "k", "metadataValue": "v"}, ["row"]),
        ({"locationType": "SHEET"}, ["sheet"]),
        ({"visibility": "PROJECT"}, []),
        ({"metadataLocation": {"sheetId": 0}}, ["row", "sheet"]),
        ({"metadataLocation": {"sheetId": 0}, "locationMatchingStrategy": "EXACT_LOCATION"}, ["sheet"]),
        ({"metadataLocation": {"spreadsheet": True}}, ["book"]),
        (
            {"metadataLocation": {"sheetId": 0}, "locationMatchingStrategy": "INTERSECTING_LOCATION"},
            ["row", "sheet"],
        ),
        (
            {
                "metadataLocation": {
                    "dimensionRange": {"sheetId": 0, "dimension": "ROWS", "startIndex": 3, "endIndex": 9}
                },
                "locationMatchingStrategy": "INTERSECTING_LOCATION",
            },
            ["row"],
        ),
        (
            {
                "metadataLocation": {"dimensionRange": {"sheetId": 0, "dimension": "ROWS", "startIndex": 4}},
                "locationMatchingStrategy": "INTERSECTING_LOCATION",
            },
            [],
        ),
    ],
)
def test_a_metadata_lookup_matches_all_that_it_says(lookup: dict[str, Any], found: list[str]) -> None:
    """Id, key, value, visibility, kind of place, and the place itself, exactly or as far as it intersects."""
    rows = {"dimensionRange": {"sheetId": 0, "dimension": "ROWS", "startIndex": 2, "endIndex": 4}}
    everything: dict[str, dict[str, Any]] = {
        "row": {"metadataId": 1, "metadataValue": "v", "location": rows | {"locationType": "ROW"}},
        "sheet": {"metadataId": 2, "location": {"sheetId": 0, "locationType": "SHEET"}},
        "book": {"metadataId": 3, "location": {"spreadsheet": True, "locationType": "SPREADSHEET"}},
    }
    keyed = {name: one | {"metadataKey": "k", "visibility": "DOCUMENT"} for name, one in everything.items()}
    assert [name for name, one in keyed.items() if metadata_matches(one, lookup)] == found


def test_metadata_of_a_whole_workbook_selects_every_tab(workbook: Workbook) -> None:
    """Each as a whole."""
    workbook.metadata.append({"metadataKey": "k", "location": {"spreadsheet": True, "locationType": "SPREADSHEET"}})
    workbook.metadata.append(
        {"metadataKey": "c", "location": {"dimensionRange": {"sheetId": 2, "dimension": "COLUMNS", "endIndex": 1}}}
    )
    selected = [
        [area.a1 for area in filtered(workbook, {"developerMetadataLookup": {"metadataKey": key}})] for key in "kc"
    ]
    assert [len(found) for found in selected] == [4, 1]
    assert selected[1] == ["'D3'!A1:A8"]


_starts = st.integers(0, 2000)


@given(st.integers(0, 18_277))
def test_column_names_are_counted_both_ways(index: int) -> None:
    """The index of a column's name is the column."""
    assert column_index(column_letters(index)) == index


@given(_starts, _starts, st.integers(1, 50), st.integers(1, 50))
def test_a_bounded_range_reads_back(top: int, left: int, height: int, width: int) -> None:
    """What is echoed means the same range."""
    box = Box(top, left, top + height, left + width)
    assert parse_bounds(a1(box)) == Bounds(*box)
    assert to_grid_range(3, box)["endRowIndex"] == box.bottom


@given(st.text(min_size=1, max_size=20), st.integers(0, 30), st.integers(0, 25))
def test_any_title_reads_back(title: str, row: int, column: int) -> None:
    """An echoed range of any tab is found again."""
    book = Workbook("id", {"title": "T", "locale": "en_US"}, [_sheet(0, "other"), _sheet(1, title)])
    if title.casefold() != "other":
        area = resolve(book, echo(title, Box(row, column, row + 1, column + 1)))
        assert (area.sheet.id, area.box[:2]) == (1, (row, column))
