"""Google's JSON of a workbook → `ReadWorkbook`. The number format matters: a typed `7,72%` arrives as 0.0772."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sheets_sync.google import marks, pieces, tabs
from sheets_sync.google.marks import marks_of
from sheets_sync.google.mask import mask
from sheets_sync.google.tabs import tab_state
from sheets_sync.model.grid import EMPTY_CELL, CommentThread, FormulaError, GridCell, Merge, NumberKind, Tab, Workbook
from sheets_sync.model.mark import ReportMark
from sheets_sync.model.tab_state import TabState

FIELDS = (  # what is looked at here
    "spreadsheetId",
    *(f"properties.{name}" for name in ("title", "locale", "timeZone")),
    "sheets.properties",
    "sheets.merges",
    *(f"sheets.data.{name}" for name in ("startRow", "startColumn")),
    *(
        f"sheets.data.rowData.values.{name}"
        for name in ("userEnteredValue", "effectiveValue", "formattedValue", "effectiveFormat.numberFormat")
    ),
    "sheets.commentAnchors",
    "comments",
)
# One unfiltered get: ranges would need titles that we do not know yet, and hide new tabs.
MASK = mask((*FIELDS, *tabs.FIELDS, *marks.FIELDS))

_KINDS = {
    "DATE": NumberKind.DATE,
    "TIME": NumberKind.TIME,
    "DATE_TIME": NumberKind.DATE_TIME,
    "PERCENT": NumberKind.PERCENT,
    "CURRENCY": NumberKind.CURRENCY,
    "SCIENTIFIC": NumberKind.SCIENTIFIC,
    "TEXT": NumberKind.TEXT,
}


Place = tuple[int, int, int]  # sheetId, row and column of an anchor's first cell


@dataclass(frozen=True, slots=True)
class ReadWorkbook:
    """A workbook as one answer of Google's gave it: what people see in it, and how its tabs stand for who writes."""

    grid: Workbook
    tabs: tuple[TabState, ...]
    marks: tuple[ReportMark, ...] = ()  # of reports, by whatever store


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """A sheet of an answer, understood: `tab` is None where it has no cells, `anchors` are those of its comments by id."""

    tab: Tab | None
    state: TabState
    anchors: tuple[tuple[str, Place], ...]


def decode(text: str) -> Any:
    """Google's JSON, the sheets of a workbook in it understood already: `parse` goes on from there.

    Raises:
        json.JSONDecodeError: it is no JSON.
        AttributeError, KeyError, TypeError, ValueError: a sheet is not what it should be.
    """
    return pieces.decode(text, "sheets", read_sheet, inside=("updatedSpreadsheet",))


def parse(data: Mapping[str, Any]) -> ReadWorkbook:
    """The workbook of a `spreadsheets.get` or an `updatedSpreadsheet` cut by `MASK`."""
    sheets = [each if isinstance(each, ReadSheet) else read_sheet(each) for each in data.get("sheets", ())]
    return ReadWorkbook(_workbook(data, sheets), tuple(sheet.state for sheet in sheets), marks_of(data))


def read_sheet(sheet: Mapping[str, Any]) -> ReadSheet:
    """What a sheet of an answer says."""
    tab = _tab(sheet) if "gridProperties" in sheet["properties"] else None
    return ReadSheet(tab, tab_state(sheet, tab), tuple(_anchors(sheet)))


def _workbook(data: Mapping[str, Any], sheets: Sequence[ReadSheet]) -> Workbook:
    properties = data.get("properties", {})
    anchors = {name: place for sheet in sheets for name, place in sheet.anchors}
    return Workbook(
        id=data.get("spreadsheetId", ""),
        title=properties.get("title", ""),
        locale=properties.get("locale", ""),
        time_zone=properties.get("timeZone", ""),
        tabs=tuple(sheet.tab for sheet in sheets if sheet.tab),
        comments=tuple(_thread(thread, anchors) for thread in data.get("comments", ())),
    )


def _tab(sheet: Mapping[str, Any]) -> Tab:
    properties = sheet["properties"]
    return Tab(
        sheet_id=properties.get("sheetId", 0),
        title=properties.get("title", ""),
        rows=_rows(sheet.get("data", ())),
        merges=tuple(_merge(merge) for merge in sheet.get("merges", ())),
        hidden=properties.get("hidden", False),
    )


def _rows(blocks: Any) -> tuple[tuple[GridCell, ...], ...]:
    """The rows of the tab's only data block; without `ranges` it starts at the top left."""
    rows = blocks[0].get("rowData", ()) if blocks else ()
    return tuple(tuple([_cell(cell) for cell in row["values"]]) if "values" in row else () for row in rows)


def _cell(cell: Mapping[str, Any]) -> GridCell:
    effective = cell.get("effectiveValue")
    if effective is None:
        return EMPTY_CELL
    shown, look, entered = cell.get("formattedValue", ""), cell.get("effectiveFormat"), cell.get("userEnteredValue")
    kind = _KINDS.get(look["numberFormat"].get("type", ""), NumberKind.PLAIN) if look else NumberKind.PLAIN
    return GridCell(_value(effective), shown, kind, entered.get("formulaValue", "") if entered else "")


def _value(effective: Mapping[str, Any]) -> float | str | bool | FormulaError | None:
    for key, value in effective.items():
        if key == "errorValue":
            return FormulaError(_ERROR_TEXTS.get(value.get("type", ""), "#ERROR!"))
        return value  # type: ignore[no-any-return] # numberValue, stringValue or boolValue
    return None


_ERROR_TEXTS = {
    "NULL_VALUE": "#NULL!",
    "DIVIDE_BY_ZERO": "#DIV/0!",
    "VALUE": "#VALUE!",
    "REF": "#REF!",
    "NAME": "#NAME?",
    "NUM": "#NUM!",
    "N_A": "#N/A",
    "LOADING": "Loading...",
}


def _merge(merge: Mapping[str, int]) -> Merge:
    return Merge(
        merge.get("startRowIndex", 0),
        merge.get("endRowIndex", 0),
        merge.get("startColumnIndex", 0),
        merge.get("endColumnIndex", 0),
    )


def _anchors(sheet: Mapping[str, Any]) -> Iterator[tuple[str, Place]]:
    """Comment anchors by id."""
    for anchor in sheet.get("commentAnchors", ()):
        where = anchor.get("range", {})
        row, column = where.get("startRowIndex", 0), where.get("startColumnIndex", 0)
        yield anchor.get("anchorId", ""), (sheet["properties"].get("sheetId", 0), row, column)


def _thread(thread: Mapping[str, Any], anchors: Mapping[str, Place]) -> CommentThread:
    post = thread.get("headPost", {})
    replies = [reply for reply in thread.get("replies", ()) if not reply.get("deleted")]
    closing = [reply for reply in replies if reply.get("commentAction") == "RESOLVE"]
    where = anchors.get(thread.get("anchorId", ""))
    return CommentThread(
        thread_id=thread.get("commentId", ""),
        sheet_id=where[0] if where else None,
        row=where[1] if where else None,
        column=where[2] if where else None,
        resolved=thread.get("status") == "RESOLVED",
        by_me=_mine(post),
        text=post.get("content", ""),
        quote=thread.get("plainTextQuote", ""),
        replies=len(replies),
        answered=any(not _mine(reply) for reply in replies),
        created=datetime.fromisoformat(post["createTime"]) if "createTime" in post else None,
        closed_by_me=bool(closing) and _mine(closing[-1]),
    )


def _mine(post: Mapping[str, Any]) -> bool:
    return bool(post.get("author", {}).get("me", False))
