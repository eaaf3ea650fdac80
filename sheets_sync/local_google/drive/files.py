"""drive.files.*: get, create, copy, update, delete, the trash, ids."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from sheets_sync.local_google.drive import access
from sheets_sync.local_google.drive.context import drive_of, shown
from sheets_sync.local_google.drive.conversion import converted, without_extension
from sheets_sync.local_google.drive.errors import file_not_found, insufficient, invalid, refused
from sheets_sync.local_google.drive.model import FOLDER, SPREADSHEET, File
from sheets_sync.local_google.errors import not_supported
from sheets_sync.local_google.json_types import JsonObject
from sheets_sync.local_google.request import Call, Handler, Media
from sheets_sync.local_google.sheets.defaults import new_workbook
from sheets_sync.local_google.workbook import Workbook

GOOGLE_TYPE = "application/vnd.google-apps."


def get(call: Call) -> JsonObject | Media:
    drive = drive_of(call)
    file = drive.file(call.params["fileId"], call.account)
    if call.params.get("alt") != "media":
        return shown(call, file)
    if file.is_folder or file.is_spreadsheet:
        text = "Only files with binary content can be downloaded. Use Export with Docs Editors files."
        raise refused(403, "fileNotDownloadable", text, "alt")
    return Media(drive.content(file.id), file.mime_type)


def create(call: Call) -> JsonObject:
    """A folder, a spreadsheet (empty, or from an uploaded csv or xlsx), or a file with the uploaded content."""
    drive, body = drive_of(call), call.body
    kind = body.get("mimeType") or call.media_type.partition(";")[0] or "application/octet-stream"
    if kind.startswith(GOOGLE_TYPE) and kind not in {FOLDER, SPREADSHEET}:
        raise not_supported(f"files of the type {kind}")
    file_id = body.get("id") or (drive.new_id() if kind == SPREADSHEET else drive.new_id()[:33])
    if file_id in drive.files:
        raise refused(409, "fileIdInUse", "A file already exists with the provided ID.")
    name = body.get("name", "Untitled")
    if kind == SPREADSHEET and call.media:
        name = without_extension(name, call.media_type)
    file = drive.new_file(file_id, name, kind, call.account, **_given(call))
    file = replace(file, parents=_parents(call) or file.parents, starred=_starred(call, file))
    if kind == SPREADSHEET:
        drive.commit(file, workbooks=[(_workbook(call, file), None)])
    elif kind == FOLDER:
        drive.commit(file)
    else:
        file = _with_content(call, file)
        drive.commit(file, contents={file.id: call.media})
    return shown(call, file)


def _workbook(call: Call, file: File) -> Workbook:
    """The workbook of a new spreadsheet."""
    if not call.media:
        return new_workbook(file.id, file.name)
    fresh = new_workbook(file.id, file.name, time_zone="America/Los_Angeles")
    return converted(call.media, call.media_type, fresh, drive_of(call).clock())


def _with_content(call: Call, file: File) -> File:
    digest = hashlib.md5(call.media, usedforsecurity=False).hexdigest()
    return replace(file, md5=digest, size=len(call.media), original_name=file.original_name or file.name)


def _given(call: Call) -> JsonObject:
    """The facts of a file that a body may set."""
    names = {
        "description": "description",
        "folderColorRgb": "folder_color",
        "originalFilename": "original_name",
        "writersCanShare": "writers_can_share",
        "copyRequiresWriterPermission": "copy_requires_writer",
        "properties": "properties",
        "appProperties": "app_properties",
    }
    return {ours: call.body[theirs] for theirs, ours in names.items() if theirs in call.body}


def _starred(call: Call, file: File) -> frozenset[str]:
    if "starred" not in call.body:
        return file.starred
    return file.starred | {call.account.email} if call.body["starred"] else file.starred - {call.account.email}


def _parents(call: Call) -> tuple[str, ...]:
    """The folder that a body names, which the account must be allowed to fill."""
    ids = call.body.get("parents", [])
    if len(ids) > 1:
        raise invalid("parents", "A file cannot have more than one parent.")
    return tuple(_folder(call, parent) for parent in ids)


def _folder(call: Call, file_id: str) -> str:
    folder = drive_of(call).file(file_id, call.account, "writer")
    if not folder.is_folder:
        raise refused(403, "parentNotAFolder", "The specified parent is not a folder.")
    return folder.id


def copy(call: Call) -> JsonObject:
    drive, body = drive_of(call), call.body
    source = drive.file(call.params["fileId"], call.account)
    if source.is_folder:
        raise refused(403, "cannotCopyFile", "This file cannot be copied by the user.")
    name = body.get("name") or f"Copy of {source.name}"
    new_id = body.get("id") or drive.new_id()[: len(source.id)]
    kept = {"description": source.description, "properties": source.properties, "md5": source.md5, "size": source.size}
    parents = _parents(call) or tuple(p for p in source.parents if _fills(call, p))
    facts = kept | _given(call) | ({"parents": parents} if parents else {})
    file = drive.new_file(new_id, name, source.mime_type, call.account, **facts)
    if source.is_spreadsheet:
        drive.commit(file, workbooks=[(copied(drive.book(source.id), file), None)])
    else:
        drive.commit(file, contents={file.id: drive.content(source.id)})
    return shown(call, file)


def _fills(call: Call, file_id: str) -> bool:
    """Whether the account may put something into the folder: a copy stays beside its source where it may."""
    drive = drive_of(call)
    folder = drive.my_drive(call.account) if drive.is_root(file_id, call.account) else drive.files.get(file_id)
    return folder is not None and access.rank(drive.role(folder, call.account)) >= access.rank("writer")


def copied(book: Workbook, file: File) -> Workbook:
    """A workbook with the same content; comments don't come along."""
    draft = book.draft()
    properties = draft.properties | {"title": file.name}
    return Workbook(file.id, properties, draft.sheets, draft.named_ranges, draft.metadata)


