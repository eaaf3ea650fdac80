"""What a page shows of a workbook is what `spreadsheets.get` says of it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import hostile
import pytest
from local_http import Http, sign_in
from page_reader import Visitor, colour, hexed, tab_ids
from sheet_client import Book

from sheets_sync.demo import people
from sheets_sync.local_google import LocalGoogle

Json = dict[str, Any]
FIELDS = (
    "sheets(properties,merges,data(rowData.values(formattedValue,effectiveFormat,note),rowMetadata,columnMetadata))"
)
TYPED = (
    "12",
    "1.234,5",
    "7,72%",
    "10/12",
    "nihil",
    "0042",
    "'0042",
    "TRUE",
    "=1/0",
    "=SUM(A1:A3)",
    "2024-10-01",
    "teks",
)
TEXTS = [text for text in hostile.TEXTS if "\ud800" not in text and "\x00" not in text]


def compared(book: Json, visitor: Visitor) -> Iterator[tuple[Any, Any]]:
    """Pairs of what the API says and what the page shows, cell by cell."""
    for sheet, gid in zip(book["sheets"], tab_ids(book), strict=True):
        cells, looks = visitor.tab(gid)
        data = sheet["data"][0]
        hidden = {row for row, each in enumerate(data.get("rowMetadata", [])) if each.get("hiddenByUser")}
        spans = {}
        covered = set()
        for merge in sheet.get("merges", []):
            rows = range(merge.get("startRowIndex", 0), merge["endRowIndex"])
            columns = range(merge.get("startColumnIndex", 0), merge["endColumnIndex"])
            spans[rows[0], columns[0]] = (len(columns), len(set(rows) - hidden))
            covered |= {(row, column) for row in rows for column in columns} - {(rows[0], columns[0])}
        for row, found in enumerate(data.get("rowData", [])):
            for column, cell in enumerate(found.get("values", [])):
                if row in hidden or (row, column) in covered:
                    continue
                look, page = cell.get("effectiveFormat", {}), cells[row, column]
                wanted = (
                    cell.get("formattedValue", ""),
                    hexed(look["backgroundColor"]) if look else "ffffff",
                    hexed(look["textFormat"].get("foregroundColor", {})) if look else "000000",
                    cell.get("note", ""),
                    spans.get((row, column), (1, 1)),
                )
                shown = (
                    page.text,
                    colour(page, looks, "background-color", "ffffff"),
                    colour(page, looks, "color", "000000"),
                    page.note,
                    (page.across, page.down),
                )
                yield (gid, row, column, *wanted), (gid, row, column, *shown)
        yield covered & cells.keys(), set()


def test_the_sample_is_shown_as_the_api_tells_it() -> None:
    """Every cell's text, colours, merge and note of the demo's workbook."""
    with LocalGoogle(service_account_storage=False) as google:
        workbook = people.make_workbook(google)
        with people.opened_by(google, people.SECRETARY, workbook) as opened:
            people.type_everything(opened)
        book = Book(sign_in(google, people.SECRETARY, person=True), workbook)
        pairs = list(compared(book.get(FIELDS), Visitor(google, workbook).sign_in()))
    assert len(pairs) > 500
    assert [pair for pair in pairs if pair[0] != pair[1]] == []


def grid(chance: random.Random) -> Json:
    top, left = chance.randrange(30), chance.randrange(6)
    return {
        "sheetId": 0,
        "startRowIndex": top,
        "endRowIndex": top + chance.randint(1, 5),
        "startColumnIndex": left,
        "endColumnIndex": left + chance.randint(1, 3),
    }


def color(chance: random.Random) -> Json:
    return {name: chance.choice((0, 0.25, 0.5, 0.8, 1)) for name in ("red", "green", "blue")}


def repeated(chance: random.Random) -> Json:
    look = {
        "backgroundColor": color(chance),
        "textFormat": {
            "foregroundColor": color(chance),
            "bold": chance.random() < 0.5,
            "fontSize": chance.randint(6, 24),
        },
        "wrapStrategy": chance.choice(("WRAP", "CLIP", "OVERFLOW_CELL")),
        "borders": {"top": {"style": chance.choice(("SOLID", "DASHED", "DOUBLE")), "color": color(chance)}},
    }
    return {"repeatCell": {"range": grid(chance), "cell": {"userEnteredFormat": look}, "fields": "userEnteredFormat"}}


def noted(chance: random.Random) -> Json:
    cell = {"note": chance.choice(TEXTS)}
    return {"repeatCell": {"range": grid(chance), "cell": cell, "fields": "note"}}


def conditional(chance: random.Random) -> Json:
    condition = {"type": "NUMBER_GREATER", "values": [{"userEnteredValue": "10"}]}
    boolean = {"condition": condition, "format": {"backgroundColor": color(chance)}}
    return {"addConditionalFormatRule": {"rule": {"ranges": [grid(chance)], "booleanRule": boolean}, "index": 0}}


def banded(chance: random.Random) -> Json:
    """Alternating colours by rows, columns or both, below the rest or among it."""
    names = ("headerColor", "firstBandColor", "secondBandColor", "footerColor")
    lanes = chance.choice((["rowProperties"], ["columnProperties"], ["rowProperties", "columnProperties"]))
    left = chance.randrange(4)
    place = {"startRowIndex": 5, "endRowIndex": 85, "startColumnIndex": left, "endColumnIndex": left + 5}
    colors = {lane: {name: color(chance) for name in names if chance.random() < 0.8} for lane in lanes}
    colors[lanes[0]]["firstBandColor"] = color(chance)
    return {"addBanding": {"bandedRange": {"range": {"sheetId": 0, **place}, **colors}}}


def made(book: Book, seed: int) -> None:
    """A workbook with a bit of everything, the same for the same seed."""
    chance = random.Random(seed)
    texts = [[chance.choice((*TYPED, *TEXTS, "", "")) for _ in range(8)] for _ in range(70)]
    book.put("A1", texts)
    kinds = (repeated, noted, conditional)
    requests = [chance.choice(kinds)(chance) for _ in range(20)]
    top = chance.randrange(40, 60)
    merge = {"sheetId": 0, "startRowIndex": top, "endRowIndex": top + 12, "startColumnIndex": 1, "endColumnIndex": 4}
    hide = {"sheetId": 0, "dimension": "ROWS", "startIndex": 33, "endIndex": 36}
    size = {"sheetId": 0, "gridProperties": {"rowCount": 90, "columnCount": 10}}
    requests += [
        {"updateSheetProperties": {"properties": size, "fields": "gridProperties(rowCount,columnCount)"}},
        {"mergeCells": {"range": merge, "mergeType": "MERGE_ALL"}},
        banded(chance),
        {"updateDimensionProperties": {"range": hide, "properties": {"hiddenByUser": True}, "fields": "hiddenByUser"}},
    ]
    book.batch(*requests)


@pytest.mark.parametrize("seed", range(10))
def test_any_workbook_is_shown_as_the_api_tells_it(
    shared_google: LocalGoogle, librarian: Http, book: Book, seed: int
) -> None:
    """Formats, merges across blocks, notes, hidden rows, conditional formats, banding and hostile texts: the page equals the API."""
    made(book, seed)
    pairs = list(compared(Book(librarian, book.id).get(FIELDS), Visitor(shared_google, book.id).sign_in()))
    assert len(pairs) > 300
    assert [pair for pair in pairs if pair[0] != pair[1]] == []
