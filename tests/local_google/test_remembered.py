"""What cells remember of earlier answers is never told of another cell, another workbook or another question."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from orjson import dumps

from sheets_sync.local_google.auth import Accounts
from sheets_sync.local_google.errors import ApiError
from sheets_sync.local_google.fieldmask import ALL, FieldMask, parse
from sheets_sync.local_google.recalc import recalculate
from sheets_sync.local_google.sheets.batch import Batch
from sheets_sync.local_google.sheets.defaults import new_workbook
from sheets_sync.local_google.sheets.requests import carry_out
from sheets_sync.local_google.sheets.show import View, spreadsheet
from sheets_sync.local_google.sheets.stretch import put_stretch, stretch
from sheets_sync.local_google.validation import body
from sheets_sync.local_google.workbook import Cell, Sheet, Workbook

JsonObject = dict[str, Any]

NOW = datetime(2024, 11, 5, 1, 0, tzinfo=UTC)
ACCOUNTS = Accounts("http://127.0.0.1/token")
LIBRARIAN = ACCOUNTS.account("pustakawan", person=True)
MASKS = (
    ALL,
    parse("sheets.data.rowData.values(effectiveValue,formattedValue,effectiveFormat.numberFormat.type)"),
    parse(
        "sheets.data.rowData.values(userEnteredFormat,effectiveFormat(backgroundColor,textFormat.bold),hyperlink,note)"
    ),
)
VALUES: tuple[JsonObject, ...] = (
    *({"numberValue": number} for number in (1, 1.0, 0, 1234.5, 45000)),
    *({"stringValue": text} for text in ("1", "perpusnas.go.id", "")),
    {"boolValue": True},
    *({"formulaValue": text} for text in ("=A1", "=SEQUENCE(2)", '=HYPERLINK("http://a.id")')),
)
FORMATS: tuple[JsonObject, ...] = (
    {"numberFormat": {"type": "NUMBER", "pattern": "#,##0.00"}},
    {"numberFormat": {"type": "DATE"}},
    {"textFormat": {"bold": True}},
    {"backgroundColor": {"red": 1}},
)
CELLS = st.fixed_dictionaries(
    {},
    optional={
        "userEnteredValue": st.sampled_from(VALUES),
        "userEnteredFormat": st.sampled_from(FORMATS),
        "note": st.just("catatan"),
    },
)
PLACES = st.integers(0, 2)
FIELDS = st.sampled_from(("*", "userEnteredValue", "userEnteredFormat.numberFormat", "userEnteredFormat,note"))


@st.composite
def ranges(draw: st.DrawFn) -> JsonObject:
    row, column = draw(PLACES), draw(PLACES)
    return {"startRowIndex": row, "endRowIndex": row + 2, "startColumnIndex": column, "endColumnIndex": column + 2}


def rule(area: JsonObject) -> JsonObject:
    """Red where there is anything."""
    look = {"condition": {"type": "NOT_BLANK"}, "format": {"backgroundColor": {"red": 1}}}
    return {"addConditionalFormatRule": {"rule": {"ranges": [area], "booleanRule": look}}}


def bands(area: JsonObject) -> JsonObject:
    colours = {"firstBandColor": {"green": 1}, "secondBandColor": {"blue": 1}}
    return {"addBanding": {"bandedRange": {"range": area, "rowProperties": colours}}}


KINDS = (
    st.builds(
        lambda row, cells, fields: {
            "updateCells": {"start": {"rowIndex": row}, "rows": [{"values": cells}] * 2, "fields": fields}
        },
        PLACES,
        st.lists(CELLS, max_size=3),
        FIELDS,
    ),
    st.builds(
        lambda area, cell, fields: {"repeatCell": {"range": area, "cell": cell, "fields": fields}},
        ranges(),
        CELLS,
        FIELDS,
    ),
    st.builds(
        lambda row, text: {"pasteData": {"coordinate": {"rowIndex": row}, "data": text, "delimiter": ";"}},
        PLACES,
        st.sampled_from(("1.5;2,5;x", "1/2/2024;50%;", "=A1;TRUE")),
    ),
    st.builds(lambda one, other: {"copyPaste": {"source": one, "destination": other}}, ranges(), ranges()),
    st.builds(
        lambda row: {"insertDimension": {"range": {"dimension": "ROWS", "startIndex": row, "endIndex": row + 1}}},
        PLACES,
    ),
    st.builds(lambda area: {"sortRange": {"range": area, "sortSpecs": [{"sortOrder": "DESCENDING"}]}}, ranges()),
    st.builds(rule, ranges()),
    st.builds(bands, ranges()),
    st.builds(
        lambda name: {"updateSpreadsheetProperties": {"properties": {"locale": name}, "fields": "locale"}},
        st.sampled_from(("en_US", "in_ID")),
    ),
)
EDITS = st.sampled_from(KINDS).flatmap(lambda kind: kind)
FILLED: JsonObject = {
    "updateCells": {
        "start": {},
        "fields": "*",
        "rows": [{"values": [{"userEnteredValue": value} for value in VALUES[at : at + 3]]} for at in range(0, 9, 3)],
    }
}


def edited(book: Workbook, request: JsonObject) -> Workbook:
    """The workbook after a request, or as it was if that is refused."""
    draft, numbers = book.draft(), count(1)
    batch = Batch(draft, LIBRARIAN, ACCOUNTS, LIBRARIAN.email, lambda: NOW, lambda: next(numbers), lambda: "id")
    try:
        carry_out(batch, body("sheets", "BatchUpdateSpreadsheetRequest", {"requests": [request]})["requests"])
    except ApiError:
        return book
    recalculate(draft, NOW)
    return draft


def told(book: Workbook, mask: FieldMask, *, compact: bool) -> bytes:
    """What is answered of a workbook."""
    view = View(mask, LIBRARIAN, ACCOUNTS, NOW, grid=True, compact=compact)
    return dumps(mask.cut(spreadsheet(book, view)))


def forgetful(book: Workbook) -> Workbook:
    """The same workbook, of cells that have never been shown."""
    copy = book.draft()
    for sheet in book.sheets:
        copy.edit(sheet).rows = [[cell and cell.but() for cell in row] for row in sheet.rows]
    return copy


@settings(max_examples=60)
@given(st.lists(EDITS, max_size=6))
def test_what_is_remembered_is_what_would_be_made_anew(edits: list[JsonObject]) -> None:
    """After any edits of two workbooks that share cells but not their locale, answers are those of fresh cells."""
    books = [edited(new_workbook("1", "Rekap", locale=locale), FILLED) for locale in ("en_US", "in_ID")]
    for edit in edits:
        books = [edited(book, edit) for book in books]
        for mask in MASKS:
            for book in books:
                assert told(book, mask, compact=True) == told(forgetful(book), mask, compact=False)


CELL = st.none() | st.just(Cell("x"))


@given(st.lists(st.lists(CELL, max_size=4), max_size=3), PLACES, PLACES, st.lists(CELL, max_size=4))
def test_a_stretch_is_put_as_its_cells_would_be(
    rows: list[list[Cell | None]], row: int, left: int, cells: list[Cell | None]
) -> None:
    """Cells set side by side leave the rows exactly as cells set one by one."""
    whole, single = Sheet({}, [line.copy() for line in rows]), Sheet({}, [line.copy() for line in rows])
    put_stretch(whole, row, left, cells)
    for column, cell in enumerate(cells, left):
        single.put(row, column, cell)
    assert whole.rows == single.rows
    assert stretch(whole, row, left, left + 4) == [single.cell(row, left + place) for place in range(4)]
