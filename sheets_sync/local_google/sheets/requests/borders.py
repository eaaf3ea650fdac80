"""updateBorders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sheets_sync.local_google.json_types import JsonObject
from sheets_sync.local_google.sheets.batch import Apply, Batch
from sheets_sync.local_google.workbook import Box


def update_borders(batch: Batch, request: JsonObject) -> None:
    sheet, box = batch.area(request.get("range", {}), loose=True)
    for row in range(box.top, box.bottom):
        for column in range(box.left, box.right):
            sides = dict(_sides(request, box, row, column))
            if sides:
                cell = sheet.cell(row, column)
                sheet.put(row, column, cell.but(format=_bordered(cell.format or {}, sides)))


def _sides(request: JsonObject, box: Box, row: int, column: int) -> Iterator[tuple[str, JsonObject]]:
    """The sides of one cell that the request sets: outer ones at the edge of the range, inner ones within."""
    at_edge = {
        "top": row == box.top,
        "bottom": row == box.bottom - 1,
        "left": column == box.left,
        "right": column == box.right - 1,
    }
    for side, outer in at_edge.items():
        inner = "innerHorizontal" if side in {"top", "bottom"} else "innerVertical"
        border = request.get(side if outer else inner)
        if border is not None:
            yield side, border


def _bordered(old: JsonObject, sides: JsonObject) -> JsonObject | None:
    both = old.get("borders", {}) | sides
    kept = {side: both[side] for side in ("top", "bottom", "left", "right") if _drawn(both.get(side))}
    rest = {name: value for name, value in old.items() if name != "borders"}
    return (rest | {"borders": kept} if kept else rest) or None


def _drawn(border: JsonObject | None) -> bool:
    return border is not None and border.get("style", "NONE") != "NONE"


REQUESTS: Mapping[str, Apply] = {"updateBorders": update_borders}
