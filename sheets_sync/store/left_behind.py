"""The store's place used to be relative to where the command ran: one that was left there must not be begun anew."""

from __future__ import annotations

from pathlib import Path

from sheets_sync.errors import ConfigError
from sheets_sync.model import msg
from sheets_sync.store.options import StoreOptions
from sheets_sync.store.url import parse_url, sqlite_file

STORE_FILE = "store.sqlite3"


def refuse_left_behind(options: StoreOptions, data: Path, url: str) -> None:
    """Looks whether a store stands where an earlier version would have kept it. `url` is where it is now.

    Raises:
        ConfigError: it does, and none where it is now.
    """
    if options.url:
        _refuse_file(options.url, url)
    elif not Path(options.folder).is_absolute():
        _refuse_folder(options.folder, data)


def _refuse_folder(folder: str, new: Path) -> None:
    before = {folder, "data"} if folder == StoreOptions().folder else {folder}
    left = [Path(each) for each in before if (Path(each) / STORE_FILE).exists()]
    if left and not (new / STORE_FILE).exists():
        raise ConfigError(
            msg(
                "There is a store in {old}, but `folder` in store.yaml is relative to the configuration folder: {new}. "
                "Move the store there, or write in store.yaml where it is: `folder: {old}`.",
                old=left[0].resolve(),
                new=new.resolve(),
            )
        )


def _refuse_file(written: str, url: str) -> None:
    old, new = sqlite_file(parse_url(written)), sqlite_file(parse_url(url))
    if old and new and old.exists() and not new.exists():
        raise ConfigError(
            msg(
                "There is a store in {old}, but `url` in store.yaml is relative to the configuration folder: {new}. Move "
                "the store there, or write in store.yaml where it is: `url: sqlite:///{old}`.",
                old=old.resolve(),
                new=new.resolve(),
            )
        )
