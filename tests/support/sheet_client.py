"""One spreadsheet of a local Google, as a test asks and changes it: bare requests, bare answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from local_http import Http

JsonObject = dict[str, Any]


@dataclass
class Book:
    """A spreadsheet through one account."""

    client: Http
    id: str

    @property
    def path(self) -> str:
        return f"/v4/spreadsheets/{self.id}"

    def batch(self, *requests: JsonObject, **options: Any) -> list[JsonObject]:
        """Carry out requests; their replies."""
        return list(self.client.ok("POST", f"{self.path}:batchUpdate", {"requests": requests, **options})["replies"])

    def refusal(self, *requests: JsonObject) -> str:
        """Google's text on requests that must be refused with 400."""
        code, message, _ = self.client.refused("POST", f"{self.path}:batchUpdate", {"requests": requests})
        assert code == 400, message
        return message

    def get(self, fields: str = "", **params: Any) -> JsonObject:
        """The Spreadsheet."""
        return dict(self.client.ok("GET", self.path, **({"fields": fields} if fields else {}), **params))

    def sheet(self, fields: str, index: int = 0, **params: Any) -> Any:
        """One field of a sheet: `merges`, `properties(title)`; None if it is not there."""
        name = fields.partition("(")[0].partition("/")[0].partition(".")[0]
        sheets = self.get(f"sheets({fields})", **params).get("sheets", [])
        return sheets[index].get(name) if sheets else None

    def put(self, area: str, rows: list[list[Any]], option: str = "USER_ENTERED") -> None:
        """Type values, formulas included."""
        self.client.ok("PUT", f"{self.path}/values/{area}", {"values": rows}, valueInputOption=option)

    def values(self, area: str = "A1:Z1000", option: str = "UNFORMATTED_VALUE") -> list[list[Any]]:
        """What stands in a range."""
        return list(self.client.ok("GET", f"{self.path}/values/{area}", valueRenderOption=option).get("values", []))

    def formulas(self, area: str = "A1:Z1000") -> list[list[Any]]:
        return self.values(area, "FORMULA")

    def cell(self, area: str, fields: str = "*") -> JsonObject:
        """The CellData of one cell."""
        data = self.get(f"sheets.data.rowData.values({fields})", ranges=area)["sheets"][0]["data"][0]
        rows = data.get("rowData", [{}])
        return dict(rows[0]["values"][0]) if rows and rows[0].get("values") else {}


def grid_range(top: int, left: int, bottom: int, right: int, sheet_id: int = 0) -> JsonObject:
    """A GridRange."""
    rows = {"startRowIndex": top, "endRowIndex": bottom}
    return {"sheetId": sheet_id} | rows | {"startColumnIndex": left, "endColumnIndex": right}


def insert_lines(dimension: str, start: int, end: int, *, before: bool = False) -> JsonObject:
    """A request for new rows or columns; `before`: they look like those in front of them."""
    return {"insertDimension": {"range": lines(dimension, start, end), "inheritFromBefore": before}}


def lines(dimension: str, start: int, end: int, sheet_id: int = 0) -> JsonObject:
    """A DimensionRange."""
    return {"sheetId": sheet_id, "dimension": dimension, "startIndex": start, "endIndex": end}
