"""Google's JSON of a workbook's tabs → `TabState`: their size, texts, and what of ours stands on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sheets_sync.model.grid import Tab
from sheets_sync.model.tab_state import TabState

FIELDS = (  # what is looked at here
    "sheets.properties",
    "sheets.data.rowData.values.formattedValue",
    "sheets.protectedRanges.description",
    "sheets.charts.chartId",
    "sheets.filterViews.filterViewId",
    "sheets.bandedRanges.bandedRangeId",
    "sheets.tables.tableId",
    "sheets.conditionalFormats.booleanRule.condition",
)
_IDS = {"charts": "chartId", "filterViews": "filterViewId", "bandedRanges": "bandedRangeId"}


def tab_states(spreadsheet: Mapping[str, Any], grid: Sequence[Tab]) -> tuple[TabState, ...]:
    """The tabs of a `Spreadsheet` resource; `grid` are those of them that have cells, as they were parsed."""
    cells = {tab.sheet_id: tab for tab in grid}
    return tuple(
        _state(sheet, cells.get(sheet["properties"].get("sheetId", 0))) for sheet in spreadsheet.get("sheets", ())
    )


def _state(sheet: Mapping[str, Any], tab: Tab | None) -> TabState:
    properties = sheet["properties"]
    size = properties.get("gridProperties", {})
    return TabState(
        sheet_id=properties.get("sheetId", 0),
        title=properties.get("title", ""),
        row_count=size.get("rowCount", 0),
        column_count=size.get("columnCount", 0),
        texts=tuple(tuple([cell.text for cell in row]) for row in tab.rows) if tab else (),
        ids=tuple(_ids(sheet)),
        marks=tuple(kept["description"] for kept in sheet.get("protectedRanges", ()) if "description" in kept),
        tables=tuple(table["tableId"] for table in sheet.get("tables", ()) if "tableId" in table),
        rules=tuple(_rules(sheet.get("conditionalFormats", ()))),
        formulas=frozenset(_formulas(tab)) if tab else frozenset(),
        seen="data" in sheet,
    )


def _formulas(tab: Tab) -> Iterator[tuple[int, int]]:
    for row, cells in enumerate(tab.rows):
        for column, cell in enumerate(cells):
            if cell.formula:
                yield row, column


def _ids(sheet: Mapping[str, Any]) -> Iterator[int]:
    for kind, name in _IDS.items():
        yield from (item[name] for item in sheet.get(kind, ()) if name in item)


def _rules(rules: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for rule in rules:
        values = rule.get("booleanRule", {}).get("condition", {}).get("values", ())
        yield from (value["userEnteredValue"] for value in values if "userEnteredValue" in value)
