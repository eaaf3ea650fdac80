"""What Drive says of an account's workbooks: all of them, and where they fill more than a page only what changed since.

One page of a list and one page of changes cost the same, so an account that sees at most a thousand workbooks is simply
asked for them. One that sees more is asked for a page token, and with it from then on only for changes, for as long as
the program runs; once a day, and where Drive does not know the token any more, it is asked for everything again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from gspread.urls import DRIVE_FILES_API_V3_URL

from sheets_sync.errors import NotFoundError, RefusedError
from sheets_sync.google.changes import FileVersion

SHEET = "application/vnd.google-apps.spreadsheet"
CHANGES_URL = "https://www.googleapis.com/drive/v3/changes"
_FILE = "id,name,version,modifiedTime,trashed,lastModifyingUser(me,emailAddress),capabilities/canEdit"
_SHARED = {"supportsAllDrives": "true", "includeItemsFromAllDrives": "true"}
_A_DAY = 86_400.0

Ask = Callable[[str, Mapping[str, str]], Mapping[str, Any]]  # an address and its parameters → Drive's answer


@dataclass(slots=True)
class DriveListing:
    """The workbooks by id, as Drive last told them. `clock` counts seconds."""

    ask: Ask
    page: int = 1000
    clock: Callable[[], float] = time.monotonic
    _files: dict[str, FileVersion] = field(default_factory=dict)
    _token: str | None = None
    _whole_at: float = 0.0

    def now(self) -> dict[str, FileVersion]:
        """Every workbook shared with the account, in the bin too: one request for each page of them or of changes."""
        if self._token is None or self.clock() - self._whole_at >= _A_DAY or not self._changed():
            self._whole()
        return dict(self._files)

    def _whole(self) -> None:
        """All pages; where there are several, a token is asked for before the first, so that no change falls between."""
        self._token, begun, token = None, self.clock(), None
        first = self.ask(DRIVE_FILES_API_V3_URL, self._list_params())
        if "nextPageToken" in first:
            token = str(self.ask(f"{CHANGES_URL}/startPageToken", {"supportsAllDrives": "true"})["startPageToken"])
            first = self.ask(DRIVE_FILES_API_V3_URL, self._list_params())
        self._files = {file["id"]: version_of(file) for file in self._from(first)}
        self._token, self._whole_at = token, begun  # only now: what changed since means nothing without the whole list

    def _from(self, page: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
        yield from page.get("files", ())
        while "nextPageToken" in page:
            page = self.ask(DRIVE_FILES_API_V3_URL, {**self._list_params(), "pageToken": page["nextPageToken"]})
            yield from page.get("files", ())

    def _changed(self) -> bool:
        """Takes over what changed since the token; False: Drive does not know it any more."""
        token = self._token
        while token is not None:
            try:
                page = self.ask(CHANGES_URL, self._change_params(token))
            except (NotFoundError, RefusedError):
                return False
            for change in page.get("changes", ()):
                self._take(change)
            self._token = page.get("newStartPageToken", self._token)
            token = page.get("nextPageToken")
        return True

    def _take(self, change: Mapping[str, Any]) -> None:
        file = change.get("file")
        if change.get("removed") or file is None or file.get("mimeType") != SHEET:
            self._files.pop(change.get("fileId", ""), None)
        else:
            self._files[file["id"]] = version_of(file)

    def _list_params(self) -> dict[str, str]:
        fields = f"nextPageToken,files({_FILE})"  # those in the bin too, to say so
        return {"q": f"mimeType = '{SHEET}'", "fields": fields, "pageSize": str(self.page), **_SHARED}

    def _change_params(self, token: str) -> dict[str, str]:
        fields = f"nextPageToken,newStartPageToken,changes(fileId,removed,file({_FILE},mimeType))"
        return {"pageToken": token, "fields": fields, "pageSize": str(self.page), **_SHARED}


def version_of(file: Mapping[str, Any]) -> FileVersion:
    """A file of Drive's."""
    editor = file.get("lastModifyingUser", {})
    return FileVersion(
        workbook=file["id"],
        title=file.get("name", ""),
        version=str(file.get("version", "")),
        modified=datetime.fromisoformat(file["modifiedTime"]),
        editor=editor.get("emailAddress"),
        by_me=editor.get("me", False),
        trashed=file.get("trashed", False),
        can_edit=file.get("capabilities", {}).get("canEdit", True),
    )
