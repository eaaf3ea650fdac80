"""A tab as a value: columns, rows of styled cells, charts. What is written, shown in a browser or printed is made of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from itertools import accumulate, pairwise

from msgspec import Struct
from msgspec.structs import replace

from sheets_sync.i18n import LANGUAGES, language
from sheets_sync.model import Message


class Align(StrEnum):
    """Where a cell's text stands."""

    LEFT = "LEFT"
    CENTER = "CENTER"
    RIGHT = "RIGHT"


class Style(Struct, frozen=True, cache_hash=True):
    """How a cell looks; colours like `#1b7f3b`. `pattern` is a number format as Sheets writes it, in its en_US form."""

    bold: bool = False
    italic: bool = False
    size: int = 10
    colour: str = ""
    fill: str = ""
    align: Align | None = None
    wrap: bool = False
    pattern: str = ""
    font: str = ""
    hue: str = ""  # the full colour of which `fill` is a tint


PLAIN = Style()
KEY = Style(size=8, colour="#5f6b7a")


class TextRun(Struct, frozen=True, gc=False):
    """A piece of a cell's text, with its own link if it has one."""

    text: str
    link: str = ""


MAX_TEXT = 49_000  # UTF-16 code units; Google takes 50,000 in a cell
_MAYBE_LONG = MAX_TEXT // 2  # characters, each of which may take two units


class PageCell(Struct, frozen=True, cache_hash=True, gc=False):
    """A cell. A number carries the text that shows it; a text never becomes a formula, whatever it begins with.

    A `Struct`, because an office's pages have thousands: it is made and found again in a third of the time.
    """

    text: str = ""
    number: float | None = None
    style: Style = PLAIN
    runs: tuple[TextRun, ...] = ()

    @property
    def links(self) -> tuple[str, ...]:
        return tuple(run.link for run in self.runs if run.link)


def fitting(cell: PageCell) -> PageCell:
    """The cell; a text that Google would refuse is cut, and loses its links, whose places it may no longer have."""
    if len(cell.text.encode("utf-16-le", "replace")) <= 2 * MAX_TEXT:
        return cell
    return replace(cell, text=_cut(cell.text), runs=())


def _cut(text: str) -> str:
    return text.encode("utf-16-le", "replace")[: 2 * MAX_TEXT - 2].decode("utf-16-le", "ignore") + "…"


EMPTY = PageCell()
_NO_KEY = PageCell(style=KEY)


def linked(text: str, link: str, style: Style = PLAIN) -> PageCell:
    """A cell whose whole text is a link."""
    return PageCell(text, style=style, runs=(TextRun(text, link),))


def joined(runs: Sequence[TextRun], style: Style = PLAIN) -> PageCell:
    """A cell made of pieces, some of which are links."""
    return PageCell("".join([run.text for run in runs]), style=style, runs=tuple(runs))


class RowKind(StrEnum):
    """What a row is: one of a table's, a line of text across the page, a row of tiles."""

    TABLE = "table"
    LINE = "line"
    TILES = "tiles"


class Row(Struct, frozen=True, gc=False):
    """A row over the page's columns, as far as it has cells. `key` tells it from the others as rows come and go.

    `counts_as` stands for the first cell's text where it is asked whether a page has changed: the time of the last look
    changes by itself and is no reason to write.
    """

    cells: tuple[PageCell, ...] = ()
    key: str = ""
    kind: RowKind = RowKind.TABLE
    counts_as: str = ""


def line(text: str, style: Style = PLAIN, counts_as: str = "") -> Row:
    """A line of text across the page; it runs over the empty cells beside it."""
    return Row((PageCell(text, style=style),), kind=RowKind.LINE, counts_as=counts_as)


_NARROW, _WIDE = 50, 150  # characters that 360 and 1,280 pixels show of a line


