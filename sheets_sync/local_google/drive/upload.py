"""Uploads: simple, multipart and resumable; and the one v2 method that gspread still uses."""

from __future__ import annotations

import email
import email.policy
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import wraps
from typing import Any

from sheets_sync.local_google.drive import files
from sheets_sync.local_google.drive.context import drive_of
from sheets_sync.local_google.drive.errors import refused
from sheets_sync.local_google.drive.v2 import file_resource
from sheets_sync.local_google.drive.view import View
from sheets_sync.local_google.json_types import JsonObject
from sheets_sync.local_google.request import Call, Handler, Media

RANGE = re.compile(r"bytes (?:(?P<first>\d+)-(?P<last>\d+)|\*)/(?P<total>\d+|\*)")


@dataclass(slots=True)
class Session:
    """A resumable upload under way: the call that began it, and what has come so far."""

    call: Call
    finish: Handler
    received: bytearray = field(default_factory=bytearray)


def read_upload(
    content: bytes, kind: str, upload_type: str, parse_json: Callable[[bytes], JsonObject]
) -> tuple[JsonObject, bytes, str]:
    """The metadata, the file and the file's type of a request to an upload address.

    Args:
        content: the body.
        kind: its Content-Type.
        upload_type: `media` (the body is the file), `multipart` (JSON first, the file second), `resumable` (JSON alone).
        parse_json: reads the JSON or refuses it.

    Raises:
        ApiError: 400 if a multipart body does not have two parts.
    """
    if upload_type == "resumable":
        return parse_json(content) if content.strip() else {}, b"", ""
    if not kind.startswith("multipart/"):
        return {}, content, kind
    parsed = email.message_from_bytes(
        b"Content-Type: " + kind.encode() + b"\r\n\r\n" + content, policy=email.policy.HTTP
    )
    parts = [(part.get_payload(decode=True), part.get_content_type()) for part in parsed.iter_parts()]
    if len(parts) != 2:
        raise refused(400, "badContent", "Multipart content must have two parts: metadata and media.")
    (metadata, _), (media, media_type) = parts
    return parse_json(_bytes(metadata)), _bytes(media), media_type


def _bytes(payload: Any) -> bytes:
    return payload if isinstance(payload, bytes) else b""


def resumable(handler: Handler) -> Handler:
    """A handler whose file may also come later, in pieces."""

    @wraps(handler)
    def begin(call: Call) -> JsonObject | Media | None:
        if call.params.get("uploadType") != "resumable":
            return handler(call)
        upload_id = secrets.token_urlsafe(24)
        drive_of(call).uploads[upload_id] = Session(call, handler)
        path = "/upload/drive/v3/files" + (f"/{call.params['fileId']}" if "fileId" in call.params else "")
        location = f"http://{call.headers['host']}{path}?uploadType=resumable&upload_id={upload_id}"
        return Media(b"", "text/plain", 200, {"Location": location, "X-GUploader-UploadID": upload_id})

    return begin


def go_on(call: Call) -> JsonObject | Media | None:
    """One piece of a resumable upload, or (`bytes */N`) the question how far it has come. 308 until the file is whole."""
    drive, upload_id = drive_of(call), call.params.get("upload_id", "")
    session: Session | None = drive.uploads.get(upload_id)
    if session is None or session.call.account is not call.account:
        raise refused(404, "notFound", "The upload is unknown or has ended.")
    total = _take(session.received, call.media, call.headers)
    if total is None or len(session.received) < total:
        got = {"Range": f"bytes=0-{len(session.received) - 1}"} if session.received else {}
        return Media(b"", "text/plain", 308, got)
    del drive.uploads[upload_id]
    media_type = session.call.headers.get("x-upload-content-type", call.headers.get("content-type", ""))
    params = {name: value for name, value in session.call.params.items() if name != "uploadType"}
    return session.finish(replace(session.call, params=params, media=bytes(session.received), media_type=media_type))


def _take(received: bytearray, piece: bytes, headers: Mapping[str, str]) -> int | None:
    """Add a piece; the size of the whole file if it is known by now."""
    said = headers.get("content-range")
    if said is None:
        received[:] = piece
        return len(piece)
    found = RANGE.fullmatch(said)
    if found is None or (found["first"] is not None and int(found["first"]) > len(received)):
        raise refused(400, "badRequest", f"Failed to parse Content-Range header: {said}.")
    if found["first"] is not None:
        received[int(found["first"]) :] = piece
    return None if found["total"] == "*" else int(found["total"])


def update_v2(call: Call) -> JsonObject:
    """files.update of Drive v2 for new content."""
    files.update(replace(call, body={}))
    drive = drive_of(call)
    return file_resource(View(drive, call.account, drive.file(call.params["fileId"], call.account)))


HANDLERS: dict[str, Handler] = {
    "drive.files.create": resumable(files.create),
    "drive.files.update": resumable(files.update),
    "drive.files.upload": go_on,
    "drive.v2.files.update": update_v2,
}
