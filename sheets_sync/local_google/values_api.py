"""spreadsheets.values: get, update, append, clear, their batches, and the forms with a DataFilter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sheets_sync.local_google.data_filters import filtered
from sheets_sync.local_google.errors import ApiError, bad_request
from sheets_sync.local_google.json_types import JsonObject
from sheets_sync.local_google.ranges import Area, Bounds, on_sheet, resolve
from sheets_sync.local_google.recalc import local_time, recalculate
from sheets_sync.local_google.request import Call
from sheets_sync.local_google.sheets.protection import is_protected
from sheets_sync.local_google.sheets.restructure import restructure
from sheets_sync.local_google.structure import Insert
from sheets_sync.local_google.values.entry import put_raw
from sheets_sync.local_google.values.reading import options_of, value_range
from sheets_sync.local_google.values.region import table_in
from sheets_sync.local_google.values.writing import Typing, Written, by_rows, check_values, write
from sheets_sync.local_google.workbook import Box, Sheet, Workbook

Matched = list[tuple[Area, list[JsonObject]]]

_PROTECTED = (
    "You are trying to edit a protected cell or object. "
    "Please contact the spreadsheet owner to remove protection if you need to edit."
)


def get(call: Call) -> JsonObject:
    workbook = _read(call)
    return value_range(workbook, resolve(workbook, call.params["range"]), options_of(call.params))


def batch_get(call: Call) -> JsonObject:
    workbook, options = _read(call), options_of(call.params)
    found = [value_range(workbook, resolve(workbook, text), options) for text in call.params.get("ranges", [])]
    return _listing(workbook, "valueRanges", found)


def batch_get_by_data_filter(call: Call) -> JsonObject:
    workbook, options = _read(call), options_of(call.body)
    matched = _matched(workbook, call.body.get("dataFilters", []))
    found = [{"valueRange": value_range(workbook, area, options), "dataFilters": filters} for area, filters in matched]
    return _listing(workbook, "valueRanges", found)


def update(call: Call) -> JsonObject:
    body, text = call.body, call.params["range"]
    typing_option = _input_option(call.params)
    with _editing(call) as draft:
        _check_same(draft, text, body.get("range"))
        written = _write(call, draft, resolve(draft, text), body | {"range": text}, typing_option)
        _recalculate(call, draft, [written])
    return _response(draft, written, call.params)


def batch_update(call: Call) -> JsonObject:
    option = _input_option(call.body)
    with _editing(call) as draft:
        written = []
        for place, data in enumerate(call.body.get("data", [])):
            with _named(f"Invalid data[{place}]: "):
                written.append(_write(call, draft, resolve(draft, data.get("range", "")), data, option))
        _recalculate(call, draft, written)
    return _totals(draft, written) | _listing(draft, "responses", [_response(draft, one, call.body) for one in written])


def batch_update_by_data_filter(call: Call) -> JsonObject:
    option = _input_option(call.body)
    with _editing(call) as draft:
        written: list[tuple[Written, JsonObject]] = []
        for place, data in enumerate(call.body.get("data", [])):
            with _named(f"Invalid data[{place}]: "):
                areas = list(filtered(draft, data.get("dataFilter", {})))
                written += [(_write(call, draft, area, data, option), data["dataFilter"]) for area in areas]
        _recalculate(call, draft, [one for one, _ in written])
    responses = [_response(draft, one, call.body) | {"dataFilter": chosen} for one, chosen in written]
    for response in responses:
        del response["spreadsheetId"]
    return _totals(draft, [one for one, _ in written]) | _listing(draft, "responses", responses)


def append(call: Call) -> JsonObject:
    option = _input_option(call.params)
    with _editing(call) as draft:
        area = resolve(draft, call.params["range"])
        rows = by_rows(call.body.get("values", []), call.body.get("majorDimension"))
        check_values(rows)
        table = table_in(area.sheet, area.box)
        target = _below(draft, area, table, rows, insert=call.params.get("insertDataOption") == "INSERT_ROWS")
        written = _write(call, draft, target, {"values": rows}, option)
        _recalculate(call, draft, [written], everything=call.params.get("insertDataOption") == "INSERT_ROWS")
    answer: JsonObject = {"spreadsheetId": draft.id}
    if table is not None:
        answer["tableRange"] = Area(area.sheet, Bounds(*table), table).a1
    return answer | {"updates": _response(draft, written, call.params)}


def clear(call: Call) -> JsonObject:
    with _editing(call) as draft:
        area = resolve(draft, call.params["range"])
        _clear(call, draft, [area])
    return {"spreadsheetId": draft.id, "clearedRange": area.a1}


def batch_clear(call: Call) -> JsonObject:
    with _editing(call) as draft:
        areas = []
        for place, text in enumerate(call.body.get("ranges", [])):
            with _named(f"Invalid range[{place}]: "):
                areas.append(resolve(draft, text))
        _clear(call, draft, areas)
    return _listing(draft, "clearedRanges", [area.a1 for area in areas])


def batch_clear_by_data_filter(call: Call) -> JsonObject:
    with _editing(call) as draft:
        areas = [area for area, _ in _matched(draft, call.body.get("dataFilters", []))]
        _clear(call, draft, areas)
    return _listing(draft, "clearedRanges", [area.a1 for area in areas])


def _listing(workbook: Workbook, name: str, found: list[Any]) -> JsonObject:
    """The answer of a batch; an empty list is left out."""
    return {"spreadsheetId": workbook.id} | ({name: found} if found else {})


def _read(call: Call) -> Workbook:
    return call.google.files.read(call.params["spreadsheetId"], call.account)


@contextmanager
def _editing(call: Call) -> Iterator[Workbook]:
    with call.google.files.editing(call.params["spreadsheetId"], call.account) as draft:
        yield draft


@contextmanager
def _named(part: str) -> Iterator[None]:
    """Puts the part of the request that is refused before Google's text."""
    try:
        yield
    except ApiError as error:
        if error.code == 400:
            raise bad_request(part + error.message) from error
        raise


