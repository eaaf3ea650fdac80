"""Requests that write cells: updateCells, repeatCell, appendCells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import zip_longest
from typing import Any

from sheets_sync.local_google.errors import not_supported
from sheets_sync.local_google.fieldmask import FieldMask
from sheets_sync.local_google.json_types import JsonObject
from sheets_sync.local_google.known import MANY, Known, known
from sheets_sync.local_google.pivots import unsupported
from sheets_sync.local_google.sheets.batch import Apply, Batch, Refused
from sheets_sync.local_google.sheets.cells import entered
from sheets_sync.local_google.sheets.copying import copied, fit
from sheets_sync.local_google.sheets.masks import listed
from sheets_sync.local_google.sheets.requests.tables import table_end
from sheets_sync.local_google.sheets.requests.tabs import check_cells
from sheets_sync.local_google.sheets.stretch import put_stretch, stretch
from sheets_sync.local_google.values.entry import OF_THE_TEXT
from sheets_sync.local_google.values.links import link_of, relinked, whole_link
from sheets_sync.local_google.workbook import EMPTY, Box, Cell, Entered, Sheet

UNSUPPORTED = frozenset({"dataSourceTable", "dataSourceFormula"})
MAX_TEXT = 50_000


class Writer:
    """Writes CellData over cells, as far as a mask goes."""

    def __init__(self, mask: FieldMask) -> None:
        self._mask = mask
        self.values, self._format = "userEnteredValue" in mask, "userEnteredFormat" in mask
        self._note, self._validation = "note" in mask, "dataValidation" in mask
        self._extras = [name for name in OF_THE_TEXT if name in mask]
        self._link, self._runs = "link" in mask["userEnteredFormat"]["textFormat"], "textFormatRuns" in mask.children

    def line(self, old: Iterable[Cell], data: Iterable[Known]) -> list[Cell | None]:
        """A stretch of a row after the write; what no data is given for is written over with nothing."""
        return [_written(self, cell, given) for cell, given in zip_longest(old, data, fillvalue=NO_DATA)]

    def over(self, old: Cell, data: Known) -> Cell:
        """The cell after the write."""
        if not UNSUPPORTED.isdisjoint(data):
            raise not_supported(f"cells with a {', '.join(UNSUPPORTED & data.keys())}")
        if "pivotTable" in data and (reason := unsupported(data["pivotTable"])):
            raise not_supported(f"pivot tables {reason}")
        changes: JsonObject = {}
        if self.values:
            changes["entered"] = self._entered(data.get("userEnteredValue"))
        changes["format"] = self._formatted(old, data, changes.get("entered"))
        if self._note:
            changes["note"] = data.get("note", "")
        if self._validation:
            changes["validation"] = data.get("dataValidation")
        if self._extras or old.extra:
            changes["extra"] = self._extra(old, data)
        return old.but(**changes)

    def _entered(self, value: Mapping[str, Any] | None) -> Entered:
        found = entered(value)
        if isinstance(found, str) and len(found) > MAX_TEXT:
            raise Refused(f"Your input contains more than the maximum of {MAX_TEXT} characters in a single cell.")
        return found

    def _formatted(self, old: Cell, data: Mapping[str, Any], text: Entered) -> JsonObject | None:
        """The format, with the link that the text brings or that goes with the former one."""
        own = old.format
        if self._format:
            own = self._mask["userEnteredFormat"].take(own or {}, data.get("userEnteredFormat", {})) or None
        if self.values or self._extras:
            link = self._followed(text, own, data) if self._extras or self._link else link_of(text)
            own = relinked(own, link) if own or link else own
        return known(own) if own else own

    def _followed(self, text: Entered, own: JsonObject | None, data: Mapping[str, Any]) -> str:
        """The link of a cell whose text is written. A text brings its own; a mask that names runs ousts the format's."""
        runs = data.get("textFormatRuns", ())
        if self._runs or runs:
            return whole_link(runs)
        if self._link:
            return str((own or {}).get("textFormat", {}).get("link", {}).get("uri", ""))
        return link_of(text)

    def _extra(self, old: Cell, data: Mapping[str, Any]) -> JsonObject | None:
        """The rarer fields. Runs belong to a text and go with it."""
        lost = OF_THE_TEXT if self.values else ()
        kept = {name: value for name, value in (old.extra or {}).items() if name not in {*lost, *self._extras}}
        given = {name: data[name] for name in self._extras if data.get(name)}
        if whole_link(given.get("textFormatRuns", ())):
            del given["textFormatRuns"]
        return kept | given or None


