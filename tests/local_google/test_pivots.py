"""Pivot tables show what Sheets shows."""

from __future__ import annotations

from typing import Any

import pytest
from typed_books import NOW, sheet, values, workbook

from sheets_sync.local_google.pivots import unsupported
from sheets_sync.local_google.recalc import recalculate
from sheets_sync.local_google.values import enter, put_raw
from sheets_sync.local_google.workbook import Box, Cell, ErrorValue, Workbook

SALES = [
    ["Item", "Region", "Qty", "Date"],
    ["Wheel", "West", "4", "2024-01-02"],
    ["Door", "South", "2", "2024-01-02"],
    ["Wheel", "South", "11", "2024-01-03"],
]
ITEMS = {"sortOrder": "ASCENDING", "showTotals": True}
QUANTITY = {"summarizeFunction": "SUM", "sourceColumnOffset": 2}


def pivot(**parts: Any) -> dict[str, Any]:
    source = {"startRowIndex": 0, "endRowIndex": 4, "startColumnIndex": 0, "endColumnIndex": 4}
    return {"source": source, "rows": [ITEMS], "values": [QUANTITY]} | parts


def shown(**parts: Any) -> Workbook:
    """A workbook with a pivot table on a tab of its own."""
    second = sheet([], "Pivot", 1)
    second.put(0, 0, Cell(extra={"pivotTable": pivot(**parts)}))
    book = workbook(sheet(SALES), second)
    draft = book.draft()
    draft.edit(draft.sheets[1])
    recalculate(draft, NOW)
    return draft


@pytest.mark.parametrize(
    ("parts", "rows"),
    [
        ({}, [["Item", "SUM of Qty"], ["Door", 2.0], ["Wheel", 15.0], ["Grand Total", 17.0]]),
        (
            {"columns": [{"sourceColumnOffset": 1, "showTotals": True}]},
            [
                ["SUM of Qty", "Region"],
                ["Item", "South", "West", "Grand Total"],
                ["Door", 2.0, None, 2.0],
                ["Wheel", 11.0, 4.0, 15.0],
                ["Grand Total", 13.0, 4.0, 17.0],
            ],
        ),
        (
            {
                "rows": [{"sourceColumnOffset": 1, "sortOrder": "DESCENDING", "label": "Wilayah"}],
                "values": [QUANTITY | {"name": "Jumlah"}, {"summarizeFunction": "COUNTA"}],
            },
            [["Wilayah", "Jumlah", "COUNTA of Item"], ["West", 4.0, 1.0], ["South", 13.0, 2.0]],
        ),
        (
            {"filterSpecs": [{"columnOffsetIndex": 1, "filterCriteria": {"visibleValues": ["West"]}}]},
            [["Item", "SUM of Qty"], ["Wheel", 4.0], ["Grand Total", 4.0]],
        ),
    ],
)
def test_groups_and_totals(parts: dict[str, Any], rows: list[list[object]]) -> None:
    """In the layout and the words of Sheets."""
    found = [[cell for cell in row if cell is not None] for row in values(shown(**parts), 1)]
    assert found == [[cell for cell in row if cell is not None] for row in rows]


def test_labels_and_sums_are_shown_as_in_their_source() -> None:
    """A date stays a date."""
    own = shown(rows=[{"sourceColumnOffset": 3}]).sheets[1]
    assert own.cell(1, 0).number_format == {"type": "DATE", "pattern": "yyyy-mm-dd"}


def test_a_pivot_table_follows_its_source() -> None:
    """And what reads it follows the pivot table."""
    draft = shown()
    draft.edit(draft.sheets[1]).put(0, 3, enter(None, "=B4*2", "en_US", NOW.date()))
    draft.edit(draft.sheets[0]).put(2, 2, enter(None, "5", "en_US", NOW.date()))
    recalculate(draft, NOW, [(0, Box(2, 2, 3, 3)), (1, Box(0, 3, 1, 4))])
    assert (draft.sheets[1].cell(3, 1).value, draft.sheets[1].cell(0, 3).value) == (20.0, 40.0)


def test_a_value_ends_a_pivot_table() -> None:
    """Nothing of it is left; a cell in its way is an error, as for arrays."""
    draft = shown()
    own = draft.edit(draft.sheets[1])
    own.put(1, 1, enter(None, "x", "en_US", NOW.date()))
    recalculate(draft, NOW, [(1, Box(1, 1, 2, 2))])
    refused = "Array result was not expanded because it would overwrite data in B2."
    assert own.cell(0, 0).value == ErrorValue("REF", refused)
    own.put(0, 0, put_raw(own.cell(0, 0), "judul"))
    recalculate(draft, NOW, [(1, Box(0, 0, 1, 1))])
    assert values(draft, 1)[:2] == [["judul", None], [None, "x"]]


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ({"rows": [ITEMS, ITEMS]}, "one group of rows"),
        ({"values": []}, "several values"),
        ({"columns": [ITEMS], "values": [QUANTITY, QUANTITY]}, "several values"),
        ({"rows": [ITEMS | {"groupRule": {}}]}, "a group's groupRule"),
        ({"values": [{"formula": "=1", "summarizeFunction": "CUSTOM"}]}, "a value's formula"),
        ({"values": [{"summarizeFunction": "NONE"}]}, "summarize by NONE"),
        ({"criteria": {"0": {"condition": {"type": "NOT_BLANK"}}}}, "filter by a condition"),
    ],
)
def test_what_can_not_be_computed_is_named(parts: dict[str, Any], reason: str) -> None:
    """So that it can be refused."""
    assert reason in unsupported(pivot(**parts))
    assert unsupported(pivot()) == ""
