"""Requests for rows and columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sheets_sync.local_google.sheets.batch import Apply, Batch
from sheets_sync.local_google.sheets.requests.tabs import check_cells

JsonObject = dict[str, Any]


def append_dimension(batch: Batch, request: JsonObject) -> None:
    sheet = batch.grid(request.get("sheetId", 0))
    name = "rowCount" if request.get("dimension") == "ROWS" else "columnCount"
    sheet.properties["gridProperties"][name] += request.get("length", 0)
    check_cells(batch)


REQUESTS: Mapping[str, Apply] = {"appendDimension": append_dimension}
