"""Charts as PNG: one hue that colour-blind people see, every bar with its figure, a fixed scale so that months compare.

Behind each bar a pale track shows the whole scale from 0 to 10; so no grid is needed, and no figure crosses a line.
Drawn in one channel of lightness, to which the palette gives its colours: light and dark carry all of the meaning, a
chart takes milliseconds and about 10 KB, and the same data give the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from PIL import Image, ImageColor, ImageDraw

from sheets_sync.reports.typeface import font

TOP = 10.0  # scores go from 0 to 10
WIDTH = 480  # all measures are the mail's pixels …
_DENSITY = 2  # … each drawn as so many, for sharp screens and for print
_SIZE = 12.5
INK, SOFT, BLUE, PALE, TRACK, PAPER = 0, 40, 60, 160, 235, 255
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
    canvas = _Canvas(226, notice)
    step, foot, tall = (WIDTH - 4) / len(bars), 176, 140
    for number, bar in enumerate(bars):
        left, height = 6 + step * number, tall * (bar.value or 0.0) / TOP
        middle = left + 0.36 * step
        canvas.box(left, foot - tall, 0.72 * step, tall, TRACK)
        canvas.box(left, foot - height, 0.72 * step, height, BLUE if bar.strong else PALE)
        canvas.text(middle, foot - height - 5, bar.figure, INK, "ms", bold=bar.strong)
        for line, label in enumerate(bar.label.split("\n")):
            canvas.text(middle, foot + 18 + 17 * line, label, SOFT, "ms")
    return canvas.png()


def row_chart(bars: Sequence[Bar], notice: str = "") -> bytes:
    """Scores 0 to 10 as rows, one a library, in the order given; each name stands above its row, so it may be long."""
    canvas = _Canvas(30 + 42 * len(bars), notice)
    for number, bar in enumerate(bars):
        top, wide = 30 + 42 * number, WIDTH - 70
        canvas.text(6, top + 14, bar.label, INK, "ls")
        canvas.box(6, top + 20, wide, 13, TRACK)
        canvas.box(6, top + 20, wide * (bar.value or 0.0) / TOP, 13, BLUE)
        canvas.text(WIDTH - 6, top + 31, bar.figure, INK, "rs", bold=True)
    return canvas.png()


class _Canvas:
    """Paper of the mail's width, measured from its upper left corner."""

    def __init__(self, height: int, notice: str) -> None:
        self._image = Image.new("L", (WIDTH * _DENSITY, height * _DENSITY), PAPER)
        self._draw = ImageDraw.Draw(self._image)
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
        self._image.putpalette(_palette())
        buffer = io.BytesIO()
        self._image.save(buffer, "png", compress_level=3)  # level 6: half the speed for a tenth fewer bytes
        return buffer.getvalue()


@cache
def _palette() -> list[int]:
    """Red, green and blue of the 256 shades, from ink to paper, in between as the neighbours mix."""
    mixed: list[int] = []
    for (dark, first), (light, second) in pairwise(_COLOURS.items()):
        ends = list(zip(ImageColor.getrgb(first), ImageColor.getrgb(second), strict=True))
        for shade in range(dark, light):
            part = (shade - dark) / (light - dark)
            mixed += [round(low + (high - low) * part) for low, high in ends]
    return [*mixed, *ImageColor.getrgb(_COLOURS[PAPER])]