def _matched(workbook: Workbook, filters: Sequence[JsonObject]) -> Matched:
    """Every area that a filter selects, once, with the filters that select it."""
    found: dict[str, tuple[Area, list[JsonObject]]] = {}
    for place, data_filter in enumerate(filters):
        with _named(f"Invalid dataFilter[{place}]: "):
            for area in filtered(workbook, data_filter):
                found.setdefault(area.a1, (area, []))[1].append(data_filter)
    return list(found.values())


def _input_option(given: Mapping[str, Any]) -> str:
    option = given.get("valueInputOption")
    if not option:
        raise bad_request("'valueInputOption' is required but not specified")
    return str(option)


def _check_same(workbook: Workbook, asked: str, said: str | None) -> None:
    """The range in the body, if there is one, must be that of the path."""
    if said and said != asked and resolve(workbook, said).a1 != resolve(workbook, asked).a1:
        raise bad_request(f"Request range[{asked}] does not match value's range[{said}]")


def _write(call: Call, draft: Workbook, area: Area, data: Mapping[str, Any], option: str) -> Written:
    typing = Typing(option, local_time(draft, call.google.clock()).date(), data.get("range", ""))
    written = write(draft, area, by_rows(data.get("values", []), data.get("majorDimension")), typing)
    _check_protection(call, draft, written.area)
    return written


def _check_protection(call: Call, draft: Workbook, area: Area) -> None:
    if is_protected(area.sheet, area.box, call.account.email, call.google.files.owner(draft.id)):
        raise bad_request(_PROTECTED)


def _recalculate(call: Call, draft: Workbook, written: Iterable[Written], *, everything: bool = False) -> None:
    changed = [(one.area.sheet.id, one.area.box) for one in written]
    recalculate(draft, call.google.clock(), None if everything else changed)


