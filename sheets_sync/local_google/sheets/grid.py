"""GridData: the cells of a range, and the properties of its rows and columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from orjson import Fragment

from sheets_sync.local_google.fieldmask import Exact, FieldMask
from sheets_sync.local_google.formulas.adjust import formula_cells
from sheets_sync.local_google.json_types import JsonObject
from sheets_sync.local_google.ranges import Area
from sheets_sync.local_google.recalc import formula_link
from sheets_sync.local_google.sheets.bands import Banded, banded_cells
from sheets_sync.local_google.sheets.cells import CellView, cell_view, link_look, merged
from sheets_sync.local_google.sheets.conditional_formats import Highlights, highlights
from sheets_sync.local_google.sheets.filtered_rows import hidden_rows
from sheets_sync.local_google.workbook import EMPTY, Box, Cell, Sheet, Workbook

ROW_PIXELS, COLUMN_PIXELS = 21, 100


def grids(
    workbook: Workbook,
    sheet: Sheet,
    areas: Sequence[Area] | None,
    mask: FieldMask,
    now: datetime,
    *,
    compact: bool = False,
) -> list[JsonObject]:
    """One GridData for each range on the sheet, or one for the whole of it; `compact` as `CellView` has it."""
    if sheet.properties.get("sheetType", "GRID") != "GRID":
        return []
    boxes = [sheet.box] if areas is None else [area.box for area in areas if area.sheet.id == sheet.id]
    return [_grid(workbook, sheet, box, mask, now, compact=compact) for box in boxes]


def _grid(workbook: Workbook, sheet: Sheet, box: Box, mask: FieldMask, now: datetime, *, compact: bool) -> Exact:
    """Only what the mask names is built: there may be a million cells."""
    corner = {"startRow": box.top, "startColumn": box.left}
    shown: JsonObject = {name: value for name, value in corner.items() if name in mask}
    if "rowData" in mask:
        wanted = "values" in mask["rowData"]
        shown["rowData"] = _row_data(workbook, sheet, box, mask["rowData"]["values"], now, compact) if wanted else []
    if "rowMetadata" in mask:
        hidden = {row: {"hiddenByFilter": True} for row in hidden_rows(workbook, sheet, now)}
        noted = _noted(workbook, sheet, "ROWS")
        rows = _dimensions((sheet.row_metadata, hidden, noted), box.top, box.bottom, ROW_PIXELS)
        shown["rowMetadata"] = mask["rowMetadata"].cut(rows)
    if "columnMetadata" in mask:
        noted = _noted(workbook, sheet, "COLUMNS")
        columns = _dimensions((sheet.column_metadata, noted), box.left, box.right, COLUMN_PIXELS)
        shown["columnMetadata"] = mask["columnMetadata"].cut(columns)
    return Exact((name, value) for name, value in shown.items() if value)


def _row_data(
    workbook: Workbook, sheet: Sheet, box: Box, mask: FieldMask, now: datetime, compact: bool
) -> list[JsonObject] | Fragment:
    """The rows: JSON already where answers are compact and cells show nothing that is not their own."""
    show = cell_view(mask, workbook)
    links = _links(workbook, sheet, box, now) if show.wants_links else []
    bands = list(banded_cells(sheet, box)) if show.wants_look else []
    found = highlights(workbook, sheet, now, show.cut)
    if compact and not links and not bands and found is None:
        return _written_rows(sheet, box, show)
    rows = _rows(sheet, box, show)
    _add_links(rows, links, box, mask)
    _add_bands(rows, bands, box, show)
    if found is not None:
        _add_highlights(sheet, box, rows, found, show)
    return rows


def _written_rows(sheet: Sheet, box: Box, show: CellView) -> list[JsonObject] | Fragment:
    """As `_rows`, written."""
    rows = [_written_row(show.line(cells[box.left : box.right])) for cells in sheet.rows[box.top : box.bottom]]
    while rows and rows[-1] == b"{}":
        rows.pop()
    return Fragment(b"[" + b",".join(rows) + b"]") if rows else []


def _written_row(values: list[bytes]) -> bytes:
    while values and values[-1] == b"{}":
        values.pop()
    return b'{"values":[' + b",".join(values) + b"]}" if values else b"{}"


def _rows(sheet: Sheet, box: Box, show: CellView) -> list[JsonObject]:
    """Ragged: without the empty end of each row, and without the empty rows at the end."""
    rows = []
    for cells in sheet.rows[box.top : box.bottom]:
        values = [show(cell) for cell in cells[box.left : box.right]]
        while values and not values[-1]:
            values.pop()
        rows.append({"values": values} if values else {})
    while rows and not rows[-1]:
        rows.pop()
    return rows


Link = tuple[int, int, Cell, str]
"""The row and column of a cell with a HYPERLINK formula, the cell, and the address it leads to."""


def _links(workbook: Workbook, sheet: Sheet, box: Box, now: datetime) -> list[Link]:
    """The cells of a box with such a formula."""
    inside = ((row, column, cell) for row, column, cell in formula_cells(sheet) if box.holds(row, column))
    return [(*place, link) for place in inside if (link := formula_link(workbook, sheet, place[2], now))]


def _add_links(rows: list[JsonObject], links: Sequence[Link], box: Box, mask: FieldMask) -> None:
    """The addresses that HYPERLINK formulas lead to, and how it shows."""
    for row, column, cell, link in links:
        data = _data_at(rows, row - box.top, column - box.left)
        look = merged(data.get("effectiveFormat", {}), mask["effectiveFormat"].cut(_shown_link(link, cell)))
        data |= mask.cut({"hyperlink": link}) | ({"effectiveFormat": look} if look else {})


def _add_bands(rows: list[JsonObject], bands: Sequence[Banded], box: Box, show: CellView) -> None:
    """Alternating colours, on cells that say nothing too: their effective format is not the default one."""
    plain = show.look(EMPTY)
    for row, column, added in bands:
        data = _data_at(rows, row - box.top, column - box.left)
        if look := merged(data.get("effectiveFormat", plain), show.cut(added)):
            data["effectiveFormat"] = look


def _data_at(rows: list[JsonObject], row: int, column: int) -> JsonObject:
    """The CellData at a place of ragged rows, which grow to it."""
    rows.extend({} for _ in range(row + 1 - len(rows)))
    values = rows[row].setdefault("values", [])
    values.extend({} for _ in range(column + 1 - len(values)))
    found: JsonObject = values[column]
    return found


def _shown_link(address: str, cell: Cell) -> JsonObject:
    """How a link shows, as far as the cell's own format says nothing else."""
    entered = (cell.format or {}).get("textFormat", {})
    look = link_look(address)
    return look | {"textFormat": {name: value for name, value in look["textFormat"].items() if name not in entered}}


