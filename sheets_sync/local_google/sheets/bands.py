"""Alternating colours at work: what the banded ranges and tables of a sheet add to its cells' effective format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sheets_sync.local_google.json_types import JsonObject
from sheets_sync.local_google.ranges import grid_bounds
from sheets_sync.local_google.workbook import Box, Cell, Sheet

Banded = tuple[int, int, JsonObject]
"""A cell's row and column, and what is added to its format."""
BAND: JsonObject = {"backgroundColor": {}, "backgroundColorStyle": {"rgbColor": {}}}
"""What is added, in black."""
OWN = ("backgroundColor", "backgroundColorStyle")
"""A cell that was given one of these keeps it."""
_BAND_NAMES = {"headerColorStyle", "firstBandColorStyle", "secondBandColorStyle", "footerColorStyle"}
_END, _FIRST, _SECOND = range(3)
"""How much a colour of a band counts: header and footer more than the first, the first more than the second."""


def table_bands(sheet: Sheet) -> list[JsonObject]:
    """The colours of tables, which are banded ranges without an id of their own."""
    colored = (table for table in sheet.tables if "rowsProperties" in table)
    return [{"bandedRangeReference": table["tableId"], "range": table["range"]} | _bands(table) for table in colored]


def _bands(table: JsonObject) -> JsonObject:
    return {"rowProperties": {name: value for name, value in table["rowsProperties"].items() if name in _BAND_NAMES}}


def banded_cells(sheet: Sheet, within: Box) -> Iterator[Banded]:
    """The cells of a box that alternating colours reach.

    Rows count as they lie, hidden ones too.
    """
    for banded in [*sheet.banded_ranges, *table_bands(sheet)]:
        box = grid_bounds(banded["range"]).within(sheet.box)
        part = box.overlap(within)
        for row in range(part.top, part.bottom):
            for column in range(part.left, part.right):
                color = _color(banded, box, row, column)
                if color is not None and not _keeps_its_own(sheet.cell(row, column)):
                    yield row, column, {"backgroundColor": color, "backgroundColorStyle": {"rgbColor": color}}


def _keeps_its_own(cell: Cell) -> bool:
    return any(name in (cell.format or {}) for name in OWN)


def _color(banded: Mapping[str, Any], box: Box, row: int, column: int) -> JsonObject | None:
    """The colour that counts most; of two that count the same, the row's.

    Source: `BandingProperties` in the discovery document.
    """
    lanes = (
        (banded.get("rowProperties", {}), row - box.top, box.height),
        (banded.get("columnProperties", {}), column - box.left, box.width),
    )
    found = [_of_lane(*lane) for lane in lanes if lane[0]]
    return min(found, key=lambda each: each[0])[1] if found else None


def _of_lane(bands: Mapping[str, Any], place: int, size: int) -> tuple[int, JsonObject | None]:
    """The colour of one row or column of a range, and how much it counts."""
    header = _named(bands, "headerColor")
    if place == 0 and header is not None:
        return _END, header
    footer = _named(bands, "footerColor")
    if place == size - 1 and footer is not None:
        return _END, footer
    second = (place - (header is not None)) % 2
    return (_SECOND, _named(bands, "secondBandColor")) if second else (_FIRST, _named(bands, "firstBandColor"))


def _named(bands: Mapping[str, Any], name: str) -> JsonObject | None:
    plain = bands.get(name, bands.get(f"{name}Style", {}).get("rgbColor"))
    return None if plain is None else dict(plain)
