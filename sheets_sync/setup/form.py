"""A tab that people fill in, as a value, and the requests that make it on a tab where nothing stands yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import Any

from sheets_sync.model.json import JsonObject
from sheets_sync.model.tab_state import TabState
from sheets_sync.rekap.cells import cell_data, colour
from sheets_sync.rekap.page import PageCell
from sheets_sync.rekap.style import ACCENT, HEAD, NAME

_HEAD_FILL, _BAND = "#dce7f1", "#f6f9fc"
_HIGHLIGHT, _CURRENT = "#ffe9a8", "#cfe6fa"
_SPARE_ROWS = 21  # the head's, and some below the table for people's own notes


class FormEntry(StrEnum):
    """What is typed into a column."""

    TEXT = "text"
    NUMBER = "number"
    CHOICE = "choice"
    DATE = "date"
    LOOKUP = "lookup"  # one of the values in a range of the workbook


@dataclass(frozen=True, slots=True)
class FormColumn:
    """A column to fill in.

    `note` stands on its head; `help` is what a number that is none is answered with; `choices` are the drop-down's, or
    for a lookup the range they stand in.
    """

    title: str
    entry: FormEntry = FormEntry.TEXT
    width: int = 120
    note: str = ""
    help: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EntryForm:
    """A tab to fill in: a Sheets table of `length` rows, the first of which may be begun in `rows`.

    `highlight` is the formula of the format that marks what is asked about, written for the first cell below the head.
    """

    title: str
    columns: tuple[FormColumn, ...]
    length: int
    rows: tuple[tuple[str, ...], ...] = ()
    frozen_columns: int = 1
    highlight: str = ""
    library: str | None = None  # the code of the library that alone types into it, "" where all do; None: the office
    also: tuple[str, ...] = ()  # further titles under which it is read as well
    current: str = ""  # the formula of the format that shows the row of the month that is waited for

    @property
    def names(self) -> tuple[str, ...]:
        """The titles it may have, the best first."""
        return tuple(dict.fromkeys((self.title, *self.also)))


def form_requests(form: EntryForm, state: TabState | None, sheet_id: int) -> list[JsonObject]:
    """Everything the tab needs. `state` is None where there is no such tab; one that is there must be blank."""
    return [
        *_sheet(form, state, sheet_id),
        _first_cells(form, sheet_id),
        _table(form, sheet_id),
        *_rules(form, sheet_id),
        *_formats(form, sheet_id),
        *_widths(form, sheet_id),
        *_highlight(form, sheet_id),
    ]


def _sheet(form: EntryForm, state: TabState | None, sheet_id: int) -> Iterator[JsonObject]:
    frozen = {"frozenRowCount": 1, "frozenColumnCount": form.frozen_columns}
    if state is None:
        grid = {"rowCount": form.length + _SPARE_ROWS, "columnCount": len(form.columns) + 2, **frozen}
        shown = {"sheetId": sheet_id, "title": form.title, "gridProperties": grid, "tabColorStyle": colour(ACCENT)}
        yield {"addSheet": {"properties": shown}}
        return
    for dimension, needed, there in (
        ("ROWS", form.length + 1, state.row_count),
        ("COLUMNS", len(form.columns), state.column_count),
    ):
        if needed > there:
            yield {"appendDimension": {"sheetId": sheet_id, "dimension": dimension, "length": needed - there}}
    fields = ",".join(f"gridProperties.{name}" for name in frozen)
    properties = {"sheetId": sheet_id, "gridProperties": frozen}
    yield {"updateSheetProperties": {"properties": properties, "fields": fields}}


def _first_cells(form: EntryForm, sheet_id: int) -> JsonObject:
    """The heads with their notes, and the rows that are begun; no cell beyond them."""
    head = [cell_data(PageCell(column.title, style=HEAD)) | {"note": column.note} for column in form.columns]
    begun = [{"values": [cell_data(PageCell(text, style=NAME)) for text in row]} for row in form.rows]
    start = {"sheetId": sheet_id, "rowIndex": 0, "columnIndex": 0}
    fields = "userEnteredValue,userEnteredFormat,note"
    return {"updateCells": {"start": start, "rows": [{"values": head}, *begun], "fields": fields}}


def _table(form: EntryForm, sheet_id: int) -> JsonObject:
    """A Sheets table. Numbers have no column type: Google takes no rule of ours on a typed column, and ours explains."""
    area = {"sheetId": sheet_id, "startRowIndex": 0, "endRowIndex": form.length + 1}
    looks = {"headerColorStyle": _HEAD_FILL, "firstBandColorStyle": "#ffffff", "secondBandColorStyle": _BAND}
    table = {
        "name": f"Form_{sheet_id}",  # no two may be called the same, and titles may differ in a hyphen only
        "range": {**area, "startColumnIndex": 0, "endColumnIndex": len(form.columns)},
        "rowsProperties": {name: colour(code) for name, code in looks.items()},
        "columnProperties": [_column(number, column) for number, column in enumerate(form.columns)],
    }
    return {"addTable": {"table": table}}


def _column(number: int, column: FormColumn) -> JsonObject:
    found: JsonObject = {"columnIndex": number, "columnName": column.title}
    if column.entry is FormEntry.CHOICE:
        values = [{"userEnteredValue": choice} for choice in column.choices]
        found |= {
            "columnType": "DROPDOWN",
            "dataValidationRule": {"condition": {"type": "ONE_OF_LIST", "values": values}},
        }
    if column.entry is FormEntry.DATE:
        found["columnType"] = "DATE"
    return found


def _rules(form: EntryForm, sheet_id: int) -> Iterator[JsonObject]:
    """Rules that warn and explain, and never refuse: the program reads what people type, in words too."""
    for (entry, text, choices), area in _areas(
        form, sheet_id, lambda column: (column.entry, column.help, column.choices)
    ):
        if entry is FormEntry.NUMBER:
            condition: JsonObject = {"type": "NUMBER_GREATER_THAN_EQ", "values": [{"userEnteredValue": "0"}]}
        elif entry is FormEntry.LOOKUP:
            condition = {"type": "ONE_OF_RANGE", "values": [{"userEnteredValue": choice} for choice in choices]}
        else:
            continue
        rule = {
            "condition": condition,
            "inputMessage": text,
            "strict": False,
            "showCustomUi": entry is FormEntry.LOOKUP,
        }
        yield {"setDataValidation": {"range": area, "rule": rule}}


def _formats(form: EntryForm, sheet_id: int) -> Iterator[JsonObject]:
    """Text as text, so that 0042 keeps its zeros. Numbers stay as Sheets shows what was typed, a fraction or a date too."""
    for entry, area in _areas(form, sheet_id, lambda column: column.entry):
        if entry is FormEntry.TEXT:
            look = {"userEnteredFormat": {"numberFormat": {"type": "TEXT"}}}
            yield {"repeatCell": {"range": area, "cell": look, "fields": "userEnteredFormat.numberFormat"}}


def _areas(form: EntryForm, sheet_id: int, key: Any) -> Iterator[tuple[Any, JsonObject]]:
    """Neighbouring columns that are alike, as the area below their heads."""
    for alike, group in groupby(enumerate(form.columns), key=lambda pair: key(pair[1])):
        numbers = [number for number, _ in group]
        yield (
            alike,
            {
                "sheetId": sheet_id,
                "startRowIndex": 1,
                "endRowIndex": form.length + 1,
                "startColumnIndex": numbers[0],
                "endColumnIndex": numbers[-1] + 1,
            },
        )


def _widths(form: EntryForm, sheet_id: int) -> Iterator[JsonObject]:
    for number, column in enumerate(form.columns):
        span = {"sheetId": sheet_id, "dimension": "COLUMNS", "startIndex": number, "endIndex": number + 1}
        size = {"pixelSize": column.width}
        yield {"updateDimensionProperties": {"range": span, "properties": size, "fields": "pixelSize"}}


def _highlight(form: EntryForm, sheet_id: int) -> Iterator[JsonObject]:
    """What is asked about is yellow, and before that the row of the month that is waited for is blue."""
    area = {"sheetId": sheet_id, "startRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": len(form.columns)}
    for index, (formula, fill) in enumerate(((form.highlight, _HIGHLIGHT), (form.current, _CURRENT))):
        if formula:
            condition = {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": formula}]}
            look = {"backgroundColorStyle": colour(fill)}
            rule = {"ranges": [area], "booleanRule": {"condition": condition, "format": look}}
            yield {"addConditionalFormatRule": {"rule": rule, "index": index}}
