"""Cells of Google's JSON: what they say, and that what has not changed is not read again."""

from __future__ import annotations

import json
from typing import Any
from unittest.mock import Mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.errors import GoogleDownError
from sheets_sync.google import marks, rows, shape, tabs
from sheets_sync.google import read as reading
from sheets_sync.google.answers import workbook_of
from sheets_sync.google.read import ReadWorkbook, parse
from sheets_sync.google.shape import decode
from sheets_sync.model.grid import EMPTY_CELL, FormulaError, GridCell, NumberKind

SAID = st.fixed_dictionaries({"numberValue": st.integers() | st.floats(allow_nan=False, allow_infinity=False)}) | (
    st.fixed_dictionaries({"stringValue": st.text()}) | st.fixed_dictionaries({"boolValue": st.booleans()})
)
ENTERED = SAID | st.fixed_dictionaries({"formulaValue": st.text()})
LOOKS = st.fixed_dictionaries(
    {"numberFormat": st.fixed_dictionaries({}, optional={"type": st.sampled_from(["DATE", "X"])})}
)
CELLS = st.fixed_dictionaries(
    {},
    optional={
        "effectiveValue": SAID,
        "formattedValue": st.text(),
        "effectiveFormat": LOOKS,
        "userEnteredValue": ENTERED,
    },
)
ROWS = st.lists(st.fixed_dictionaries({}, optional={"values": st.lists(CELLS, max_size=4)}), max_size=4)
TABS = st.lists(ROWS, max_size=4)


def sheet(number: int, rows: list[Any]) -> dict[str, Any]:
    """A sheet of an answer."""
    properties = {"sheetId": number, "title": f"Tab {number}", "gridProperties": {}}
    return {"properties": properties, "data": [{"rowData": rows}]}


def answer(*tabs: list[Any]) -> dict[str, Any]:
    """A workbook as Google gives it."""
    return {"spreadsheetId": "w", "sheets": [sheet(number, rows) for number, rows in enumerate(tabs)]}


def protected(data: dict[str, Any]) -> dict[str, Any]:
    """The answer, with its sheets protected as our own pages are."""
    sheets = [{**each, "protectedRanges": [{"description": "x"}]} for each in data["sheets"]]
    return {**data, "sheets": sheets}


def read(data: dict[str, Any], before: ReadWorkbook | None = None) -> ReadWorkbook:
    """The workbook of an answer."""
    return parse(decode(json.dumps(data, separators=(",", ":")).encode()), before)


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ({}, EMPTY_CELL),
        ({"effectiveFormat": {"numberFormat": {"type": "DATE"}}}, EMPTY_CELL),
        ({"userEnteredValue": {"formulaValue": "=A1"}}, EMPTY_CELL),
        ({"effectiveValue": {"numberValue": 3}, "formattedValue": "3"}, GridCell(3, "3")),
        ({"effectiveValue": {"stringValue": "a"}, "formattedValue": "a"}, GridCell("a", "a")),
        ({"effectiveValue": {"boolValue": False}, "formattedValue": "FALSE"}, GridCell(value=False, text="FALSE")),
        ({"effectiveValue": {"errorValue": {"type": "REF"}}}, GridCell(FormulaError("#REF!"))),
        ({"effectiveValue": {"errorValue": {}}}, GridCell(FormulaError("#ERROR!"))),
        ({"effectiveValue": {}, "formattedValue": "x"}, GridCell(None, "x")),
        (
            {"effectiveValue": {"numberValue": 45000}, "effectiveFormat": {"numberFormat": {"type": "DATE"}}},
            GridCell(45000, "", NumberKind.DATE),
        ),
        (
            {"effectiveValue": {"numberValue": 2}, "userEnteredValue": {"formulaValue": "=1+1"}},
            GridCell(2, "", formula="=1+1"),
        ),
    ],
)
def test_a_cell_says_what_it_holds(cell: dict[str, Any], said: GridCell) -> None:
    """Its value, the text it shows, what its format makes of a number, its formula; without a value it is empty."""
    assert read(answer([{"values": [cell]}])).grid.tabs[0].rows == ((said,),)


def plainly(cell: dict[str, Any]) -> GridCell:
    """A cell as Python's own reader gives it."""
    if "effectiveValue" not in cell:
        return EMPTY_CELL
    (value,) = cell["effectiveValue"].values()
    dated = cell.get("effectiveFormat", {}).get("numberFormat", {}).get("type") == "DATE"
    formula = cell.get("userEnteredValue", {}).get("formulaValue", "")
    return GridCell(value, cell.get("formattedValue", ""), NumberKind.DATE if dated else NumberKind.PLAIN, formula)


