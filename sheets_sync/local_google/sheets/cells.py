"""CellData: what the API says of a cell, and what it may set."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sheets_sync.local_google.fieldmask import FieldMask
from sheets_sync.local_google.values.render import shown
from sheets_sync.local_google.workbook import Cell, Entered, ErrorValue, Formula, Value

JsonObject = dict[str, Any]


def extended(value: Entered | Value) -> JsonObject:
    """A value as ExtendedValue."""
    if isinstance(value, bool):
        return {"boolValue": value}
    if isinstance(value, int | float):
        return {"numberValue": value}
    if isinstance(value, str):
        return {"stringValue": value}
    if isinstance(value, Formula):
        return {"formulaValue": value.text}
    if isinstance(value, ErrorValue):
        error = {"type": value.kind}
        return {"errorValue": error | {"message": value.message} if value.message else error}
    return {}


def entered(value: Mapping[str, Any] | None) -> Entered:
    """What an ExtendedValue enters into a cell."""
    if not value:
        return None
    if "formulaValue" in value:
        return Formula(value["formulaValue"])
    kinds = ("boolValue", "numberValue", "stringValue")
    found: Entered = next((value[kind] for kind in kinds if kind in value), None)
    return found


class CellView:
    """Cells of a workbook as CellData, with only what the mask names. One for each answer: it remembers formats."""

    def __init__(self, mask: FieldMask, default_format: JsonObject, locale: str) -> None:
        self._mask = mask
        self._default = default_format
        self._formats: dict[tuple[int, int, str], JsonObject] = {}
        makers: dict[str, Callable[[Cell], Any]] = {
            "userEnteredValue": lambda cell: extended(cell.entered),
            "effectiveValue": lambda cell: extended(cell.value),
            "formattedValue": lambda cell: shown(cell, locale),
            "userEnteredFormat": lambda cell: cell.format,
            "effectiveFormat": self._effective_format,
            "hyperlink": hyperlink,
            "note": lambda cell: cell.note,
            "dataValidation": lambda cell: cell.validation,
        }
        self._makers = [(name, mask[name], make) for name, make in makers.items() if name in mask]
        self._extras = [name for name in ("textFormatRuns", "chipRuns", "pivotTable") if name in mask]

    def __call__(self, cell: Cell | None) -> JsonObject:
        if cell is None:
            return {}
        data: JsonObject = {}
        for name, below, make in self._makers:
            made = make(cell)
            if made:
                data[name] = made if below.all else below.cut(made)
        if cell.extra:
            data |= {name: cell.extra[name] for name in self._extras if name in cell.extra}
        return data

    def _effective_format(self, cell: Cell) -> JsonObject:
        key = (id(cell.format), id(cell.number_format), _alignment(cell.value))
        if key not in self._formats:
            self._formats[key] = self._resolved(cell)
        return self._formats[key]

    def _resolved(self, cell: Cell) -> JsonObject:
        implied: JsonObject = {"numberFormat": cell.number_format} if cell.number_format else {}
        if cell.value is not None:
            implied["horizontalAlignment"] = _alignment(cell.value)
        own = merged(merged(self._default, implied), cell.format or {})
        own.setdefault("hyperlinkDisplayType", "LINKED" if hyperlink(cell) else "PLAIN_TEXT")
        return {name: own[name] for name in ORDER if name in own}


ORDER = (
    "numberFormat",
    "backgroundColor",
    "borders",
    "padding",
    "horizontalAlignment",
    "verticalAlignment",
    "wrapStrategy",
    "textDirection",
    "textFormat",
    "hyperlinkDisplayType",
    "textRotation",
    "backgroundColorStyle",
)
"""The fields of a CellFormat as Google orders them."""


def _alignment(value: Value) -> str:
    """How a value stands in its cell if nobody says otherwise."""
    if isinstance(value, bool | ErrorValue):
        return "CENTER"
    return "RIGHT" if isinstance(value, int | float) else "LEFT"


def effective_default(properties: Mapping[str, Any]) -> JsonObject:
    """A workbook's default format as cells show it: with the font of the theme."""
    default: JsonObject = properties.get("defaultFormat", {})
    font = properties.get("spreadsheetTheme", {}).get("primaryFontFamily", "Arial")
    return merged(default, {"textFormat": {"fontFamily": font}})


def merged(below: Mapping[str, Any], above: Mapping[str, Any]) -> JsonObject:
    """Two formats laid over each other, in depth."""
    result = dict(below)
    for name, value in above.items():
        old = result.get(name)
        if isinstance(value, dict) and isinstance(old, dict) and name not in WHOLE:
            result[name] = merged(old, value)
        else:
            result[name] = value
    return result


WHOLE = frozenset(
    {"backgroundColor", "foregroundColor", "backgroundColorStyle", "foregroundColorStyle", "numberFormat"}
)
"""Messages that replace each other as a whole: a colour without red has no red."""


def hyperlink(cell: Cell) -> str:
    """The address a cell leads to."""
    link = ((cell.format or {}).get("textFormat") or {}).get("link", {})
    return str(link.get("uri", ""))
