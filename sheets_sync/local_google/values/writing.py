"""Writes lists of values into an area, as typed (USER_ENTERED) or as they are (RAW), and tells what was written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sheets_sync.local_google.errors import bad_request
from sheets_sync.local_google.ranges import Area, Bounds, column_letters
from sheets_sync.local_google.values.entry import enter, put_raw
from sheets_sync.local_google.values.locales import locale_of
from sheets_sync.local_google.workbook import Box, Sheet, Workbook

Lines = Sequence[Sequence[Any]]

MAX_CHARACTERS = 50_000


@dataclass(frozen=True, slots=True)
class Typing:
    """How values come into cells: `option` is RAW or USER_ENTERED; `today` gives dates without a year theirs.

    `asked` is the range in the request's own words, which a refusal repeats.
    """

    option: str
    today: date
    asked: str = ""


@dataclass(frozen=True, slots=True)
class Touched:
    """The rows and columns of a tab in which cells were set, and how many cells."""

    rows: frozenset[int]
    columns: frozenset[int]
    cells: int

    @property
    def counts(self) -> tuple[int, int, int]:
        """How many rows, columns and cells."""
        return len(self.rows), len(self.columns), self.cells


@dataclass(frozen=True, slots=True)
class Written:
    """What a write did.

    Attributes:
        area: where the values went; None values (which skip their cell) count as part of it.
        requested: the area that was asked for.
        touched: the cells that were set.
    """

    area: Area
    requested: Area
    touched: Touched


def by_rows(values: Lines, dimension: str | None) -> list[list[Any]]:
    """Values given by columns, turned into rows; what a shorter column lacks is skipped."""
    if dimension != "COLUMNS":
        return [list(row) for row in values]
    height = max((len(column) for column in values), default=0)
    return [[column[row] if row < len(column) else None for column in values] for row in range(height)]


def write(workbook: Workbook, area: Area, rows: list[list[Any]], typing: Typing) -> Written:
    """Write rows from the area's first cell on. A single cell is only where to begin; a larger area bounds the values.

    Raises:
        ApiError: 400 if a value is no scalar or too long, or the values reach beyond the area or the grid.
    """
    check_values(rows)
    width = max((len(row) for row in rows), default=0)
    top, left = area.box.top, area.box.left
    box = Box(top, left, top + max(len(rows), 1), left + max(width, 1))
    _check_bounds(area, box, rows, typing.asked or area.a1)
    sheet = workbook.edit(area.sheet)
    touched = put_rows(sheet, top, left, rows, workbook.locale, typing)
    return Written(Area(sheet, Bounds(*box), box), Area(sheet, area.bounds, area.box), touched)


def put_rows(sheet: Sheet, top: int, left: int, rows: list[list[Any]], locale: str, typing: Typing) -> Touched:
    """Set the cells of a sheet that is being edited; tells which.

    What is meant for a cell that a merge covers is dropped, as Google does.
    """
    own, typed = locale_of(locale), typing.option == "USER_ENTERED"
    covered = covered_cells(sheet)
    set_rows, set_columns, cells = set(), set(), 0
    for row, values in enumerate(rows, top):
        before = cells
        for column, value in enumerate(values, left):
            if value is None:
                continue
            if (row, column) in covered:
                value = ""  # noqa: PLW2901 - counted, but it leaves the cell empty
            old = sheet.cell(row, column)
            cell = enter(old, value, own, typing.today) if typed else put_raw(old, value)
            sheet.put(row, column, cell)
            set_columns.add(column)
            cells += 1
        if cells > before:
            set_rows.add(row)
    return Touched(frozenset(set_rows), frozenset(set_columns), cells)


def covered_cells(sheet: Sheet) -> set[tuple[int, int]]:
    """The cells that merges cover: all but the top left one of each."""
    covered = {
        (row, column)
        for box in sheet.merges
        for row in range(box.top, box.bottom)
        for column in range(box.left, box.right)
    }
    return covered - {(box.top, box.left) for box in sheet.merges}


def check_values(rows: list[list[Any]]) -> None:
    """400 for what a cell can't hold."""
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            if isinstance(value, dict | list):
                raise bad_request(f"Invalid values[{row}][{column}]: {_proto(value)}")
            if isinstance(value, str) and len(value) > MAX_CHARACTERS:
                raise bad_request(
                    f"Your input contains more than the maximum of {MAX_CHARACTERS} characters in a single cell."
                )


def _check_bounds(area: Area, box: Box, rows: list[list[Any]], asked: str) -> None:
    """The values must fit the area if it is more than a cell, and the grid in any case."""
    anchor = area.bounds.bottom == (area.bounds.top or 0) + 1 and area.bounds.right == (area.bounds.left or 0) + 1
    limits = area.sheet.box if anchor else area.box
    for row, values in enumerate(rows, box.top):
        if not values:
            continue
        if row >= limits.bottom:
            raise _overflow(asked, f"row [{row + 1}]")
        if box.left + len(values) > limits.right:
            raise _overflow(asked, f"column [{column_letters(limits.right)}]")


def _overflow(asked: str, where: str) -> Exception:
    return bad_request(f"Requested writing within range [{asked}], but tried writing to {where}")


def _proto(value: Any, depth: int = 0) -> str:
    """A JSON value as Google prints it in the text of an error."""
    pad = "  " * depth
    if isinstance(value, list):
        inner = "".join(f"{pad}  values {{\n{_proto(item, depth + 2)}{pad}  }}\n" for item in value)
        return f"{pad}list_value {{\n{inner}{pad}}}\n"
    if isinstance(value, dict):
        fields = "".join(
            f'{pad}  fields {{\n{pad}    key: "{key}"\n{pad}    value {{\n{_proto(item, depth + 3)}{pad}    }}\n{pad}  }}\n'
            for key, item in value.items()
        )
        return f"{pad}struct_value {{\n{fields}{pad}}}\n"
    if isinstance(value, bool):
        return f"{pad}bool_value: {str(value).lower()}\n"
    if value is None:
        return f"{pad}null_value: NULL_VALUE\n"
    return f'{pad}string_value: "{value}"\n' if isinstance(value, str) else f"{pad}number_value: {value}\n"
