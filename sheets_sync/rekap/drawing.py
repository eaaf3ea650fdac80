"""A page's charts as lengths and places to draw: what Sheets draws from the same cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sheets_sync.rekap.page import ChartKind, Page, PageCell, PageChart, Span

_HIGHEST = 10.0


@dataclass(frozen=True, slots=True)
class DrawnMark:
    """A bar or a point: its label, its figure as text, its place.

    Of a bar, `x` is its length in per cent; of a point, `y` is None where there is no figure.
    """

    label: str
    text: str
    x: float
    y: float | None = None


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart to draw. Points lie in a box of `width` × `height`; `segments` are runs of them without a gap."""

    kind: ChartKind
    title: str
    alternative: str
    marks: tuple[DrawnMark, ...]
    width: int = 0
    height: int = 0
    segments: tuple[str, ...] = ()


def drawing(page: Page, chart: PageChart) -> Drawing:
    """The chart's cells turned into places."""
    labels, values = list(_cells(page, chart.domain)), list(_cells(page, chart.series))
    pairs = [(label.text, value) for label, value in zip(labels, values, strict=True)]
    pairs = pairs[::-1] if chart.backwards else pairs
    return _bars(chart, pairs) if chart.kind is ChartKind.BAR else _line(chart, pairs)


def _cells(page: Page, span: Span) -> Iterator[PageCell]:
    for row in range(span.first_row, span.last_row + 1):
        for column in range(span.first_column, span.last_column + 1):
            yield page.at(row, column)


def _bars(chart: PageChart, pairs: list[tuple[str, PageCell]]) -> Drawing:
    marks = (DrawnMark(label, cell.text or "–", 100 * (cell.number or 0.0) / _HIGHEST) for label, cell in pairs)
    return Drawing(chart.kind, chart.title, chart.alternative, tuple(marks))


def _line(chart: PageChart, pairs: list[tuple[str, PageCell]]) -> Drawing:
    """A point a label, as high as its figure."""
    height, step = 240, (chart.width - 60) / max(len(pairs) - 1, 1)
    marks = tuple(
        DrawnMark(label, cell.text, 30 + number * step, None if cell.number is None else _height(cell.number, height))
        for number, (label, cell) in enumerate(pairs)
    )
    segments = tuple(_segments(marks))
    return Drawing(chart.kind, chart.title, chart.alternative, marks, chart.width, height, segments)


def _height(value: float, height: int) -> float:
    return height - 34 - (height - 64) * value / _HIGHEST


def _segments(marks: tuple[DrawnMark, ...]) -> Iterator[str]:
    points: list[str] = []
    for mark in (*marks, None):
        if mark is not None and mark.y is not None:
            points.append(f"{mark.x:.1f},{mark.y:.1f}")
        elif points:
            yield " ".join(points)
            points = []
