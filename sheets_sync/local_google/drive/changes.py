"""drive.changes.*, drive.revisions.* and drive.about.*: what happened to files, and to whom the Drive belongs."""

from __future__ import annotations

from sheets_sync.local_google.drive import access, listing
from sheets_sync.local_google.drive.context import drive_of, mask_of, need_fields
from sheets_sync.local_google.drive.errors import check_size, insufficient, invalid, thing_not_found
from sheets_sync.local_google.drive.model import CSV, SPREADSHEET, TSV, XLSX, Change
from sheets_sync.local_google.drive.resources import EXPORTS, FILE_DEFAULT, file_resource, revision, timestamp, user
from sheets_sync.local_google.drive.view import View
from sheets_sync.local_google.fieldmask import ALL, FieldMask
from sheets_sync.local_google.json_types import JsonObject
from sheets_sync.local_google.request import Call, Handler

CHANGE_DEFAULT = FieldMask(
    children={
        **dict.fromkeys(("kind", "type", "changeType", "time", "removed", "fileId"), ALL),
        "file": FieldMask(children=dict.fromkeys(FILE_DEFAULT, ALL)),
    }
)


def start_page_token(call: Call) -> JsonObject:
    return {"kind": "drive#startPageToken", "startPageToken": str(len(drive_of(call).changes) + 1)}


def list_changes(call: Call) -> JsonObject:
    """The files that changed since the token, each once, in the order of their last changes."""
    size = check_size(call.params.get("pageSize", 100), 1000)
    drive = drive_of(call)
    entries = drive.changes[_number(call) - 1 :]
    last = {entry.file_id: entry for entry in entries}
    visible = [entry for entry in last.values() if _concerns(call, entry)]
    visible.sort(key=lambda entry: entry.number)
    mask = mask_of(call, ())["changes"] if "fields" in call.params else CHANGE_DEFAULT
    answer: JsonObject = {"kind": "drive#changeList"}
    if len(visible) > size:
        answer["nextPageToken"] = str(visible[size].number)
    else:
        answer["newStartPageToken"] = str(max(_number(call), entries[-1].number + 1 if entries else 1))
    return answer | {"changes": [mask.cut(_change(call, entry, mask["file"])) for entry in visible[:size]]}


def _number(call: Call) -> int:
    token = call.params["pageToken"]
    if not token.isdecimal() or not 1 <= int(token) <= len(drive_of(call).changes) + 1:
        raise invalid("pageToken")
    return int(token)


def _concerns(call: Call, entry: Change) -> bool:
    """Whether the account sees the file, or lost it."""
    drive = drive_of(call)
    file = drive.files.get(entry.file_id)
    if file is not None and access.listed(file, drive.files, call.account.email):
        return True
    return call.params.get("includeRemoved", True) and _lost(call, entry)


def _lost(call: Call, entry: Change) -> bool:
    same = (other for other in drive_of(call).changes[_number(call) - 1 :] if other.file_id == entry.file_id)
    return any(call.account.email in other.lost_by for other in same)


def _change(call: Call, entry: Change, mask: FieldMask) -> JsonObject:
    drive = drive_of(call)
    file = drive.files.get(entry.file_id)
    kept = file is not None and access.listed(file, drive.files, call.account.email)
    resource: JsonObject = {
        "kind": "drive#change",
        "removed": not kept,
        "fileId": entry.file_id,
        "time": timestamp(entry.time),
        "type": "file",
        "changeType": "file",
    }
    if kept and file is not None:
        resource["file"] = file_resource(View(drive, call.account, file), mask)
    return resource


def list_revisions(call: Call) -> JsonObject:
    drive = drive_of(call)
    file = drive.file(call.params["fileId"], call.account)
    if access.rank(drive.role(file, call.account)) < access.rank("writer"):
        raise insufficient()
    size = check_size(call.params.get("pageSize", 200), 1000)
    found, token = listing.page(file.revisions, size, call.params.get("pageToken", ""), file.id)
    plain = FieldMask(children=dict.fromkeys(("id", "mimeType", "kind", "modifiedTime"), ALL))
    mask = mask_of(call, ())["revisions"] if "fields" in call.params else plain
    answer: JsonObject = {"kind": "drive#revisionList"} | ({"nextPageToken": token} if token else {})
    return answer | {"revisions": [mask.cut(revision(drive, file, one, call.account)) for one in found]}


def get_revision(call: Call) -> JsonObject:
    drive = drive_of(call)
    file = drive.file(call.params["fileId"], call.account, "writer")
    wanted = call.params["revisionId"]
    for one in file.revisions:
        if one.id == wanted or (wanted == "head" and one is file.revisions[-1]):
            mask = mask_of(call, ("id", "mimeType", "kind", "modifiedTime"))
            return mask.cut(revision(drive, file, one, call.account))  # type: ignore[no-any-return]
    raise thing_not_found("Revision", wanted, "revisionId")


def about(call: Call) -> JsonObject:
    """Who calls, and what this Drive can do."""
    need_fields(call)
    drive = drive_of(call)
    used = sum(file.size for file in drive.visible(call.account) if file.owner == call.account.email)
    limit = 15 * 2**30 if drive.may_own(call.account) else 0
    return {
        "kind": "drive#about",
        "user": user(drive, call.account.email, call.account),
        "storageQuota": {"limit": str(limit), "usage": str(used), "usageInDrive": str(used), "usageInDriveTrash": "0"},
        "importFormats": {kind: [SPREADSHEET] for kind in (CSV, TSV, XLSX)},
        "exportFormats": {SPREADSHEET: list(EXPORTS)},
        "maxUploadSize": str(5 * 2**40),
        "appInstalled": False,
        "canCreateDrives": False,
        "canCreateTeamDrives": False,
        "folderColorPalette": ["#8f8f8f"],
        "driveThemes": [],
        "teamDriveThemes": [],
    }


def no_drives(_: Call) -> JsonObject:
    """There are no shared drives here."""
    return {"kind": "drive#driveList", "drives": []}


HANDLERS: dict[str, Handler] = {
    "drive.about.get": about,
    "drive.changes.getStartPageToken": start_page_token,
    "drive.changes.list": list_changes,
    "drive.drives.list": no_drives,
    "drive.revisions.get": get_revision,
    "drive.revisions.list": list_revisions,
}
