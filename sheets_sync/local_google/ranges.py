"""Ranges in A1 and R1C1 notation and as GridRange: parsed, resolved against a workbook, and echoed as Google does.

Where the rules are from: developers.google.com/workspace/sheets/api/guides/concepts (notations, what wins where a name is
ambiguous) and recorded answers (a read that begins inside the grid is cut to it, one that begins outside is refused).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from sheets_sync.local_google.errors import ApiError, bad_request
from sheets_sync.local_google.workbook import Box, Sheet, Workbook

MAX_COLUMNS = 18_278  # ZZZ
_PLAIN_TITLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_LOOKS_LIKE_CELL = re.compile(r"[A-Za-z]{1,3}[0-9]+|[Rr][0-9]*([Cc][0-9]*)?|[Cc][0-9]*")
_A1_CORNER = re.compile(r"\$?([A-Za-z]{1,3})?(?:(?<=[A-Za-z])\$|(?<![A-Za-z$])\$?)?([1-9][0-9]{0,8})?")
_R1C1_CORNER = re.compile(r"[Rr]([0-9]+|\[-?[0-9]+\])?[Cc]([0-9]+|\[-?[0-9]+\])?")
_QUOTED_TITLE = re.compile(r"'((?:[^']|'')*)'")


class Bounds(NamedTuple):
    """Rows and columns from 0, ends excluded; None where the range is open."""

    top: int | None = None
    left: int | None = None
    bottom: int | None = None
    right: int | None = None

    def within(self, grid: Box) -> Box:
        """The part that lies in the grid."""
        return Box(
            self.top or 0,
            self.left or 0,
            grid.bottom if self.bottom is None else min(self.bottom, grid.bottom),
            grid.right if self.right is None else min(self.right, grid.right),
        )

    def begins_inside(self, grid: Box) -> bool:
        return (self.top or 0) < grid.bottom and (self.left or 0) < grid.right


WHOLE = Bounds()


@dataclass(frozen=True, slots=True)
class Reference:
    """A range as it was written: of which sheet (None: not said) and what; `bounds` is None where only a name stands."""

    title: str | None
    bounds: Bounds | None
    quoted: bool = False


class Area(NamedTuple):
    """A range of a workbook's sheet: as it was meant (`bounds`), and the part of it that exists (`box`)."""

    sheet: Sheet
    bounds: Bounds
    box: Box

    @property
    def a1(self) -> str:
        """As Google echoes it."""
        return echo(self.sheet.title, self.box)


def column_letters(index: int) -> str:
    """The name of a column counted from 0: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """The inverse of `column_letters`; case does not count."""
    index = 0
    for letter in letters.upper():
        index = index * 26 + ord(letter) - 64
    return index - 1


def quote(title: str) -> str:
    """The title as it stands before `!`: in quotes unless it is plain and can't be taken for a cell or a truth value."""
    plain = _PLAIN_TITLE.fullmatch(title) and not _LOOKS_LIKE_CELL.fullmatch(title)
    if plain and title.upper() not in {"TRUE", "FALSE"}:
        return title
    return "'" + title.replace("'", "''") + "'"


def echo(title: str, bounds: Bounds | Box) -> str:
    """A range in A1 notation: `Sheet1!A1:Z1000`, `Sheet1!B2`, `'My tab'!A:C`, `T!A5:B`; the title alone if all is open."""
    text = a1(bounds)
    return f"{quote(title)}!{text}" if text else quote(title)


def a1(bounds: Bounds | Box) -> str:
    """Bounds in A1 notation, without a sheet; "" if open on all sides."""
    top, left, bottom, right = bounds
    if top is None and bottom is None and left is None and right is None:
        return ""
    needs_corner = (top is None) != (bottom is None) or (left is None) != (right is None)
    first_column = "" if left is None and not needs_corner else column_letters(left or 0)
    first_row = "" if top is None and not needs_corner else str((top or 0) + 1)
    first = first_column + first_row
    last = ("" if right is None else column_letters(right - 1)) + ("" if bottom is None else str(bottom))
    whole_cell = bool(first_column and first_row) and first == last
    return first if whole_cell else f"{first}:{last}"


def parse(text: str) -> Reference:
    """Read a range in A1 or R1C1 notation, or a name.

    Raises:
        ApiError: 400 `Unable to parse range: …` if it can't be one whatever the workbook.
    """
    title, rest, quoted = _split_title(text)
    if rest is None:
        bounds = None if quoted else parse_bounds(text)
        return Reference(title if quoted or bounds is None else None, bounds, quoted)
    found = parse_bounds(rest)
    if found is None:
        raise unparsable(text)
    return Reference(title, found, quoted)


def unparsable(text: str) -> ApiError:
    return bad_request(f"Unable to parse range: {text}")


def _split_title(text: str) -> tuple[str, str | None, bool]:
    """(title, what follows its `!` or None, whether it was in quotes)."""
    match = _QUOTED_TITLE.match(text)
    if match and text[match.end() : match.end() + 1] in {"", "!"}:
        rest = text[match.end() + 1 :] if match.end() < len(text) else None
        return match[1].replace("''", "'"), rest, True
    title, mark, rest = text.rpartition("!")
    return (title, rest, False) if mark else (text, None, False)


def parse_bounds(text: str) -> Bounds | None:
    """`A1`, `A1:B2`, `A:A`, `2:3`, `A5:B`, `A1:1`, `R1C1:R2C2` (relative parts count from A1), or None."""
    corners = text.split(":")
    if len(corners) > 2:
        return None
    pairs = [_a1_corner(corner) or _r1c1_corner(corner) for corner in corners]
    first, last = pairs[0], pairs[-1]
    if first is None or last is None or (len(corners) == 1 and None in first):
        return None
    return _between(first, last)


