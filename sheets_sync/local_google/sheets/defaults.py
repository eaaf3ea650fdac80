"""New workbooks and sheets, with the defaults that Google gives them."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from sheets_sync.local_google.json_types import JsonObject
from sheets_sync.local_google.normalize import THEME_COLORS, WHITE
from sheets_sync.local_google.workbook import Sheet, Workbook

DEFAULT_FORMAT: JsonObject = {
    "backgroundColor": WHITE,
    "padding": {"top": 2, "right": 3, "bottom": 2, "left": 3},
    "verticalAlignment": "BOTTOM",
    "wrapStrategy": "OVERFLOW_CELL",
    "textFormat": {
        "foregroundColor": {},
        "fontFamily": "arial,sans,sans-serif",
        "fontSize": 10,
        "bold": False,
        "italic": False,
        "strikethrough": False,
        "underline": False,
        "foregroundColorStyle": {"rgbColor": {}},
    },
    "backgroundColorStyle": {"rgbColor": WHITE},
}
THEME: JsonObject = {
    "primaryFontFamily": "Arial",
    "themeColors": [{"colorType": kind, "color": {"rgbColor": color}} for kind, color in THEME_COLORS.items()],
}
ROWS, COLUMNS = 1000, 26


def new_workbook(file_id: str, title: str, *, locale: str = "en_US", time_zone: str = "Etc/GMT") -> Workbook:
    """A workbook as Google makes one: one empty tab with id 0."""
    properties = {
        "title": title,
        "locale": locale,
        "autoRecalc": "ON_CHANGE",
        "timeZone": time_zone,
        "defaultFormat": copy.deepcopy(DEFAULT_FORMAT),
        "spreadsheetTheme": copy.deepcopy(THEME),
    }
    return Workbook(file_id, properties, [new_sheet(0, "Sheet1")])


def new_sheet(sheet_id: int, title: str, properties: Mapping[str, Any] | None = None) -> Sheet:
    """An empty tab. `properties` are further SheetProperties; a grid without sizes has 1000 rows and 26 columns."""
    given = dict(properties or {})
    grid = {"rowCount": ROWS, "columnCount": COLUMNS} | given.pop("gridProperties", {})
    base: JsonObject = {"sheetId": sheet_id, "title": title, "sheetType": "GRID"}
    return Sheet(base | given | {"sheetId": sheet_id, "title": title, "gridProperties": grid})
