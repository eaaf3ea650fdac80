"""Charts of a tab as small drawings (SVG): columns, bars, lines, areas, points and pies; of others their title."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sheets_sync.local_google.json_types import JsonObject
from sheets_sync.local_google.page.colours import Rgb, css, rgb
from sheets_sync.local_google.ranges import grid_bounds
from sheets_sync.local_google.values.render import shown
from sheets_sync.local_google.workbook import Sheet, Workbook

COLORS: tuple[Rgb, ...] = ((66, 133, 244), (219, 68, 55), (244, 180, 0), (15, 157, 88), (171, 71, 188), (0, 172, 193))
LEFT, TOP, RIGHT, BOTTOM = 48, 40, 14, 34
"""Margins of the plot, in pixels."""
MAX_POINTS = 400


@dataclass(frozen=True, slots=True)
class Shape:
    """A part of a drawing: `kind` is rect, path, line or text; the rest are its attributes."""

    kind: str
    values: dict[str, str]
    text: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """Numbers of one colour; None where there is none."""

    name: str
    values: tuple[float | None, ...]
    color: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart on the page. `row` and `column` are the cell it lies over, `right` and `down` pixels from that cell's corner."""

    title: str
    row: int
    column: int
    right: int
    down: int
    width: int
    height: int
    shapes: tuple[Shape, ...]
    told: str


def drawings(workbook: Workbook, sheet: Sheet) -> Iterator[Drawing]:
    """The charts that lie over a tab's cells."""
    for chart in sheet.charts:
        place = chart.get("position", {}).get("overlayPosition", {})
        anchor, spec = place.get("anchorCell", {}), chart["spec"]
        width, height = int(place.get("widthPixels", 600)), int(place.get("heightPixels", 371))
        names, series, kind = _data(workbook, spec)
        shapes = tuple(_drawn(kind, names, series, width, height)) if series else ()
        told = "; ".join(f"{each.name}: {_listed(names, each)}" for each in series)
        yield Drawing(
            spec.get("title", ""),
            anchor.get("rowIndex", 0),
            anchor.get("columnIndex", 0),
            int(place.get("offsetXPixels", 0)),
            int(place.get("offsetYPixels", 0)),
            width,
            height,
            shapes,
            told,
        )


def _listed(names: Sequence[str], series: Series) -> str:
    pairs = zip(names, series.values, strict=False)
    return ", ".join(f"{name} {value:g}" for name, value in pairs if value is not None)


def _data(workbook: Workbook, spec: JsonObject) -> tuple[list[str], list[Series], str]:
    """Names along the domain, the series, and the kind of drawing."""
    if "pieChart" in spec:
        pie = spec["pieChart"]
        names, _ = _source(workbook, pie.get("domain", {}))
        _, values = _source(workbook, pie.get("series", {}))
        return names, [Series("", values, css(COLORS[0]))], "PIE"
    basic = spec.get("basicChart", {})
    head = min(int(basic.get("headerCount", 0)), 1)
    domains = basic.get("domains") or [{}]
    names, _ = _source(workbook, domains[0].get("domain", {}))
    return names[head:], list(_series(workbook, basic, head)), basic.get("chartType", "")


def _series(workbook: Workbook, basic: JsonObject, head: int) -> Iterator[Series]:
    for number, each in enumerate(basic.get("series", [])):
        texts, values = _source(workbook, each.get("series", {}))
        color = each.get("colorStyle", {}).get("rgbColor") or each.get("color")
        name = texts[0] if head and texts else str(number + 1)
        yield Series(name, values[head:], css(rgb(color) if color else COLORS[number % len(COLORS)]))


def _source(workbook: Workbook, data: JsonObject) -> tuple[list[str], tuple[float | None, ...]]:
    """The texts and the numbers of a ChartData."""
    texts: list[str] = []
    numbers: list[float | None] = []
    for source in data.get("sourceRange", {}).get("sources", []):
        sheet = workbook.sheet(source.get("sheetId", 0))
        box = grid_bounds(source).within(sheet.box) if sheet else None
        if sheet is None or box is None:
            continue
        for row in range(box.top, min(box.bottom, box.top + MAX_POINTS)):
            for column in range(box.left, box.right):
                cell = sheet.cell(row, column)
                texts.append(shown(cell, workbook.locale))
                plain = isinstance(cell.value, int | float) and not isinstance(cell.value, bool)
                numbers.append(float(cell.value) if plain else None)  # type: ignore[arg-type] # just looked
    return texts, tuple(numbers)


