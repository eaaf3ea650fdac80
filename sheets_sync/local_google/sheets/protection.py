"""Protected ranges: who may edit what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sheets_sync.local_google.json_types import JsonObject
from sheets_sync.local_google.ranges import grid_bounds
from sheets_sync.local_google.workbook import Box, Sheet


def may_edit(protected: Mapping[str, Any], email: str, owner: str) -> bool:
    """Whether an account may edit what a ProtectedRange protects. The file's owner always may."""
    editors = protected.get("editors", {})
    if protected.get("warningOnly") or email == owner:
        return True
    at_home = email.rpartition("@")[2] == owner.rpartition("@")[2]
    return email in editors.get("users", []) or bool(editors.get("domainUsersCanEdit") and at_home)


def guards(protected: Mapping[str, Any], box: Box, sheet: Sheet) -> bool:
    """Whether a ProtectedRange covers a cell of the box that it doesn't leave open."""
    common = grid_bounds(protected.get("range", {})).within(sheet.box).overlap(box)
    if common.empty:
        return False
    free = (grid_bounds(found).within(sheet.box) for found in protected.get("unprotectedRanges", []))
    return not any(common.inside(part) for part in free)


def is_protected(sheet: Sheet, box: Box, email: str, owner: str) -> bool:
    """Whether a change of the box is forbidden to the account."""
    return any(guards(found, box, sheet) for found in sheet.protected_ranges if not may_edit(found, email, owner))


def shown_protection(protected: JsonObject, email: str, owner: str) -> JsonObject:
    """A ProtectedRange as an account sees it: only those who may edit it see its editors."""
    allowed = may_edit(protected, email, owner)
    kept = {name: value for name, value in protected.items() if allowed or name != "editors"}
    return kept | {"requestingUserCanEdit": True} if allowed else kept
