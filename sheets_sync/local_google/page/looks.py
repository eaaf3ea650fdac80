"""How cells look: an effective CellFormat as a class of the page's style sheet. The same look has the same name everywhere."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from sheets_sync.local_google.page.colours import BLACK, WHITE, Rgb, css, ground_at_night, rgb, text_at_night

ALIGN = {"LEFT": "left", "CENTER": "center", "RIGHT": "right"}
VALIGN = {"TOP": "top", "MIDDLE": "middle"}
LINES = {
    "DOTTED": "1px dotted",
    "DASHED": "1px dashed",
    "SOLID": "1px solid",
    "SOLID_MEDIUM": "2px solid",
    "SOLID_THICK": "3px solid",
    "DOUBLE": "3px double",
}
GENERIC = ("Arial", "Roboto", "Calibri", "Helvetica")
"""Fonts that the page's own sans serif stands for."""
USUAL_SIZE = 10
_FONT = re.compile(r"[A-Za-z0-9 -]{1,40}")


@dataclass(slots=True)
class Looks:
    """The classes a page needs, by name; to be filled while its cells are written."""

    css: dict[str, str] = field(default_factory=dict)
    _known: dict[bytes, str] = field(default_factory=dict)

    def of(self, look: Mapping[str, Any]) -> str:
        """The class of an effective format, "" where it looks like any empty cell."""
        key = orjson.dumps(look)
        if key not in self._known:
            self._known[key] = self.named(";".join(declarations(look)))
        return self._known[key]

    def of_run(self, look: Mapping[str, Any], ground: Rgb) -> str:
        """The class of a TextFormat within a cell."""
        return self.named(";".join(_text(look, ground)))

    def named(self, declared: str) -> str:
        """The class that declares this; its name follows from it."""
        if not declared:
            return ""
        name = f"k{hashlib.blake2s(declared.encode(), digest_size=5).hexdigest()}"
        self.css[name] = declared
        return name

    @property
    def sheet(self) -> str:
        """The style sheet."""
        return "\n".join(f".{name}{{{declared}}}" for name, declared in self.css.items())


def declarations(look: Mapping[str, Any]) -> Iterator[str]:
    """The CSS of an effective CellFormat, as far as it differs from a plain cell's."""
    ground = rgb(look["backgroundColor"]) if "backgroundColor" in look else WHITE
    if ground != WHITE:
        yield f"background-color:light-dark({css(ground)},{css(ground_at_night(ground))})"
    yield from _text(look.get("textFormat", {}), ground)
    if look.get("horizontalAlignment") in ("CENTER", "RIGHT"):
        yield f"text-align:{ALIGN[look['horizontalAlignment']]}"
    if look.get("verticalAlignment") in VALIGN:
        yield f"vertical-align:{VALIGN[look['verticalAlignment']]}"
    if look.get("wrapStrategy") == "WRAP":
        yield "white-space:pre-wrap;overflow-wrap:anywhere"
    yield from _borders(look.get("borders", {}))


def ground_of(look: Mapping[str, Any]) -> Rgb:
    """The colour behind a cell's text."""
    return rgb(look["backgroundColor"]) if "backgroundColor" in look else WHITE


def _text(look: Mapping[str, Any], ground: Rgb) -> Iterator[str]:
    color = rgb(look.get("foregroundColor"))
    if color != BLACK or ground != WHITE:
        yield f"color:light-dark({css(color)},{css(text_at_night(color, ground))})"
    if look.get("bold"):
        yield "font-weight:700"
    if look.get("italic"):
        yield "font-style:italic"
    lines = [name for name, on in (("underline", "underline"), ("line-through", "strikethrough")) if look.get(on)]
    if lines:
        yield f"text-decoration:{' '.join(lines)}"
    size = look.get("fontSize", USUAL_SIZE)
    if isinstance(size, int | float) and size != USUAL_SIZE:
        yield f"font-size:{min(max(size, 1), 400) * 1.3:.4g}px"
    family = look.get("fontFamily", "")
    if family and family not in GENERIC and _FONT.fullmatch(family):
        yield f'font-family:"{family}",var(--font)'


def _borders(borders: Mapping[str, Any]) -> Iterator[str]:
    """Right and bottom take the place of the grid's lines; top and left lie inside the cell, so that nothing moves."""
    for side in ("right", "bottom"):
        border = borders.get(side, {})
        if border.get("style") in LINES:
            yield f"border-{side}:{LINES[border['style']]} {_line_color(border)}"
    inner = []
    for side, shift in (("top", "0 {w}px 0 0"), ("left", "{w}px 0 0 0")):
        border = borders.get(side, {})
        if border.get("style") in LINES:
            width = LINES[border["style"]][0]
            inner.append(f"inset {shift.format(w=width)} {_line_color(border)}")
    if inner:
        yield f"box-shadow:{','.join(inner)}"


def _line_color(border: Mapping[str, Any]) -> str:
    color = rgb(border.get("color"))
    return f"light-dark({css(color)},{css(text_at_night(color, WHITE))})"
