"""The shape of Google's answers about a workbook, as far as it is looked at: decoded in C, everything else passed over.

The rows of a sheet are decoded by themselves: half of them are our own pages, whose cells nobody asks for.
"""

from __future__ import annotations

from typing import Any, TypedDict

from msgspec import Raw, Struct, field
from msgspec.json import Decoder

Json = dict[str, Any]


class GridData(TypedDict, total=False):
    """A block of a sheet; without `ranges` it is the only one and starts at the top left."""

    rowData: Raw


class SheetResource(TypedDict, total=False):
    """A sheet of a `Spreadsheet` resource."""

    properties: Json
    data: list[GridData]
    merges: list[dict[str, int]]
    commentAnchors: list[Json]
    protectedRanges: list[Json]
    charts: list[Json]
    filterViews: list[Json]
    bandedRanges: list[Json]
    tables: list[Json]
    conditionalFormats: list[Json]


class Spreadsheet(TypedDict, total=False):
    """A `Spreadsheet` resource."""

    spreadsheetId: str
    properties: Json
    sheets: list[SheetResource]
    comments: list[Json]
    developerMetadata: list[Json]


class WorkbookAnswer(Spreadsheet, total=False):
    """The answer to a `spreadsheets.get`, or to a `batchUpdate` that has the workbook in it."""

    updatedSpreadsheet: Spreadsheet
    commentUpdateState: str


class NumberFormat(Struct, gc=False):
    """Of a cell: only its type matters."""

    type: str = ""


class CellFormat(Struct, gc=False):
    """How a cell looks."""

    numberFormat: NumberFormat = field(default_factory=NumberFormat)  # noqa: N815 - Google's name


class Entered(Struct, gc=False):
    """What was typed in a cell, if it is a formula."""

    formulaValue: str = ""  # noqa: N815 - Google's name


class ExtendedValue(Struct, gc=False):
    """What a cell holds: one of these."""

    numberValue: Any = None  # noqa: N815 - Google's names
    stringValue: Any = None  # noqa: N815
    boolValue: Any = None  # noqa: N815
    errorValue: Json | None = None  # noqa: N815


class CellData(Struct, gc=False):
    """A cell."""

    effectiveValue: ExtendedValue | None = None  # noqa: N815 - Google's names
    formattedValue: str = ""  # noqa: N815
    effectiveFormat: CellFormat | None = None  # noqa: N815
    userEnteredValue: Entered | None = None  # noqa: N815


class RowData(Struct, gc=False):
    """A row of a sheet."""

    values: list[CellData] = []


class ShownValue(Struct, gc=False):
    """A value, of which nothing matters but that it is one."""

    numberValue: Any = None  # noqa: N815 - Google's names
    errorValue: Json | None = None  # noqa: N815


class ShownCell(Struct, gc=False):
    """A cell of which only the text matters; the rest is looked at so that what is no cell is not taken for one."""

    effectiveValue: ShownValue | None = None  # noqa: N815 - Google's names
    formattedValue: str = ""  # noqa: N815
    effectiveFormat: CellFormat | None = None  # noqa: N815
    userEnteredValue: Entered | None = None  # noqa: N815


class ShownRow(Struct, gc=False):
    """A row of such cells."""

    values: list[ShownCell] = []


decode = Decoder(WorkbookAnswer).decode
decode_rows = Decoder(list[RowData]).decode
decode_shown = Decoder(list[ShownRow]).decode
