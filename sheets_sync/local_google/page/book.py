"""A workbook as one account sees it in a browser: the page, parts of it, and what has changed since."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sheets_sync.local_google.auth import Account
from sheets_sync.local_google.drive import access
from sheets_sync.local_google.drive.model import File
from sheets_sync.local_google.drive.store import Drive
from sheets_sync.local_google.fieldmask import ALL, FieldMask
from sheets_sync.local_google.formulas.adjust import formula_cells
from sheets_sync.local_google.json_types import JsonObject
from sheets_sync.local_google.page.cells import CELLS, RowWriter, ShownRow, address
from sheets_sync.local_google.page.layout import FRAME, Block, Layout, layout, whole
from sheets_sync.local_google.page.looks import Looks
from sheets_sync.local_google.page.marks import Marks, marks_of
from sheets_sync.local_google.page.slicers import hidden_by_slicers
from sheets_sync.local_google.page.threads import PostWriter, ShownThread, threads_of
from sheets_sync.local_google.page.words import words_in
from sheets_sync.local_google.ranges import Area, Bounds, resolve
from sheets_sync.local_google.recalc import formula_link
from sheets_sync.local_google.sheets.filtered_rows import rows_hidden_by
from sheets_sync.local_google.sheets.show import View, spreadsheet
from sheets_sync.local_google.sheets.threads import visible
from sheets_sync.local_google.workbook import Box, Sheet, Workbook

SIDE = FieldMask(
    children={
        "comments": ALL,
        "sheets": FieldMask(
            children=dict.fromkeys(
                ("properties", "protectedRanges", "basicFilter", "filterViews", "commentAnchors"), ALL
            )
        ),
    }
)
"""What lies beside the cells."""


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook, the tab that is open in it, and who looks.

    Attributes:
        version: the file's; another one means that something has changed.   language: `id` or `en`.
        now: the server's time.   open_view: the filter view that is open, None for none.
    """

    drive: Drive
    file: File
    workbook: Workbook
    sheet: Sheet
    account: Account
    language: str
    now: datetime
    open_view: JsonObject | None = None

    @property
    def words(self) -> Mapping[str, str]:
        return words_in(self.language)

    @property
    def role(self) -> str:
        """What the account may do with the file."""
        return access.role(self.file, self.drive.files, self.account.email)

    @property
    def may_write(self) -> bool:
        return access.rank(self.role) >= access.rank("writer")

    @property
    def tabs(self) -> list[Sheet]:
        """The tabs that show; charts on tabs of their own have no cells to show."""
        return [sheet for sheet in self.workbook.sheets if not sheet.properties.get("hidden") and _is_grid(sheet)]

    @property
    def open_threads(self) -> dict[int, int]:
        """How many comment threads are open on each tab."""
        threads = visible(self.workbook)
        return Counter(each.sheet_id for each in threads if not each.resolved and each.sheet_id is not None)

    def layout(self) -> Layout:
        hidden = hidden_by_slicers(self.workbook, self.sheet, self.now)
        if self.open_view is not None:
            hidden |= rows_hidden_by(self.workbook, self.sheet, self.open_view, self.now)
        frame = self._view(FRAME, [whole(self.sheet)])
        return layout(self.workbook, self.sheet, frame, hidden, basic=self.open_view is None)

    @property
    def pictures(self) -> dict[tuple[int, int], str]:
        """The addresses of pictures that formulas show."""
        found = (
            (row, column, address(formula_link(self.workbook, self.sheet, cell, self.now, "IMAGE")))
            for row, column, cell in formula_cells(self.sheet)
        )
        return {(row, column): picture for row, column, picture in found if picture}

    def side(self) -> tuple[Marks, tuple[ShownThread, ...]]:
        """The marks of the tab, and its comment threads."""
        book = spreadsheet(self.workbook, self._view(SIDE, [whole(self.sheet)], comments=True))
        shown: JsonObject = book["sheets"][0]
        threads = threads_of(book, shown, PostWriter(self.workbook, self.words["nobody"]))
        shown |= {"basicFilter": self.open_view} if self.open_view is not None else {}
        marks = marks_of(self.sheet, shown, threads, self.words, self.pictures, may_write=self.may_write)
        return marks, threads

    def rows(self, laid: Layout, marks: Marks, looks: Looks, blocks: Iterable[Block]) -> dict[int, list[ShownRow]]:
        """The rows of some blocks, by the blocks' numbers; fills `looks`."""
        write = RowWriter(self.workbook, laid, marks, looks, self.now)
        return {block.number: list(write.rows(block, self._data(block))) for block in blocks}

    def options(self, row: int, column: int) -> list[str]:
        """What the drop-down at a cell offers."""
        rule = self.sheet.cell(row, column).validation or {}
        values = rule.get("condition", {}).get("values", [])
        if rule.get("condition", {}).get("type") != "ONE_OF_RANGE":
            return [str(value.get("userEnteredValue", "")) for value in values]
        area = resolve(self.workbook, str(values[0]["userEnteredValue"]).lstrip("="))
        shown = spreadsheet(self.workbook, self._view(CELLS, [area]))
        rows = shown["sheets"][0]["data"][0].get("rowData", [])
        texts = (cell.get("formattedValue", "") for found in rows for cell in found.get("values", []))
        return list(dict.fromkeys(filter(None, texts)))

    def _data(self, block: Block) -> list[Any]:
        box = Box(block.top, 0, block.bottom, self.sheet.column_count)
        shown = spreadsheet(self.workbook, self._view(CELLS, [Area(self.sheet, Bounds(*box), box)]))
        return list(shown["sheets"][0].get("data", [{}])[0].get("rowData", []))

    def _view(self, mask: FieldMask, areas: list[Area], *, comments: bool = False) -> View:
        return View(
            mask,
            self.account,
            self.drive.accounts,
            self.now,
            areas,
            comments=comments,
            owner=self.file.owner,
        )


def open_book(
    drive: Drive, file_id: str, account: Account, gid: str, language: str, now: datetime, view: str = ""
) -> Book:
    """The workbook with one of its tabs open: the one asked for, else the first that shows; and a filter view of it.

    Raises:
        ApiError: as Sheets refuses the account.
    """
    workbook = drive.read(file_id, account)
    wanted = workbook.sheet(int(gid)) if gid.isdigit() else None
    grids = [sheet for sheet in workbook.sheets if _is_grid(sheet)]
    first = next((sheet for sheet in grids if not sheet.properties.get("hidden")), grids[0])
    sheet = wanted if wanted is not None and _is_grid(wanted) else first
    opened = next((each for each in sheet.filter_views if str(each["filterViewId"]) == view), None)
    return Book(drive, drive.files[file_id], workbook, sheet, account, language, now, opened)


def _is_grid(sheet: Sheet) -> bool:
    return bool(sheet.properties.get("sheetType", "GRID") == "GRID")
