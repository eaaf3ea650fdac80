"""How a tab lies on the page: its columns with their widths, its rows with their heights, and the blocks rows come in."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from sheets_sync.local_google.fieldmask import ALL, FieldMask
from sheets_sync.local_google.json_types import JsonObject
from sheets_sync.local_google.ranges import Area, Bounds, column_letters
from sheets_sync.local_google.sheets.show import View, spreadsheet
from sheets_sync.local_google.workbook import Sheet, Workbook

BLOCK = 20
"""Rows that come together; more where a merged cell spans the edge."""
HEAD = 46
"""Pixels of the column with the rows' numbers."""
FRAME = FieldMask(
    children={
        "properties": ALL,
        "sheets": FieldMask(
            children={
                "properties": ALL,
                "data": FieldMask(children={"rowMetadata": ALL, "columnMetadata": ALL}),
            }
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column that shows. `left` is where it is held when it is frozen; `after_hidden`: the one before it is hidden."""

    index: int
    name: str
    width: int
    left: int | None
    after_hidden: bool


@dataclass(frozen=True, slots=True)
class Block:
    """Rows from `top` to `bottom` (excluded), in all so many pixels high."""

    number: int
    top: int
    bottom: int
    height: int


@dataclass(frozen=True, slots=True)
class Layout:
    """A tab as it lies. `heights` are pixels by row, 0 for a hidden one; `tops` those of frozen rows."""

    sheet: Sheet
    columns: tuple[Column, ...]
    heights: tuple[int, ...]
    blocks: tuple[Block, ...]
    tops: tuple[int, ...]

    @property
    def width(self) -> int:
        return HEAD + sum(column.width for column in self.columns)

    @property
    def digest(self) -> str:
        """Another one means that the page has to be laid out anew."""
        facts = [self.columns, self.heights, self.blocks, self.tops, self.sheet.title, self.sheet.merges]
        return hashlib.blake2s(orjson.dumps(facts, default=list), digest_size=8).hexdigest()


def whole(sheet: Sheet) -> Area:
    """All of a tab as a range."""
    return Area(sheet, Bounds(*sheet.box), sheet.box)


def layout(workbook: Workbook, sheet: Sheet, view: View, hidden: Collection[int] = (), *, basic: bool = True) -> Layout:
    """The layout of a tab, from what the API tells of its rows and columns.

    Rows of `hidden` are hidden by slicers or an open filter view; the basic filter counts if `basic`, where none is open.
    """
    shown = spreadsheet(workbook, view)["sheets"][0]
    data: JsonObject = (shown.get("data") or [{}])[0]
    grid = shown["properties"].get("gridProperties", {})
    rows = (row if basic else row | {"hiddenByFilter": False} for row in data.get("rowMetadata", []))
    heights = tuple(0 if place in hidden else _pixels(row) for place, row in enumerate(rows))
    columns = tuple(_columns(data.get("columnMetadata", []), grid.get("frozenColumnCount", 0)))
    tops = tuple(sum(heights[:row]) for row in range(grid.get("frozenRowCount", 0)))
    return Layout(sheet, columns, heights, tuple(_blocks(sheet, heights, len(tops))), tops)


def _pixels(metadata: JsonObject) -> int:
    hidden = metadata.get("hiddenByUser") or metadata.get("hiddenByFilter")
    return 0 if hidden else max(int(metadata.get("pixelSize", 0)), 2)


def _columns(metadata: Sequence[JsonObject], frozen: int) -> Iterator[Column]:
    left, hidden = HEAD, False
    for index, each in enumerate(metadata):
        width = _pixels(each)
        if width:
            yield Column(index, column_letters(index), width, left if index < frozen else None, hidden)
            left += width
        hidden = not width


def _blocks(sheet: Sheet, heights: Sequence[int], frozen: int) -> Iterator[Block]:
    spanned = {row for box in sheet.merges if box.height > 1 for row in range(box.top + 1, box.bottom)}
    top = number = 0
    while top < len(heights):
        bottom = min(max(top + BLOCK, frozen), len(heights))
        while bottom in spanned and bottom < len(heights):
            bottom += 1
        yield Block(number, top, bottom, sum(heights[top:bottom]))
        top, number = bottom, number + 1


def facts_of(layout: Layout) -> dict[str, Any]:
    """What the script has to know of a layout."""
    return {
        "frame": layout.digest,
        "columns": [column.index for column in layout.columns],
        "rows": len(layout.heights),
        "hidden": [row for row, height in enumerate(layout.heights) if not height],
        "blocks": [(block.top, block.bottom, block.height) for block in layout.blocks],
        "merges": [tuple(box) for box in layout.sheet.merges],
        "frozen": len(layout.tops),
    }
