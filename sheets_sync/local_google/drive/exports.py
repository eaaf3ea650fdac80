"""drive.files.export, and the downloads of docs.google.com."""

from __future__ import annotations

from urllib.parse import quote

from sheets_sync.local_google.drive.context import drive_of
from sheets_sync.local_google.drive.conversion import exported
from sheets_sync.local_google.drive.errors import refused
from sheets_sync.local_google.drive.resources import EXPORTS
from sheets_sync.local_google.request import Call, Handler, Media
from sheets_sync.local_google.workbook import Workbook


def export(call: Call) -> Media:
    """A spreadsheet in another format, or its first tab as csv or tsv."""
    mime_type = call.params["mimeType"]
    content = exported(_spreadsheet(call), mime_type)
    return Media(content, mime_type, headers={"Content-Disposition": "attachment"})


def _spreadsheet(call: Call) -> Workbook:
    file = drive_of(call).file(call.params["fileId"], call.account)
    if not file.is_spreadsheet:
        raise refused(403, "fileNotExportable", "Export only supports Docs Editors files.")
    return drive_of(call).book(file.id)


def export_page(call: Call) -> Media:
    """What a browser downloads from docs.google.com: `format` (or `exportFormat`) and, for one tab, its `gid`."""
    wanted = call.params.get("format", call.params.get("exportFormat", "xlsx"))
    mime_type = next((mime for mime, extension in EXPORTS.items() if extension == wanted), wanted)
    book = _spreadsheet(call)
    content = exported(book, mime_type, call.params.get("gid"))
    name = quote(f"{book.title}.{wanted}")
    return Media(content, mime_type, headers={"Content-Disposition": f"attachment; filename*=UTF-8''{name}"})


HANDLERS: dict[str, Handler] = {"drive.files.export": export, "drive.spreadsheets.export": export_page}
