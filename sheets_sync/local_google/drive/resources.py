"""Drive's resources as JSON: File, Permission, User, Change, Revision. Fields are built one by one, as the mask asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from sheets_sync.local_google.auth import Account
from sheets_sync.local_google.drive import access
from sheets_sync.local_google.drive.model import CSV, FOLDER, SPREADSHEET, TSV, XLSX, File, Permission, Revision
from sheets_sync.local_google.drive.store import Drive
from sheets_sync.local_google.drive.view import View
from sheets_sync.local_google.fieldmask import FieldMask
from sheets_sync.local_google.json_types import JsonObject

EXPORTS = {
    "application/x-vnd.oasis.opendocument.spreadsheet": "ods",
    TSV: "tsv",
    "application/pdf": "pdf",
    XLSX: "xlsx",
    CSV: "csv",
    "application/zip": "zip",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
}
"""What Google exports a spreadsheet as."""

SMALL_SPREADSHEET = 1024
"""The bytes that Google counts for a spreadsheet with little in it."""

FILE_DEFAULT = frozenset({"kind", "id", "name", "mimeType"})
"""What a file's answer holds if no fields were asked for."""


def timestamp(moment: datetime) -> str:
    """RFC 3339 in UTC with milliseconds."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def user(drive: Drive, email: str, account: Account) -> JsonObject:
    """A User, as the account sees it."""
    known = drive.accounts.with_email(email)
    return {
        "kind": "drive#user",
        "displayName": known.display_name if known else email.partition("@")[0],
        "me": email == account.email,
        "permissionId": access.permission_id(email),
        "emailAddress": email,
    }


def permission(drive: Drive, found: Permission) -> JsonObject:
    """A Permission with all its fields."""
    resource: JsonObject = {"kind": "drive#permission", "id": found.id, "type": found.type, "role": found.role}
    if found.type in {"user", "group"}:
        known = drive.accounts.with_email(found.email)
        resource["emailAddress"] = found.email
        resource["displayName"] = known.display_name if known else found.email.partition("@")[0]
        resource |= {"deleted": False, "pendingOwner": found.pending_owner}
    else:
        resource["allowFileDiscovery"] = found.discoverable
    if found.type == "domain":
        resource |= {"domain": found.domain, "displayName": found.domain}
    if found.expires:
        resource["expirationTime"] = found.expires
    return resource


def revision(drive: Drive, file: File, found: Revision, account: Account) -> JsonObject:
    """A Revision."""
    resource: JsonObject = {
        "kind": "drive#revision",
        "id": found.id,
        "mimeType": file.mime_type,
        "modifiedTime": timestamp(found.modified),
        "published": False,
    }
    if found.modified_by:
        resource["lastModifyingUser"] = user(drive, found.modified_by, account)
    if file.is_spreadsheet:
        resource["exportLinks"] = export_links(file.id, f"&revision={found.id}")
    else:
        resource |= {
            "keepForever": False,
            "md5Checksum": file.md5,
            "size": str(file.size),
            "originalFilename": file.original_name,
        }
    return resource


def export_links(file_id: str, more: str = "") -> JsonObject:
    """Where a browser would download the exports."""
    base = f"https://docs.google.com/spreadsheets/export?id={file_id}{more}&exportFormat="
    return {mime: base + extension for mime, extension in EXPORTS.items()}


def file_resource(view: View, mask: FieldMask) -> JsonObject:
    """A File with those of its fields that the mask names and that the file has."""
    fixed = {name: value for name, value in FIXED_FIELDS.items() if name in mask}
    built = {name: build(view) for name, build in FILE_FIELDS.items() if name in mask}
    return fixed | {name: value for name, value in built.items() if value is not None}


def _optional_time(moment: datetime | None) -> str | None:
    return timestamp(moment) if moment else None


def _web_link(view: View) -> str:
    if view.file.mime_type == SPREADSHEET:
        return f"https://docs.google.com/spreadsheets/d/{view.file.id}/edit?usp=drivesdk"
    if view.file.mime_type == FOLDER:
        return f"https://drive.google.com/drive/folders/{view.file.id}"
    return f"https://drive.google.com/file/d/{view.file.id}/view?usp=drivesdk"


def _blob(view: View, value: Any) -> Any:
    """A field that only uploaded files have."""
    return None if view.file.is_folder or view.file.is_spreadsheet else value


def _extension(view: View) -> Any:
    name, dot, extension = view.file.name.rpartition(".")
    return _blob(view, extension if name and dot else None)


def _capabilities(view: View) -> JsonObject:
    writes, owns, folder = view.writable, view.owned, view.file.is_folder
    comments = access.rank(view.role) >= access.rank("commenter")
    return {
        "canAddChildren": writes and folder,
        "canComment": comments,
        "canCopy": not folder and (writes or not view.file.copy_requires_writer),
        "canDelete": owns,
        "canDownload": not folder and (writes or not view.file.copy_requires_writer),
        "canEdit": writes,
        "canListChildren": folder,
        "canModifyContent": writes,
        "canMoveItemWithinDrive": writes,
        "canReadRevisions": writes and not folder,
        "canRemoveChildren": writes and folder,
        "canRename": writes,
        "canShare": view.shareable,
        "canTrash": owns,
        "canUntrash": owns,
    }


FIXED_FIELDS: JsonObject = {
    "kind": "drive#file",
    "spaces": ["drive"],
    "hasThumbnail": False,
    "thumbnailVersion": "0",
    "isAppAuthorized": True,
    "inheritedPermissionsDisabled": False,
    "linkShareMetadata": {"securityUpdateEligible": False, "securityUpdateEnabled": True},
}

FILE_FIELDS: Mapping[str, Callable[[View], Any]] = {
    "id": lambda v: v.file.id,
    "name": lambda v: v.file.name,
    "mimeType": lambda v: v.file.mime_type,
    "description": lambda v: v.file.description or None,
    "starred": lambda v: v.account.email in v.file.starred,
    "trashed": lambda v: access.is_trashed(v.file, v.drive.files),
    "explicitlyTrashed": lambda v: v.file.trashed,
    "trashedTime": lambda v: _optional_time(v.file.trashed_at),
    "parents": lambda v: v.parents or None,
    "properties": lambda v: dict(v.file.properties) or None,
    "appProperties": lambda v: dict(v.file.app_properties) or None,
    "version": lambda v: str(v.file.version),
    "webContentLink": lambda v: _blob(v, f"https://drive.google.com/uc?id={v.file.id}&export=download"),
    "webViewLink": _web_link,
    "iconLink": lambda v: f"https://drive-thirdparty.googleusercontent.com/16/type/{v.file.mime_type}",
    "viewedByMe": lambda v: v.account.email in v.file.modified_by_each,
    "viewedByMeTime": lambda v: _optional_time(v.file.modified_by_each.get(v.account.email)),
    "createdTime": lambda v: timestamp(v.file.created),
    "modifiedTime": lambda v: timestamp(v.file.modified),
    "modifiedByMe": lambda v: v.account.email in v.file.modified_by_each,
    "modifiedByMeTime": lambda v: _optional_time(v.file.modified_by_each.get(v.account.email)),
    "sharedWithMeTime": lambda v: None if v.owned else _optional_time(v.file.shared.get(v.account.email)),
    "owners": lambda v: [user(v.drive, v.file.owner, v.account)],
    "lastModifyingUser": lambda v: user(v.drive, v.file.modified_by, v.account) if v.file.modified_by else None,
    "shared": lambda v: len(v.permissions) > 1,
    "ownedByMe": lambda v: v.owned,
    "capabilities": _capabilities,
    "viewersCanCopyContent": lambda v: not v.file.copy_requires_writer,
    "copyRequiresWriterPermission": lambda v: v.file.copy_requires_writer,
    "writersCanShare": lambda v: v.file.writers_can_share,
    "permissions": lambda v: [permission(v.drive, p) for p in v.permissions] if v.shareable else None,
    "permissionIds": lambda v: [p.id for p in v.permissions] if v.shareable else None,
    "folderColorRgb": lambda v: (v.file.folder_color or "#8f8f8f") if v.file.is_folder else None,
    "originalFilename": lambda v: _blob(v, v.file.original_name),
    "fullFileExtension": _extension,
    "fileExtension": _extension,
    "md5Checksum": lambda v: _blob(v, v.file.md5),
    "size": lambda v: None if v.file.is_folder else str(v.file.size or SMALL_SPREADSHEET),
    "quotaBytesUsed": lambda v: "0" if v.file.is_folder else str(v.file.size or SMALL_SPREADSHEET),
    "headRevisionId": lambda v: _blob(v, v.file.revisions[-1].id if v.file.revisions else None),
    "exportLinks": lambda v: export_links(v.file.id) if v.file.is_spreadsheet else None,
}
