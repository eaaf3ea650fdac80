"""Links: which texts Google links by itself, and what becomes of a cell's link when its text changes.

Known from answers of the live API: an address and a bare domain are linked however they are written, RAW and `updateCells`
too; an address inside a sentence and a mail address are not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from sheets_sync.local_google.json_types import JsonObject

_ADDRESS = r"https?://[^\s.]+\.\S+"
_TOP = r"(?:com|org|net|edu|gov|mil|info|biz)(?:\.[a-z]{2})?|(?:ac|co|go|or|sch)\.[a-z]{2}"
_DOMAIN = rf"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:{_TOP})(?:[/?#]\S*)?"
_LINK = re.compile(rf"({_ADDRESS})|{_DOMAIN}", re.IGNORECASE)


def link_of(text: object) -> str:
    """The address that a text leads to by itself, or ""."""
    if not isinstance(text, str) or "." not in text:
        return ""
    found = _LINK.fullmatch(text)
    return "" if found is None else text if found[1] else f"http://{text}"


def relinked(own: JsonObject | None, link: str) -> JsonObject | None:
    """The format of a cell whose text was replaced: the former link goes with the text, `link` comes with the new one."""
    text = (own or {}).get("textFormat", {})
    if text.get("link", {}).get("uri", "") == link:
        return own
    new = {name: value for name, value in text.items() if name != "link"} | ({"link": {"uri": link}} if link else {})
    rest = {name: value for name, value in (own or {}).items() if name != "textFormat"}
    return rest | ({"textFormat": new} if new else {}) or None


def whole_link(runs: Sequence[Mapping[str, Any]]) -> str:
    """The address of a link over the whole text, which Google keeps as the cell's own link and not as a run, or ""."""
    if len(runs) != 1 or runs[0].get("startIndex") or set(runs[0].get("format", {})) != {"link"}:
        return ""
    return str(runs[0]["format"]["link"].get("uri", ""))
