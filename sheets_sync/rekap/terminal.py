"""The table of `Rekap` for a terminal."""

from __future__ import annotations

from dataclasses import dataclass

from rich import box
from rich.console import Console, ConsoleOptions, Group, JustifyMethod, RenderResult
from rich.table import Table
from rich.text import Text

from sheets_sync.model.text import one_line
from sheets_sync.rekap.page import Align, Page, PageCell, RowKind
from sheets_sync.rekap.summary import ABOUT, CATEGORY, CHANGE, LIBRARY, QUESTIONS, SCORE, STATUS, TREND

_NARROW = (LIBRARY, STATUS, SCORE, CATEGORY, CHANGE, TREND)  # what eighty columns have room for
_WIDE = (*_NARROW, ABOUT, QUESTIONS)
_WIDE_FROM = 110
_WRAPPED = frozenset(
    {LIBRARY, CATEGORY, ABOUT}
)  # names, categories and remarks; a line of blocks that is cut would say something else


@dataclass(frozen=True, slots=True)
class _Terminal:
    """Prints itself as wide as the terminal allows."""

    page: Page

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        lines = (row.cells[0] for row in self.page.rows[: self.page.header] if row.kind is RowKind.LINE)
        yield Group(*(Text(one_line(cell.text), style="bold") for cell in lines if not cell.links))
        yield _table(self.page, _WIDE if options.max_width >= _WIDE_FROM else _NARROW)


def terminal(page: Page) -> _Terminal:
    """The page's headline and main table, to be printed by rich; colours only beside words."""
    return _Terminal(page)


def _table(page: Page, columns: tuple[int, ...]) -> Table:
    table = Table(box=box.SIMPLE_HEAD)
    for column in columns:
        head = page.at(page.header, column)
        side: JustifyMethod = "right" if head.style.align is Align.RIGHT else "left"
        table.add_column(one_line(head.text), justify=side, no_wrap=column not in _WRAPPED)
    row = page.header + 1
    while row < len(page.rows) and page.rows[row].key:
        cells = page.cells(row)
        table.add_row(*(_text(cells[column]) for column in columns))
        row += 1
    return table


def _text(cell: PageCell) -> Text:
    return Text(one_line(cell.text), style=cell.style.hue)
