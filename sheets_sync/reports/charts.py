"""Charts as PNG: one hue that colour-blind people see, every bar with its figure, a fixed scale so that months compare.

Behind each bar a pale track shows the whole scale from 0 to 10; so no grid is needed, and no figure crosses a line.
Drawn in one channel of sixteen shades, to which the palette gives its colours: light and dark carry all of the meaning,
a chart takes milliseconds and less than 10 KB, and the same data give the same bytes.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from PIL import Image, ImageColor, ImageDraw

from sheets_sync.reports.typeface import font

TOP = 10.0  # scores go from 0 to 10
WIDTH = 480  # all measures are the mail's pixels …
_DENSITY = 2  # … each drawn as so many, for sharp screens and for print
_SIZE = 12.5
_TALL, _FOOT = 140, 184  # a column of the highest score, and where all columns stand
INK, SOFT, BLUE, PALE, TRACK, PAPER = 0, 2, 3, 9, 14, 15
_COLOURS = {INK: "#1b2733", BLUE: "#0b5c8a", PALE: "#8fbcd8", TRACK: "#edf1f4", PAPER: "#ffffff"}


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its value is None where nothing is known; `label` stands below or above, `figure` at its end."""

    label: str
    figure: str
    value: float | None
    strong: bool = False


def column_chart(bars: Sequence[Bar], notice: str = "") -> bytes:
    """Scores 0 to 10 as columns, one a month; a month without a score shows its figure (a dash) and no column."""
    canvas = _Canvas(_months(tuple(bar.label for bar in bars), notice).copy())
    for bar, (left, wide) in zip(bars, _columns(len(bars)), strict=True):
        height = _TALL * (bar.value or 0.0) / TOP
        canvas.box(left, _FOOT - height, wide, height, BLUE if bar.strong else PALE)
        canvas.text(left + wide / 2, _FOOT - height - 5, bar.figure, INK, "ms", bold=bar.strong)
    return canvas.png()


@lru_cache(maxsize=8)
def _months(labels: tuple[str, ...], notice: str) -> Image.Image:
    """What the column charts of a month have in common, drawn once for all libraries: tracks and the months' names."""
    canvas = _Canvas(_paper(_FOOT + 50), notice)
    for label, (left, wide) in zip(labels, _columns(len(labels)), strict=True):
        canvas.box(left, _FOOT - _TALL, wide, _TALL, TRACK)
        for line, words in enumerate(label.split("\n")):
            canvas.text(left + wide / 2, _FOOT + 18 + 17 * line, words, SOFT, "ms")
    return canvas.image


def _columns(count: int) -> Iterator[tuple[float, float]]:
    """Where each column begins, and how wide it is."""
    step = (WIDTH - 4) / count
    return ((6 + step * number, 0.72 * step) for number in range(count))


def row_chart(bars: Sequence[Bar], notice: str = "") -> bytes:
    """Scores 0 to 10 as rows, one a library, in the order given; each name stands above its row, so it may be long."""
    canvas = _Canvas(_paper(30 + 42 * len(bars)), notice)
    for number, bar in enumerate(bars):
        top, wide = 30 + 42 * number, WIDTH - 70
        canvas.text(6, top + 14, bar.label, INK, "ls")
        canvas.box(6, top + 20, wide, 13, TRACK)
        canvas.box(6, top + 20, wide * (bar.value or 0.0) / TOP, 13, BLUE)
        canvas.text(WIDTH - 6, top + 31, bar.figure, INK, "rs", bold=True)
    return canvas.png()


def _paper(height: int) -> Image.Image:
    return Image.new("L", (WIDTH * _DENSITY, height * _DENSITY), PAPER)


class _Canvas:
    """Draws on paper of the mail's width, measured from its upper left corner."""

    def __init__(self, image: Image.Image, notice: str = "") -> None:
        self.image = image
        self._draw = ImageDraw.Draw(image)
        if notice:
            self.text(WIDTH - 6, 16, notice, INK, "rs", bold=True)

    def box(self, left: float, top: float, width: float, height: float, shade: int) -> None:
        edges = [round(edge * _DENSITY) for edge in (left, top, left + width, top + height)]
        if edges[2] > edges[0] and edges[3] > edges[1]:
            self._draw.rectangle((edges[0], edges[1], edges[2] - 1, edges[3] - 1), fill=shade)

    def text(self, x: float, y: float, said: str, shade: int, anchor: str, *, bold: bool = False) -> None:
        """`anchor` is Pillow's: left, middle or right, at the baseline."""
        self._draw.text(
            (x * _DENSITY, y * _DENSITY), said, fill=shade, font=font(_SIZE * _DENSITY, bold=bold), anchor=anchor
        )

    def png(self) -> bytes:
        self.image.putpalette(_palette())
        buffer = io.BytesIO()
        self.image.save(buffer, "png", compress_type=zlib.Z_RLE)  # as fast as it gets, and few bytes: shapes are runs
        return buffer.getvalue()


@cache
def _palette() -> list[int]:
    """Red, green and blue of the sixteen shades, from ink to paper, in between as the neighbours mix."""
    mixed: list[int] = []
    for (dark, first), (light, second) in pairwise(_COLOURS.items()):
        ends = list(zip(ImageColor.getrgb(first), ImageColor.getrgb(second), strict=True))
        for shade in range(dark, light):
            part = (shade - dark) / (light - dark)
            mixed += [round(low + (high - low) * part) for low, high in ends]
    return [*mixed, *ImageColor.getrgb(_COLOURS[PAPER])]
