"""Uploads that become spreadsheets, and spreadsheets that become downloads."""

from __future__ import annotations

import csv
import io
import secrets
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime

from sheets_sync.local_google.drive import pages
from sheets_sync.local_google.drive.errors import refused
from sheets_sync.local_google.drive.model import CSV, TSV, XLSX
from sheets_sync.local_google.formulas.adjust import formula_cells
from sheets_sync.local_google.recalc import recalculate
from sheets_sync.local_google.sheets.defaults import COLUMNS, ROWS, new_sheet
from sheets_sync.local_google.values.entry import enter
from sheets_sync.local_google.values.locales import locale_of
from sheets_sync.local_google.workbook import ErrorValue, Sheet, Workbook
from sheets_sync.local_google.xlsx.limits import NotExcelError
from sheets_sync.local_google.xlsx.read import read
from sheets_sync.local_google.xlsx.write import write

IMPORT_TIME_ZONE = "America/Los_Angeles"
"""What a workbook's becomes by the import of a text, whatever it was before (seen in recorded answers)."""
EXPORT_LIMIT = 10 * 2**20
TEXTS = (CSV, TSV, "text/plain", "application/csv", "text/comma-separated-values")


def converted(content: bytes, media_type: str, draft: Workbook, now: datetime) -> Workbook:
    """A draft with the upload's tabs in place of its own, its formulas computed.

    Raises:
        ApiError: 400 if the upload is of no type that becomes a spreadsheet, or not what its type says.
    """
    kind = media_type.partition(";")[0].strip().lower()
    if kind in TEXTS:
        sheets, names = [read_text(content, kind, draft, now.date())], []
        draft.properties["timeZone"] = IMPORT_TIME_ZONE
    elif kind == XLSX or content[:2] == b"PK":
        try:
            contents = read(content, _new_sheet_id(), locale_of(draft.locale).decimal)
        except NotExcelError as bad:
            raise refused(400, "badRequest", "Bad Request") from bad
        sheets, names = contents.sheets, contents.named_ranges
    else:
        raise refused(
            400, "badRequest", f"The requested conversion is not supported: {kind or 'no type'} to a spreadsheet."
        )
    draft.touched |= {sheet.id for sheet in (*draft.sheets, *sheets)}
    draft.sheets, draft.named_ranges, draft.metadata, draft.comments = sheets, names, [], {}
    _compute(draft, now)
    return draft


def without_extension(name: str, media_type: str) -> str:
    """What an upload is called as a spreadsheet: `buku.xlsx` becomes `buku` (seen by ezsheets' users)."""
    kind = media_type.partition(";")[0].strip().lower()
    return name.removesuffix(EXTENSIONS.get(kind, "")) or name


EXTENSIONS = {XLSX: ".xlsx", CSV: ".csv", TSV: ".tsv"}


def _compute(draft: Workbook, now: datetime) -> None:
    """Evaluate all formulas. What Excel had computed stays where a function is unknown here."""
    brought = {(sheet.id, row, column): cell for sheet in draft.sheets for row, column, cell in formula_cells(sheet)}
    recalculate(draft, now)
    for (sheet_id, row, column), cell in brought.items():
        sheet = draft.sheet(sheet_id)
        value = sheet.cell(row, column).value if sheet else None
        if sheet and isinstance(value, ErrorValue) and value.kind == "NAME" and cell.value is not None:
            sheet.put(row, column, cell)


def _new_sheet_id() -> int:
    return secrets.randbelow(2**31 - 1000)


def read_text(content: bytes, kind: str, book: Workbook, today: date) -> Sheet:
    """A tab named like the workbook with the values of a csv or tsv, read as if they were typed."""
    text = _decoded(content)
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text, kind)))
    sizes = {"rowCount": max(ROWS, len(rows)), "columnCount": max([COLUMNS, *map(len, rows)])}
    sheet = new_sheet(_new_sheet_id(), book.title, {"gridProperties": sizes})
    sheet.rows = [[enter(None, value, book.locale, today) if value else None for value in row] for row in rows]
    return sheet


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _delimiter(text: str, kind: str) -> str:
    """The mark that is most frequent in the first line."""
    if kind == TSV:
        return "\t"
    first = text.partition("\n")[0]
    return max(",;\t", key=lambda mark: (first.count(mark), mark == ","))


def exported(book: Workbook, mime_type: str, sheet_id: int | None = None) -> bytes:
    """A workbook in one of Google's formats; as csv or tsv one tab of it, the first if none is named.

    Raises:
        ApiError: 400 for a type that Google doesn't export, 403 over 10 MB.
    """
    if mime_type in {CSV, TSV}:
        chosen = book.sheets[0] if sheet_id is None else book.sheet(sheet_id)
        if chosen is None:
            raise refused(400, "badRequest", f"There is no tab with the id {sheet_id}.")
        content = write_text(chosen, book.locale, mime_type).encode()
    elif mime_type in EXPORTERS:
        content = EXPORTERS[mime_type](book)
    else:
        raise refused(400, "badRequest", "The requested conversion is not supported.", "convertTo")
    if len(content) > EXPORT_LIMIT:
        raise refused(403, "exportSizeLimitExceeded", "This file is too large to be exported.")
    return content


EXPORTERS: Mapping[str, Callable[[Workbook], bytes]] = {
    XLSX: write,
    "application/zip": pages.zipped_html,
    "application/pdf": pages.pdf,
    pages.ODS: pages.ods,
    "application/x-vnd.oasis.opendocument.spreadsheet": pages.ods,
}


def write_text(sheet: Sheet, locale: str, mime_type: str) -> str:
    """The tab's formatted values up to the last row and column with a value, without a line end after the last row."""
    rows = pages.texts(sheet, locale)
    return _tsv(rows) if mime_type == TSV else _csv(rows)


def _csv(rows: Iterable[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue().removesuffix("\r\n")


def _tsv(rows: Iterable[list[str]]) -> str:
    spaces = str.maketrans("\t\r\n", "   ")
    return "\r\n".join("\t".join(text.translate(spaces) for text in row) for row in rows)
