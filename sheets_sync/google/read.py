"""Google's JSON of a workbook → `ReadWorkbook`. The number format matters: a typed `7,72%` arrives as 0.0772."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
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

_KINDS = {
    "DATE": NumberKind.DATE,
    "TIME": NumberKind.TIME,
    "DATE_TIME": NumberKind.DATE_TIME,
    "PERCENT": NumberKind.PERCENT,
    "CURRENCY": NumberKind.CURRENCY,
    "SCIENTIFIC": NumberKind.SCIENTIFIC,
    "TEXT": NumberKind.TEXT,
}
_PLAIN = NumberKind.PLAIN
_HEAD = 64  # characters by which the JSON of one sheet's data is told from that of others
_TRIED = 4  # blocks that begin alike
_AT_ONCE = 1_000_000  # characters of which a copy is made
_made = tuple.__new__  # in half the time that the name of a named tuple takes

Place = tuple[int, int, int]  # sheetId, row and column of an anchor's first cell


@dataclass(frozen=True, slots=True)
class ReadWorkbook:
    """A workbook as one answer of Google's gave it: what people see in it, and how its tabs stand for who writes."""

    grid: Workbook
    tabs: tuple[TabState, ...]
    marks: tuple[ReportMark, ...] = ()  # of reports, by whatever store
    blocks: tuple[RowBlock, ...] = field(default=(), repr=False, compare=False)  # what its rows were read from


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """A sheet of an answer, understood: `tab` is None where it has no cells, `anchors` are those of its comments by id."""

    tab: Tab | None
    state: TabState
    anchors: tuple[tuple[str, Place], ...]
    blocks: tuple[RowBlock, ...] = ()


@dataclass(frozen=True, slots=True)
class RowBlock:
    """The rows of a sheet's data, and of the JSON they were read from how it begins, how long it is, and its hash.

    The hash is that of this process's own strings, with a key that nobody knows.
    """

    rows: tuple[tuple[GridCell, ...], ...]
    head: str
    length: int
    hash: int

    @classmethod
    def of(cls, rows: Iterable[tuple[GridCell, ...]], text: str, at: int, end: int) -> RowBlock:
        """The rows whose JSON stands in a text from `at` to `end`."""
        return cls(tuple(rows), text[at : at + _HEAD], end - at, _hash(text, at, end))

    def stands(self, text: str, at: int) -> bool:
        """Whether the same JSON stands at a place."""
        end = at + self.length
        return text[end - 1 : end] == "}" and self.hash == _hash(text, at, end)


def _hash(text: str, at: int, end: int) -> int:
    return hash(tuple([hash(text[start : min(start + _AT_ONCE, end)]) for start in range(at, end, _AT_ONCE)]))


class _RowBlocks:
    """Takes the data of sheets; what is the same JSON as in an answer before has the same rows, down to the object."""

    def __init__(self, before: Iterable[RowBlock]) -> None:
        self._known: dict[str, list[RowBlock]] = defaultdict(list)
        for block in before:
            self._known[block.head].append(block)

    def __call__(self, text: str, at: int) -> tuple[RowBlock, int]:
        alike = self._known.get(text[at : at + _HEAD], [])
        known = next((block for block in alike[:_TRIED] if block.stands(text, at)), None)
        if known:
            alike.remove(known)  # the next one is that of the next sheet
            return known, at + known.length
        raw, end = pieces.item(text, at, {"rowData": _take_row})
        return RowBlock.of(raw.get("rowData", ()), text, at, end), end


def decode(text: str, before: ReadWorkbook | None = None) -> Any:
    """Google's JSON, the sheets of a workbook in it understood already: `parse` goes on from there.

    `before` is the workbook as it was read earlier: cells that have not changed since are taken from there.

    Raises:
        json.JSONDecodeError: it is no JSON.
        AttributeError, KeyError, TypeError, ValueError: a sheet is not what it should be.
    """
    blocks = _RowBlocks(before.blocks if before else ())

    def take(text: str, at: int) -> tuple[ReadSheet, int]:
        raw, end = pieces.item(text, at, {"data": blocks})
        return read_sheet(raw), end

    return pieces.decode(text, {"sheets": take, "updatedSpreadsheet.sheets": take})


def parse(data: Mapping[str, Any]) -> ReadWorkbook:
    """The workbook of a `spreadsheets.get` or an `updatedSpreadsheet` cut by `MASK`."""
    sheets = [each if isinstance(each, ReadSheet) else read_sheet(each) for each in data.get("sheets", ())]
    states = tuple(sheet.state for sheet in sheets)
    blocks = tuple(block for sheet in sheets for block in sheet.blocks)
    return ReadWorkbook(_workbook(data, sheets), states, marks_of(data), blocks)


def read_sheet(sheet: Mapping[str, Any]) -> ReadSheet:
    """What a sheet of an answer says."""
    tab = _tab(sheet) if "gridProperties" in sheet["properties"] else None
    blocks = tuple(block for block in sheet.get("data", ()) if isinstance(block, RowBlock))
    return ReadSheet(tab, tab_state(sheet, tab), tuple(_anchors(sheet)), blocks)


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
    if blocks and isinstance(blocks[0], RowBlock):
        return blocks[0].rows
    return tuple([_row(row) for row in blocks[0].get("rowData", ())]) if blocks else ()


def _take_row(text: str, at: int) -> tuple[tuple[GridCell, ...], int]:
    """The row whose JSON begins at a place, and where it ends."""
    row, end = pieces.raw_item(text, at)
    return _row(row), end


def _row(row: Mapping[str, Any]) -> tuple[GridCell, ...]:
    """A row's cells; most of them are blank or plain, and are made in one step."""
    cells = row.get("values", ())
    return tuple([EMPTY_CELL if (said := cell.get("effectiveValue")) is None else _cell(cell, said) for cell in cells])


def _cell(cell: Mapping[str, Any], effective: Mapping[str, Any]) -> GridCell:
    look, entered = cell.get("effectiveFormat"), cell.get("userEnteredValue")
    kind = _KINDS.get(look["numberFormat"].get("type", ""), _PLAIN) if look else _PLAIN
    formula = entered.get("formulaValue", "") if entered else ""
    for key, value in effective.items():
        said = value if key != "errorValue" else _error(value)  # else numberValue, stringValue or boolValue
        return _made(GridCell, (said, cell.get("formattedValue", ""), kind, formula))
    return _made(GridCell, (None, cell.get("formattedValue", ""), kind, formula))


def _error(value: Mapping[str, str]) -> FormulaError:
    return FormulaError(_ERROR_TEXTS.get(value.get("type", ""), "#ERROR!"))


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
