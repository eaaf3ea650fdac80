"""The File resource of Drive v2, for the one method of v2 that is served. Fields and order as in recorded answers of Google."""

from __future__ import annotations

import base64
import hashlib
from datetime import datetime

from sheets_sync.local_google.drive import access
from sheets_sync.local_google.drive.resources import FILE_FIELDS, timestamp
from sheets_sync.local_google.drive.resources import user as user_of_v3
from sheets_sync.local_google.drive.view import View
from sheets_sync.local_google.json_types import JsonObject

API = "https://www.googleapis.com/drive/v2/files"
DOCUMENTS = "https://docs.google.com/spreadsheets/d"
NEVER = "1970-01-01T00:00:00.000Z"
NO_PICTURE = {"url": "https://lh3.googleusercontent.com/a/default-user=s64"}


def file_resource(view: View) -> JsonObject:
    """The file as v2 told of it."""
    file, link = view.file, f"{API}/{view.file.id}"
    editor = user(view, file.modified_by or file.owner)
    same = {
        name: FILE_FIELDS[name](view) for name in ("exportLinks", "iconLink", "shared", "quotaBytesUsed", "version")
    }
    return {
        "kind": "drive#file",
        "etag": _version_tag(file.modified),
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
        "embedLink": f"{DOCUMENTS}/{file.id}/htmlembed?ouid={access.permission_id(view.account.email)}",
        "thumbnailLink": f"https://docs.google.com/feeds/vt?gd=true&id={file.id}&v={file.version}&sz=s220",
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
        "picture": NO_PICTURE,
    }


def _version_tag(modified: datetime) -> str:
    """The entity tag of a file: the milliseconds of its last change."""
    return _tag(str(int(modified.timestamp() * 1000)).encode())


def _tag(content: bytes) -> str:
    return f'"{base64.urlsafe_b64encode(content).decode().rstrip("=")}"'


def _my_permission(view: View, link: str) -> JsonObject:
    return {
        "id": "me",
        "type": "user",
        "role": view.role,
        "kind": "drive#permission",
        "selfLink": f"{link}/permissions/me",
        "etag": _tag(hashlib.sha1(f"{link}{view.account.email}{view.role}".encode(), usedforsecurity=False).digest()),
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
