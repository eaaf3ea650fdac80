"""store.yaml: where the data live, and for how long the bytes of mails are kept."""

from __future__ import annotations

from typing import Annotated

import pydantic
from pydantic_core import PydanticCustomError

from sheets_sync.config.yaml_file import UNSAID, Config
from sheets_sync.store.url import holds_password


def _without_password(text: str) -> str:
    if holds_password(text):
        raise PydanticCustomError(UNSAID, "SHEETS_SYNC_STORE_URL")
    return text


class StoreOptions(Config):
    """The folder of data and the database in it; SHEETS_SYNC_STORE_URL replaces the latter (it may hold a password)."""

    folder: str = "../data"  # relative to the configuration folder: the store, locks, sealed reports
    url: Annotated[str, pydantic.AfterValidator(_without_password)] = (
        ""  # empty: SQLite in the folder; sqlite:///FILE counts from the configuration, too
    )
    keep_messages_months: int = pydantic.Field(24, ge=0)  # the bytes of finished mails; 0: they are kept for good
