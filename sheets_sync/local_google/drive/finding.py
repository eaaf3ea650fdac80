"""drive.files.list: the files of an account that a query lets through, in order and in pages."""

from __future__ import annotations

from sheets_sync.local_google.drive import listing, query
from sheets_sync.local_google.drive.context import drive_of, mask_of
from sheets_sync.local_google.drive.errors import check_size, refused, thing_not_found
from sheets_sync.local_google.drive.resources import FILE_DEFAULT, file_resource
from sheets_sync.local_google.drive.view import View
from sheets_sync.local_google.errors import not_supported
from sheets_sync.local_google.fieldmask import ALL, FieldMask
from sheets_sync.local_google.json_types import JsonObject
from sheets_sync.local_google.request import Call, Handler

LIST_DEFAULT = FieldMask(
    children={
        "kind": ALL,
        "nextPageToken": ALL,
        "incompleteSearch": ALL,
        "files": FieldMask(children=dict.fromkeys(FILE_DEFAULT, ALL)),
    }
)


UNSORTED = "Sorting is not supported for queries with fullText terms. Results are always in descending relevance order."


def list_files(call: Call) -> JsonObject:
    drive, params = drive_of(call), call.params
    size = check_size(params.get("pageSize", 100), 1000)
    _check_place(call)
    test = query.parse(params.get("q", ""))
    if "orderBy" in params and query.asks_full_text(params.get("q", "")):
        raise refused(400, "badRequest", UNSORTED, "orderBy")
    found = [view for view in (View(drive, call.account, file) for file in drive.visible(call.account)) if test(view)]
    newest = sorted(found, key=lambda view: view.file.modified, reverse=True)
    result = listing.ordered(newest, params.get("orderBy", ""), View.values)
    views, token = listing.page(
        result, size, params.get("pageToken", ""), params.get("q", "") + params.get("orderBy", "")
    )
    mask = mask_of(call, ()) if "fields" in params else LIST_DEFAULT
    answer: JsonObject = {"kind": "drive#fileList", "incompleteSearch": False}
    if token:
        answer["nextPageToken"] = token
    return answer | {"files": [file_resource(view, mask["files"]) for view in views]}


def _check_place(call: Call) -> None:
    """There are no shared drives here, and no space but `drive`."""
    shared = call.params.get("driveId", call.params.get("teamDriveId"))
    if shared:
        raise thing_not_found("Shared drive", shared, "driveId")
    if call.params.get("spaces", "drive") != "drive":
        raise not_supported(f"files of the space {call.params['spaces']}")


HANDLERS: dict[str, Handler] = {"drive.files.list": list_files}
