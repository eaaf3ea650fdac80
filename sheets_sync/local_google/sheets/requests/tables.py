"""Requests for tables.

How columns are named, and what writing a header does, is as people who tried it with Google have published it: an add
gives every column an entry, an update replaces them all, a name that is sent is written into its header cell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sheets_sync.local_google.json_types import JsonObject
from sheets_sync.local_google.ranges import grid_bounds
from sheets_sync.local_google.sheets.batch import Apply, Batch, Refused
from sheets_sync.local_google.sheets.columns import numbered
from sheets_sync.local_google.sheets.masks import listed
from sheets_sync.local_google.sheets.requests.banding import check_free
from sheets_sync.local_google.sheets.requests.lookup import find
from sheets_sync.local_google.sheets.shift import grid_range
from sheets_sync.local_google.workbook import Box, Sheet


def add_table(batch: Batch, request: JsonObject) -> JsonObject:
    given = request.get("table", {})
    sheet, box = batch.area(given.get("range", {}))
    check_free(sheet, box)
    name = given.get("name") or _free_name(batch)
    _check_name(batch, name)
    head = {"tableId": given.get("tableId") or str(batch.random_id()), "name": name, "range": grid_range(sheet.id, box)}
    columns = _added_columns(batch, sheet, box, given.get("columnProperties", []))
    rest = {key: value for key, value in given.items() if key not in {*head, "columnProperties"}}
    table = head | rest | {"columnProperties": columns}
    sheet.tables.append(table)
    _fill_booleans(sheet, box, columns)
    return {"table": table}


def _free_name(batch: Batch) -> str:
    taken = {table["name"] for sheet in batch.workbook.sheets for table in sheet.tables}
    return next(name for n in range(1, len(taken) + 2) if (name := f"Table{n}") not in taken)


def _check_name(batch: Batch, name: str, own: JsonObject | None = None) -> None:
    for sheet in batch.workbook.sheets:
        for table in sheet.tables:
            if table is not own and table["name"].casefold() == name.casefold():
                raise Refused(f'A table with the name "{name}" already exists. Please enter another name.')


def _added_columns(batch: Batch, sheet: Sheet, box: Box, given: Sequence[JsonObject]) -> list[JsonObject]:
    """An entry for every column: a typed column without a name is called Column N, others as their header cell says."""
    sent, columns, unnamed = _by_index(given, box), [], 0
    for place in range(box.width):
        column = sent.get(place, {})
        name = column.get("columnName", "")
        if not name and "columnType" in column:
            unnamed += 1
            name = f"Column {unnamed}"
        header = batch.text(sheet.cell(box.top, box.left + place))
        named = {"columnName": name or header or f"Column {place + 1}"}
        write_header(sheet, box.top, box.left + place, named["columnName"])
        columns.append(numbered({}, "columnIndex", place) | named | _typed(column))
    return columns


def _typed(column: JsonObject) -> JsonObject:
    return {name: column[name] for name in ("columnType", "dataValidationRule") if name in column}


def _by_index(given: Sequence[JsonObject], box: Box) -> dict[int, JsonObject]:
    """The columns sent, by their place in the table."""
    found: dict[int, JsonObject] = {}
    for column in given:
        place = column.get("columnIndex", 0)
        if place >= box.width:
            raise Refused(f"columnIndex[{place}] is outside of the table.")
        if place in found:
            raise Refused(f"columnIndex[{place}] is given twice.")
        _check_dropdown(column)
        found[place] = column
    return found


def _check_dropdown(column: JsonObject) -> None:
    condition = column.get("dataValidationRule", {}).get("condition")
    if column.get("columnType") == "DROPDOWN":
        if not condition:
            raise Refused("Condition must be set for dropdown column type.")
        if condition.get("type") != "ONE_OF_LIST" or not condition.get("values"):
            raise Refused("The condition of a dropdown column must be ONE_OF_LIST.")
    elif condition:
        raise Refused("Cannot set condition for non-dropdown column type.")


def write_header(sheet: Sheet, row: int, column: int, name: str) -> None:
    """A column's name stands in its header cell as plain text."""
    cell = sheet.cell(row, column)
    if cell.entered != name:
        sheet.put(row, column, cell.but(entered=name, extra=None))


