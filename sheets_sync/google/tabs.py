"""Google's JSON of a workbook's tabs → `TabState`: their size, texts, and what of ours stands on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sheets_sync.google.rows import RowBlock
from sheets_sync.model.tab_state import TabState

FIELDS = (  # what is looked at here
    "sheets.properties",
    "sheets.data.rowData.values.formattedValue",
    *(
        f"sheets.protectedRanges.{name}"
        for name in ("description", "range", "unprotectedRanges", "warningOnly", "editors", "requestingUserCanEdit")
    ),
    "sheets.charts.chartId",
    "sheets.filterViews.filterViewId",
    "sheets.bandedRanges.bandedRangeId",
    "sheets.tables.tableId",
    "sheets.conditionalFormats.booleanRule.condition",
)
_IDS = {"charts": "chartId", "filterViews": "filterViewId", "bandedRanges": "bandedRangeId"}


def tab_state(sheet: Mapping[str, Any], block: RowBlock) -> TabState:
    """How a sheet of a `Spreadsheet` resource stands; `block` are its rows."""
    properties = sheet["properties"]
    size = properties.get("gridProperties", {})
    state = TabState(
        sheet_id=properties.get("sheetId", 0),
        title=properties.get("title", ""),
        row_count=size.get("rowCount", 0),
        column_count=size.get("columnCount", 0),
        ids=tuple(_ids(sheet)),
        marks=tuple(kept["description"] for kept in sheet.get("protectedRanges", ()) if "description" in kept),
        tables=tuple(table["tableId"] for table in sheet.get("tables", ()) if "tableId" in table),
        rules=tuple(_rules(sheet.get("conditionalFormats", ()))),
        guard=_guard(sheet.get("protectedRanges", ())),
        closed=any(_keeps_us_out(each) for each in sheet.get("protectedRanges", ())),
        seen="data" in sheet,
    )
    return state.deferring(texts=lambda _: block.texts, formulas=lambda _: block.formulas)


def _guard(protected: Iterable[Mapping[str, Any]]) -> tuple[str, ...] | None:
    """Who alone may edit every cell of a tab, in lower case; None: nobody is kept out.

    A range with nothing but a sheetId is the whole tab. Groups and whole domains stand for people nobody has named.
    """
    for each in protected:
        editors = each.get("editors", {})
        whole = not (each.get("range", {"": 0}).keys() - {"sheetId"}) and not each.get("unprotectedRanges")
        anybody = each.get("warningOnly") or editors.get("domainUsersCanEdit") or editors.get("groups")
        if whole and not anybody and editors.get("users"):
            return tuple(sorted(user.casefold() for user in editors["users"]))
    return None


def _keeps_us_out(protected: Mapping[str, Any]) -> bool:
    """Google leaves out every `false`: what does not say that we may edit it, we may not."""
    return not protected.get("warningOnly") and not protected.get("requestingUserCanEdit")


def _ids(sheet: Mapping[str, Any]) -> Iterator[int]:
    for kind, name in _IDS.items():
        yield from (item[name] for item in sheet.get(kind, ()) if name in item)


def _rules(rules: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for rule in rules:
        values = rule.get("booleanRule", {}).get("condition", {}).get("values", ())
        yield from (value["userEnteredValue"] for value in values if "userEnteredValue" in value)
