"""An e-mail address in a configuration file, alone or with a name before it."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator

from sheets_sync.model.address import recipient


def _address(text: str) -> str:
    recipient(text)
    return text


AddressText = Annotated[str, AfterValidator(_address)]
"""`nama@example.org` or `Nama <nama@example.org>`; anything else is told with file and line."""