def _fill_booleans(sheet: Sheet, box: Box, columns: Sequence[JsonObject]) -> None:
    """In a boolean column whatever is not a truth value becomes FALSE."""
    for place, found in enumerate(columns):
        if found.get("columnType") == "BOOLEAN":
            for row in range(box.top + 1, box.bottom):
                cell = sheet.cell(row, box.left + place)
                if not isinstance(cell.entered, bool):
                    sheet.put(row, box.left + place, cell.but(entered=False))


def update_table(batch: Batch, request: JsonObject) -> None:
    given, mask = request.get("table", {}), listed(request, "Table")
    sheet, place = find(batch, "tables", "tableId", given.get("tableId", ""), "table")
    old = sheet.tables[place]
    new = mask.take(old, given) | {"tableId": old["tableId"]}
    _check_name(batch, new["name"], old)
    target, box = batch.area(new["range"])
    if target is not sheet:
        raise Refused("A table can't be moved to another sheet.")
    check_free(sheet, box, old)
    if "columnProperties" in mask:
        new["columnProperties"] = _replaced(batch, sheet, box, given.get("columnProperties", []))
    else:
        new["columnProperties"] = _refitted(batch, sheet, box, old)
    sheet.tables[place] = new | {"range": grid_range(sheet.id, box)}
    _fill_booleans(sheet, box, new["columnProperties"])


def _replaced(batch: Batch, sheet: Sheet, box: Box, given: Sequence[JsonObject]) -> list[JsonObject]:
    """The columns sent take the place of all; those left out keep their header as name and have no type."""
    if any(not column.get("columnName") for column in given):
        raise Refused("Table header row cell must have a value.")
    return _added_columns(batch, sheet, box, given)


def _refitted(batch: Batch, sheet: Sheet, box: Box, old: JsonObject) -> list[JsonObject]:
    """The columns of a table whose range has changed: those at the same place of the sheet stay what they were."""
    shift = old["range"].get("startColumnIndex", 0) - box.left
    places = [(column.get("columnIndex", 0) + shift, column) for column in old["columnProperties"]]
    kept = [numbered(column, "columnIndex", place) for place, column in places if 0 <= place < box.width]
    return _added_columns(batch, sheet, box, kept)


def delete_table(batch: Batch, request: JsonObject) -> None:
    """The table goes with all that stands in it, and with the conditional formats over it."""
    sheet, place = find(batch, "tables", "tableId", request.get("tableId", ""), "table")
    _, box = batch.area(sheet.tables[place]["range"])
    batch.protect(sheet, box)
    del sheet.tables[place]
    for row, column, _ in list(sheet.cells(box)):
        sheet.put(row, column, None)
    sheet.conditional_formats = [rule for rule in sheet.conditional_formats if not _covers(rule, box, sheet)]


def _covers(rule: JsonObject, box: Box, sheet: Sheet) -> bool:
    """Whether a conditional format lies wholly over the box."""
    return all(grid_bounds(found).within(sheet.box).inside(box) for found in rule["ranges"])


def table_end(batch: Batch, table_id: str, rows: int) -> tuple[Sheet, int, int]:
    """Make room for rows at the end of a table; the sheet, and where they begin."""
    sheet, place = find(batch, "tables", "tableId", table_id, "table")
    table = sheet.tables[place]
    _, box = batch.area(table["range"])
    last = max((row for row, _, cell in sheet.cells(box) if cell.entered is not None), default=box.top)
    bottom = max(box.bottom, last + 1 + rows)
    sheet.tables[place] = table | {"range": grid_range(sheet.id, box._replace(bottom=bottom))}
    return sheet, last + 1, box.left


REQUESTS: Mapping[str, Apply] = {"addTable": add_table, "updateTable": update_table, "deleteTable": delete_table}