def _drawn(kind: str, names: Sequence[str], series: list[Series], width: int, height: int) -> Iterator[Shape]:
    if kind == "PIE":
        yield from _pie(names, series[0].values, width, height)
        return
    across, up = width - LEFT - RIGHT, height - TOP - BOTTOM
    known = [value for each in series for value in each.values if value is not None]
    low, high = min([0.0, *known]), max([0.0, *known]) or 1.0
    count = max(len(each.values) for each in series) or 1

    def x(place: float) -> float:
        return LEFT + across * place / count

    def y(value: float) -> float:
        return TOP + up * (1 - (value - low) / (high - low))

    for step in range(5):
        value = low + (high - low) * step / 4
        yield _shape("line", x1=LEFT, x2=width - RIGHT, y1=y(value), y2=y(value), stroke="currentColor", opacity=0.2)
        yield _text(f"{value:g}", LEFT - 6, y(value) + 4, "end")
    every = math.ceil(count / max(across // 60, 1))
    for place, name in list(enumerate(names[:count]))[::every]:
        yield _text(name[:14], x(place + 0.5), height - BOTTOM + 18, "middle")
    for number, each in enumerate(series):
        if kind in ("LINE", "AREA", "SCATTER", "STEPPED_AREA", "COMBO"):
            yield from _line(kind, each, x, y)
        else:
            yield from _bars(each, number, len(series), x, y)


def _bars(series: Series, number: int, among: int, x: Any, y: Any) -> Iterator[Shape]:
    share = 0.7 / among
    for place, value in enumerate(series.values):
        if value is not None:
            left, right = x(place + 0.15 + number * share), x(place + 0.15 + (number + 1) * share)
            top, bottom = sorted((y(value), y(0)))
            yield _shape("rect", x=left, y=top, width=right - left, height=bottom - top, fill=series.color)


def _line(kind: str, series: Series, x: Any, y: Any) -> Iterator[Shape]:
    points = [(x(place + 0.5), y(value)) for place, value in enumerate(series.values) if value is not None]
    if kind != "SCATTER" and points:
        way = " L".join(f"{right:.1f},{down:.1f}" for right, down in points)
        if "AREA" in kind:
            closed = f"M{points[0][0]:.1f},{y(0):.1f} L{way} L{points[-1][0]:.1f},{y(0):.1f} Z"
            yield _shape("path", d=closed, fill=series.color, opacity=0.3)
        yield Shape("path", {"d": f"M{way}", "fill": "none", "stroke": series.color, "stroke-width": "2"})
    for right, down in points:
        yield _shape("circle", cx=right, cy=down, r=3, fill=series.color)


def _pie(names: Sequence[str], values: Sequence[float | None], width: int, height: int) -> Iterator[Shape]:
    parts = [(name, value or 0.0) for name, value in zip(names, values, strict=False)]
    total = sum(value for _, value in parts) or 1.0
    radius, middle, centre, angle = (height - TOP - 20) / 2, height / 2 + 10, width / 3, -math.pi / 2
    for number, (name, value) in enumerate(parts):
        turn, color = 2 * math.pi * min(value / total, 0.9999), css(COLORS[number % len(COLORS)])
        start, end = _on(centre, middle, radius, angle), _on(centre, middle, radius, angle + turn)
        arc = f"A{radius:.1f},{radius:.1f} 0 {int(turn > math.pi)} 1 {end}"
        yield _shape("path", d=f"M{centre:.1f},{middle:.1f} L{start} {arc} Z", fill=color)
        yield _shape("rect", x=width * 0.64, y=TOP + 20 * number, width=10, height=10, fill=color)
        yield _text(f"{name[:18]} {value:g}", width * 0.64 + 16, TOP + 20 * number + 9, "start")
        angle += turn


def _on(x: float, y: float, radius: float, angle: float) -> str:
    return f"{x + radius * math.cos(angle):.1f},{y + radius * math.sin(angle):.1f}"


def _text(text: str, x: float, y: float, anchor: str) -> Shape:
    shape = _shape("text", x=x, y=y, fill="currentColor")
    return Shape("text", {**shape.values, "text-anchor": anchor, "font-size": "11"}, text)


def _shape(kind: str, **values: str | float) -> Shape:
    return Shape(kind, {name: value if isinstance(value, str) else f"{value:.1f}" for name, value in values.items()})
