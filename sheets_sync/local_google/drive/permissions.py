"""drive.permissions.*: who may do what with a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sheets_sync.local_google.drive import access, listing
from sheets_sync.local_google.drive.context import drive_of, mask_of
from sheets_sync.local_google.drive.errors import check_size, insufficient, invalid, refused, required, thing_not_found
from sheets_sync.local_google.drive.model import ROLES, File, Permission
from sheets_sync.local_google.drive.resources import permission as resource
from sheets_sync.local_google.drive.view import View
from sheets_sync.local_google.errors import not_supported
from sheets_sync.local_google.fieldmask import ALL, FieldMask
from sheets_sync.local_google.json_types import JsonObject
from sheets_sync.local_google.request import Call, Handler

TYPES = ("user", "group", "domain", "anyone")
DEFAULT = ("kind", "id", "type", "role", "allowFileDiscovery")


def create(call: Call) -> JsonObject:
    permission = _asked(call)
    _may_become(call, permission.role)

    def share(file: File, now: Any) -> File:
        others = tuple(known for known in file.permissions if known.id != permission.id)
        if permission.role == "owner":
            return _handed_over(file, permission)
        own = next((known for known in file.permissions if known.id == permission.id), None)
        if own is not None and own.role == "owner":
            return file  # sharing a file with its owner changes nothing
        shared = {permission.email: now, **file.shared} if permission.email else file.shared
        return replace(file, permissions=(*others, permission), shared=shared)

    file = _change(call, share)
    return _shown(call, next(known for known in file.permissions if known.id == permission.id))


def _asked(call: Call) -> Permission:
    """The permission that a body describes.

    Raises:
        ApiError: 400 if it is incomplete or contradicts itself.
    """
    body = call.body
    for name in ("type", "role"):
        if name not in body:
            raise required(f"permission.{name}", f"The permission {name} field is required.")
    kind, role = body["type"], body["role"]
    if kind not in TYPES:
        raise invalid("permission.type", "The specified type is invalid or not supported.")
    if role in {"organizer", "fileOrganizer"}:
        raise refused(
            403, "cannotShareTeamDriveTopFolderWithAnyoneOrDomains", "This role exists only in shared drives."
        )
    if role not in ROLES:
        raise invalid("permission.role", "The specified role is invalid or not supported.")
    if role == "owner" and kind != "user":
        raise invalid("permission.type", "The owner of a file must be a user.")
    return _described(body, kind, role)


def _described(body: JsonObject, kind: str, role: str) -> Permission:
    discoverable = bool(body.get("allowFileDiscovery", False))
    if kind == "anyone":
        return Permission("anyone" if discoverable else "anyoneWithLink", kind, role, discoverable=discoverable)
    if kind == "domain":
        if not body.get("domain"):
            raise refused(400, "invalidSharingRequest", "The domain of a domain permission is required.")
        domain = body["domain"]
        return Permission(f"{access.permission_id(domain)}k", kind, role, domain=domain, discoverable=discoverable)
    email = str(body.get("emailAddress", "")).strip()
    if "@" not in email:
        text = 'Bad Request. User message: "The email address is invalid or missing."'
        raise refused(400, "invalidSharingRequest", text)
    return Permission(access.permission_id(email), kind, role, email=email, expires=body.get("expirationTime", ""))


def _may_become(call: Call, role: str) -> None:
    if role == "owner" and not call.params.get("transferOwnership"):
        text = "The transferOwnership parameter must be enabled when the permission role is 'owner'."
        raise refused(403, "forbidden", text)
    if role == "owner" and call.params.get("sendNotificationEmail") is False:
        text = "The sendNotificationEmail parameter must not be disabled for ownership transfers."
        raise refused(400, "badRequest", text)


def _handed_over(file: File, new: Permission) -> File:
    """The file with another owner; the former one stays a writer."""
    kept = [known for known in file.permissions if known.id != new.id]
    kept = [replace(known, role="writer") if known.role == "owner" else known for known in kept]
    owner = replace(new, role="owner", expires="", pending_owner=False)
    # The new owner finds the file in their own My Drive.
    parents = tuple(access.root_id(owner.email) if p == access.root_id(file.owner) else p for p in file.parents)
    return replace(file, owner=owner.email, permissions=(owner, *kept), parents=parents)


def _change(call: Call, change: Callable[[File, Any], File]) -> File:
    """Change who may do what, if the account may decide that."""
    drive = drive_of(call)
    file_id = call.params["fileId"]
    with drive.exclusively(file_id):
        file = drive.file(file_id, call.account)
        if not View(drive, call.account, file).shareable:
            raise insufficient()
        after = change(file, drive.clock())
        if after.owner != file.owner and not _may_hand_over(file, call.account.email):
            raise insufficient()
        if after != file:
            after = drive.changed(after)
            drive.commit(after)
        return after


def _may_hand_over(file: File, email: str) -> bool:
    """The owner may, and so may whom the owner has asked to take over."""
    return file.owner == email or any(known.pending_owner and known.email == email for known in file.permissions)


def list_permissions(call: Call) -> JsonObject:
    drive = drive_of(call)
    view = View(drive, call.account, drive.file(call.params["fileId"], call.account))
    if not view.shareable:
        raise insufficient()
    found = sorted(view.permissions, key=lambda known: known.role == "owner")  # the owner last
    size = check_size(call.params.get("pageSize", 100), 100)
    permissions, token = listing.page(found, size, call.params.get("pageToken", ""), view.file.id)
    plain = FieldMask(children={"permissions": FieldMask(children=dict.fromkeys(DEFAULT, ALL))})
    mask = mask_of(call, ()) if "fields" in call.params else plain
    answer: JsonObject = {"kind": "drive#permissionList"} | ({"nextPageToken": token} if token else {})
    return answer | {"permissions": [mask["permissions"].cut(resource(drive, known)) for known in permissions]}


def get(call: Call) -> JsonObject:
    drive = drive_of(call)
    view = View(drive, call.account, drive.file(call.params["fileId"], call.account))
    permission = _found(view.permissions, call.params["permissionId"])
    if not view.shareable and permission.email != call.account.email:
        raise insufficient()
    return _shown(call, permission)


def _found(permissions: tuple[Permission, ...], its_id: str) -> Permission:
    for permission in permissions:
        if permission.id == its_id:
            return permission
    raise thing_not_found("Permission", its_id, "permissionId")


def update(call: Call) -> JsonObject:
    """Another role, or another time at which it ends."""
    role = call.body.get("role")
    if role is not None:
        if role not in ROLES:
            raise invalid("permission.role", "The specified role is invalid or not supported.")
        _may_become(call, role)

    def change(file: File, _: Any) -> File:
        known = _found(file.permissions, call.params["permissionId"])
        if role == "owner":
            return _handed_over(file, known)
        if known.role == "owner" and role not in {None, "owner"}:
            raise refused(403, "insufficientFilePermissions", "The owner of a file cannot be changed this way.")
        expires = "" if call.params.get("removeExpiration") else call.body.get("expirationTime", known.expires)
        pending = call.body.get("pendingOwner", known.pending_owner)
        new = replace(known, role=role or known.role, expires=expires, pending_owner=pending)
        return replace(file, permissions=tuple(new if p is known else p for p in file.permissions))

    file = _change(call, change)
    return _shown(call, _found(file.permissions, call.params["permissionId"]))


def delete(call: Call) -> None:
    its_id = call.params["permissionId"]
    drive = drive_of(call)
    with drive.exclusively(call.params["fileId"]):
        file = drive.file(call.params["fileId"], call.account)
        view = View(drive, call.account, file)
        permission = _found(view.permissions, its_id)
        if permission.role == "owner":
            text = "The owner of a file cannot be removed."
            raise refused(403, "cannotDeletePermission", text)
        if not view.shareable and permission.email != call.account.email:
            raise insufficient()
        if permission not in file.permissions:
            raise not_supported("taking away a permission that a folder gives")
        kept = tuple(known for known in file.permissions if known.id != its_id)
        drive.commit(drive.changed(file, permissions=kept))


def _shown(call: Call, permission: Permission) -> JsonObject:
    return mask_of(call, DEFAULT).cut(resource(drive_of(call), permission))  # type: ignore[no-any-return]


HANDLERS: dict[str, Handler] = {
    "drive.permissions.create": create,
    "drive.permissions.delete": delete,
    "drive.permissions.get": get,
    "drive.permissions.list": list_permissions,
    "drive.permissions.update": update,
}
