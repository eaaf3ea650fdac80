"""A page's cells as the JSON that Google takes: put into words once, to be compared with the last write and to be sent."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from math import isfinite

from msgspec.structs import replace

from sheets_sync.model.json import JsonObject
from sheets_sync.rekap.page import PLAIN, Align, Page, PageCell, Style, TextRun, fitting
from sheets_sync.rekap.style import INK, channels

NOTHING, NO_ROW = b"{}", b'{"values":[]}'  # of a cell, of a row that is cleared
_SHORT = 60  # characters of a text that may stand in many cells
_KEPT = 16_384  # cells


@dataclass(frozen=True, slots=True)
class WrittenPage:
    """A page as Google takes it: every row as the `RowData` of all its cells."""

    page: Page
    rows: tuple[bytes, ...]

    @classmethod
    def of(cls, page: Page) -> WrittenPage:
        return cls(page, tuple(map(_row, page.lines)))

    def over(self, columns: Sequence[int]) -> Sequence[bytes]:
        """Every row's `RowData` over some of the columns."""
        if columns == [*range(len(self.page.columns))]:
            return self.rows
        return [_row([cells[column] for column in columns]) for cells in self.page.lines]

    @property
    def content(self) -> bytes:
        """All that it says and how it looks, as it counts where it is asked whether it has changed."""
        rows = [self._counted(n) if row.counts_as else self.rows[n] for n, row in enumerate(self.page.rows)]
        return b"\n".join((_bytes(self.page.title), *rows, _bytes(repr(self.page.charts))))

    def _counted(self, number: int) -> bytes:
        """A row whose first cell counts as something else than it says."""
        first, *others = self.page.lines[number]
        return _row((replace(first, text=self.page.rows[number].counts_as), *others))


def _row(cells: Sequence[PageCell]) -> bytes:
    """The `RowData` of cells; what is behind the last that holds anything is cleared without being sent."""
    written = [_written(cell) if cell.runs or len(cell.text) > _SHORT else _kept(cell) for cell in cells]
    while written and written[-1] == NOTHING:
        written.pop()
    return b'{"values":[%b]}' % b",".join(written)


def _written(cell: PageCell) -> bytes:
    """A cell's `CellData` on a page: one that says nothing has no look but its fill."""
    return _made(cell) if cell.text or cell.style.fill else NOTHING


_kept = lru_cache(maxsize=_KEPT)(_written)  # what may stand in many cells: names, units, words, most figures


def cell_data(cell: PageCell) -> JsonObject:
    """A `CellData`, of a cell that is written by itself."""
    data: JsonObject = json.loads(_made(fitting(cell)))
    return data


def _made(cell: PageCell) -> bytes:
    """A `CellData`. Text is always a stringValue, which Google never evaluates.

    Links are runs even where they take the whole text: beside a mask that names runs, Google drops a format's link.
    """
    pieces = _look(cell.style)  # each of them with its comma
    if cell.number is not None:
        pieces += f'"userEnteredValue":{{"numberValue":{_number(cell.number)}}},'
    elif cell.text:
        pieces += f'"userEnteredValue":{{"stringValue":{_quoted(cell.text)}}},'
    if cell.runs:
        pieces += f'"textFormatRuns":[{",".join(_runs(cell.runs))}],'
    return _bytes(f"{{{pieces[:-1]}}}")


def _bytes(text: str) -> bytes:
    """As it is sent: half of a character, which has no bytes, as its escape."""
    return text.encode(errors="backslashreplace")


def _number(number: float) -> str:
    """A number as JSON; equal ones are written alike: there is no minus zero, and 1 is 1.0.

    Raises:
        ValueError: it is none, which would be a 400 that names no cell.
    """
    if not isfinite(number):
        raise ValueError(number)
    return repr(float(number) or 0.0)


def _runs(runs: Sequence[TextRun]) -> Iterator[str]:
    """Where each link begins and where it ends, counted in UTF-16 units as Google does."""
    start, before = 0, ""
    for run in runs:
        text, link = run.text, run.link
        if link or before:
            begins = f'"startIndex":{start},' if start else ""
            yield f'{{{begins}"format":{{"link":{{"uri":{_quoted(link)}}}}}}}' if link else f'{{{begins}"format":{{}}}}'
        start += len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
        before = link


@cache
def _look(style: Style) -> str:
    """What is said of a cell's look: a page has ten thousands of cells and a dozen styles."""
    look = cell_format(style)
    return f'"userEnteredFormat":{_json(look)},' if look else ""


@cache
def cell_format(look: Style) -> JsonObject:
    """A `CellFormat`, not to be changed; what Sheets does by itself is not said, because a large page has many cells."""
    found: JsonObject = {"textFormat": text} if (text := _text_format(look)) else {}
    if look.wrap:
        found["wrapStrategy"] = "WRAP"
    if look.fill:
        found["backgroundColorStyle"] = colour(look.fill)
    if look.align and not (look.pattern and look.align is Align.RIGHT):
        found["horizontalAlignment"] = look.align.value
    if look.pattern:
        kind = "PERCENT" if "%" in look.pattern else "NUMBER"
        found["numberFormat"] = {"type": kind, "pattern": look.pattern}
    return found


def _text_format(look: Style) -> JsonObject:
    found: JsonObject = {}
    if look.size != PLAIN.size:
        found["fontSize"] = look.size
    if look.bold:
        found["bold"] = True
    if look.italic:
        found["italic"] = True
    if look.colour not in ("", INK):
        found["foregroundColorStyle"] = colour(look.colour)
    if look.font:
        found["fontFamily"] = look.font
    return found


@cache
def colour(code: str) -> JsonObject:
    """A `ColorStyle` of a colour like `#1b7f3b`, not to be changed."""
    red, green, blue = (round(channel / 255, 4) for channel in channels(code or "#000000"))
    return {"rgbColor": {"red": red, "green": green, "blue": blue}}


_json = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode
_quoted = json.encoder.encode_basestring  # what the encoder does with a text, without asking what it is
