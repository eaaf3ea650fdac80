"""Workbooks as JSON for the storage: a head, and the cells in blocks of rows, so that an edit rewrites only what it changed."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import TypeAdapter

from sheets_sync.local_google.drive.model import Change, File
from sheets_sync.local_google.json_types import JsonObject
from sheets_sync.local_google.thread import Thread
from sheets_sync.local_google.workbook import Box, Cell, ErrorValue, Formula, Row, Sheet, Workbook

BLOCK = 128
"""Rows of a block."""

FILE: TypeAdapter[File] = TypeAdapter(File)
CHANGE: TypeAdapter[Change] = TypeAdapter(Change)
THREADS: TypeAdapter[dict[str, Thread]] = TypeAdapter(dict[str, Thread])

SHEET_FIELDS = tuple(
    name for name in Sheet.__slots__ if name not in {"rows", "merges", "spills", "row_metadata", "column_metadata"}
)


def write_head(workbook: Workbook) -> str:
    """All of a workbook except its sheets, and their order."""
    head = {
        "properties": workbook.properties,
        "sheets": [sheet.id for sheet in workbook.sheets],
        "named_ranges": workbook.named_ranges,
        "metadata": workbook.metadata,
        "comments": THREADS.dump_python(workbook.comments, mode="json"),
    }
    return json.dumps(head)


def read_head(file_id: str, text: str, sheets: dict[int, Sheet]) -> Workbook:
    """The workbook of a head and its sheets."""
    head = json.loads(text)
    ordered = [sheets[sheet_id] for sheet_id in head["sheets"]]
    comments = THREADS.validate_python(head["comments"])
    return Workbook(file_id, head["properties"], ordered, head["named_ranges"], head["metadata"], comments)


def write_sheet(sheet: Sheet) -> str:
    """All of a sheet except its cells."""
    return json.dumps(
        {
            "merges": sheet.merges,
            "spills": sheet.spills,
            "row_metadata": sheet.row_metadata,
            "column_metadata": sheet.column_metadata,
            "rows": len(sheet.rows),
        }
        | {name: getattr(sheet, name) for name in SHEET_FIELDS}
    )


def read_sheet(text: str, blocks: Iterable[tuple[int, bytes]]) -> Sheet:
    """The sheet of a head and its blocks."""
    head = json.loads(text)
    sheet = Sheet(**{name: head[name] for name in SHEET_FIELDS})
    sheet.merges = [Box(*edges) for edges in head["merges"]]
    sheet.spills = [Box(*edges) for edges in head.get("spills", ())]  # earlier folders have none
    sheet.row_metadata = {int(index): facts for index, facts in head["row_metadata"].items()}
    sheet.column_metadata = {int(index): facts for index, facts in head["column_metadata"].items()}
    sheet.rows = [[] for _ in range(head["rows"])]
    shared: dict[str, JsonObject] = {}
    for number, block in blocks:
        rows = read_block(block, shared)
        sheet.rows[number * BLOCK : number * BLOCK + len(rows)] = rows
    return sheet


def changed_blocks(sheet: Sheet, before: Sheet | None) -> Iterator[tuple[int, bytes | None]]:
    """The blocks that differ from before, by number; None for one that has no rows any more."""
    old = before.rows if before is not None else []
    for start in range(0, max(len(sheet.rows), len(old)), BLOCK):
        rows, former = sheet.rows[start : start + BLOCK], old[start : start + BLOCK]
        if rows != former:  # cells are values: the same object or another cell
            yield start // BLOCK, write_block(rows) if rows else None


def write_block(rows: list[Row]) -> bytes:
    """Rows of cells, compressed. Formats and the like, which many cells share, are written once."""
    table: dict[int, int] = {}
    shared: list[JsonObject] = []

    def index(value: JsonObject | None) -> int | None:
        if value is None:
            return None
        if id(value) not in table:
            table[id(value)] = len(shared)
            shared.append(value)
        return table[id(value)]

    def written(cell: Cell) -> Any:
        things = [index(thing) for thing in (cell.format, cell.number_format, cell.validation, cell.extra)]
        packed = [
            _pack(cell.entered),
            _pack(cell.value) if cell.value is not cell.entered else None,
            cell.note,
            *things,
        ]
        plain = not cell.note and cell.value is cell.entered and not any(t is not None for t in things)
        return packed[0] if plain else packed

    body = [[written(cell) if cell is not None else None for cell in row] for row in rows]
    return zlib.compress(json.dumps({"cells": body, "shared": shared}, separators=(",", ":")).encode(), 1)


def read_block(block: bytes, shared: dict[str, JsonObject]) -> list[Row]:
    """The rows of a block. `shared` lets blocks share equal formats."""
    body = json.loads(zlib.decompress(block))
    table = [shared.setdefault(json.dumps(value, sort_keys=True), value) for value in body["shared"]]
    return [[_cell(written, table) for written in row] for row in body["cells"]]


def _cell(written: Any, table: list[JsonObject]) -> Cell | None:
    if written is None:
        return None
    if not isinstance(written, list):
        return Cell(_unpack(written))
    entered, value, note, *things = written
    own, number_format, validation, extra = (None if thing is None else table[thing] for thing in things)
    return Cell(
        _unpack(entered),
        _unpack(value),
        format=own,
        number_format=number_format,
        note=note,
        validation=validation,
        extra=extra,
    )


def _pack(value: Any) -> Any:
    if isinstance(value, Formula):
        return {"f": value.text}
    return {"e": value.kind, "m": value.message} if isinstance(value, ErrorValue) else value


def _unpack(value: Any) -> Any:
    if isinstance(value, dict):
        return Formula(value["f"]) if "f" in value else ErrorValue(value["e"], value["m"])
    return value
