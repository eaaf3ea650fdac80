"""CellData: what the API says of a cell, and what it may set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from orjson import dumps, loads

from sheets_sync.local_google.fieldmask import FieldMask
from sheets_sync.local_google.json_types import JsonObject
from sheets_sync.local_google.values.render import KINDS, shown
from sheets_sync.local_google.workbook import Cell, Entered, ErrorValue, Formula, Value, Workbook


def extended(value: Entered | Value) -> JsonObject:
    """A value as ExtendedValue."""
    kind = KINDS.get(type(value))
    if kind:
        return {kind: value}
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
    """Cells of a workbook as CellData, with only what the mask names. It remembers formats, and cells remember it."""

    def __init__(self, mask: FieldMask, default_format: JsonObject, locale: str) -> None:
        self._default, self._locale = default_format, locale
        self._entered, self._effective = mask["userEnteredValue"], mask["effectiveValue"]
        self._text, self._format = "formattedValue" in mask, mask["effectiveFormat"]
        self._all_values = self._entered.all and self._effective.all and self._text
        self._look = lru_cache(maxsize=1024)(self._looked)
        self._rest = mask

    def line(self, cells: Iterable[Cell | None]) -> list[bytes]:
        """The CellData of cells side by side, each as JSON, which is made anew only for a cell that is new to this view."""
        return [
            b"{}" if cell is None else said[1] if (said := cell.said)[0] is self else self._say(cell) for cell in cells
        ]

    def _say(self, cell: Cell) -> bytes:
        text = bytes(memoryview(dumps(self(cell))))  # what orjson gives keeps a buffer ten times as large
        cell.said = (self, text)
        return text

    def __call__(self, cell: Cell | None) -> JsonObject:
        """The CellData. Short and plain, because it is called for every cell there is."""
        if cell is None:
            return {}
        data = self._values(cell)
        own = cell.format
        if own is not None:
            self._add(data, "userEnteredFormat", own)
        elif cell.entered is None and cell.value is None:
            return self._with_rest(data, cell)
        shape = self.look(cell)
        if shape:
            data["effectiveFormat"] = shape
        return self._with_rest(data, cell) if own or cell.note or cell.validation or cell.extra else data

    def _values(self, cell: Cell) -> JsonObject:
        """What was entered, what it amounts to, what it shows."""
        value, text = cell.value, shown(cell, self._locale)
        kind = KINDS.get(type(value))
        if kind and self._all_values and text and value is cell.entered:  # most cells, by far
            typed: JsonObject = {kind: value}
            return {"userEnteredValue": typed, "effectiveValue": typed, "formattedValue": text}
        data: JsonObject = {}
        if cell.entered is not None and (below := self._entered.cut(extended(cell.entered))):
            data["userEnteredValue"] = below
        if value is not None and value != "" and (below := self._effective.cut(extended(value))):
            data["effectiveValue"] = below
        if self._text and text:
            data["formattedValue"] = text
        return data

    def _add(self, data: JsonObject, name: str, value: Any) -> None:
        """Add a field as far as the mask wants it."""
        if value and name in self._rest:
            below = self._rest[name].cut(value)
            if below:
                data[name] = below

    def _with_rest(self, data: JsonObject, cell: Cell) -> JsonObject:
        """The fields that few cells have."""
        named = (("hyperlink", hyperlink(cell.format)), ("note", cell.note), ("dataValidation", cell.validation))
        for name, value in (*named, *(cell.extra or {}).items()):
            if value:
                self._add(data, name, value)
        return data

    @property
    def wants_links(self) -> bool:
        """Whether links, or how they look, are asked for at all."""
        return "hyperlink" in self._rest or self.wants_look

    @property
    def wants_look(self) -> bool:
        """Whether effective formats are asked for at all."""
        return bool(self._format.all or self._format.children)

    def cut(self, look: JsonObject) -> JsonObject:
        """What the mask wants of a format."""
        cut: JsonObject = self._format.cut(look)
        return cut

    def look(self, cell: Cell) -> JsonObject:
        """The effective format of a cell, even of one that says nothing. Others hold it too: it is not to be changed."""
        kind: type = type(cell.value)
        return self._look(dumps(cell.format), dumps(cell.number_format), kind) if self.wants_look else {}

    def _looked(self, own: bytes, number_format: bytes, kind: type) -> JsonObject:
        """The effective format of cells with that format, number format and type of value."""
        entered, implied = loads(own), {"numberFormat": loads(number_format)} if number_format != b"null" else {}
        if kind is not type(None):
            implied["horizontalAlignment"] = ALIGNMENTS[kind]
        link = link_look(hyperlink(entered))
        whole = merged(merged(merged(self._default, implied), link), entered or {})
        whole.setdefault("hyperlinkDisplayType", "PLAIN_TEXT")
        return self.cut({name: whole[name] for name in ORDER if name in whole})


def cell_view(mask: FieldMask, workbook: Workbook) -> CellView:
    """How the cells of a workbook are shown to those who ask for a mask of them."""
    return _view(mask, dumps(_effective_default(workbook.properties)), workbook.locale)


@lru_cache(maxsize=64)
def _view(mask: FieldMask, default_format: bytes, locale: str) -> CellView:
    return CellView(mask, loads(default_format), locale)


ALIGNMENTS = {bool: "CENTER", ErrorValue: "CENTER", int: "RIGHT", float: "RIGHT", str: "LEFT"}
"""How a value stands in its cell if nobody says otherwise."""
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


def _effective_default(properties: Mapping[str, Any]) -> JsonObject:
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


LINK_BLUE = {"red": 0.06666667, "green": 0.33333334, "blue": 0.8}


def link_look(address: str) -> JsonObject:
    """What a link adds to the effective format of its cell, below what was entered."""
    if not address:
        return {}
    colours = {"foregroundColor": LINK_BLUE, "foregroundColorStyle": {"rgbColor": LINK_BLUE}}
    return {"textFormat": {**colours, "underline": True, "link": {"uri": address}}, "hyperlinkDisplayType": "LINKED"}


def hyperlink(own: Mapping[str, Any] | None) -> str:
    """The address that a cell of this format leads to."""
    link = ((own or {}).get("textFormat") or {}).get("link", {})
    return str(link.get("uri", ""))