@lru_cache(maxsize=64)
def writer(mask: FieldMask) -> Writer:
    """The writer of a mask, which remembers what it wrote."""
    return Writer(mask)


@lru_cache(maxsize=MANY)
def _written(write: Writer, old: Cell, data: Known) -> Cell | None:
    """The cell after a write, None if nothing is left in it. Cells are values: equal writes over a cell make one."""
    cell = write.over(old, data)
    return None if cell.blank else cell


NO_DATA = known({})


def update_cells(batch: Batch, request: JsonObject) -> None:
    mask = listed(request, "CellData")
    if ("range" in request) == ("start" in request):
        raise Refused("Exactly one of start and range must be set.")
    write_rows(batch, request, mask)


def write_rows(batch: Batch, request: JsonObject, mask: FieldMask) -> None:
    """Write RowData from a start on, or over a range: what of the range they don't cover is cleared."""
    rows: Sequence[JsonObject] = request.get("rows", [])
    sheet, box = _target(batch, request, rows)
    batch.protect(sheet, box)
    write = writer(mask)
    for row in range(box.top, box.bottom):
        values = rows[row - box.top].get("values", []) if row - box.top < len(rows) else []
        last = box.right if "range" in request else box.left + len(values)
        put_stretch(sheet, row, box.left, write.line(stretch(sheet, row, box.left, last), values))


def _target(batch: Batch, request: JsonObject, rows: Sequence[JsonObject]) -> tuple[Sheet, Box]:
    """The cells to write. More data than they hold is refused."""
    width = max((len(row.get("values", ())) for row in rows), default=0)
    if "range" in request:
        sheet, box = batch.area(request["range"])
        top, left, last_row, last_column = box
    else:
        sheet, top, left = batch.cell(request["start"])
        last_row, last_column = sheet.row_count, sheet.column_count
        box = Box(top, left, top + len(rows), left + width)
    for name, end, limit in (("row", top + len(rows), last_row), ("column", left + width, last_column)):
        if end > limit:
            raise Refused(f"Attempting to write {name}: {limit}, beyond the last requested {name} of: {limit - 1}")
    return sheet, box


def repeat_cell(batch: Batch, request: JsonObject) -> None:
    mask = listed(request, "CellData")
    sheet, box = batch.area(request.get("range", {}), loose=True)
    batch.protect(sheet, box)
    data, write = [request.get("cell", NO_DATA)] * box.width, writer(mask)
    for row in range(box.top, box.bottom):
        new = write.line(stretch(sheet, row, box.left, box.right), data)
        if write.values:
            new = [cell and copied(cell, row - box.top, right) for right, cell in enumerate(new)]
        put_stretch(sheet, row, box.left, new)


def append_cells(batch: Batch, request: JsonObject) -> None:
    mask, rows = listed(request, "CellData"), request.get("rows", [])
    if "tableId" in request:
        sheet, top, left = table_end(batch, request["tableId"], len(rows))
    else:
        sheet, left = batch.grid(request.get("sheetId", 0)), 0
        top = next((n for n in range(len(sheet.rows), 0, -1) if any(sheet.rows[n - 1])), 0)
    width = max((len(row.get("values", ())) for row in rows), default=0)
    box = Box(top, left, top + len(rows), left + width)
    fit(sheet, box)
    batch.protect(sheet, box)
    write = writer(mask)
    for row, data in enumerate(rows, top):
        values = data.get("values", ())
        put_stretch(sheet, row, left, write.line([EMPTY] * len(values), values))
    check_cells(batch)


REQUESTS: Mapping[str, Apply] = {
    "updateCells": update_cells,
    "repeatCell": repeat_cell,
    "appendCells": append_cells,
}
