"""spreadsheets.create, get, getByDataFilter, batchUpdate."""

from __future__ import annotations

import secrets
from typing import Any

from sheets_sync.local_google.call import Call
from sheets_sync.local_google.errors import bad_request
from sheets_sync.local_google.fieldmask import FieldMask
from sheets_sync.local_google.ranges import resolve
from sheets_sync.local_google.sheets.batch import Batch
from sheets_sync.local_google.sheets.requests import carry_out
from sheets_sync.local_google.sheets.requests.comments import REQUESTS as COMMENT_REQUESTS
from sheets_sync.local_google.sheets.show import View, spreadsheet
from sheets_sync.local_google.workbook import Workbook

JsonObject = dict[str, Any]


def get(call: Call) -> JsonObject:
    workbook = call.google.files.read(call.params["spreadsheetId"], call.account)
    given = {
        "ranges": call.params.get("ranges"),
        "grid": call.params.get("includeGridData", False),
        "comments": call.params.get("commentsViewMode"),
    }
    return spreadsheet(workbook, _view(workbook, call, call.fields, given))


def _view(workbook: Workbook, call: Call, mask: FieldMask, given: JsonObject) -> View:
    ranges = given["ranges"]
    areas = [resolve(workbook, text) for text in ranges] if ranges else None
    comments = given["comments"] == "COMMENTS_VIEW_MODE_INCLUDED"
    grid = bool(given["grid"]) and "fields" not in call.params
    return View(mask, call.account, call.google.accounts, areas, grid=grid, comments=comments)


def _batch(call: Call, draft: Workbook) -> Batch:
    google = call.google
    return Batch(
        draft,
        call.account,
        google.accounts,
        google.files.owner(draft.id),
        google.clock,
        random_id=lambda: secrets.randbelow(2**31 - 1) + 1,
        new_id=lambda: f"AAA{secrets.token_urlsafe(6)}",
    )


def batch_update(call: Call) -> JsonObject:
    body, file_id = call.body, call.params["spreadsheetId"]
    with call.google.files.editing(file_id, call.account) as draft:
        if not body.get("requests"):
            raise bad_request("Must specify at least one request.")
        batch = _batch(call, draft)
        answer: JsonObject = {"spreadsheetId": file_id, "replies": carry_out(batch, body["requests"])}
    if any(kind in COMMENT_REQUESTS for request in body["requests"] for kind in request):
        answer["commentUpdateState"] = "ALL_SAVED"
    if body.get("includeSpreadsheetInResponse"):
        given = {
            "ranges": body.get("responseRanges"),
            "grid": body.get("responseIncludeGridData"),
            "comments": body.get("commentsViewMode"),
        }
        view = _view(draft, call, call.fields["updatedSpreadsheet"], given)
        answer["updatedSpreadsheet"] = spreadsheet(draft, view)
    return answer


HANDLERS = {
    "sheets.spreadsheets.get": get,
    "sheets.spreadsheets.batchUpdate": batch_update,
}
