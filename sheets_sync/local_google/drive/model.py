"""Files as Drive sees them: frozen values that a change replaces."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

SPREADSHEET = "application/vnd.google-apps.spreadsheet"
FOLDER = "application/vnd.google-apps.folder"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv"
TSV = "text/tab-separated-values"

ROLES = ("reader", "commenter", "writer", "owner")
"""What one may do, least first (`fileOrganizer` and `organizer` exist only in shared drives)."""


@dataclass(frozen=True, slots=True)
class Permission:
    """What somebody may do with a file and everything below it.

    Attributes:
        id: Google's number of the person, `anyoneWithLink`, `anyone`, or a domain's number followed by k.
        type: user, group, domain or anyone.   role: one of ROLES.
        email: of a user or group.   domain: of a domain.
        discoverable: whether a search finds the file (domain and anyone).   expires: RFC 3339, or "".
        pending_owner: whether the person was asked to take over the file.
    """

    id: str
    type: str
    role: str
    email: str = ""
    domain: str = ""
    discoverable: bool = False
    expires: str = ""
    pending_owner: bool = False


@dataclass(frozen=True, slots=True)
class Revision:
    """One state the file was in."""

    id: str
    modified: datetime
    modified_by: str


@dataclass(frozen=True, slots=True)
class File:
    """A file or folder. Addresses are e-mail addresses of accounts; times are aware and in UTC.

    Attributes:
        parents: ids of folders; at most one, as in Drive since 2020.
        permissions: the file's own ones, the owner's included; those of its folders count as well.
        version: rises by one with every change.   modified_by: "" if the last editor was not signed in.
        trashed: whether it was put into the trash itself (a file is also in the trash if a folder above it is).
        md5, size: of the content; "" and 0 for folders and spreadsheets.
        shared, modified_by_each: when it was shared with each address, and last changed by each.
        starred: the addresses that starred it.
    """

    id: str
    name: str
    mime_type: str
    owner: str
    created: datetime
    modified: datetime
    modified_by: str
    parents: tuple[str, ...] = ()
    permissions: tuple[Permission, ...] = ()
    version: int = 1
    trashed: bool = False
    trashed_at: datetime | None = None
    description: str = ""
    properties: Mapping[str, str] = field(default_factory=dict)
    app_properties: Mapping[str, str] = field(default_factory=dict)
    folder_color: str = ""
    original_name: str = ""
    md5: str = ""
    size: int = 0
    writers_can_share: bool = True
    copy_requires_writer: bool = False
    shared: Mapping[str, datetime] = field(default_factory=dict)
    modified_by_each: Mapping[str, datetime] = field(default_factory=dict)
    starred: frozenset[str] = frozenset()
    revisions: tuple[Revision, ...] = ()

    @property
    def is_spreadsheet(self) -> bool:
        return self.mime_type == SPREADSHEET

    @property
    def is_folder(self) -> bool:
        return self.mime_type == FOLDER


@dataclass(frozen=True, slots=True)
class Change:
    """An entry of the change log.

    Attributes:
        number: the place in the log, from 1.
        lost_by: the addresses that can't see the file any more since this change.
    """

    number: int
    file_id: str
    time: datetime
    lost_by: frozenset[str] = frozenset()
