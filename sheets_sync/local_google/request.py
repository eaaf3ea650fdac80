"""One call of a method: what every handler is given. A handler is a function of a Call that returns the answer's JSON.

Each family of methods lists its handlers in a dict `HANDLERS`, method id → handler, which `app` joins.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sheets_sync.local_google.auth import Account, Accounts
from sheets_sync.local_google.fieldmask import FieldMask
from sheets_sync.local_google.json_types import JsonObject
from sheets_sync.local_google.ports import Files


@dataclass(frozen=True, slots=True)
class Google:
    """The parts of the server that handlers use."""

    files: Files
    accounts: Accounts
    clock: Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Media:
    """An answer that isn't JSON."""

    content: bytes
    content_type: str
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Call:
    """A call whose sender, parameters and body have been checked.

    Attributes:
        params: path and query parameters as the discovery document types them: str, int, bool, or a list of them.
        body: the request body, with the schema's names (lowerCamelCase); {} if there is none.
        fields: the mask of the answer; what it drops need not be built, `app` cuts the rest. ALL if none was given.
        media, media_type: the file of an upload.
    """

    google: Google
    account: Account
    params: Mapping[str, Any]
    body: JsonObject
    fields: FieldMask
    media: bytes = b""
    media_type: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


Handler = Callable[[Call], JsonObject | Media | None]
