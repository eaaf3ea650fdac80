"""Google's JSON of a workbook → `ReadWorkbook`. The number format matters: a typed `7,72%` arrives as 0.0772."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sheets_sync.google import marks, tabs
from sheets_sync.google.marks import marks_of
from sheets_sync.google.mask import mask
from sheets_sync.google.rows import RowBlock, RowBlocks
from sheets_sync.google.shape import SheetResource, Spreadsheet
from sheets_sync.google.tabs import tab_state
from sheets_sync.model.grid import CommentThread, Merge, Tab, Workbook
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
        for name in (
            "userEnteredValue.formulaValue",  # what else was entered is the effective value: a third of an answer
            "effectiveValue",
            "formattedValue",
            "effectiveFormat.numberFormat.type",
        )
    ),
    "sheets.commentAnchors",
    "comments",
)
# One unfiltered get: ranges would need titles that we do not know yet, and hide new tabs.
MASK = mask((*FIELDS, *tabs.FIELDS, *marks.FIELDS))

Place = tuple[int, int, int]  # sheetId, row and column of an anchor's first cell


@dataclass(frozen=True, slots=True)
class ReadWorkbook:
    """A workbook as one answer of Google's gave it: what people see in it, and how its tabs stand for who writes.

    The cells of our own pages are the JSON that came until somebody asks for them.
    """

    grid: Workbook
    tabs: tuple[TabState, ...]
    marks: tuple[ReportMark, ...] = ()  # of reports, by whatever store
    blocks: tuple[RowBlock, ...] = field(default=(), repr=False, compare=False)  # what its rows were read from


@dataclass(frozen=True, slots=True)
class _ReadSheet:
    """A sheet of an answer, understood but for its rows: `tab` is None where it has no cells."""

    tab: Tab | None
    state: TabState
    anchors: tuple[tuple[str, Place], ...]  # of its comments by id
    block: RowBlock


def parse(data: Spreadsheet, before: ReadWorkbook | None = None) -> ReadWorkbook:
    """The workbook of a `spreadsheets.get` or an `updatedSpreadsheet` cut by `MASK`.

    `before` is the workbook as it was read earlier: rows that have not changed since are taken from there.
    """
    blocks = RowBlocks(before.blocks if before else ())
    sheets = [_sheet(each, blocks.of(each)) for each in data.get("sheets", ())]
    return ReadWorkbook(
        _workbook(data, sheets),
        tuple(sheet.state for sheet in sheets),
        marks_of(data),
        tuple(sheet.block for sheet in sheets),
    )


def _sheet(sheet: SheetResource, block: RowBlock) -> _ReadSheet:
    tab = _tab(sheet, block) if "gridProperties" in sheet["properties"] else None
    return _ReadSheet(tab, tab_state(sheet, block), tuple(_anchors(sheet)), block)


def _workbook(data: Spreadsheet, sheets: Sequence[_ReadSheet]) -> Workbook:
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


def _tab(sheet: SheetResource, block: RowBlock) -> Tab:
    properties = sheet["properties"]
    tab = Tab(
        sheet_id=properties.get("sheetId", 0),
        title=properties.get("title", ""),
        rows=(),
        merges=tuple(_merge(merge) for merge in sheet.get("merges", ())),
        hidden=properties.get("hidden", False),
    )
    return tab.deferring(rows=lambda _: block.rows, texts=lambda _: block.texts)


def _merge(merge: Mapping[str, int]) -> Merge:
    return Merge(
        merge.get("startRowIndex", 0),
        merge.get("endRowIndex", 0),
        merge.get("startColumnIndex", 0),
        merge.get("endColumnIndex", 0),
    )


def _anchors(sheet: SheetResource) -> Iterator[tuple[str, Place]]:
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