def _response(draft: Workbook, written: Written, given: Mapping[str, Any]) -> JsonObject:
    """UpdateValuesResponse; a count of zero is left out."""
    names = ("updatedRows", "updatedColumns", "updatedCells")
    answer: JsonObject = {"spreadsheetId": draft.id, "updatedRange": written.area.a1}
    answer |= {name: count for name, count in zip(names, written.touched.counts, strict=True) if count}
    if given.get("includeValuesInResponse"):
        wanted = written.requested if written.requested.box.height * written.requested.box.width > 1 else written.area
        sheet = draft.sheet(wanted.sheet.id) or wanted.sheet
        current = Area(sheet, wanted.bounds, wanted.box)
        answer["updatedData"] = value_range(draft, current, options_of(given, response=True))
    return answer


def _totals(draft: Workbook, written: Sequence[Written]) -> JsonObject:
    """A row or column that several ranges of a tab touch counts once, as at Google; those of two tabs are two."""
    touched = [(one.area.sheet.id, one.touched) for one in written]
    totals = {
        "totalUpdatedRows": len({(sheet_id, row) for sheet_id, one in touched for row in one.rows}),
        "totalUpdatedColumns": len({(sheet_id, column) for sheet_id, one in touched for column in one.columns}),
        "totalUpdatedCells": sum(one.cells for _, one in touched),
        "totalUpdatedSheets": len({sheet_id for sheet_id, one in touched if one.cells}),
    }
    return {"spreadsheetId": draft.id} | {name: count for name, count in totals.items() if count}


def _below(draft: Workbook, area: Area, table: Box | None, rows: list[list[Any]], *, insert: bool) -> Area:
    """Where appended rows go; the grid has grown to hold them."""
    top, left = (area.box.top, area.box.left) if table is None else (table.bottom, table.left)
    width = max((len(row) for row in rows), default=0)
    sheet = draft.edit(area.sheet)
    if insert and rows:
        _grow(sheet, sheet.row_count + len(rows), left + width)
        restructure(draft, Insert(sheet.id, "ROWS", top, len(rows)))
    _grow(sheet, top + max(len(rows), 1), left + width)
    box = Box(top, left, top + max(len(rows), 1), left + max(width, 1))
    return on_sheet(sheet, Bounds(*box))


def _grow(sheet: Sheet, rows: int, columns: int) -> None:
    grid = sheet.properties["gridProperties"]
    size = {"rowCount": max(grid["rowCount"], rows), "columnCount": max(grid["columnCount"], columns)}
    sheet.properties["gridProperties"] = grid | size


def _clear(call: Call, draft: Workbook, areas: Sequence[Area]) -> None:
    """Take the values away; formats, notes and validation stay."""
    for area in areas:
        _check_protection(call, draft, area)
        sheet = draft.edit(area.sheet)
        for row, column, cell in list(sheet.cells(area.box)):
            if cell.entered is not None:
                sheet.put(row, column, put_raw(cell, ""))
    recalculate(draft, call.google.clock(), [(area.sheet.id, area.box) for area in areas])


HANDLERS = {
    "sheets.spreadsheets.values.get": get,
    "sheets.spreadsheets.values.batchGet": batch_get,
    "sheets.spreadsheets.values.batchGetByDataFilter": batch_get_by_data_filter,
    "sheets.spreadsheets.values.update": update,
    "sheets.spreadsheets.values.batchUpdate": batch_update,
    "sheets.spreadsheets.values.batchUpdateByDataFilter": batch_update_by_data_filter,
    "sheets.spreadsheets.values.append": append,
    "sheets.spreadsheets.values.clear": clear,
    "sheets.spreadsheets.values.batchClear": batch_clear,
    "sheets.spreadsheets.values.batchClearByDataFilter": batch_clear_by_data_filter,
}
