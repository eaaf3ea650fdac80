"""How a workbook's tabs stand now, as far as writing our own ones needs to know it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

# What of a spreadsheets.get answer `tab_states` looks at.
FIELDS = (
    "sheets(properties,data(startRow,startColumn,rowData.values.formattedValue),protectedRanges.description,"
    "charts.chartId,filterViews.filterViewId,bandedRanges.bandedRangeId,tables.tableId,"
    "conditionalFormats.booleanRule.condition)"
)


@dataclass(frozen=True, slots=True)
class TabState:
    """A tab: its size, the text of its cells (ragged), and the ids of what stands on it.

    `ids` are those of charts, filter views and bandings; `marks` what its protected ranges are called; `rules` the
    formulas of its conditional formats. Of a tab whose cells were not given (`seen` is false) nothing is assumed.
    """

    sheet_id: int
    title: str
    row_count: int = 1000
    column_count: int = 26
    texts: tuple[tuple[str, ...], ...] = ()
    ids: tuple[int, ...] = ()
    marks: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    seen: bool = True

    def at(self, row: int, column: int) -> str:
        """The text of a cell, "" where nothing stands."""
        return self.texts[row][column] if row < len(self.texts) and column < len(self.texts[row]) else ""

    @property
    def blank(self) -> bool:
        """Whether it is known that nothing is shown anywhere on the tab."""
        return self.seen and not any(text.strip() for row in self.texts for text in row)


def stable_id(*names: str) -> int:
    """An id for a tab, chart, protected range … that is the same in every run and for every office's workbook."""
    digest = hashlib.blake2s("\x1f".join(names).encode(), digest_size=4).digest()
    return int.from_bytes(digest, "big") % (2**31 - 1) + 1


def tab_states(spreadsheet: Mapping[str, Any]) -> tuple[TabState, ...]:
    """The tabs of a `Spreadsheet` resource, as a get or a batchUpdate answers it (`FIELDS` are looked at)."""
    return tuple(_state(sheet) for sheet in spreadsheet.get("sheets", ()))


def _state(sheet: Mapping[str, Any]) -> TabState:
    properties = sheet["properties"]
    size = properties.get("gridProperties", {})
    return TabState(
        sheet_id=properties.get("sheetId", 0),
        title=properties["title"],
        row_count=size.get("rowCount", 0),
        column_count=size.get("columnCount", 0),
        texts=_texts(sheet.get("data", ())),
        ids=tuple(_ids(sheet)),
        marks=tuple(kept["description"] for kept in sheet.get("protectedRanges", ()) if "description" in kept),
        tables=tuple(table["tableId"] for table in sheet.get("tables", ()) if "tableId" in table),
        rules=tuple(_rules(sheet.get("conditionalFormats", ()))),
        seen="data" in sheet,
    )


def _ids(sheet: Mapping[str, Any]) -> Iterable[int]:
    kinds = {
        "charts": "chartId",
        "filterViews": "filterViewId",
        "bandedRanges": "bandedRangeId",
    }
    for kind, name in kinds.items():
        yield from (item[name] for item in sheet.get(kind, ()) if name in item)


def _rules(rules: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    for rule in rules:
        values = rule.get("booleanRule", {}).get("condition", {}).get("values", ())
        yield from (value["userEnteredValue"] for value in values if "userEnteredValue" in value)


def _texts(blocks: Iterable[Mapping[str, Any]]) -> tuple[tuple[str, ...], ...]:
    """The cells' texts; a whole tab is answered as one block that starts at its first row and column."""
    rows: list[tuple[str, ...]] = []
    for block in blocks:
        top, left = block.get("startRow", 0), block.get("startColumn", 0)
        rows.extend(() for _ in range(top + len(block.get("rowData", ())) - len(rows)))
        for row, data in enumerate(block.get("rowData", ()), top):
            shown = ("",) * left + tuple(cell.get("formattedValue", "") for cell in data.get("values", ()))
            rows[row] = shown if len(shown) > len(rows[row]) else rows[row]
    return tuple(rows)
