"""Writes .xlsx: texts stay texts, numbers have their form, and the same content gives the same bytes."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from sheets_sync.model.text import one_line, printable

Value = str | float | datetime | None
PLAIN, SCORE, SHARE = "General", "0.00", "0%"
_FORMULA_STARTS = ("=", "+", "-", "@", "#")  # what Excel takes for a formula or an error
_LONGEST = 32_000  # characters in a cell; Excel takes 32,767
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class BookColumn:
    """A column: its head, its width in characters, and how its numbers are shown."""

    head: str
    width: int
    form: str = PLAIN


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows that are made anew each time they are asked for, and not kept."""

    make: Callable[[], Iterable[Sequence[Value]]]

    def __iter__(self) -> Iterator[Sequence[Value]]:
        return iter(self.make())


@dataclass(frozen=True, slots=True)
class BookSheet:
    """A tab: its columns, and rows of texts and numbers."""

    title: str
    columns: tuple[BookColumn, ...]
    rows: Iterable[Sequence[Value]]


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook. `heads` are lines above every table; `made_at` is the only moment in it."""

    title: str
    author: str
    made_at: datetime
    heads: tuple[str, ...]
    sheets: tuple[BookSheet, ...]


def xlsx(book: Book) -> bytes:
    """The workbook as a file. Of what is unpacked no more than a row is in memory."""
    made = Workbook(write_only=True)
    made.properties.title, made.properties.creator = one_line(book.title), one_line(book.author)
    made.properties.created = book.made_at.astimezone(UTC).replace(tzinfo=None)
    for sheet in book.sheets:
        _write(made.create_sheet(one_line(sheet.title)), sheet, book.heads)
    buffer = io.BytesIO()
    made.save(buffer)
    return _steady(buffer.getvalue(), book.made_at)


def _write(page: WriteOnlyWorksheet, sheet: BookSheet, heads: Sequence[str]) -> None:
    for number, column in enumerate(sheet.columns, start=1):
        page.column_dimensions[get_column_letter(number)].width = column.width  # type: ignore[attr-defined] # missing in its stubs
    page.freeze_panes = f"A{len(heads) + 2}"
    for text in heads:
        page.append([_cell(page, text, PLAIN)])
    page.append([_bold(page, column.head) for column in sheet.columns])
    for row in sheet.rows:
        page.append([_cell(page, value, column.form) for value, column in zip(row, sheet.columns, strict=True)])


def _cell(page: WriteOnlyWorksheet, value: Value, form: str) -> Cell | Value:
    """A number in its form; a text that stays a text whatever it begins with, also after somebody edits the cell."""
    if not isinstance(value, str):
        return value if value is None or form == PLAIN else _formed(page, value, form)
    text = _short(printable(value))
    return _quoted(page, text) if text.startswith(_FORMULA_STARTS) else text


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _formed(page: WriteOnlyWorksheet, value: float | datetime, form: str) -> Cell:
    cell = WriteOnlyCell(page, value)
    cell.number_format = form
    return cell


def _quoted(page: WriteOnlyWorksheet, text: str) -> Cell:
    cell = WriteOnlyCell(page, text)
    cell.data_type = "s"
    cell.quotePrefix = True
    return cell


def _bold(page: WriteOnlyWorksheet, text: str) -> Cell:
    cell = _quoted(page, one_line(text))
    cell.font = Font(bold=True)
    return cell


def _steady(content: bytes, made_at: datetime) -> bytes:
    """The same archive without the moment of its making, which openpyxl writes into it."""
    moment = made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            with source.open(name) as original, target.open(info, "w") as copy:
                if name == "docProps/core.xml":
                    copy.write(re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + moment, original.read()))
                else:
                    shutil.copyfileobj(original, copy)
    return buffer.getvalue()
