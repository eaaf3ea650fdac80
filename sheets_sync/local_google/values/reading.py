"""ValueRange: the cells of an area as lists of values, by the render options of the values methods."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from sheets_sync.local_google.json_types import JsonObject
from sheets_sync.local_google.ranges import Area
from sheets_sync.local_google.values.locales import Locale, locale_of
from sheets_sync.local_google.values.render import ERROR_TEXTS, is_date, number_format_of, shown
from sheets_sync.local_google.workbook import Box, Cell, ErrorValue, Formula, Row, Sheet, Value, Workbook

Take = Callable[[Cell], Any]


@dataclass(frozen=True, slots=True)
class Options:
    """How values are asked for.

    Attributes:
        render: FORMATTED_VALUE, UNFORMATTED_VALUE or FORMULA.
        dates: SERIAL_NUMBER or FORMATTED_STRING; without effect on FORMATTED_VALUE.
        dimension: ROWS or COLUMNS.
    """

    render: str = "FORMATTED_VALUE"
    dates: str = "SERIAL_NUMBER"
    dimension: str = "ROWS"


def value_range(workbook: Workbook, area: Area, options: Options) -> JsonObject:
    """The ValueRange of an area: rows and cells that end it empty are left out, `values` too if nothing is there."""
    found: JsonObject = {"range": area.a1, "majorDimension": options.dimension}
    values = values_of(workbook, area.sheet, area.box, options)
    return found | {"values": values} if values else found


def values_of(workbook: Workbook, sheet: Sheet, box: Box, options: Options) -> list[list[Any]]:
    """The values of a box, line by line."""
    take = _taker(workbook.locale, options)
    formulas = options.render == "FORMULA"
    rows = [_cut(row[box.left : box.right], formulas=formulas) for row in sheet.rows[box.top : box.bottom]]
    lines: Sequence[Sequence[Cell | None]] = rows
    if options.dimension == "COLUMNS":
        lines = [_cut(list(column), formulas=formulas) for column in zip_longest(*rows)]
    while lines and not lines[-1]:
        lines = lines[:-1]
    return [["" if cell is None else take(cell) for cell in line] for line in lines]


def _cut(cells: Row, *, formulas: bool) -> Row:
    """Without the empty cells at the end."""
    end = len(cells)
    while end and _is_empty(cells[end - 1], formulas=formulas):
        end -= 1
    return cells[:end]


def _is_empty(cell: Cell | None, *, formulas: bool) -> bool:
    return cell is None or (cell.value is None and (cell.entered is None or not formulas))


def _taker(locale: str, options: Options) -> Take:
    """What to make of a cell."""
    if options.render == "FORMATTED_VALUE":
        return lambda cell: shown(cell, locale)
    take = _dated(locale) if options.dates == "FORMATTED_STRING" else _unformatted
    return _or_formula(take) if options.render == "FORMULA" else take


def _unformatted(cell: Cell) -> Any:
    return plain(cell.value)


def _dated(locale: str) -> Take:
    """Dates, times and durations as they are shown."""
    own = locale_of(locale)
    return lambda cell: shown(cell, locale) if _is_moment(cell, own) else plain(cell.value)


def _is_moment(cell: Cell, locale: Locale) -> bool:
    number = isinstance(cell.value, int | float) and not isinstance(cell.value, bool)
    return number and is_date(number_format_of(cell), locale)


def _or_formula(take: Take) -> Take:
    return lambda cell: cell.entered.text if isinstance(cell.entered, Formula) else take(cell)


def plain(value: Value) -> Any:
    """A value as JSON: whole numbers without a point, errors as they are shown."""
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 1e21 else value
    if isinstance(value, ErrorValue):
        return ERROR_TEXTS.get(value.kind, "#ERROR!")
    return "" if value is None else value


def options_of(given: Mapping[str, Any], *, response: bool = False) -> Options:
    """The options of a read, or those of a write for its answer (`response…`)."""
    if response:
        render, dates = given.get("responseValueRenderOption"), given.get("responseDateTimeRenderOption")
        return Options(render or _DEFAULT.render, dates or _DEFAULT.dates)
    render, dates = given.get("valueRenderOption"), given.get("dateTimeRenderOption")
    return Options(
        render or _DEFAULT.render, dates or _DEFAULT.dates, given.get("majorDimension") or _DEFAULT.dimension
    )


_DEFAULT = Options()
