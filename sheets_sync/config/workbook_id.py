"""Which workbook is meant: its id, or the address in the browser. A bad one never becomes an address or a file's name."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator

from sheets_sync.model import msg

_ID = re.compile(r"[A-Za-z0-9_-]{1,128}")  # Google's have 44 characters today, older ones fewer
_ADDRESS = re.compile(
    r"(?:https?://)?(?:docs|drive)\.google\.com/(?:a/[^/?#]+/)?"
    r"(?:(?:spreadsheets|file)/(?:u/\d+/)?d/(?!e/)|(?:u/\d+/)?open\?(?:[^#]*&)?id=)"  # /d/e/… is a published copy
    r"(?P<id>[^/?#&]+)(?:[/?#&].*)?",
    re.IGNORECASE,
)


def workbook_id(text: str) -> str:
    """The id that a text is, or that stands in it if it is a workbook's address.

    Raises:
        ValueError: neither.
    """
    bare = text.strip()
    address = _ADDRESS.fullmatch(bare)
    found = address["id"] if address else bare
    if not _ID.fullmatch(found):
        raise ValueError(msg("a workbook's id, or its address like https://docs.google.com/spreadsheets/d/…/edit"))
    return found


WorkbookId = Annotated[str, AfterValidator(workbook_id)]
"""A setting that takes a workbook's id or its address, and holds the id."""