Corner = tuple[int | None, int | None]
"""Row and column from 0, either of which may be left open."""


def _a1_corner(text: str) -> Corner | None:
    match = _A1_CORNER.fullmatch(text)
    if not match or not (match[1] or match[2]):
        return None
    column = column_index(match[1]) if match[1] else None
    if column is not None and column >= MAX_COLUMNS:
        return None
    return (int(match[2]) - 1 if match[2] else None), column


def _r1c1_corner(text: str) -> Corner | None:
    match = _R1C1_CORNER.fullmatch(text)
    if not match:
        return None
    row, column = (_r1c1_index(part) for part in match.groups())
    return None if row < 0 or column < 0 else (row, column)


def _r1c1_index(part: str | None) -> int:
    """An absolute number counts from 1; a relative one, or none, is as seen from A1."""
    if part is None:
        return 0
    return int(part[1:-1]) if part.startswith("[") else int(part) - 1


def _between(first: Corner, last: Corner) -> Bounds | None:
    rows = _span(first[0], last[0])
    columns = _span(first[1], last[1])
    if rows == columns == (None, None):
        return None
    return Bounds(rows[0], columns[0], rows[1], columns[1])


def _span(first: int | None, last: int | None) -> tuple[int | None, int | None]:
    """Where both are given their order does not matter; where one is missing the range is open at its end."""
    if first is None or last is None:
        return (last if first is None else first), None
    return min(first, last), max(first, last) + 1


def resolve(workbook: Workbook, text: str) -> Area:
    """The range of the workbook that the text means, cut to the grid.

    Raises:
        ApiError: 400 if it can't be parsed, names no sheet or named range, or begins outside the grid.
    """
    title, name, _ = _split_title(text)
    if name and parse_bounds(name) is None:
        area = _by_name(workbook, name)
        if area is None or area.sheet is not workbook.sheet_named(title):
            raise unparsable(text)
        return area
    reference = parse(text)
    area = _named(workbook, reference) if reference.bounds is None else None
    if area is None:
        sheet = first_visible(workbook) if reference.title is None else workbook.sheet_named(reference.title)
        if sheet is None or sheet.properties.get("sheetType", "GRID") != "GRID":
            raise unparsable(text)
        area = on_sheet(sheet, reference.bounds or WHOLE)
    return area


def _named(workbook: Workbook, reference: Reference) -> Area | None:
    """A named range wins over a sheet of the same name, unless quotes say that a sheet is meant."""
    return None if reference.quoted or reference.title is None else _by_name(workbook, reference.title)


def _by_name(workbook: Workbook, name: str) -> Area | None:
    wanted = name.casefold()
    for named in workbook.named_ranges:
        if named["name"].casefold() == wanted:
            return from_grid_range(workbook, named["range"])
    return None


def first_visible(workbook: Workbook) -> Sheet | None:
    """The sheet that a range without a sheet belongs to."""
    return next((sheet for sheet in workbook.sheets if not sheet.properties.get("hidden")), None)


def on_sheet(sheet: Sheet, bounds: Bounds) -> Area:
    """The area, or 400 if it begins outside the sheet's grid."""
    if not bounds.begins_inside(sheet.box):
        raise exceeds(sheet, bounds)
    return Area(sheet, bounds, bounds.within(sheet.box))


def exceeds(sheet: Sheet, bounds: Bounds | Box) -> ApiError:
    if bounds.bottom is None and bounds.right is None:
        bounds = Bounds(bounds.top, bounds.left, sheet.row_count)  # an end has to be named
    limits = f"Max rows: {sheet.row_count}, max columns: {sheet.column_count}"
    return bad_request(f"Range ({echo(sheet.title, bounds)}) exceeds grid limits. {limits}")


def from_grid_range(workbook: Workbook, grid_range: Mapping[str, Any]) -> Area:
    """The area of an API GridRange (zero-based, ends excluded, missing means open).

    Raises:
        ApiError: 400 if there is no such sheet or it begins outside the grid.
    """
    sheet_id = int(grid_range.get("sheetId", 0))
    sheet = workbook.sheet(sheet_id)
    if sheet is None:
        raise bad_request(f"No grid with id: {sheet_id}")
    return on_sheet(sheet, grid_bounds(grid_range))


def grid_bounds(grid_range: Mapping[str, Any]) -> Bounds:
    """The bounds of an API GridRange. A zero that proto3 left out is the same as an open start."""
    names = ("startRowIndex", "startColumnIndex", "endRowIndex", "endColumnIndex")
    return Bounds(*(None if grid_range.get(name) is None else int(grid_range[name]) for name in names))


def to_grid_range(sheet_id: int, bounds: Bounds | Box) -> dict[str, int]:
    """The API's GridRange; open sides are left out."""
    names = ("startRowIndex", "endRowIndex", "startColumnIndex", "endColumnIndex")
    sides = (bounds.top, bounds.bottom, bounds.left, bounds.right)
    return {"sheetId": sheet_id} | {name: side for name, side in zip(names, sides, strict=True) if side is not None}


def dimension_bounds(dimension_range: Mapping[str, Any]) -> Bounds:
    """The bounds of an API DimensionRange: whole rows or whole columns."""
    start, end = dimension_range.get("startIndex"), dimension_range.get("endIndex")
    if dimension_range.get("dimension") == "COLUMNS":
        return Bounds(left=start, right=end)
    return Bounds(top=start, bottom=end)
