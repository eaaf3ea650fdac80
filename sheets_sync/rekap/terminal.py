"""The table of `Rekap` for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import JustifyMethod
from rich.table import Table
from rich.text import Text

from sheets_sync.rekap.page import Align, Page, PageCell

COLUMNS = (0, 1, 2, 3, 4, 5, 7, 8)  # without what only a spreadsheet's width has room for

_WHOLE = frozenset({5})  # a line of blocks that is cut says something else


def terminal(page: Page, columns: Sequence[int] = COLUMNS) -> Table:
    """The page's main table with the lines above it as its title; colours only beside words."""
    title = "\n".join(row.cells[0].text for row in page.rows[: page.header] if row.kind == "line")
    table = Table(title=Text(title, style="bold"), title_justify="left")
    for column in columns:
        head = page.at(page.header, column)
        side: JustifyMethod = "right" if head.style.align is Align.RIGHT else "left"
        table.add_column(head.text, justify=side, no_wrap=column in _WHOLE)
    row = page.header + 1
    while row < len(page.rows) and page.rows[row].key:
        table.add_row(*(_text(page.at(row, column)) for column in columns))
        row += 1
    return table


def _text(cell: PageCell) -> Text:
    return Text(cell.text, style=cell.style.hue)
