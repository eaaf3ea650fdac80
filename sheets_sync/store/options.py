"""store.yaml: where the data live, and for how long the bytes of mails are kept."""

from __future__ import annotations

from datetime import time
from typing import Annotated

import pydantic
from pydantic_core import PydanticCustomError

from sheets_sync.config.yaml_file import UNSAID, Config
from sheets_sync.store.url import holds_password


def _without_password(text: str) -> str:
    if holds_password(text):
        raise PydanticCustomError(UNSAID, "SHEETS_SYNC_STORE_URL")
    return text


class BackupOptions(Config):
    """`backup` in store.yaml: a copy each night, of a store that is an SQLite file."""

    nightly: bool = True
    folder: str = "backups"  # relative to the store's folder; another disk is better
    at: time = time(2, 30)  # on the clock of the first office
    keep: int = pydantic.Field(14, ge=1)  # the newest copies
    keep_months: int = pydantic.Field(12, ge=0, le=1200)  # and the last one of each of so many months


class StoreOptions(Config):
    """The folder of data and the database in it; SHEETS_SYNC_STORE_URL replaces the latter (it may hold a password)."""

    folder: str = "../data"  # relative to the configuration folder: the store, locks, sealed reports
    url: Annotated[str, pydantic.AfterValidator(_without_password)] = (
        ""  # empty: SQLite in the folder; sqlite:///FILE counts from the configuration, too
    )
    # The bytes of finished mails; 0: they are kept for good.
    keep_messages_months: int = pydantic.Field(24, ge=0, le=1200)
    keep_runs_months: int = pydantic.Field(25, ge=13, le=1200)  # how jobs ended; a year's timeliness is told by them
    # What good runs did; when and how all ended is kept longer.
    keep_run_details_months: int = pydantic.Field(3, ge=1, le=1200)
    keep_years: int = pydantic.Field(3, ge=3, le=100)  # of figures at hand; older years of workbooks let go are put by
    backup: BackupOptions = BackupOptions()
