"""The model of a workbook, shared by the Sheets endpoints, the values, Drive and the storage.

A workbook that others can see is never changed. An edit works on a draft (`Workbook.draft`), which shares its sheets with
the original until `Workbook.edit` copies one, and which takes the original's place when the whole edit has succeeded.
So a batch is atomic, a reader needs no lock, and `touched` names the sheets that have to be stored again.

Cells are values too: a cell that stands in a sheet is replaced (`Cell.but`), never changed. The same holds for the
API-shaped dicts inside cells and lists: build a new one. (What a sheet holds besides cells is copied with the sheet, so
inside an edit the lists of `Sheet` may be changed freely, their dicts through `copy.deepcopy` semantics too.)
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sheets_sync.local_google.json_types import JsonObject
from sheets_sync.local_google.thread import Thread


@dataclass(frozen=True, slots=True)
class Formula:
    """What was typed beginning with `=`, the sign included, in the spelling of the workbook's locale."""

    text: str


@dataclass(frozen=True, slots=True)
class ErrorValue:
    """An error as a value. `kind` is the API's ErrorType: ERROR, NULL_VALUE, DIVIDE_BY_ZERO, VALUE, REF, NAME, NUM, N_A, LOADING."""

    kind: str
    message: str = ""


Entered = None | bool | float | str | Formula
Value = None | bool | float | str | ErrorValue


class Cell:
    """A cell with anything in it. Not to be changed once it stands in a sheet.

    Attributes:
        entered: what a person or a program put there. A number is a float (or int), a date its serial number.
        value: what it amounts to: `entered` itself unless that is a formula, or unless nothing is entered and the array
            of a formula elsewhere fills the cell.
        format: userEnteredFormat as the API shapes it (shared between cells: never change it in place), or None.
        number_format: the NumberFormat that the entered value or the formula implies where `format` has none, or None.
        note: the note, or "".
        validation: the DataValidationRule, or None.
        extra: further user-entered fields of CellData (textFormatRuns, chipRuns, pivotTable), or None.
        text: formattedValue as it was last rendered, with the locale it was rendered for (remembered; None: not yet).
        said: the CellData that was last answered, as JSON, with the view it was made for (remembered).
    """

    __slots__ = ("entered", "extra", "format", "note", "number_format", "said", "text", "validation", "value")

    def __init__(
        self,
        entered: Entered = None,
        value: Value = None,
        *,
        format: JsonObject | None = None,  # noqa: A002 - the API's word
        number_format: JsonObject | None = None,
        note: str = "",
        validation: JsonObject | None = None,
        extra: JsonObject | None = None,
    ) -> None:
        self.entered = entered
        self.value = value if entered is None or isinstance(entered, Formula) else entered
        self.format = format
        self.number_format = number_format
        self.note = note
        self.validation = validation
        self.extra = extra
        self.text: tuple[str, str] | None = None
        self.said: tuple[object, bytes] = UNSAID

    def but(self, **changes: Any) -> Cell:
        """A cell like this one except for the changes.

        A new entry is its own value unless it is a formula, and implies no number format unless one is given.
        """
        cell = Cell(
            self.entered,
            self.value,
            format=self.format,
            number_format=self.number_format,
            note=self.note,
            validation=self.validation,
            extra=self.extra,
        )
        if "entered" in changes:
            cell.number_format = None
        for name, value in changes.items():
            setattr(cell, name, value)
        if not isinstance(cell.entered, Formula) and (cell.entered is not None or "entered" in changes):
            cell.value = cell.entered
        return cell

    @property
    def blank(self) -> bool:
        """Whether the cell could as well not be there."""
        return (
            self.entered is None
            and self.value is None
            and not (self.format or self.note or self.validation or self.extra)
        )


UNSAID: tuple[object, bytes] = (None, b"")
EMPTY = Cell()
"""What stands where nothing stands."""


