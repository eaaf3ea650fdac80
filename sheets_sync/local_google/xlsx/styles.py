"""Formats: openpyxl's styles and the API's CellFormat, both ways."""

from __future__ import annotations

import re
from typing import Any

from openpyxl.cell.cell import Cell as ExcelCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.colors import Color
from openpyxl.styles.numbers import is_date_format
from openpyxl.styles.proxy import StyleProxy

from sheets_sync.local_google.json_types import JsonObject

BORDERS: dict[str, Any] = {
    "DOTTED": "dotted",
    "DASHED": "dashed",
    "SOLID": "thin",
    "SOLID_MEDIUM": "medium",
    "SOLID_THICK": "thick",
    "DOUBLE": "double",
}
BORDERS_BACK = {excel: google for google, excel in BORDERS.items()} | {"hair": "DOTTED"}
SIDES = ("top", "bottom", "left", "right")
HORIZONTAL = {"left": "LEFT", "center": "CENTER", "right": "RIGHT"}
VERTICAL = {"top": "TOP", "center": "MIDDLE", "bottom": "BOTTOM"}
HORIZONTAL_BACK = {google: excel for excel, google in HORIZONTAL.items()}
VERTICAL_BACK = {google: excel for excel, google in VERTICAL.items()}
OFFICE_THEME = ("FFFFFF", "000000", "E7E6E6", "44546A", "4472C4", "ED7D31", "A5A5A5", "FFC000", "5B9BD5", "70AD47")


def read_color(color: Color | None) -> JsonObject | None:
    """A Color of the API, or None for automatic and indexed ones."""
    text = None
    if color is not None and color.type == "rgb" and isinstance(color.rgb, str):
        text = color.rgb[-6:]
    elif color is not None and color.type == "theme" and color.theme < len(OFFICE_THEME):
        text = OFFICE_THEME[color.theme]
    if text is None:
        return None
    channels = zip(("red", "green", "blue"), (int(text[i : i + 2], 16) / 255 for i in (0, 2, 4)), strict=True)
    return {name: round(value, 8) for name, value in channels if value}


def write_color(color: JsonObject) -> str:
    """RRGGBB of a Color of the API."""
    return "".join(f"{round(255 * color.get(name, 0)):02X}" for name in ("red", "green", "blue"))


def colored(name: str, color: JsonObject) -> JsonObject:
    """A colour in both forms that the API gives it."""
    return {name: color, f"{name}Style": {"rgbColor": color}}


def rgb(holder: JsonObject, name: str) -> JsonObject | None:
    """A colour of a format, from its newer form or the older one."""
    found = holder.get(f"{name}Style", {}).get("rgbColor", holder.get(name))
    return dict(found) if found is not None else None


def read_format(cell: ExcelCell) -> JsonObject | None:
    """The userEnteredFormat of an Excel cell; None for the default style."""
    if not cell.has_style:
        return None
    found = _read_font(cell.font) | _read_alignment(cell.alignment) | _read_borders(cell.border)
    fill = read_color(cell.fill.fgColor) if cell.fill.fill_type == "solid" else None
    if fill is not None:
        found |= colored("backgroundColor", fill)
    number = read_number_format(cell.number_format)
    if number:
        found["numberFormat"] = number
    return found or None


def _read_font(font: StyleProxy) -> JsonObject:
    text: JsonObject = {}
    color = read_color(font.color)
    if color:
        text |= colored("foregroundColor", color)
    if font.name and font.name not in {"Calibri", "Arial"}:
        text["fontFamily"] = font.name
    if font.sz and font.sz not in {10, 11}:
        text["fontSize"] = round(font.sz)
    flags = {"bold": font.b, "italic": font.i, "strikethrough": font.strike, "underline": font.u}
    text |= {name: True for name, on in flags.items() if on}
    return {"textFormat": text} if text else {}


def _read_alignment(alignment: StyleProxy) -> JsonObject:
    found: JsonObject = {}
    if alignment.horizontal in HORIZONTAL:
        found["horizontalAlignment"] = HORIZONTAL[alignment.horizontal]
    if alignment.vertical in {"top", "center"}:
        found["verticalAlignment"] = VERTICAL[alignment.vertical]
    if alignment.wrap_text:
        found["wrapStrategy"] = "WRAP"
    if alignment.textRotation:
        turned = alignment.textRotation
        found["textRotation"] = {"angle": turned if turned <= 90 else 90 - turned}
    return found


def _read_borders(border: StyleProxy) -> JsonObject:
    borders = {}
    for name in SIDES:
        side: Side | None = getattr(border, name)
        if side is not None and side.style:
            color = read_color(side.color) or {}
            style = BORDERS_BACK.get(side.style, "SOLID")
            borders[name] = {"style": style, "color": color, "colorStyle": {"rgbColor": color}}
    return {"borders": borders} if borders else {}


def read_number_format(pattern: str) -> JsonObject | None:
    """The NumberFormat of an Excel pattern; None for General."""
    if pattern in {"General", ""}:
        return None
    return {"type": _kind(pattern), "pattern": pattern}


def _kind(pattern: str) -> str:
    bare = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", pattern)
    if pattern == "@":
        return "TEXT"
    if is_date_format(pattern):
        dated, timed = re.search(r"[dy]", bare, re.IGNORECASE), re.search(r"[hs]", bare, re.IGNORECASE)
        return "DATE_TIME" if dated and timed else "TIME" if timed else "DATE"
    if "%" in bare:
        return "PERCENT"
    if re.search(r"[$€£¥]|Rp", pattern):
        return "CURRENCY"
    return "SCIENTIFIC" if re.search(r"E[+-]", bare, re.IGNORECASE) else "NUMBER"


def write_format(cell: ExcelCell, given: JsonObject, number: JsonObject | None) -> None:
    """Give an Excel cell a userEnteredFormat (and the number format that counts)."""
    text = given.get("textFormat", {})
    color, fill = rgb(text, "foregroundColor"), rgb(given, "backgroundColor")
    cell.font = Font(
        name=text.get("fontFamily", "Arial"),
        sz=text.get("fontSize", 10),
        b=text.get("bold"),
        i=text.get("italic"),
        strike=text.get("strikethrough"),
        u="single" if text.get("underline") else None,
        color=write_color(color) if color is not None else None,
    )
    if fill is not None and write_color(fill) != "FFFFFF":
        cell.fill = PatternFill("solid", fgColor=write_color(fill))
    cell.alignment = _write_alignment(given)
    if "borders" in given:
        sides: JsonObject = {name: _write_side(side) for name, side in given["borders"].items() if name in SIDES}
        cell.border = Border(**sides)
    if number and number.get("pattern"):
        cell.number_format = number["pattern"]


def _write_alignment(given: JsonObject) -> Alignment:
    return Alignment(
        horizontal=HORIZONTAL_BACK.get(given.get("horizontalAlignment", "")),
        vertical=VERTICAL_BACK.get(given.get("verticalAlignment", "")),
        wrap_text=True if given.get("wrapStrategy") == "WRAP" else None,
        textRotation=_write_angle(given.get("textRotation", {}).get("angle", 0)),
    )


def _write_angle(angle: int) -> int:
    return angle if angle >= 0 else 90 - angle


def _write_side(side: JsonObject) -> Side:
    color = rgb(side, "color")
    return Side(style=BORDERS.get(side.get("style", "")), color=write_color(color) if color else "000000")