def _add_highlights(sheet: Sheet, box: Box, rows: list[JsonObject], found: Highlights, show: CellView) -> None:
    """What conditional formats add to the cells that say anything."""
    for row, shown in enumerate(rows, box.top):
        for column, data in enumerate(shown.get("values", []), box.left):
            added = show.cut(found(row, column, sheet.cell(row, column))) if data else {}
            if added:
                data["effectiveFormat"] = merged(data.get("effectiveFormat", {}), added)


def _noted(workbook: Workbook, sheet: Sheet, dimension: str) -> dict[int, JsonObject]:
    """The developer metadata of rows or columns, by index."""
    found: dict[int, JsonObject] = {}
    for metadata in workbook.metadata:
        place = metadata["location"].get("dimensionRange")
        if place and place["dimension"] == dimension and place.get("sheetId", 0) == sheet.id:
            found.setdefault(place["startIndex"], {"developerMetadata": []})["developerMetadata"].append(metadata)
    return found


def _dimensions(known: Sequence[Mapping[int, JsonObject]], start: int, end: int, pixels: int) -> list[JsonObject]:
    default = {"pixelSize": pixels}
    special = set().union(*known)
    return [_merged(known, index, default) if index in special else default for index in range(start, end)]


def _merged(known: Sequence[Mapping[int, JsonObject]], index: int, default: JsonObject) -> JsonObject:
    return default | ({name: value for one in known for name, value in one.get(index, {}).items()})
