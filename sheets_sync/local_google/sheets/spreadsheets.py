"""spreadsheets.create, get, getByDataFilter, batchUpdate and sheets.copyTo."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from sheets_sync.local_google.data_filters import filtered
from sheets_sync.local_google.errors import ApiError, bad_request, forbidden
from sheets_sync.local_google.fieldmask import FieldMask
from sheets_sync.local_google.json_types import JsonObject
from sheets_sync.local_google.ranges import Area, resolve
from sheets_sync.local_google.recalc import recalculate
from sheets_sync.local_google.request import Call, Handler
from sheets_sync.local_google.sheets.batch import Batch, Refused
from sheets_sync.local_google.sheets.copies import copy_title, duplicate
from sheets_sync.local_google.sheets.create import fill
from sheets_sync.local_google.sheets.defaults import new_workbook
from sheets_sync.local_google.sheets.requests import carry_out
from sheets_sync.local_google.sheets.requests.comments import REQUESTS as COMMENT_REQUESTS
from sheets_sync.local_google.sheets.requests.tabs import place
from sheets_sync.local_google.sheets.show import View, spreadsheet
from sheets_sync.local_google.workbook import Workbook

INCLUDED = "COMMENTS_VIEW_MODE_INCLUDED"


def create(call: Call) -> JsonObject:
    files = call.google.files
    title = call.body.get("properties", {}).get("title", "Untitled spreadsheet")
    workbook = new_workbook(files.new_id(), title)
    fill(_batch(call, workbook, call.account.email), call.body)
    recalculate(workbook, call.google.clock())
    try:
        files.add(workbook, call.account)
    except ApiError as full:  # Drive's storage is exhausted; Sheets only says no
        raise forbidden() from full
    return spreadsheet(workbook, _view(call, call.fields, None))


def get(call: Call) -> JsonObject:
    workbook = _read(call)
    ranges = call.params.get("ranges", [])
    areas = [resolve(workbook, text) for text in ranges] if ranges else None
    return spreadsheet(workbook, _view(call, call.fields, areas, call.params))


def get_by_data_filter(call: Call) -> JsonObject:
    workbook, filters = _read(call), call.body.get("dataFilters", [])
    areas = [area for one in filters for area in filtered(workbook, one)] if filters else None
    return spreadsheet(workbook, _view(call, call.fields, areas, call.body))


def _read(call: Call) -> Workbook:
    return call.google.files.read(call.params["spreadsheetId"], call.account)


def _view(
    call: Call,
    mask: FieldMask,
    areas: Sequence[Area] | None,
    given: Mapping[str, Any] | None = None,
    grid: str = "includeGridData",
) -> View:
    """What is asked for. `given` holds the options; a field mask decides alone whether there are cells."""
    options = given or {}
    return View(
        mask,
        call.account,
        call.google.accounts,
        call.google.clock(),
        areas,
        grid=bool(options.get(grid)) and "fields" not in call.params,
        comments=options.get("commentsViewMode") in {INCLUDED, "COMMENTS_VIEW_MODE_DEFAULT_FOR_CURRENT_ACCESS"},
        tables_banded=not options.get("excludeTablesInBandedRanges", False),
        owner=call.google.files.owner(call.params["spreadsheetId"]) if "spreadsheetId" in call.params else "",
        compact=not call.params.get("prettyPrint", True),
    )


def _batch(call: Call, draft: Workbook, owner: str) -> Batch:
    return Batch(
        draft,
        call.account,
        call.google.accounts,
        owner,
        call.google.clock,
        random_id=lambda: secrets.randbelow(2**31 - 1) + 1,
        new_id=lambda: f"AAA{secrets.token_urlsafe(6)}",
    )


def batch_update(call: Call) -> JsonObject:
    files, body, file_id = call.google.files, call.body, call.params["spreadsheetId"]
    with files.editing(file_id, call.account) as draft:
        if not body.get("requests"):
            raise bad_request("Must specify at least one request.")
        batch = _batch(call, draft, files.owner(file_id))
        answer: JsonObject = {"spreadsheetId": file_id, "replies": carry_out(batch, body["requests"])}
        recalculate(draft, call.google.clock())
    if any(kind in COMMENT_REQUESTS for request in body["requests"] for kind in request):
        answer["commentUpdateState"] = "ALL_SAVED"
    if body.get("includeSpreadsheetInResponse"):
        ranges = body.get("responseRanges", [])
        areas = [resolve(draft, text) for text in ranges] if ranges else None
        view = _view(call, call.fields["updatedSpreadsheet"], areas, body, "responseIncludeGridData")
        answer["updatedSpreadsheet"] = spreadsheet(draft, view)
    return answer


def copy_to(call: Call) -> JsonObject:
    source = _read(call).sheet(call.params["sheetId"])
    if source is None:
        raise bad_request(f"No sheet with id: {call.params['sheetId']}")
    files, target = call.google.files, call.body.get("destinationSpreadsheetId", "")
    with files.editing(target, call.account) as draft:
        batch = _batch(call, draft, files.owner(target))
        copy = duplicate(source, batch.random_id(), copy_title(draft, source.title), batch.random_id)
        try:
            properties = place(batch, copy, None)
        except Refused as refused:
            raise bad_request(str(refused)) from refused
        recalculate(draft, call.google.clock())
    return properties


HANDLERS: Mapping[str, Handler] = {
    "sheets.spreadsheets.create": create,
    "sheets.spreadsheets.get": get,
    "sheets.spreadsheets.getByDataFilter": get_by_data_filter,
    "sheets.spreadsheets.batchUpdate": batch_update,
    "sheets.spreadsheets.sheets.copyTo": copy_to,
}
