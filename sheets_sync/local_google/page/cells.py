"""Rows of a tab as the page's template writes them, from the CellData that `spreadsheets.get` gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from sheets_sync.local_google.fieldmask import ALL, FieldMask
from sheets_sync.local_google.page.layout import Block, Column, Layout
from sheets_sync.local_google.page.looks import Looks, ground_of
from sheets_sync.local_google.page.marks import Marks
from sheets_sync.local_google.page.typed import typed
from sheets_sync.local_google.recalc import local_time
from sheets_sync.local_google.values.locales import locale_of
from sheets_sync.local_google.workbook import Box, Workbook

CELLS = FieldMask(
    children={
        "sheets": FieldMask(
            children={
                "data": FieldMask(
                    children={
                        "rowData": FieldMask(
                            children={
                                "values": FieldMask(
                                    children=dict.fromkeys(
                                        (
                                            *("effectiveValue", "formattedValue", "effectiveFormat", "note"),
                                            *("hyperlink", "dataValidation", "textFormatRuns"),
                                        ),
                                        ALL,
                                    )
                                )
                            }
                        )
                    }
                )
            }
        )
    }
)
GOOGLE = "docs.google.com"
SCHEMES = ("http", "https", "mailto")


class Part(NamedTuple):
    """A stretch of a cell's text with a look and a link of its own ("": none)."""

    text: str
    look: str
    link: str


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell on the page.

    Attributes:
        classes: its look and what it is (`over`: its text may run on into empty cells beside it).
        entered: what one would type to get it, None where that is what it shows.
        told: what a screen reader hears beside the text.
        guard: "", `warned` or `locked`.
        picture: the address of the picture that the cell shows; it is named, not fetched.
    """

    row: int
    column: int
    classes: str
    parts: tuple[Part, ...]
    entered: str | None
    note: str
    told: str
    guard: str
    picture: str
    across: int
    down: int


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row on the page. `held` is the class that says where a frozen one is held."""

    index: int
    hidden: bool
    after_hidden: bool
    look: str
    held: str
    cells: tuple[ShownCell, ...]


@dataclass(frozen=True, slots=True)
class RowWriter:
    """Turns the CellData of one tab into rows; fills `looks` on the way."""

    workbook: Workbook
    layout: Layout
    marks: Marks
    looks: Looks
    now: datetime

    def rows(self, block: Block, data: Sequence[Mapping[str, Any]]) -> Iterator[ShownRow]:
        """The rows of a block; `data` is its rowData."""
        heights, write = self.layout.heights, _Entered(self.workbook, self.layout, self.now)
        covers = self._covers(block)
        for row in range(block.top, block.bottom):
            values = data[row - block.top].get("values", []) if row - block.top < len(data) else []
            tops = self.layout.tops
            held = self.looks.named(f"--top:{tops[row]}px") if row < len(tops) else ""
            look = self.looks.named(f"height:{heights[row]}px") if heights[row] else ""
            cells = self._cells(row, values, covers, write) if heights[row] else ()
            yield ShownRow(row, not heights[row], row > 0 and not heights[row - 1], look, held, tuple(cells))

    def _covers(self, block: Block) -> dict[tuple[int, int], Box | None]:
        """The cells that merges touch: the corner with its box, the others with None."""
        found: dict[tuple[int, int], Box | None] = {}
        for box in self.layout.sheet.merges:
            if block.top <= box.top < block.bottom:
                inside = ((row, column) for row in range(*box[0::2]) for column in range(*box[1::2]))
                found.update(dict.fromkeys(inside))
                found[box.top, self._first_column(box)] = box
        return found

    def _first_column(self, box: Box) -> int:
        """Where a merged cell begins to show: its first column may be hidden."""
        return next((c.index for c in self.layout.columns if box.left <= c.index < box.right), box.left)

    def _cells(
        self,
        row: int,
        values: Sequence[Mapping[str, Any]],
        covers: Mapping[tuple[int, int], Box | None],
        write: _Entered,
    ) -> Iterator[ShownCell]:
        columns = self.layout.columns
        for place, column in enumerate(columns):
            box = covers.get((row, column.index), _ALONE)
            if box is None:
                continue
            at = column.index if box is _ALONE else box.left
            data = values[at] if at < len(values) else {}
            beside = columns[place + 1].index if place + 1 < len(columns) else 0
            free = box is _ALONE and not (beside < len(values) and values[beside].get("formattedValue"))
            yield self._cell(row, column, at, data, box, write, free=free)

    def _cell(
        self,
        row: int,
        column: Column,
        at: int,
        data: Mapping[str, Any],
        box: Box,
        write: _Entered,
        *,
        free: bool,
    ) -> ShownCell:
        look = data.get("effectiveFormat", {})
        classes = [self.looks.of(look) if look else "", *self.marks.classes(row, at, data)]
        text = data.get("formattedValue", "")
        if text and free and look.get("wrapStrategy", "OVERFLOW_CELL") == "OVERFLOW_CELL":
            classes.append("over")
        if column.left is not None:
            classes += ["held", self.looks.named(f"left:{column.left}px")]
        entered, note = write(row, at), data.get("note", "")
        return ShownCell(
            row,
            column.index,
            " ".join(filter(None, classes)),
            tuple(_parts(text, data, partial(self.looks.of_run, ground=ground_of(look)))),
            entered if entered != text else None,
            note,
            self.marks.told(row, at, note),
            self.marks.guard(row, at),
            self.marks.pictures.get((row, at), ""),
            *self._spans(box),
        )

    def _spans(self, box: Box) -> tuple[int, int]:
        if box is _ALONE:
            return 1, 1
        across = sum(box.left <= column.index < box.right for column in self.layout.columns)
        return across, sum(height > 0 for height in self.layout.heights[box.top : box.bottom])


_ALONE = Box(0, 0, 1, 1)


class _Entered:
    """What one would type to get the cell at a row and column."""

    def __init__(self, workbook: Workbook, layout: Layout, now: datetime) -> None:
        self._sheet, self._locale = layout.sheet, locale_of(workbook.locale)
        self._today = local_time(workbook, now).date()

    def __call__(self, row: int, column: int) -> str:
        return typed(self._sheet.cell(row, column), self._locale, self._today)


def _parts(text: str, data: Mapping[str, Any], look: Any) -> Iterator[Part]:
    """The text in stretches of one look; runs count in UTF-16 units, as Google does."""
    whole, runs = address(data.get("hyperlink", "")), data.get("textFormatRuns") or []
    if not runs:
        if text:
            yield Part(text, "", whole)
        return
    units = text.encode("utf-16-le")
    starts = [2 * run.get("startIndex", 0) for run in runs]
    if starts[0]:
        yield Part(units[: starts[0]].decode("utf-16-le", "replace"), "", whole)
    for run, start, end in zip(runs, starts, [*starts[1:], len(units)], strict=True):
        shape = run.get("format", {})
        link = address(shape.get("link", {}).get("uri", "")) or whole
        yield Part(units[start:end].decode("utf-16-le", "replace"), look(shape) if shape else "", link)


def address(link: str) -> str:
    """Where a link leads, "" if nowhere that a page may lead to. One to a workbook of Google's leads to ours."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return ""
    if link.startswith("#gid="):
        return link
    if parts.scheme not in SCHEMES:
        return ""
    return link.partition(GOOGLE)[2] if parts.netloc == GOOGLE and parts.path.startswith("/spreadsheets/") else link
