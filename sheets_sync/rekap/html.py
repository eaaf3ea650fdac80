"""A page as an HTML document, for rehearsals and for looking at it without Google: the tab's values and colours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from jinja2 import Environment, PackageLoader, Template

from sheets_sync.model.text import printable
from sheets_sync.rekap.drawing import drawing
from sheets_sync.rekap.page import EMPTY, Align, Page, PageCell, Row, RowKind, Style, TextRun


@dataclass(frozen=True, slots=True)
class HtmlCell:
    """A cell as the template shows it; `span` counts the empty cells its text runs over."""

    runs: tuple[TextRun, ...]
    classes: str
    hue: str
    span: int = 1


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure with its label."""

    label: str
    value: str
    hue: str


@dataclass(frozen=True, slots=True)
class Block:
    """Rows of one kind: lines of text, tiles, or a table with or without a head."""

    kind: str
    lines: tuple[HtmlCell, ...] = ()
    tiles: tuple[Tile, ...] = ()
    head: tuple[HtmlCell, ...] = ()
    rows: tuple[tuple[HtmlCell, ...], ...] = ()


def html(page: Page, language: str, others: Sequence[tuple[str, str]] = ()) -> str:
    """A whole document; `others` are title and address of the pages to link to, instead of the links between tabs.

    Everything typed is escaped.
    """
    drawings = tuple(drawing(page, chart) for chart in page.charts)
    return _template().render(
        page=page, language=language, others=others, blocks=_blocks(page, bool(others)), drawings=drawings
    )


@cache
def _template() -> Template:
    loader = PackageLoader("sheets_sync.rekap", ".")
    environment = Environment(
        loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True, finalize=_without_control_characters
    )
    return environment.get_template("page.html.j2")


def _without_control_characters(value: object) -> object:
    """No HTML document may hold them; markup is the template's own."""
    return printable(value) if type(value) is str else value


def _blocks(page: Page, has_links: bool) -> Iterator[Block]:
    """The page from the top; empty rows only part the blocks, and a line that leads to other tabs may be said already."""
    numbered = [
        (number, row)
        for number, row in enumerate(page.rows)
        if row.cells and row.cells != (EMPTY,) and not (has_links and row.kind is RowKind.LINE and row.cells[0].links)
    ]
    for kind, group in groupby(numbered, key=lambda pair: pair[1].kind):
        found = list(group)
        match kind:
            case RowKind.LINE:
                yield Block("lines", lines=tuple(_line(row) for _, row in found))
            case RowKind.TILES:
                yield Block("tiles", tiles=tuple(_tiles(found[0][1], found[1][1])))
            case RowKind.TABLE:
                yield _table(page, [number for number, _ in found])


def _line(row: Row) -> HtmlCell:
    first = row.cells[0]
    return HtmlCell(first.runs or (TextRun(first.text),), _classes(first.style), first.style.hue)


def _tiles(labels: Row, values: Row) -> Iterator[Tile]:
    for label, value in zip(labels.cells, values.cells, strict=True):
        yield Tile(label.text, value.text, value.style.hue)


def _table(page: Page, rows: Sequence[int]) -> Block:
    look = page.at(rows[0], 0).style
    head = look.fill != "" and look.bold
    cells = [tuple(_cells(page, row)) for row in rows]
    return Block("table", head=cells[0] if head else (), rows=tuple(cells[1:] if head else cells))


def _cells(page: Page, row: int) -> Iterator[HtmlCell]:
    """The row's cells; text that does not wrap runs over empty ones beside it, as in Sheets."""
    cells = page.cells(row)
    column = 0
    while column < len(cells):
        cell, span = cells[column], 1
        while _runs_over(cell) and column + span < len(cells) and cells[column + span] == EMPTY:
            span += 1
        yield HtmlCell(cell.runs or (TextRun(cell.text),), _classes(cell.style), cell.style.hue, span)
        column += span


def _runs_over(cell: PageCell) -> bool:
    return bool(cell.text) and cell.number is None and not cell.style.wrap and not cell.style.align


def _classes(look: Style) -> str:
    """The style in the words of the document's style sheet, which has a light and a dark form of each."""
    named = {
        "bold": look.bold,
        "italic": look.italic,
        "muted": look.colour == "#5f6b7a",
        "filled": look.fill and not look.hue,
        "wrap": look.wrap,
        "right": look.align is Align.RIGHT,
        "center": look.align is Align.CENTER,
        "title": look.size >= 16,
        "section": look.size == 12,
        "small": look.size < 10,
        "mono": look.font,
    }
    return " ".join(name for name, holds in named.items() if holds)
