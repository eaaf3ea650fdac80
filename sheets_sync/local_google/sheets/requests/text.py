"""Requests that rewrite what is typed: findReplace, textToColumns, trimWhitespace, deleteDuplicates."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sheets_sync.local_google.json_types import JsonObject
from sheets_sync.local_google.sheets.batch import Apply, Batch, Refused
from sheets_sync.local_google.sheets.copying import fit
from sheets_sync.local_google.sheets.requests.sorting import permute_rows
from sheets_sync.local_google.values.entry import enter
from sheets_sync.local_google.workbook import Box, Cell, Formula, Sheet, Value

DELIMITERS: Mapping[str, str] = {"COMMA": ",", "SEMICOLON": ";", "PERIOD": ".", "SPACE": " "}


@dataclass(slots=True)
class Count:
    """What a findReplace has changed."""

    values: int = 0
    formulas: int = 0
    rows: int = 0
    sheets: int = 0
    occurrences: int = 0


def find_replace(batch: Batch, request: JsonObject) -> JsonObject:
    if not request.get("find"):
        raise Refused("The find field cannot be empty.")
    replace, count = _replacer(request), Count()
    for sheet, box in _scope(batch, request):
        rows: set[int] = set()
        for row, column, cell in list(sheet.cells(box)):
            formula = isinstance(cell.entered, Formula)
            if formula and not request.get("includeFormulas"):
                continue
            old = cell.entered.text if isinstance(cell.entered, Formula) else batch.text(cell)
            new, occurrences = replace(old) if old else (old, 0)
            if occurrences:
                own = batch.workbook.edit(sheet)
                own.put(row, column, enter(cell, new, batch.workbook.locale, batch.today))
                rows.add(row)
                count.occurrences += occurrences
                count.formulas += formula
                count.values += not formula
        count.rows += len(rows)
        count.sheets += bool(rows)
    return _counted(count)


def _counted(count: Count) -> JsonObject:
    reply = {
        "valuesChanged": count.values,
        "formulasChanged": count.formulas,
        "rowsChanged": count.rows,
        "sheetsChanged": count.sheets,
        "occurrencesChanged": count.occurrences,
    }
    return {name: value for name, value in reply.items() if value}


def _scope(batch: Batch, request: JsonObject) -> Iterable[tuple[Sheet, Box]]:
    if "range" in request:
        return [batch.area(request["range"])]
    if request.get("allSheets"):
        return [(sheet, sheet.box) for sheet in batch.workbook.sheets]
    sheet = batch.grid(request.get("sheetId", 0))
    return [(sheet, sheet.box)]


def _replacer(request: JsonObject) -> Callable[[str], tuple[str, int]]:
    """A function of a text that gives the new text and how often something was found in it."""
    regex = request.get("searchByRegex", False)
    source = request["find"] if regex else re.escape(request["find"])
    if request.get("matchEntireCell"):
        source = rf"\A(?:{source})\Z"
    try:
        pattern = re.compile(source, 0 if request.get("matchCase") or regex else re.IGNORECASE)
    except re.error as bad:
        raise Refused(f"Invalid regular expression: {request['find']}") from bad
    replacement = request.get("replacement", "")
    if not regex:
        return lambda text: pattern.subn(lambda _: replacement, text)
    return lambda text: pattern.subn(_java_replacement(replacement), text)


def _java_replacement(text: str) -> str:
    """`$1` as Java spells a group, in Python's spelling."""
    return re.sub(r"\$(\d)", r"\\g<\1>", text.replace("\\", r"\\"))


def text_to_columns(batch: Batch, request: JsonObject) -> None:
    sheet, box = batch.area(request.get("source", {}))
    if box.width != 1:
        raise Refused("The source range must span exactly one column.")
    delimiter = _delimiter(batch, request, sheet, box)
    for row, column, cell in list(sheet.cells(box)):
        if isinstance(cell.entered, Formula) or cell.entered is None:
            continue
        parts = batch.text(cell).split(delimiter)
        fit(sheet, Box(row, column, row + 1, column + len(parts)))
        for place, part in enumerate(parts, column):
            typed = enter(sheet.cell(row, place), part, batch.workbook.locale, batch.today)
            sheet.put(row, place, typed)


def _delimiter(batch: Batch, request: JsonObject, sheet: Sheet, box: Box) -> str:
    kind = request.get("delimiterType", "AUTODETECT")
    if kind == "CUSTOM":
        if not request.get("delimiter"):
            raise Refused("delimiter must be set if delimiterType is CUSTOM.")
        return str(request["delimiter"])
    if kind in DELIMITERS:
        return DELIMITERS[kind]
    texts = [batch.text(cell) for _, _, cell in sheet.cells(box)]
    return max(DELIMITERS.values(), key=lambda sign: sum(sign in text for text in texts))


def trim_whitespace(batch: Batch, request: JsonObject) -> JsonObject:
    sheet, box = batch.area(request.get("range", {}))
    changed = 0
    for row, column, cell in list(sheet.cells(box)):
        if isinstance(cell.entered, str):
            trimmed = " ".join(cell.entered.split())
            if trimmed != cell.entered:
                sheet.put(row, column, cell.but(entered=trimmed or None))
                changed += 1
    return {"cellsChangedCount": changed} if changed else {}


def delete_duplicates(batch: Batch, request: JsonObject) -> JsonObject:
    sheet, box = batch.area(request.get("range", {}))
    columns = _compared(request, box)
    seen: set[tuple[Any, ...]] = set()
    kept: list[int] = []
    double: list[int] = []
    for row in range(box.top, box.bottom):
        key = tuple(_key(sheet.cell(row, column)) for column in columns)
        (double if key in seen else kept).append(row)
        seen.add(key)
    permute_rows(batch, sheet, box, kept + double)
    for row in range(box.bottom - len(double), box.bottom):
        for column in range(box.left, box.right):
            sheet.put(row, column, None)
    return {"duplicatesRemovedCount": len(double)} if double else {}


def _compared(request: JsonObject, box: Box) -> list[int]:
    """The columns that decide whether two rows are the same."""
    chosen: set[int] = set()
    for given in request.get("comparisonColumns", []):
        chosen.update(range(given.get("startIndex", box.left), given.get("endIndex", box.right)))
    if any(not box.left <= column < box.right for column in chosen):
        raise Refused("comparisonColumns must lie within the range.")
    return sorted(chosen) or list(range(box.left, box.right))


def _key(cell: Cell) -> tuple[str, Value]:
    value = cell.value.casefold() if isinstance(cell.value, str) else cell.value
    return type(value).__name__, value


REQUESTS: Mapping[str, Apply] = {
    "findReplace": find_replace,
    "textToColumns": text_to_columns,
    "trimWhitespace": trim_whitespace,
    "deleteDuplicates": delete_duplicates,
}
