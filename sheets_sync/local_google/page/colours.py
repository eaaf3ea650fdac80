"""Colours of cells, in light and in dark: what is legible by day stays legible by night. Pure."""

from __future__ import annotations

import colorsys
from collections.abc import Mapping
from typing import Any

Rgb = tuple[int, int, int]

WHITE, BLACK = (255, 255, 255), (0, 0, 0)
NIGHT: Rgb = (30, 31, 34)
"""The ground of a cell without a colour of its own, in dark."""
LEGIBLE = 4.5
"""The contrast that WCAG 2 asks of small text (AA)."""
FAINT = 2.5
"""What is fainter than this by day is meant to be."""
_DARKEST, _LIGHTEST = 0.12, 0.95


def rgb(color: Mapping[str, Any] | None) -> Rgb:
    """A Color of the API as three bytes; a channel that is left out is 0."""
    found = color or {}
    red, green, blue = (round(255 * float(found.get(name, 0))) for name in ("red", "green", "blue"))
    return red, green, blue


def css(color: Rgb) -> str:
    """As a style sheet writes it."""
    return "#{:02x}{:02x}{:02x}".format(*color)


def contrast(one: Rgb, other: Rgb) -> float:
    """The contrast of two colours as WCAG 2 counts it: 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def ground_at_night(color: Rgb) -> Rgb:
    """What a ground becomes in dark: light ones dark, dark ones light, the hue as it was."""
    return NIGHT if color == WHITE else _turned(color)


def text_at_night(color: Rgb, ground: Rgb) -> Rgb:
    """What a text becomes in dark on what its ground becomes; where both together were legible they stay so."""
    below, turned = ground_at_night(ground), _turned(color)
    if contrast(turned, below) >= LEGIBLE or contrast(color, ground) < FAINT:
        return turned
    return max(WHITE, BLACK, key=lambda plain: contrast(plain, below))


def _turned(color: Rgb) -> Rgb:
    hue, lightness, saturation = colorsys.rgb_to_hls(*(part / 255 for part in color))
    darker = _DARKEST + (1 - lightness) * (_LIGHTEST - _DARKEST)
    red, green, blue = (round(255 * part) for part in colorsys.hls_to_rgb(hue, darker, min(saturation, 0.7)))
    return red, green, blue


def _luminance(color: Rgb) -> float:
    linear = [_linear(part / 255) for part in color]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.03928 else float(((part + 0.055) / 1.055) ** 2.4)
