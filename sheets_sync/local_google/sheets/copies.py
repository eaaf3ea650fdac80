"""Copies of whole sheets, within a workbook and into another one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sheets_sync.local_google.sheets.shift import GRID_KEYS, HOLDERS, LISTS
from sheets_sync.local_google.workbook import Sheet, Workbook

TITLES = {
    "in": "Salinan dari {}",
    "id": "Salinan dari {}",
    "ru": "{} (копия)",
    "de": "Kopie von {}",
    "fr": "Copie de {}",
}
"""What a copy is called, by the language of the workbook; in all others as in English."""

IDS = {
    "filter_views": "filterViewId",
    "protected_ranges": "protectedRangeId",
    "charts": "chartId",
    "banded_ranges": "bandedRangeId",
    "slicers": "slicerId",
}


def copy_title(workbook: Workbook, title: str) -> str:
    """A free title for a copy of a sheet."""
    base = TITLES.get(workbook.locale.partition("_")[0], "Copy of {}").format(title)
    candidates = (base if n == 1 else f"{base} {n}" for n in range(1, len(workbook.sheets) + 2))
    return next(found for found in candidates if workbook.sheet_named(found) is None)


def duplicate(source: Sheet, sheet_id: int, title: str, random_id: Callable[[], int]) -> Sheet:
    """A copy with ids of its own. What points into the source from within it points into the copy."""
    copy = source.copy()
    copy.properties = copy.properties | {"sheetId": sheet_id, "title": title}
    for name in LISTS:
        items = [_rehomed(item, source.id, sheet_id) for item in getattr(copy, name)]
        if name in IDS:
            items = [item | {IDS[name]: random_id()} for item in items]
        setattr(copy, name, items)
    copy.tables = [
        table | {"tableId": str(random_id()), "name": f"{table['name']}_{sheet_id}"} for table in copy.tables
    ]
    if copy.basic_filter is not None:
        copy.basic_filter = _rehomed(copy.basic_filter, source.id, sheet_id)
    return copy


def _rehomed(value: Any, old: int, new: int, holder: str = "") -> Any:
    """An API-shaped value with one sheet's id in place of another's."""
    if isinstance(value, list):
        return [_rehomed(item, old, new, holder) for item in value]
    if not isinstance(value, dict):
        return value
    ranged = holder in HOLDERS | {"anchorCell", "dimensionRange"}
    if ranged and (value.keys() <= GRID_KEYS or "dimension" in value or holder == "anchorCell"):
        return value | {"sheetId": new} if value.get("sheetId", 0) == old else value
    return {name: _rehomed(below, old, new, name) for name, below in value.items()}
