"""autoFill: a range continues what stands in its source."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from sheets_sync.local_google.json_types import JsonObject
from sheets_sync.local_google.sheets.batch import Apply, Batch, Refused
from sheets_sync.local_google.sheets.copying import copied
from sheets_sync.local_google.values.render import number_format_of
from sheets_sync.local_google.workbook import Box, Cell, Formula, Sheet

_COUNTED = re.compile(r"(.*?)(\d+)")
DATES = frozenset({"DATE", "DATE_TIME"})


def auto_fill(batch: Batch, request: JsonObject) -> None:
    alternate = request.get("useAlternateSeries", False)
    if "sourceAndDestination" in request:
        given = request["sourceAndDestination"]
        sheet, source = batch.area(given.get("source", {}))
        _fill(sheet, source, given.get("dimension", "ROWS"), given.get("fillLength", 0), alternate=alternate)
        return
    sheet, box = batch.area(request.get("range", {}))
    source, dimension = _data_of(sheet, box)
    length = box.bottom - source.bottom if dimension == "ROWS" else box.right - source.right
    _fill(sheet, source, dimension, length, alternate=alternate)


def _data_of(sheet: Sheet, box: Box) -> tuple[Box, str]:
    """The part of the box that has data, and the direction in which the rest lies."""
    filled = [(row, column) for row, column, cell in sheet.cells(box) if cell.entered is not None]
    if not filled:
        raise Refused("There is no data to fill from in the range.")
    bottom, right = max(row for row, _ in filled) + 1, max(column for _, column in filled) + 1
    if bottom < box.bottom:
        return box._replace(bottom=bottom), "ROWS"
    return box._replace(right=right), "COLUMNS"


def _fill(sheet: Sheet, source: Box, dimension: str, length: int, *, alternate: bool) -> None:
    """Fill `length` rows below (above if negative) or columns to the right (left)."""
    rows = dimension == "ROWS"
    for lane in range(source.left, source.right) if rows else range(source.top, source.bottom):
        start, end = (source.top, source.bottom) if rows else (source.left, source.right)
        places = [(index, lane) if rows else (lane, index) for index in range(start, end)]
        cells = [sheet.cell(*place) for place in places]
        steps = range(1, abs(length) + 1)
        for step in steps:
            index = end - 1 + step if length > 0 else start - step
            place = (index, lane) if rows else (lane, index)
            if min(place) >= 0 and sheet.box.holds(*place):
                sheet.put(*place, _continued(cells, step if length > 0 else -step, rows=rows, alternate=alternate))


def _continued(cells: Sequence[Cell], step: int, *, rows: bool, alternate: bool) -> Cell:
    """The cell that comes `step` places after the last one (before the first one if negative)."""
    count = len(cells)
    model = (step - 1) % count if step > 0 else (step % count)
    cell = cells[model]
    distance = (count - 1 + step if step > 0 else step) - model
    if isinstance(cell.entered, Formula):
        return copied(cell, distance if rows else 0, 0 if rows else distance)
    value = _series(cells, step, alternate=alternate)
    plain = cell.but(note="")
    return plain if value is None else plain.but(entered=value, number_format=cell.number_format)


def _series(cells: Sequence[Cell], step: int, *, alternate: bool) -> float | str | None:
    """The next member of a series of numbers, dates or counted texts; None if the cells repeat."""
    numbers = [cell.entered for cell in cells]
    if all(isinstance(value, int | float) and not isinstance(value, bool) for value in numbers):
        dated = (number_format_of(cells[0]) or {}).get("type") in DATES
        grows = (len(numbers) > 1 or dated) != alternate
        return _linear([float(value) for value in numbers if isinstance(value, int | float)], step) if grows else None
    if len(cells) == 1 and isinstance(numbers[0], str):
        return _counted(numbers[0], step)
    return None


def _linear(numbers: Sequence[float], step: int) -> float:
    """The least squares line through the numbers, continued."""
    count = len(numbers)
    middle, mean = (count - 1) / 2, sum(numbers) / count
    spread = sum((n - middle) ** 2 for n in range(count))
    slope = sum((n - middle) * (number - mean) for n, number in enumerate(numbers)) / spread if spread else 1.0
    place = count - 1 + step if step > 0 else step
    value = mean + slope * (place - middle)
    return int(value) if float(value).is_integer() else value


def _counted(text: str, step: int) -> str | None:
    """`Item 7` is followed by `Item 8`."""
    found = _COUNTED.fullmatch(text)
    if not found:
        return None
    return f"{found[1]}{max(0, int(found[2]) + step):0{len(found[2])}}"


REQUESTS: Mapping[str, Apply] = {"autoFill": auto_fill}
