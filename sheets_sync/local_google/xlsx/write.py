"""A workbook as an Excel file."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Literal

import openpyxl
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.cell.cell import Cell as ExcelCell
from openpyxl.comments import Comment
from openpyxl.utils import absolute_coordinate, get_column_letter, quote_sheetname
from openpyxl.workbook import Workbook as Excel
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from sheets_sync.local_google.json_types import JsonObject
from sheets_sync.local_google.spills import spilled
from sheets_sync.local_google.values.locales import locale_of
from sheets_sync.local_google.workbook import Cell, ErrorValue, Formula, Sheet, Workbook
from sheets_sync.local_google.xlsx.formulas import to_excel
from sheets_sync.local_google.xlsx.rules import write_rules
from sheets_sync.local_google.xlsx.styles import rgb, write_color, write_format


def write(workbook: Workbook) -> bytes:
    """The bytes of an .xlsx file. Formulas carry no results; Excel and LibreOffice work them out when they open it."""
    excel = openpyxl.Workbook()
    excel.remove(excel.worksheets[0])
    titles: set[str] = set()
    decimal = locale_of(workbook.locale).decimal
    for sheet in workbook.sheets:
        if sheet.properties.get("sheetType", "GRID") == "GRID":
            _write_sheet(excel.create_sheet(excel_title(sheet.title, titles)), sheet, decimal)
    _write_names(excel, workbook)
    if not any(ws.sheet_state == "visible" for ws in excel.worksheets):
        excel.create_sheet("Sheet1")
    out = io.BytesIO()
    excel.save(out)
    return out.getvalue()


def excel_title(title: str, taken: set[str]) -> str:
    """A title that Excel allows: 31 characters, none of the marks that it forbids, unique without regard to case."""
    base = re.sub(r"[\[\]:*?/\\]", "_", title)[:31] or "Sheet"
    name, number = base, 1
    while name.casefold() in taken:
        number += 1
        name = f"{base[: 30 - len(str(number))]}_{number}"
    taken.add(name.casefold())
    return name


def _write_sheet(ws: Worksheet, sheet: Sheet, decimal: str) -> None:
    for row, column, cell in sheet.cells():
        excel = ws.cell(row + 1, column + 1)
        assert isinstance(excel, ExcelCell)  # nothing is merged yet
        if isinstance(cell.entered, Formula):
            excel.value = to_excel(cell.entered.text, decimal, sheet.row_count, sheet.column_count)
        _write_cell(excel, cell)
    for box in sheet.merges:
        ws.merge_cells(start_row=box.top + 1, start_column=box.left + 1, end_row=box.bottom, end_column=box.right)
    _write_validations(ws, sheet)
    for index, facts in sheet.column_metadata.items():
        dimension = ws.column_dimensions[get_column_letter(index + 1)]
        if "pixelSize" in facts:
            dimension.width = (facts["pixelSize"] - 5) / 7
        dimension.hidden = bool(facts.get("hiddenByUser"))
    for index, facts in sheet.row_metadata.items():
        if "pixelSize" in facts:
            ws.row_dimensions[index + 1].height = facts["pixelSize"] * 3 / 4
        ws.row_dimensions[index + 1].hidden = bool(facts.get("hiddenByUser"))
    write_rules(ws, sheet, decimal)
    _write_properties(ws, sheet.properties)


def _write_properties(ws: Worksheet, properties: JsonObject) -> None:
    grid = properties.get("gridProperties", {})
    rows, columns = grid.get("frozenRowCount", 0), grid.get("frozenColumnCount", 0)
    if rows or columns:
        ws.freeze_panes = f"{get_column_letter(columns + 1)}{rows + 1}"
    ws.sheet_view.showGridLines = not grid.get("hideGridlines")
    if properties.get("hidden"):
        ws.sheet_state = "hidden"
    color = rgb(properties, "tabColor")
    if color is not None:
        ws.sheet_properties.tabColor = write_color(color)


def _write_cell(excel: ExcelCell, cell: Cell) -> None:
    entered = cell.value if spilled(cell) and not isinstance(cell.value, ErrorValue) else cell.entered
    if isinstance(entered, str):
        excel.value = ILLEGAL_CHARACTERS_RE.sub("", entered)
        excel.data_type = "s"  # a text that begins with = stays a text
    elif entered is not None and not isinstance(entered, Formula):
        excel.value = entered
    number = (cell.format or {}).get("numberFormat") or cell.number_format
    if cell.format or number:
        write_format(excel, cell.format or {}, number)
    if cell.note:
        excel.comment = Comment(cell.note, "")
    link = (cell.format or {}).get("textFormat", {}).get("link", {}).get("uri")
    if link:
        excel.hyperlink = link


def _write_validations(ws: Worksheet, sheet: Sheet) -> None:
    """Lists of allowed values; other rules have no counterpart that would say the same."""
    columns: dict[tuple[str, bool, int], list[int]] = {}
    for row, column, cell in sheet.cells():
        rule = cell.validation or {}
        source = _list_source(rule.get("condition", {}))
        if source:
            columns.setdefault((source, bool(rule.get("strict")), column), []).append(row)
    rules: dict[tuple[str, bool], DataValidation] = {}
    for (source, strict, column), rows in columns.items():
        if (source, strict) not in rules:
            style: Literal["stop", "warning"] = "stop" if strict else "warning"
            rules[source, strict] = DataValidation("list", source, allow_blank=True, errorStyle=style)
            ws.add_data_validation(rules[source, strict])
        for first, last in _runs(rows):
            letter = get_column_letter(column + 1)
            rules[source, strict].add(f"{letter}{first + 1}:{letter}{last + 1}")


def _runs(rows: list[int]) -> Iterator[tuple[int, int]]:
    """First and last of each unbroken run of ascending numbers."""
    start = rows[0]
    for row, following in zip(rows, [*rows[1:], None], strict=True):
        if following != row + 1:
            yield start, row
            start = following if following is not None else row


def _list_source(condition: JsonObject) -> str:
    values = [value.get("userEnteredValue", "") for value in condition.get("values", [])]
    if condition.get("type") == "ONE_OF_LIST" and len(",".join(values)) <= 255:
        return f'"{",".join(values)}"'
    if condition.get("type") == "ONE_OF_RANGE" and values:
        return str(values[0]).removeprefix("=")
    return ""


def _write_names(excel: Excel, workbook: Workbook) -> None:
    for named in workbook.named_ranges:
        area = named["range"]
        sheet = workbook.sheet(area.get("sheetId", 0))
        if sheet is None or sheet.title not in excel.sheetnames:
            continue
        first = f"{get_column_letter(area.get('startColumnIndex', 0) + 1)}{area.get('startRowIndex', 0) + 1}"
        right, bottom = area.get("endColumnIndex", sheet.column_count), area.get("endRowIndex", sheet.row_count)
        place = absolute_coordinate(f"{first}:{get_column_letter(right)}{bottom}")
        excel.defined_names[named["name"]] = DefinedName(
            named["name"], attr_text=f"{quote_sheetname(sheet.title)}!{place}"
        )