class Box(NamedTuple):
    """A bounded range of one sheet: rows and columns from 0, ends excluded."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def empty(self) -> bool:
        return self.bottom <= self.top or self.right <= self.left

    def overlap(self, other: Box) -> Box:
        """The common part; `empty` if there is none."""
        return Box(
            max(self.top, other.top),
            max(self.left, other.left),
            min(self.bottom, other.bottom),
            min(self.right, other.right),
        )

    def holds(self, row: int, column: int) -> bool:
        return self.top <= row < self.bottom and self.left <= column < self.right

    def inside(self, other: Box) -> bool:
        return self.overlap(other) == self


Row = list[Cell | None]


@dataclass(slots=True)
class Sheet:
    """One tab.

    Attributes:
        properties: SheetProperties in full, except `index` (the place in `Workbook.sheets`) which answers add.
        rows: ragged: only as far down and right as something stands there.
        merges: the merged ranges, none overlapping.
        spills: what the arrays of formulas fill, or would, each with its formula in its top left cell.
        row_metadata, column_metadata: DimensionProperties by index, only where they differ from the default.
        The other lists hold what the API calls by the same names, every GridRange inside them with its sheetId.
    """

    properties: JsonObject
    rows: list[Row] = field(default_factory=list)
    merges: list[Box] = field(default_factory=list)
    spills: list[Box] = field(default_factory=list)
    row_metadata: dict[int, JsonObject] = field(default_factory=dict)
    column_metadata: dict[int, JsonObject] = field(default_factory=dict)
    conditional_formats: list[JsonObject] = field(default_factory=list)
    filter_views: list[JsonObject] = field(default_factory=list)
    protected_ranges: list[JsonObject] = field(default_factory=list)
    basic_filter: JsonObject | None = None
    charts: list[JsonObject] = field(default_factory=list)
    banded_ranges: list[JsonObject] = field(default_factory=list)
    row_groups: list[JsonObject] = field(default_factory=list)
    column_groups: list[JsonObject] = field(default_factory=list)
    slicers: list[JsonObject] = field(default_factory=list)
    tables: list[JsonObject] = field(default_factory=list)

    @property
    def id(self) -> int:
        return int(self.properties["sheetId"])

    @property
    def title(self) -> str:
        return str(self.properties["title"])

    @property
    def row_count(self) -> int:
        return int(self.properties.get("gridProperties", {}).get("rowCount", 0))

    @property
    def column_count(self) -> int:
        return int(self.properties.get("gridProperties", {}).get("columnCount", 0))

    @property
    def box(self) -> Box:
        """The whole grid."""
        return Box(0, 0, self.row_count, self.column_count)

    def cell(self, row: int, column: int) -> Cell:
        """The cell, or EMPTY."""
        if row < len(self.rows) and column < len(self.rows[row]):
            return self.rows[row][column] or EMPTY
        return EMPTY

    def put(self, row: int, column: int, cell: Cell | None) -> None:
        """Set a cell (of a sheet that is being edited); None or a blank one takes it away."""
        if cell is None or cell.blank:
            if row < len(self.rows) and column < len(self.rows[row]):
                self.rows[row][column] = None
            return
        while len(self.rows) <= row:
            self.rows.append([])
        cells = self.rows[row]
        if len(cells) <= column:
            cells.extend([None] * (column + 1 - len(cells)))
        cells[column] = cell

    def cells(self, box: Box | None = None) -> Iterator[tuple[int, int, Cell]]:
        """Every cell that is there, in reading order, with its row and column."""
        box = box or self.box
        for row in range(box.top, min(box.bottom, len(self.rows))):
            for column, cell in enumerate(self.rows[row][box.left : box.right], box.left):
                if cell is not None:
                    yield row, column, cell

    def copy(self) -> Sheet:
        """An independent sheet; the cells, being values, are shared."""
        others = {name: copy.deepcopy(getattr(self, name)) for name in self.__slots__ if name != "rows"}
        return Sheet(rows=[row.copy() for row in self.rows], **others)


@dataclass(slots=True)
class Workbook:
    """A spreadsheet. What only Drive knows of it (owners, permissions, versions …) is not here.

    Attributes:
        properties: SpreadsheetProperties (title, locale, timeZone, autoRecalc, defaultFormat, spreadsheetTheme …).
        named_ranges: NamedRange dicts.   metadata: DeveloperMetadata dicts of all locations.   comments: by thread id.
        touched: ids of the sheets this draft has copied, added or deleted.
    """

    id: str
    properties: JsonObject
    sheets: list[Sheet] = field(default_factory=list)
    named_ranges: list[JsonObject] = field(default_factory=list)
    metadata: list[JsonObject] = field(default_factory=list)
    comments: dict[str, Thread] = field(default_factory=dict)
    touched: set[int] = field(default_factory=set)

    @property
    def title(self) -> str:
        return str(self.properties["title"])

    @property
    def locale(self) -> str:
        return str(self.properties["locale"])

    def sheet(self, sheet_id: int) -> Sheet | None:
        """The sheet for reading, or None."""
        return next((sheet for sheet in self.sheets if sheet.id == sheet_id), None)

    def sheet_named(self, title: str) -> Sheet | None:
        """The sheet of that title (case does not count, as in Google), or None."""
        wanted = title.casefold()
        exact = (sheet for sheet in self.sheets if sheet.title == title)
        return next(exact, None) or next((s for s in self.sheets if s.title.casefold() == wanted), None)

    def draft(self) -> Workbook:
        """A workbook to edit in this one's stead."""
        return Workbook(
            self.id,
            copy.deepcopy(self.properties),
            list(self.sheets),
            copy.deepcopy(self.named_ranges),
            copy.deepcopy(self.metadata),
            dict(self.comments),
        )

    def edit(self, sheet: Sheet) -> Sheet:
        """The sheet for writing: on the first call of a draft its copy, which takes the sheet's place."""
        if sheet.id in self.touched:
            return next(own for own in self.sheets if own.id == sheet.id)
        place = self.sheets.index(sheet)
        own = sheet.copy()
        self.sheets[place] = own
        self.touched.add(own.id)
        return own
