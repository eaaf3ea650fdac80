"""The File resource of Drive v2, for the one method of v2 that is served. Fields and order as in recorded answers of Google."""

from __future__ import annotations

from typing import Any

from sheets_sync.local_google.drive import access
from sheets_sync.local_google.drive.resources import FILE_FIELDS, timestamp
from sheets_sync.local_google.drive.resources import user as user_of_v3
from sheets_sync.local_google.drive.view import View

JsonObject = dict[str, Any]

API = "https://www.googleapis.com/drive/v2/files"
NEVER = "1970-01-01T00:00:00.000Z"


def file_resource(view: View) -> JsonObject:
    """The file as v2 told of it."""
    file, link = view.file, f"{API}/{view.file.id}"
    editor = user(view, file.modified_by or file.owner)
    same = {
        name: FILE_FIELDS[name](view) for name in ("exportLinks", "iconLink", "shared", "quotaBytesUsed", "version")
    }
    return {
        "kind": "drive#file",
        "userPermission": _my_permission(view, link),
        "selfLink": link,
        "ownerNames": [user(view, file.owner)["displayName"]],
        "lastModifyingUserName": editor["displayName"],
        "editable": view.writable,
        "writersCanShare": file.writers_can_share,
        "mimeType": file.mime_type,
        "parents": [_parent(view, link, parent) for parent in view.parents],
        "appDataContents": False,
        "lastModifyingUser": editor,
        "owners": [user(view, file.owner)],
        "copyable": True,
        "alternateLink": FILE_FIELDS["webViewLink"](view),
        "fileSize": same["quotaBytesUsed"],
        "copyRequiresWriterPermission": file.copy_requires_writer,
        "spaces": ["drive"],
        "id": file.id,
        "title": file.name,
        "labels": {
            "viewed": True,
            "restricted": file.copy_requires_writer,
            "starred": view.account.email in file.starred,
            "hidden": False,
            "trashed": access.is_trashed(file, view.drive.files),
        },
        "explicitlyTrashed": file.trashed,
        "createdDate": timestamp(file.created),
        "modifiedDate": timestamp(file.modified),
        "modifiedByMeDate": FILE_FIELDS["modifiedByMeTime"](view) or NEVER,
        "lastViewedByMeDate": FILE_FIELDS["viewedByMeTime"](view) or NEVER,
        "markedViewedByMeDate": NEVER,
        "capabilities": {"canEdit": view.writable, "canCopy": True},
    } | {name: value for name, value in same.items() if value is not None}


def user(view: View, email: str) -> JsonObject:
    """A User of v2."""
    told = user_of_v3(view.drive, email, view.account)
    return {
        "displayName": told["displayName"],
        "kind": "drive#user",
        "isAuthenticatedUser": told["me"],
        "permissionId": told["permissionId"],
        "emailAddress": email,
    }


def _my_permission(view: View, link: str) -> JsonObject:
    return {
        "id": "me",
        "type": "user",
        "role": view.role,
        "kind": "drive#permission",
        "selfLink": f"{link}/permissions/me",
        "pendingOwner": False,
    }


def _parent(view: View, link: str, parent: str) -> JsonObject:
    return {
        "selfLink": f"{link}/parents/{parent}",
        "id": parent,
        "isRoot": parent == access.root_id(view.account.email),
        "kind": "drive#parentReference",
        "parentLink": f"{API}/{parent}",
    }
