"""Who looks at a page: the person one plays. Pages know people only after a sign-in with the server's own secret."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field

from starlette.requests import Request

from sheets_sync.local_google.auth import NOBODY, Account, Accounts
from sheets_sync.local_google.drive import access
from sheets_sync.local_google.drive.model import File
from sheets_sync.local_google.drive.store import Drive

SCOPES = frozenset({"https://www.googleapis.com/auth/spreadsheets", "https://www.googleapis.com/auth/drive"})


@dataclass(frozen=True, slots=True)
class Door:
    """The sign-in of one server. Its secret is in the address that the server prints, then in a cookie.

    Whoever has no cookie is a stranger, and sees what everybody with the link may.
    """

    port: int
    secret: str = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)

    @property
    def cookie(self) -> str:
        """Cookies don't tell ports apart, so its name does."""
        return f"local-google-{self.port}"

    def fits(self, given: str) -> bool:
        return hmac.compare_digest(given.encode(), self.secret.encode())

    def signed_in(self, request: Request) -> bool:
        return self.fits(request.cookies.get(self.cookie, ""))


def account_of(asked: str, accounts: Accounts, file: File | None, *, signed_in: bool) -> Account:
    """Who is asked for (`authuser`, an address; "anonymous" for nobody), by default the file's owner."""
    if not signed_in or asked == "anonymous":
        return NOBODY
    return accounts.with_email(asked or (file.owner if file else "")) or NOBODY


def people(drive: Drive, file: File) -> Iterator[Account]:
    """Whom one may play at a file: the people it is shared with, and a stranger where the link is enough."""
    permissions = access.permissions(file, drive.files)
    for each in sorted(permissions, key=lambda found: (-access.rank(found.role), found.email)):
        account = drive.accounts.with_email(each.email) if each.type == "user" else None
        if account is not None and account.person:
            yield account
    if any(each.type == "anyone" for each in permissions):
        yield NOBODY
