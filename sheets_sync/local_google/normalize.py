"""What Google makes of the objects it is sent, whatever request they come in: colours in both notations, border widths."""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from sheets_sync.local_google.json_types import JsonObject

Normalize = Callable[[JsonObject], JsonObject]

WHITE: JsonObject = {"red": 1, "green": 1, "blue": 1}
THEME_COLORS: Mapping[str, JsonObject] = {
    "TEXT": {},
    "BACKGROUND": WHITE,
    "ACCENT1": {"red": 0.25882354, "green": 0.52156866, "blue": 0.95686275},
    "ACCENT2": {"red": 0.91764706, "green": 0.2627451, "blue": 0.20784314},
    "ACCENT3": {"red": 0.9843137, "green": 0.7372549, "blue": 0.015686275},
    "ACCENT4": {"red": 0.20392157, "green": 0.65882355, "blue": 0.3254902},
    "ACCENT5": {"red": 1, "green": 0.42745098, "blue": 0.003921569},
    "ACCENT6": {"red": 0.27450982, "green": 0.7411765, "blue": 0.7764706},
    "LINK": {"red": 0.06666667, "green": 0.33333334, "blue": 0.8},
}
WIDTHS: Mapping[str, int] = {"SOLID_MEDIUM": 2, "SOLID_THICK": 3, "DOUBLE": 3}


def normalizer(schema: str, properties: Mapping[str, Any]) -> Normalize | None:
    """What to do with an object of a schema, or None."""
    if schema == "Color":
        return _color
    if schema == "Border":
        return _border
    colors = [name for name in properties if f"{name}Style" in properties]
    return (lambda value: _paired(value, colors)) if colors else None


def _color(color: JsonObject) -> JsonObject:
    """A colour keeps eight bits of each channel, shown as 32-bit floats; full opacity is not shown."""
    channels = {name: channel(color[name]) for name in ("red", "green", "blue") if color.get(name)}
    alpha = color.get("alpha", 1)
    return channels if alpha == 1 else channels | {"alpha": alpha}


def channel(value: float) -> float:
    """A colour channel as Google gives it back: cut to eight bits, 0.5 → 0.49803922; what is more than 1 begins anew."""
    return _shortest(int(_single(_single(value) * 255)) & 255)


def _single(value: float) -> float:
    """The nearest 32-bit float."""
    return float(struct.unpack("f", struct.pack("f", value))[0])


@cache
def _shortest(byte: int) -> float:
    exact = struct.pack("f", byte / 255)
    texts = (f"{byte / 255:.{digits}g}" for digits in range(1, 10))
    shortest = next(text for text in texts if struct.pack("f", float(text)) == exact)
    return float(shortest) if byte not in {0, 255} else byte // 255


def _border(border: JsonObject) -> JsonObject:
    """A border's width is that of its style, its colour black unless given."""
    style = border.get("style", "")
    if not style or style == "NONE":
        return border
    colored = _paired(border, ["color"])
    return {"style": style, "width": WIDTHS.get(style, 1), "color": {}, "colorStyle": {"rgbColor": {}}} | {
        name: value for name, value in colored.items() if name != "width"
    }


def _paired(value: JsonObject, colors: list[str]) -> JsonObject:
    """A colour is told twice: plainly and as a ColorStyle, which wins unless it is empty."""
    for name in colors:
        style = value.pop(f"{name}Style", None)
        if style:
            value[f"{name}Style"] = style
            value[name] = THEME_COLORS.get(style.get("themeColor", ""), style.get("rgbColor", {}))
        elif name in value:
            value[f"{name}Style"] = {"rgbColor": value[name]}
    return value
