"""What Drive's handlers share: the store behind a call, and the masks of answers."""

from __future__ import annotations

from collections.abc import Iterable

from sheets_sync.local_google.drive.errors import required
from sheets_sync.local_google.drive.model import File
from sheets_sync.local_google.drive.resources import FILE_DEFAULT, file_resource
from sheets_sync.local_google.drive.store import Drive
from sheets_sync.local_google.drive.view import View
from sheets_sync.local_google.fieldmask import ALL, FieldMask
from sheets_sync.local_google.json_types import JsonObject
from sheets_sync.local_google.request import Call


def drive_of(call: Call) -> Drive:
    """The Drive behind the call."""
    assert isinstance(call.google.files, Drive)
    return call.google.files


def mask_of(call: Call, default: Iterable[str]) -> FieldMask:
    """The mask of the answer: what was asked for, or the names that Drive gives unasked."""
    if "fields" in call.params or "x-goog-fieldmask" in call.headers:
        return call.fields
    return FieldMask(children=dict.fromkeys(default, ALL))


def need_fields(call: Call) -> None:
    """Refuse a call without `fields` (comments, replies and about want one)."""
    if "fields" not in call.params and "x-goog-fieldmask" not in call.headers:
        raise required("fields", "The 'fields' parameter is required for this method.")


def shown(call: Call, file: File) -> JsonObject:
    """The answer of a method that returns a file."""
    return file_resource(View(drive_of(call), call.account, file), mask_of(call, FILE_DEFAULT))
