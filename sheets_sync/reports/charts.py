"""Charts as PNG: one hue that colour-blind people see, every bar with its figure, fixed axes so that months compare.

Drawn with matplotlib's objects, without pyplot's global state, so that threads can draw side by side.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patheffects import withStroke

INK, MUTED, LINE, PAPER = "#1b2733", "#5a6775", "#d9dfe5", "#ffffff"
BLUE, PALE = "#0b5c8a", "#9cc3dc"  # told apart by lightness alone
WARNING = "#7a4b00"
TOP = 10.0  # scores go from 0 to 10


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its value is None where nothing is known; `label` stands below or beside, `figure` at its end."""

    label: str
    figure: str
    value: float | None
    strong: bool = False


def column_chart(bars: Sequence[Bar], notice: str = "") -> bytes:
    """Scores 0 to 10 as columns, one a month; a month without a score shows its figure (a dash) and no column."""
    figure, axes = _canvas(6.0, 2.5, (0.045, 0.13, 0.945, 0.74))
    axes.set(xlim=(-0.5, len(bars) - 0.5), ylim=(0, TOP))
    axes.bar(range(len(bars)), [bar.value or 0.0 for bar in bars], width=0.66, color=_colours(bars), zorder=2)
    axes.set_yticks([0, 5, 10])
    axes.set_xticks(range(len(bars)), [bar.label for bar in bars])
    axes.grid(axis="y", color=LINE, linewidth=0.7, zorder=0)
    for position, bar in enumerate(bars):
        _figure(axes, position, (bar.value or 0.0) + 0.25, bar, horizontal="center", vertical="bottom")
    return _png(figure, axes, notice)


def row_chart(bars: Sequence[Bar], notice: str = "") -> bytes:
    """Scores 0 to 10 as rows, one a library, in the order given."""
    height = 0.55 + 0.3 * len(bars)
    figure, axes = _canvas(6.0, height, (0.31, 0.26 / height, 0.64, 1 - 0.55 / height))
    axes.set(xlim=(0, TOP), ylim=(len(bars) - 0.5, -0.5))
    axes.barh(range(len(bars)), [bar.value or 0.0 for bar in bars], height=0.6, color=_colours(bars), zorder=2)
    axes.set_xticks([0, 5, 10])
    axes.set_yticks(range(len(bars)), [bar.label for bar in bars])
    axes.grid(axis="x", color=LINE, linewidth=0.7, zorder=0)
    for position, bar in enumerate(bars):
        _figure(axes, (bar.value or 0.0) + 0.12, position, bar, horizontal="left", vertical="center")
    return _png(figure, axes, notice)


@cache
def font(weight: str = "Regular") -> FontProperties:
    """The shipped typeface, so that a chart looks the same on every machine."""
    return FontProperties(fname=str(resources.files("sheets_sync.fonts") / f"Inter-{weight}.otf"))


def _canvas(width: float, height: float, place: tuple[float, float, float, float]) -> tuple[Figure, Axes]:
    figure = Figure(figsize=(width, height), dpi=200, facecolor=PAPER)
    FigureCanvasAgg(figure)
    axes = figure.add_axes(place)
    axes.set_facecolor(PAPER)
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0, colors=MUTED)
    return figure, axes


def _colours(bars: Sequence[Bar]) -> list[str]:
    return [BLUE if bar.strong else PALE for bar in bars]


def _figure(axes: Axes, x: float, y: float, bar: Bar, *, horizontal: str, vertical: str) -> None:
    halo = [withStroke(linewidth=2.5, foreground=PAPER)]  # keeps a figure legible where it crosses a line
    axes.text(
        x, y, bar.figure, ha=horizontal, va=vertical, color=INK, size=8,
        fontproperties=font("SemiBold" if bar.strong else "Regular"), path_effects=halo, zorder=3,
    )  # fmt: skip


def _png(figure: Figure, axes: Axes, notice: str) -> bytes:
    for label in (*axes.get_xticklabels(), *axes.get_yticklabels()):
        label.set_fontproperties(font())
        label.set_fontsize(8)
    if notice:
        figure.text(0.99, 0.99, notice, ha="right", va="top", size=8, color=WARNING, fontproperties=font("SemiBold"))
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", metadata={"Software": None})
    return buffer.getvalue()
