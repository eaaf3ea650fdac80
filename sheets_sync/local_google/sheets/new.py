"""New workbooks and sheets, with the defaults that Google gives them."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from sheets_sync.local_google.workbook import Sheet, Workbook

JsonObject = dict[str, Any]

WHITE = {"red": 1, "green": 1, "blue": 1}
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