def update(call: Call) -> JsonObject:
    """Rename, move, trash, star, describe, or replace the content."""
    drive = drive_of(call)
    file_id = drive.file(call.params["fileId"], call.account).id
    with drive.exclusively(file_id):
        before = drive.file(file_id, call.account)
        file = _edited(call, _moved(call, _trashed(call, before)))
        file = replace(file, starred=_starred(call, file))
        if file == before:
            return shown(call, before)
        file = replace(file, version=before.version + 1)
        _save(call, file, before)
    return shown(call, file)


def _edited(call: Call, file: File) -> File:
    """With the facts and the name of the body, which only writers may change."""
    facts = _given(call)
    for theirs, ours in (("properties", "properties"), ("appProperties", "app_properties")):
        if ours in facts:  # given keys are set, keys with null are taken away, others stay
            facts[ours] = {k: v for k, v in {**getattr(file, ours), **call.body[theirs]}.items() if v is not None}
    if "name" in call.body:
        facts["name"] = call.body["name"]
    changes = {name: value for name, value in facts.items() if getattr(file, name) != value}
    if not changes and not call.media:
        return file
    drive = drive_of(call)
    drive.file(file.id, call.account, "writer")
    if "mimeType" in call.body and call.body["mimeType"] != file.mime_type and not call.media:
        raise invalid("mimeType", "The mime type of a file can't be changed without new content.")
    return drive.edited(file, call.account, **changes)


def _moved(call: Call, file: File) -> File:
    added, removed = (_ids(call, name) for name in ("addParents", "removeParents"))
    if not added and not removed:
        return file
    drive = drive_of(call)
    drive.file(file.id, call.account, "writer")
    mine = access.root_id(call.account.email)
    gone = {mine if parent == "root" else parent for parent in removed}
    new = [_folder(call, parent) for parent in added]
    for folder in new:
        if folder in {file.id, *(other.id for other in drive.below(file))}:
            raise refused(403, "cyclicParents", "A folder can't be put into itself.")
    kept = () if new else tuple(parent for parent in file.parents if parent not in gone)
    return replace(file, parents=(*kept, *new[-1:]))


def _ids(call: Call, name: str) -> list[str]:
    return [part.strip() for part in call.params.get(name, "").split(",") if part.strip()]


def _trashed(call: Call, file: File) -> File:
    wanted = call.body.get("trashed", file.trashed)
    if wanted == file.trashed:
        return file
    if file.owner != call.account.email:
        raise insufficient()
    return replace(file, trashed=wanted, trashed_at=drive_of(call).clock() if wanted else None)


def _save(call: Call, file: File, before: File) -> None:
    drive = drive_of(call)
    if not file.is_spreadsheet:
        content = {file.id: call.media} if call.media else None
        drive.commit(_with_content(call, file) if content else file, contents=content)
    elif call.media or file.name != before.name:
        book = drive.book(file.id)
        draft = book.draft()
        draft.properties["title"] = file.name
        if call.media:
            draft = converted(call.media, call.media_type, draft, drive.clock())
        drive.commit(file, workbooks=[(draft, book)])
    else:
        drive.commit(file)


def delete(call: Call) -> None:
    """For good, past the trash. A folder takes along what the account owns in it."""
    drive = drive_of(call)
    file = drive.file(call.params["fileId"], call.account)
    if file.owner != call.account.email or drive.is_root(file.id, call.account):
        raise insufficient()
    inside = [other.id for other in drive.below(file) if other.owner == call.account.email]
    with drive.exclusively(file.id):
        if file.id not in drive.files:
            raise file_not_found(file.id)
        drive.commit(gone=(file.id, *inside))


def empty_trash(call: Call) -> None:
    drive = drive_of(call)
    mine = [file for file in drive.visible(call.account) if file.owner == call.account.email]
    gone = [file.id for file in mine if access.is_trashed(file, drive.files)]
    if gone:
        drive.commit(gone=tuple(gone))


def generate_ids(call: Call) -> JsonObject:
    count = call.params.get("count", 10)
    if not 1 <= count <= 1000:
        raise invalid("count")
    drive = drive_of(call)
    space = call.params.get("space", "drive")
    return {"kind": "drive#generatedIds", "space": space, "ids": [drive.new_id()[:33] for _ in range(count)]}


HANDLERS: dict[str, Handler] = {
    "drive.files.get": get,
    "drive.files.create": create,
    "drive.files.copy": copy,
    "drive.files.update": update,
    "drive.files.delete": delete,
    "drive.files.emptyTrash": empty_trash,
    "drive.files.generateIds": generate_ids,
}
