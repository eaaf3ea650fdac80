"""Cells of Google's JSON: what they say, and that what has not changed is not read again."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.google.read import ReadWorkbook, decode, parse
from sheets_sync.model.grid import EMPTY_CELL, FormulaError, GridCell, NumberKind

SAID = st.fixed_dictionaries({"numberValue": st.integers() | st.floats(allow_nan=False, allow_infinity=False)}) | (
    st.fixed_dictionaries({"stringValue": st.text()}) | st.fixed_dictionaries({"boolValue": st.booleans()})
)
LOOKS = st.fixed_dictionaries(
    {"numberFormat": st.fixed_dictionaries({}, optional={"type": st.sampled_from(["DATE", "X"])})}
)
CELLS = st.fixed_dictionaries(
    {},
    optional={"effectiveValue": SAID, "formattedValue": st.text(), "effectiveFormat": LOOKS, "userEnteredValue": SAID},
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


def read(data: dict[str, Any], before: ReadWorkbook | None = None) -> ReadWorkbook:
    """The workbook of an answer's text."""
    return parse(decode(json.dumps(data, separators=(",", ":")), before))


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


@given(TABS)
def test_row_by_row_is_all_at_once(tabs: list[Any]) -> None:
    """Taken from the text a row at a time, cells say the same as from the whole of its value."""
    assert read(answer(*tabs)) == parse(answer(*tabs))


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
