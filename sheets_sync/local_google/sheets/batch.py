"""What a request of a batchUpdate works on, and how it is refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sheets_sync.local_google.auth import Account, Accounts
from sheets_sync.local_google.json_types import JsonObject
from sheets_sync.local_google.ranges import Bounds, exceeds, grid_bounds
from sheets_sync.local_google.sheets.protection import guards, may_edit
from sheets_sync.local_google.values.render import shown
from sheets_sync.local_google.workbook import Box, Cell, Sheet, Workbook

MAX_CELLS = 10_000_000


def outside(sheet: Sheet, bounds: Bounds) -> str:
    """What Google says of a range that is not within the grid, or that is none."""
    for start, end, name in ((bounds.top, bounds.bottom, "Row"), (bounds.left, bounds.right, "Column")):
        if end is not None and end <= (start or 0):
            return f"end{name}Index must be greater than start{name}Index."
    return exceeds(sheet, bounds).message


class Refused(Exception):  # noqa: N818 - it is what Google does, not an error of ours
    """A request that can't be carried out; the batch puts `Invalid requests[i].kind: ` before the text."""


@dataclass(slots=True)
class Batch:
    """A batchUpdate under way.

    Attributes:
        workbook: the draft.
        owner: the e-mail address of the file's owner.
        random_id, new_id: a new random int32 > 0, or text.
    """

    workbook: Workbook
    account: Account
    accounts: Accounts
    owner: str
    clock: Callable[[], datetime]
    random_id: Callable[[], int]
    new_id: Callable[[], str]

    def sheet(self, sheet_id: int) -> Sheet:
        """The sheet, for writing."""
        sheet = self.workbook.sheet(sheet_id)
        if sheet is None:
            raise Refused(f"No sheet with id: {sheet_id}")
        return self.workbook.edit(sheet)

    def grid(self, sheet_id: int) -> Sheet:
        """The sheet, which has to have a grid, for writing."""
        sheet = self.workbook.sheet(sheet_id)
        if sheet is None or sheet.properties.get("sheetType", "GRID") != "GRID":
            raise Refused(f"No grid with id: {sheet_id}")
        return self.workbook.edit(sheet)

    def area(self, grid_range: Mapping[str, Any], *, loose: bool = False) -> tuple[Sheet, Box]:
        """The sheet of a GridRange, for writing, and the box it means, which has to lie within the grid.

        Google is `loose` with formats and rules: what lies beyond the grid is cut off, a range of nothing is taken.
        """
        sheet, bounds = self.grid(grid_range.get("sheetId", 0)), grid_bounds(grid_range)
        box = bounds.within(sheet.box)
        beyond = (bounds.bottom or 0) > sheet.row_count or (bounds.right or 0) > sheet.column_count
        fits = (
            bounds.begins_inside(sheet.box) and box.height >= 0 and box.width >= 0
            if loose
            else not (beyond or box.empty)
        )
        if not fits:
            raise Refused(outside(sheet, bounds))
        return sheet, box

    def cell(self, coordinate: Mapping[str, Any]) -> tuple[Sheet, int, int]:
        """The sheet, row and column of a GridCoordinate, for writing."""
        sheet = self.grid(coordinate.get("sheetId", 0))
        row, column = coordinate.get("rowIndex", 0), coordinate.get("columnIndex", 0)
        for name, index, count in (("row", row, sheet.row_count), ("column", column, sheet.column_count)):
            if index >= count:
                raise Refused(f"GridCoordinate.{name}Index[{index}] is after last {name} in grid[{sheet.id}]")
        return sheet, row, column

    def text(self, cell: Cell) -> str:
        """The cell as it shows."""
        return shown(cell, self.workbook.locale)

    @property
    def today(self) -> date:
        """The date where the workbook is at home."""
        zone = self.workbook.properties.get("timeZone", "Etc/GMT")
        return self.clock().astimezone(ZoneInfo(zone)).date()

    def protect(self, sheet: Sheet, box: Box) -> None:
        """Refuse a change of cells that are protected against the account."""
        if any(guards(found, box, sheet) for found in sheet.protected_ranges if not self.may_edit(found)):
            raise Refused(
                "You are trying to edit a protected cell or object. "
                "Please contact the spreadsheet owner to remove protection if you need to edit."
            )

    def may_edit(self, protected: JsonObject) -> bool:
        """Whether the account may edit what a ProtectedRange protects."""
        return may_edit(protected, self.account.email, self.owner)


Apply = Callable[[Batch, JsonObject], JsonObject | None]
"""Carries out a request on the draft and returns its reply (None: an empty one)."""
