"""Charts as PNG: one hue that colour-blind people see, every bar with its figure, a fixed scale so that months compare.

Drawn with matplotlib's objects, without pyplot's global state, so that threads can draw side by side. Behind each bar a
pale track shows the whole scale from 0 to 10; so no grid is needed, and no figure crosses a line. Axes with ticks would
cost three times as much to draw.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Rectangle
from PIL import Image

INK, MUTED, TRACK, PAPER = "#1b2733", "#51606e", "#edf1f4", "#ffffff"
BLUE, PALE = "#0b5c8a", "#8fbcd8"  # told apart by lightness alone
NOTICE = "#7a4b00"
TOP = 10.0  # scores go from 0 to 10
_DPI = 200
_SIZE = 9.0  # points; on a phone of 360 px the chart is shown at about its size in points
_COLOURS = 48  # of the PNG's palette: half the bytes, no difference to the eye


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its value is None where nothing is known; `label` stands below or beside, `figure` at its end."""

    label: str
    figure: str
    value: float | None
    strong: bool = False


def column_chart(bars: Sequence[Bar], notice: str = "") -> bytes:
    """Scores 0 to 10 as columns, one a month; a month without a score shows its figure (a dash) and no column."""
    figure = _Figure(4.6, 2.3, notice)
    step = 4.48 / len(bars)
    for number, bar in enumerate(bars):
        left, height = 0.06 + step * number, 1.36 * (bar.value or 0.0) / TOP
        figure.box(left, 0.42, 0.72 * step, 1.36, TRACK)
        figure.box(left, 0.42, 0.72 * step, height, BLUE if bar.strong else PALE)
        middle = left + 0.36 * step
        figure.text(middle, 0.47 + height, bar.figure, INK, "center", "bottom", bold=bar.strong)
        for line, label in enumerate(bar.label.split("\n")):
            figure.text(middle, 0.35 - 0.16 * line, label, MUTED, "center", "top")
    return figure.png()


def row_chart(bars: Sequence[Bar], notice: str = "") -> bytes:
    """Scores 0 to 10 as rows, one a library, in the order given; each name stands above its row, so it may be long."""
    height = 0.3 + 0.42 * len(bars)
    figure = _Figure(4.6, height, notice)
    for number, bar in enumerate(bars):
        top, width = height - 0.3 - 0.42 * number, 3.9 * (bar.value or 0.0) / TOP
        figure.text(0.06, top, bar.label, INK, "left", "top")
        figure.box(0.06, top - 0.3, 3.9, 0.12, TRACK)
        figure.box(0.06, top - 0.3, width, 0.12, BLUE)
        figure.text(4.54, top - 0.24, bar.figure, INK, "right", "center", bold=True)
    return figure.png()


@cache
def font(weight: str = "Regular") -> FontProperties:
    """The shipped typeface, so that a chart looks the same on every machine."""
    return FontProperties(fname=str(resources.files("sheets_sync.fonts") / f"Inter-{weight}.otf"), size=_SIZE)


class _Figure:
    """A canvas measured in inches from its lower left corner."""

    def __init__(self, width: float, height: float, notice: str) -> None:
        self._figure = Figure(figsize=(width, height), dpi=_DPI, facecolor=PAPER)
        self._canvas = FigureCanvasAgg(self._figure)
        if notice:
            self.text(width - 0.06, height - 0.04, notice, NOTICE, "right", "top", bold=True)

    def box(self, left: float, bottom: float, width: float, height: float, colour: str) -> None:
        if height > 0 and width > 0:
            inches = self._figure.dpi_scale_trans
            self._figure.add_artist(Rectangle((left, bottom), width, height, color=colour, lw=0, transform=inches))

    def text(
        self, x: float, y: float, said: str, colour: str, across: str, upright: str, *, bold: bool = False
    ) -> None:
        self._figure.text(
            x, y, said, color=colour, ha=across, va=upright, transform=self._figure.dpi_scale_trans,
            fontproperties=font("SemiBold" if bold else "Regular"), parse_math=False,
        )  # fmt: skip

    def png(self) -> bytes:
        self._canvas.draw()  # type: ignore[no-untyped-call] # missing in its stubs
        drawn = self._canvas.buffer_rgba()  # type: ignore[no-untyped-call] # as above
        pixels = Image.fromarray(np.asarray(drawn)[:, :, :3])
        buffer = io.BytesIO()
        pixels.quantize(_COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(buffer, "png")
        return buffer.getvalue()