@given(TABS)
def test_cells_say_what_pythons_reader_says(typed: list[Any]) -> None:
    """Down to whether a number is a whole one, since what is read is told apart by that."""
    found = [tab.rows for tab in read(answer(*typed)).grid.tabs]
    assert repr(found) == repr([tuple(tuple(map(plainly, row.get("values", ()))) for row in tab) for tab in typed])


@given(TABS, st.booleans(), st.booleans())
def test_texts_and_formulas_are_those_of_the_cells(typed: list[Any], ours: bool, asked_before: bool) -> None:
    """Whether somebody has asked for the cells before or not."""
    data = protected(answer(*typed)) if ours else answer(*typed)
    found = read(data)
    cells = [tab.rows for tab in (found if asked_before else read(data)).grid.tabs]
    texts = [tuple(tuple(cell.text for cell in row) for row in each) for each in cells]
    formulas = [
        {(row, column) for row, line in enumerate(each) for column, cell in enumerate(line) if cell.formula}
        for each in cells
    ]
    assert [state.texts for state in found.tabs] == [tab.texts for tab in found.grid.tabs] == texts
    assert [state.formulas for state in found.tabs] == formulas


def test_cells_of_what_is_protected_are_made_for_who_asks_and_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """As all of our own pages are: their texts need none. The rows of a tab are the same objects whoever asks."""
    asked = Mock(wraps=rows.cells_in)
    monkeypatch.setattr(rows, "cells_in", asked)
    row = {"values": [{"effectiveValue": {"numberValue": 3}, "formattedValue": "3"}]}
    data = protected(answer([row], [row, row]))
    found = read(data)
    assert [state.texts for state in found.tabs] == [(("3",),), (("3",), ("3",))]
    asked.assert_not_called()
    first = found.grid.tabs[0]
    assert first.rows is first.rows is read(data, found).grid.tabs[0].rows
    asked.assert_called_once()


NO_ROWS: list[Any] = [
    5,
    {},
    [1],
    [{"values": 3}],
    [{"values": [None]}],
    [{"values": [{"effectiveValue": 5}]}],
    [{"values": [{"effectiveValue": {"errorValue": "REF"}}]}],
    [{"values": [{"formattedValue": 5}]}],
    [{"values": [{"effectiveFormat": "DATE"}]}],
    [{"values": [{"effectiveFormat": {"numberFormat": {"type": 1}}}]}],
    [{"values": [{"userEnteredValue": {"formulaValue": 1}}]}],
]


@pytest.mark.parametrize("ours", [False, True])
@pytest.mark.parametrize("said", NO_ROWS, ids=str)
def test_what_is_no_row_is_no_workbook(said: Any, ours: bool) -> None:
    """It is told at once, as Google's fault, also in a page of which nobody asks for the cells."""
    data = protected(answer(said)) if ours else answer(said)
    with pytest.raises(GoogleDownError):
        workbook_of(decode(json.dumps(data).encode()), "w")


@pytest.mark.parametrize("ours", [False, True])
def test_a_number_beyond_all_numbers_is_no_row(ours: bool) -> None:
    """Which no sheet can hold."""
    row = {"values": [{"effectiveValue": {"numberValue": 1}}]}
    data = protected(answer([row])) if ours else answer([row])
    with pytest.raises(GoogleDownError):
        workbook_of(decode(json.dumps(data).replace(": 1}", ": 1e999}").encode()), "w")


def test_only_what_is_asked_for_is_looked_at() -> None:
    """The fields of an answer's shape are those of the mask."""
    fields = (*reading.FIELDS, *tabs.FIELDS, *marks.FIELDS)
    of_sheets = {path.split(".")[1] for path in fields if path.startswith("sheets.")}
    assert of_sheets == shape.SheetResource.__annotations__.keys()
    assert {path.split(".")[0] for path in fields} == shape.Spreadsheet.__annotations__.keys()


@given(TABS, TABS)
def test_what_was_read_before_changes_nothing(earlier: list[Any], now: list[Any]) -> None:
    """With whatever workbook before it: a workbook says the same as without."""
    assert read(answer(*now), read(answer(*earlier))) == read(answer(*now))


def test_rows_that_are_the_same_are_those_of_before() -> None:
    """Also where another tab was put in front, and one in the middle has changed; equal tabs keep their own rows."""
    full = [{"values": [{"effectiveValue": {"numberValue": number}}]} for number in range(5)]
    before = read(answer(full, full[1:], full, full))
    after = read(answer(full[2:], full, full[:1], full, full), before)
    same = [any(tab.rows is one.rows for one in before.grid.tabs) for tab in after.grid.tabs]
    assert same == [False, True, False, True, True]
    assert len({id(tab.rows) for tab in after.grid.tabs}) == len(after.grid.tabs)
