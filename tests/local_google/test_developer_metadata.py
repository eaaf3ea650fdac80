"""Developer metadata: where it is, how it is found, what it moves with."""

from __future__ import annotations

from typing import Any

import pytest
from sheet_client import Book, grid_range, lines


def metadata(key: str, location: dict[str, Any], **more: Any) -> dict[str, Any]:
    found = {"metadataKey": key, "location": location, "visibility": "DOCUMENT"} | more
    return {"createDeveloperMetadata": {"developerMetadata": found}}


@pytest.fixture
def noted(book: Book) -> Book:
    """Metadata at the spreadsheet, the sheet, row 3 and column B."""
    book.batch(
        metadata("buku", {"spreadsheet": True}, metadataId=1),
        metadata("tab", {"sheetId": 0}, metadataId=2, metadataValue="x"),
        metadata("baris", {"dimensionRange": lines("ROWS", 2, 3)}, metadataId=3, metadataValue="x"),
        metadata("kolom", {"dimensionRange": lines("COLUMNS", 1, 2)}, metadataId=4),
    )
    return book


def search(book: Book, *filters: dict[str, Any]) -> list[int]:
    found = book.client.ok("POST", f"{book.path}/developerMetadata:search", {"dataFilters": filters})
    return [one["developerMetadata"]["metadataId"] for one in found.get("matchedDeveloperMetadata", [])]


def lookup(**wanted: Any) -> dict[str, Any]:
    return {"developerMetadataLookup": wanted}


def test_metadata_is_told_where_it_is(noted: Book) -> None:
    """With the spreadsheet, the sheet, the row and the column, and by its id."""
    found = noted.get("developerMetadata,sheets(developerMetadata,data(rowMetadata,columnMetadata))", ranges="A3:B3")
    assert found["developerMetadata"][0]["location"] == {"locationType": "SPREADSHEET", "spreadsheet": True}
    sheet = found["sheets"][0]
    assert sheet["developerMetadata"][0]["location"] == {"locationType": "SHEET", "sheetId": 0}
    (row,), (_, column) = sheet["data"][0]["rowMetadata"], sheet["data"][0]["columnMetadata"]
    assert row["developerMetadata"][0]["metadataKey"] == "baris"
    assert column["developerMetadata"][0]["location"]["locationType"] == "COLUMN"
    one = noted.client.ok("GET", f"{noted.path}/developerMetadata/3")
    assert one["metadataValue"] == "x"
    assert noted.client.refused("GET", f"{noted.path}/developerMetadata/9")[0] == 404


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ([lookup(metadataKey="tab")], [2]),
        ([lookup(metadataValue="x")], [2, 3]),
        ([lookup(metadataId=1), lookup(metadataId=4)], [1, 4]),
        ([lookup(locationType="ROW")], [3]),
        ([lookup()], [1, 2, 3, 4]),
        ([lookup(metadataLocation={"sheetId": 0})], [2, 3, 4]),
        ([lookup(metadataLocation={"sheetId": 0}, locationMatchingStrategy="EXACT_LOCATION")], [2]),
        ([lookup(metadataLocation={"spreadsheet": True})], [1]),
        ([lookup(metadataLocation={"dimensionRange": lines("ROWS", 0, 5)})], [3, 4]),
        ([{"gridRange": grid_range(2, 0, 3, 1)}], [2, 3]),
        ([{"a1Range": "B1:B2"}], [2, 4]),
        ([lookup(metadataKey="tiada")], []),
    ],
)
def test_metadata_is_searched(noted: Book, filters: Any, expected: list[int]) -> None:
    """By key, value, id, kind of location, or by where it lies."""
    assert search(noted, *filters) == expected


def test_metadata_moves_with_its_row_and_selects_its_cells(noted: Book) -> None:
    """A DataFilter by metadata finds the row where it is now."""
    noted.put("A3", [["sini"]])
    noted.batch({"insertDimension": {"range": lines("ROWS", 0, 2)}})
    body = {"dataFilters": [lookup(metadataKey="baris")]}
    found = noted.client.ok("POST", f"{noted.path}/values:batchGetByDataFilter", body)
    assert found["valueRanges"][0]["valueRange"]["range"] == "Sheet1!A5:Z5"
    assert found["valueRanges"][0]["valueRange"]["values"] == [["sini"]]


def test_metadata_of_a_sorted_row_goes_with_it(noted: Book) -> None:
    """Even if only a part of the row is sorted."""
    noted.put("A1:A3", [[3], [2], [1]])
    noted.batch({"sortRange": {"range": grid_range(0, 0, 3, 1), "sortSpecs": [{"sortOrder": "ASCENDING"}]}})
    found = noted.client.ok("GET", f"{noted.path}/developerMetadata/3")["location"]["dimensionRange"]
    assert (found["startIndex"], found["endIndex"]) == (0, 1)


def test_metadata_is_changed_and_deleted(noted: Book) -> None:
    """By filter; the replies bring what was changed and what is gone."""
    change = {"dataFilters": [lookup(metadataValue="x")], "developerMetadata": {"metadataValue": "y"}}
    (changed,) = noted.batch({"updateDeveloperMetadata": change | {"fields": "metadataValue"}})
    assert [one["metadataValue"] for one in changed["updateDeveloperMetadata"]["developerMetadata"]] == ["y", "y"]
    (deleted,) = noted.batch({"deleteDeveloperMetadata": {"dataFilter": lookup(metadataKey="baris")}})
    assert deleted["deleteDeveloperMetadata"]["deletedDeveloperMetadata"][0]["metadataId"] == 3
    assert search(noted, lookup(visibility="DOCUMENT")) == [1, 2, 4]


@pytest.mark.parametrize(
    ("given", "text"),
    [
        (metadata("", {"spreadsheet": True}), "metadataKey must be specified"),
        (
            metadata("x", {"dimensionRange": lines("ROWS", 0, 2)}),
            "DimensionRange must represent a single row or column",
        ),
        (metadata("x", {}), "location must be specified"),
        (metadata("x", {"spreadsheet": True}, metadataId=1), "with id 1 already exists"),
    ],
)
def test_metadata_that_can_not_be_is_refused(noted: Book, given: Any, text: str) -> None:
    """It has a key, a place, and an id of its own."""
    assert text in noted.refusal(given)
