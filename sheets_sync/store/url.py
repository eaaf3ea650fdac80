"""The database's address. It may hold a password, so it is never shown as it was given."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote, quote_plus

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from sheets_sync.errors import ConfigError
from sheets_sync.model import msg

HIDDEN = "…"


def parse_url(text: str) -> URL:
    """The address of a text such as `sqlite:///data/store.sqlite3` or `postgresql+psycopg://…`.

    Raises:
        ConfigError: it is none; nothing of it is shown, since nobody can tell which part is the password.
    """
    try:
        return make_url(text)
    except (ArgumentError, ValueError):  # from None: its text may hold parts of the address
        raise ConfigError(
            msg(
                "The address of the store can't be read. It should look like {example}; characters like @ : / in a "
                "password are written as %40 %3A %2F. Look at SHEETS_SYNC_STORE_URL, else at url in store.yaml.",
                example="postgresql+psycopg://user:password@host/database",
            )
        ) from None


def sqlite_file(url: URL) -> Path | None:
    """Where SQLite keeps the database; None for another database, or one that is in no file of its own."""
    if url.get_backend_name() != "sqlite" or not url.database or url.database.startswith((":memory:", "file:")):
        return None
    return Path(url.database)


def of_file(file: Path) -> str:
    """The address of a store in a file; what means something in an address means nothing in a path."""
    return URL.create("sqlite", database=str(file)).render_as_string(hide_password=False)


def read_only(file: Path) -> str:
    """The address by which `sqlite3` opens a file without changing it; # ? and % in a path would mean something there."""
    return f"{file.absolute().as_uri()}?mode=ro"


def sqlite_beside(text: str, folder: Path) -> str:
    """The address; where it is a file of SQLite's with a relative path, of that file in the folder.

    Raises:
        ConfigError: it is none.
    """
    url = parse_url(text)
    file = sqlite_file(url)
    if file is None or file.is_absolute():
        return text
    return url.set(database=str(folder.absolute() / file)).render_as_string(hide_password=False)


def shown(url: URL) -> str:
    """The address without password and options."""
    return url.set(query={}).render_as_string(hide_password=True)


def without_secrets(text: str, url: URL) -> str:
    """What somebody said about the address, with … for whatever is secret in it, however it is written."""
    options = [each for value in url.query.values() for each in ((value,) if isinstance(value, str) else value)]
    secrets = {str(secret) for secret in (url.password, *options) if secret}
    spelled = {form for secret in secrets for form in (secret, quote(secret, safe=""), quote_plus(secret))}
    for form in sorted(spelled, key=len, reverse=True):
        text = text.replace(form, HIDDEN)
    return text


def holds_password(text: str) -> bool:
    """Whether an address, well formed or not, has a password in it."""
    scheme, _, rest = text.rpartition("://")
    if scheme.startswith("sqlite"):
        return False
    user, at, _ = rest.rpartition("@")
    return (bool(at) and ":" in user) or "pass" in rest.casefold()
