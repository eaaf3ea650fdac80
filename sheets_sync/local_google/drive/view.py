"""A file as one account sees it: what queries, sort keys and resources are made from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sheets_sync.local_google.auth import Account
from sheets_sync.local_google.drive import access
from sheets_sync.local_google.drive.model import File, Permission
from sheets_sync.local_google.drive.store import Drive


@dataclass(frozen=True, slots=True)
class View:
    """A file as one account sees it. It is also what queries look at (`query.Subject`)."""

    drive: Drive
    account: Account
    file: File

    @property
    def role(self) -> str:
        return self.drive.role(self.file, self.account)

    @property
    def permissions(self) -> tuple[Permission, ...]:
        return access.permissions(self.file, self.drive.files)

    @property
    def writable(self) -> bool:
        return access.rank(self.role) >= access.rank("writer")

    @property
    def owned(self) -> bool:
        return self.file.owner == self.account.email

    @property
    def shareable(self) -> bool:
        return self.owned or (self.writable and self.file.writers_can_share)

    @property
    def parents(self) -> list[str]:
        """The folders that the account can see."""
        known = self.drive.files
        mine = access.root_id(self.account.email)
        return [p for p in self.file.parents if p == mine or (p in known and self.drive.role(known[p], self.account))]

    def values(self, term: str) -> Any:
        """The value of a term of the query language or of a sort key."""
        return TERMS[term](self)

    def words(self) -> str:
        """Name, description and, of a spreadsheet, every text in it."""
        texts = [self.file.name, self.file.description]
        if self.file.is_spreadsheet:
            book = self.drive.book(self.file.id)
            texts += [str(c.value) for sheet in book.sheets for _, _, c in sheet.cells() if isinstance(c.value, str)]
        return "\n".join(texts)


def _people(view: View, *roles: str) -> set[str]:
    found = {permission.email for permission in view.permissions if permission.role in roles}
    return found | {"me"} if view.account.email in found else found


TERMS: Mapping[str, Callable[[View], Any]] = {
    "name": lambda v: v.file.name,
    "name_natural": lambda v: v.file.name,
    "mimeType": lambda v: v.file.mime_type,
    "createdTime": lambda v: v.file.created,
    "modifiedTime": lambda v: v.file.modified,
    "recency": lambda v: v.file.modified,
    "modifiedByMeTime": lambda v: v.file.modified_by_each.get(v.account.email),
    "viewedByMeTime": lambda v: v.file.modified_by_each.get(v.account.email),
    "sharedWithMeTime": lambda v: v.file.shared.get(v.account.email),
    "quotaBytesUsed": lambda v: v.file.size,
    "folder": lambda v: v.file.is_folder,
    "trashed": lambda v: access.is_trashed(v.file, v.drive.files),
    "starred": lambda v: v.account.email in v.file.starred,
    "sharedWithMe": lambda v: v.account.email in v.file.shared and not v.owned,
    "parents": lambda v: {*v.parents, *(["root"] if access.root_id(v.account.email) in v.file.parents else [])},
    "owners": lambda v: _people(v, "owner"),
    "writers": lambda v: _people(v, "owner", "writer"),
    "readers": lambda v: _people(v, "owner", "writer", "commenter", "reader"),
    "properties": lambda v: v.file.properties,
    "appProperties": lambda v: v.file.app_properties,
    "visibility": lambda v: visibility(v.permissions),
}


def visibility(permissions: tuple[Permission, ...]) -> str:
    """anyoneCanFind, anyoneWithLink, domainCanFind, domainWithLink or limited."""
    for kind in ("anyone", "domain"):
        found = [permission for permission in permissions if permission.type == kind]
        if found:
            return f"{kind}CanFind" if any(p.discoverable for p in found) else f"{kind}WithLink"
    return "limited"