def _broken(cell: PageCell, most: int) -> PageCell:
    """The text in lines that a screen shows; a title and a heading stay whole.

    A line runs over the cells beside it, but beside a frozen column the rest of it never comes into sight, and a merge
    across is refused. A break stands for a blank, so that links keep their places.
    """
    if len(cell.text) <= most or cell.style.size > PLAIN.size:
        return cell
    text = _ends(most).sub(r"\1\n", cell.text)
    ends = accumulate((len(run.text) for run in cell.runs), initial=0)
    runs = (TextRun(text[start:end], run.link) for run, (start, end) in zip(cell.runs, pairwise(ends), strict=True))
    return replace(cell, text=text, runs=tuple(runs))


@cache
def _ends(most: int) -> re.Pattern[str]:
    """Where a line ends, as long as more than one is left; not beside a digit: a number stays with what it counts."""
    return re.compile(rf"(?=.{{{most + 1}}})(.{{0,{most - 1}}}\D) (?=\D)")


@dataclass(frozen=True)
class PageColumn:
    """A column: its title in the reader's language and in every other, and its width in pixels."""

    title: Message
    width: int

    @cached_property
    def names(self) -> frozenset[str]:
        """Its title in every language, so that it is found again after the office changed its own."""
        return frozenset(language(code)(self.title) for code in LANGUAGES)


@dataclass(frozen=True, slots=True)
class Span:
    """Cells of the page, ends included: a piece of one column, or of one row."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter view people can choose: the rows from first to last (None: all below) whose column says `wanted`.

    Without `wanted`: the rows that have anything in the column. `also` are further columns and what they have to say.
    """

    name: str  # stable: its id is made of it
    title: str
    first_row: int  # the head
    last_row: int | None
    column: int
    wanted: str = ""
    also: tuple[tuple[int, str], ...] = ()


class ChartKind(StrEnum):
    """The kinds of native charts used."""

    BAR = "BAR"
    LINE = "LINE"


@dataclass(frozen=True, slots=True)
class PageChart:
    """A native chart of cells of the page. `alternative` says in words what it shows."""

    name: str  # stable: its id is made of it
    kind: ChartKind
    title: str
    alternative: str
    domain: Span
    series: Span
    row: int  # where its top left corner stands
    column: int
    width: int
    height: int
    backwards: bool = False  # its cells stand from the newest to the oldest, and it is read the other way


@dataclass(frozen=True)
class Page:
    """One of the program's own tabs.

    `role` is its stable name, `title` what the tab is called. `header` is the row that holds the columns' titles;
    `key_column` is where the rows' keys stand.
    """

    role: str
    title: str
    columns: tuple[PageColumn, ...]
    rows: tuple[Row, ...]
    header: int
    frozen_rows: int = 0
    frozen_columns: int = 0
    tab_colour: str = ""
    key_column: int = -1
    index: int | None = None  # where a new tab goes; None: behind the others
    open_columns: int = 0  # how many of the last columns people type into, without being warned
    filters: tuple[Filter, ...] = ()
    charts: tuple[PageChart, ...] = ()
    on_phones: bool = False  # its lines of text end where a phone's screen does; else where a desk's does

    @property
    def protected(self) -> int:
        """How many columns a warning stands before."""
        return len(self.columns) - self.open_columns

    def at(self, row: int, column: int) -> PageCell:
        """The cell; a row's key stands in the key column."""
        return self.cells(row)[column]

    def cells(self, row: int) -> tuple[PageCell, ...]:
        """A row over all columns; its key stands in the key column, and a line of text has its breaks."""
        return self.lines[row]

    @cached_property
    def lines(self) -> tuple[tuple[PageCell, ...], ...]:
        """All rows over all columns: what is written, compared and counted is the same."""
        width = len(self.columns)
        return tuple([self._line(row, width, self.key_column % width) for row in self.rows])

    def _line(self, row: Row, width: int, key: int) -> tuple[PageCell, ...]:
        cells = [cell if len(cell.text) <= _MAYBE_LONG else fitting(cell) for cell in row.cells[:width]]
        if row.kind is RowKind.LINE and cells:
            cells[0] = _broken(cells[0], _NARROW if self.on_phones else _WIDE)
        cells += [EMPTY] * (width - len(cells))
        if cells[key] is EMPTY:
            cells[key] = PageCell(row.key, style=KEY) if row.key else _NO_KEY
        return tuple(cells)
