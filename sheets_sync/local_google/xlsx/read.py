"""An Excel file as tabs of a workbook."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

import openpyxl
from openpyxl.cell.cell import Cell as ExcelCell
from openpyxl.cell.cell import MergedCell
from openpyxl.utils import column_index_from_string, range_boundaries
from openpyxl.utils.datetime import to_excel
from openpyxl.workbook import Workbook as Excel
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.worksheet import Worksheet

from sheets_sync.local_google.json_types import JsonObject
from sheets_sync.local_google.sheets.defaults import new_sheet
from sheets_sync.local_google.workbook import Box, Cell, Entered, ErrorValue, Formula, Sheet
from sheets_sync.local_google.xlsx.formulas import from_excel
from sheets_sync.local_google.xlsx.limits import MAX_CELLS, MAX_GRID, Budget, NotExcelError, check
from sheets_sync.local_google.xlsx.rules import read_rules
from sheets_sync.local_google.xlsx.styles import colored, read_color, read_format

ERRORS = {
    "#NULL!": "NULL_VALUE",
    "#DIV/0!": "DIVIDE_BY_ZERO",
    "#VALUE!": "VALUE",
    "#REF!": "REF",
    "#NAME?": "NAME",
    "#NUM!": "NUM",
    "#N/A": "N_A",
}


@dataclass(frozen=True, slots=True)
class Contents:
    """What an Excel file holds."""

    sheets: list[Sheet]
    named_ranges: list[JsonObject] = field(default_factory=list)


def read(content: bytes, first_id: int = 0, decimal: str = ".") -> Contents:
    """The tabs and named ranges of an .xlsx file.

    Args:
        content: the file.
        first_id: the tabs' ids count from here.
        decimal: the decimal mark of the workbook's locale, in whose spelling formulas are kept.

    Raises:
        NotExcelError: it is none, or asks for more than `limits` allows.
    """
    formulas = check(content)
    try:
        return _contents(content, first_id, decimal, computed=formulas)
    except NotExcelError:
        raise
    except Exception as bad:  # openpyxl raises whatever a broken file makes it stumble over
        raise NotExcelError(f"openpyxl can't read it ({type(bad).__name__}: {bad})") from bad


def _contents(content: bytes, first_id: int, decimal: str, *, computed: bool) -> Contents:
    formulas = openpyxl.load_workbook(io.BytesIO(content))
    results = openpyxl.load_workbook(io.BytesIO(content), data_only=True) if computed else formulas
    if not formulas.worksheets:
        raise NotExcelError("it has no tab with cells")
    grid, rules = Budget("rows and columns", MAX_GRID), Budget("cells with rules for input", MAX_CELLS)
    sheets = []
    for number, (ws, values) in enumerate(zip(formulas.worksheets, results.worksheets, strict=True), first_id):
        sheet = new_sheet(number, ws.title, _properties(ws))
        grid.spend(sheet.row_count * sheet.column_count)
        _fill(sheet, ws, values, _validations(ws, sheet, rules), decimal)
        sheets.append(sheet)
    return Contents(sheets, list(_named_ranges(formulas, sheets)))


def _fill(
    sheet: Sheet, ws: Worksheet, results: Worksheet, validations: dict[tuple[int, int], JsonObject], decimal: str
) -> None:
    """Everything of a tab that is not among its properties."""
    shared: dict[str, JsonObject] = {}
    # The public iterators would make a cell of every place up to the last one.
    for (row, column), excel in sorted(ws._cells.items()):  # noqa: SLF001
        place = (row - 1, column - 1)
        if isinstance(excel, MergedCell):
            continue
        entered = _entered(excel, decimal)
        result = results.cell(row, column).value if isinstance(entered, Formula) else None
        cell = _cell(excel, entered, _plain(result), validations.pop(place, None))
        if cell.format:  # cells of one look share one dict, as everywhere in the model
            cell = cell.but(format=shared.setdefault(repr(cell.format), cell.format))
        sheet.put(*place, cell)
    for place, rule in validations.items():
        sheet.put(*place, Cell(validation=rule))
    sheet.merges = [Box(m.min_row - 1, m.min_col - 1, m.max_row, m.max_col) for m in ws.merged_cells.ranges]
    _sizes(ws, sheet)
    read_rules(ws, sheet, decimal)


def _properties(ws: Worksheet) -> JsonObject:
    grid: JsonObject = {"rowCount": max(1000, ws.max_row), "columnCount": max(26, ws.max_column)}
    if ws.freeze_panes:
        column, row, _, _ = range_boundaries(str(ws.freeze_panes))
        rows, columns = min(int(row or 1), grid["rowCount"]), min(int(column or 1), grid["columnCount"])
        frozen = {"frozenRowCount": rows - 1, "frozenColumnCount": columns - 1}
        grid |= {name: count for name, count in frozen.items() if count}
    if ws.sheet_view.showGridLines is False:
        grid["hideGridlines"] = True
    properties: JsonObject = {"gridProperties": grid}
    if ws.sheet_state != "visible":
        properties["hidden"] = True
    color = read_color(ws.sheet_properties.tabColor)
    return properties | (colored("tabColor", color) if color is not None else {})


def _cell(excel: ExcelCell, entered: Entered, result: Any, validation: JsonObject | None) -> Cell:
    own = read_format(excel)
    if excel.hyperlink is not None and excel.hyperlink.target:
        text = (own or {}).get("textFormat", {}) | {"link": {"uri": excel.hyperlink.target}}
        own = (own or {}) | {"textFormat": text}
    note = excel.comment.text if excel.comment else ""
    value = ErrorValue(ERRORS[result]) if isinstance(result, str) and result in ERRORS else result
    return Cell(entered, value, format=own, note=note, validation=validation)


def _entered(excel: ExcelCell, decimal: str) -> Entered:
    value = excel.value
    if isinstance(value, ArrayFormula):
        return Formula(from_excel(f"=ARRAYFORMULA({str(value.text).removeprefix('=')})", decimal))
    if excel.data_type == "f" and isinstance(value, str):
        return Formula(from_excel(value, decimal))
    if excel.data_type == "e":
        return Formula(f"={value}")
    return _plain(value)


def _plain(value: Any) -> bool | float | str | None:
    """A value of openpyxl as the model has it: dates and times as serial numbers."""
    if isinstance(value, datetime | date | time | timedelta):
        serial = float(to_excel(value))  # type: ignore[no-untyped-call]
        return int(serial) if serial.is_integer() else serial
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return str(value)


def _validations(ws: Worksheet, sheet: Sheet, budget: Budget) -> dict[tuple[int, int], JsonObject]:
    """Lists of allowed values, by cell."""
    found = {}
    for rule in ws.data_validations.dataValidation:
        if rule.type != "list" or not rule.formula1:
            continue
        source = str(rule.formula1)
        if source.startswith('"'):
            values = [{"userEnteredValue": part.strip()} for part in source.strip('"').split(",")]
            condition: JsonObject = {"type": "ONE_OF_LIST", "values": values}
        else:
            condition = {"type": "ONE_OF_RANGE", "values": [{"userEnteredValue": f"={source.removeprefix('=')}"}]}
        wanted = {"condition": condition, "strict": rule.errorStyle in {None, "stop"}, "showCustomUi": True}
        for area in rule.sqref.ranges:
            down = range(area.min_row - 1, min(area.max_row, sheet.row_count))
            across = range(area.min_col - 1, min(area.max_col, sheet.column_count))
            budget.spend(len(down) * len(across))
            found.update({(row, column): wanted for row in down for column in across})
    return found


def _sizes(ws: Worksheet, sheet: Sheet) -> None:
    """Widths (characters) and heights (points) in pixels, and what is hidden."""
    spans = Budget("columns with a width", MAX_CELLS)
    for letter, column in ws.column_dimensions.items():
        first = column.min or column_index_from_string(letter)
        facts: JsonObject = {"hiddenByUser": True} if column.hidden else {}
        if column.width and column.customWidth:
            facts["pixelSize"] = round(column.width * 7 + 5)
        if facts:
            last = min(column.max or first, sheet.column_count)
            spans.spend(max(0, last - first + 1))
            sheet.column_metadata.update({index - 1: dict(facts) for index in range(first, last + 1)})
    for number, row in ws.row_dimensions.items():
        facts = {"hiddenByUser": True} if row.hidden else {}
        if row.height:
            facts["pixelSize"] = round(row.height * 4 / 3)
        if facts and number <= sheet.row_count:
            sheet.row_metadata[number - 1] = facts


def _named_ranges(excel: Excel, sheets: list[Sheet]) -> Iterator[JsonObject]:
    ids = {sheet.title: sheet.id for sheet in sheets}
    for name, defined in excel.defined_names.items():
        places = [(title, area) for title, area in defined.destinations if title in ids and area]
        if len(places) != 1 or name.startswith("_xlnm"):
            continue
        left, top, right, bottom = range_boundaries(places[0][1].replace("$", ""))
        edges = {"startRowIndex": (top or 1) - 1, "startColumnIndex": (left or 1) - 1}
        open_ended = {"endRowIndex": bottom, "endColumnIndex": right}
        edges |= {name: end for name, end in open_ended.items() if end is not None}
        yield {"namedRangeId": name, "name": name, "range": {"sheetId": ids[places[0][0]]} | edges}
