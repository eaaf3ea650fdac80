"""Slicers over a tab's cells: how they look, and the filters they amount to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sheets_sync.local_google.json_types import JsonObject
from sheets_sync.local_google.page.looks import Looks
from sheets_sync.local_google.ranges import grid_bounds
from sheets_sync.local_google.sheets.filtered_rows import rows_hidden_by
from sheets_sync.local_google.values.render import shown
from sheets_sync.local_google.workbook import Sheet, Workbook

WIDTH, HEIGHT = 200, 36
"""Pixels of a slicer whose position tells none."""


@dataclass(frozen=True, slots=True)
class ShownSlicer:
    """A slicer on the page; placed as a chart is. `shown` of `all` rows are left. `look` are its classes."""

    title: str
    row: int
    column: int
    right: int
    down: int
    look: str
    shown: int
    all: int


def slicers(workbook: Workbook, sheet: Sheet, looks: Looks, now: datetime) -> Iterator[ShownSlicer]:
    """The slicers of a tab; fills `looks`."""
    for slicer in sheet.slicers:
        spec, place = slicer["spec"], slicer["position"].get("overlayPosition", {})
        anchor = place.get("anchorCell", {})
        box = grid_bounds(spec.get("dataRange", {})).within(sheet.box)
        rows = max(box.height - 1, 0)
        size = f"width:{int(place.get('widthPixels', WIDTH))}px;min-height:{HEIGHT}px"
        own = {name: spec[name] for name in ("backgroundColor", "textFormat") if name in spec}
        yield ShownSlicer(
            spec.get("title", "") or shown(sheet.cell(box.top, _column(spec)), workbook.locale),
            anchor.get("rowIndex", 0),
            anchor.get("columnIndex", 0),
            int(place.get("offsetXPixels", 0)),
            int(place.get("offsetYPixels", 0)),
            f"{looks.named(size)} {looks.of(own) if own else ''}".strip(),
            rows - len(rows_hidden_by(workbook, sheet, filter_of(spec), now)),
            rows,
        )


def hidden_by_slicers(workbook: Workbook, sheet: Sheet, now: datetime) -> set[int]:
    """The rows of a tab that its slicers hide."""
    found = (rows_hidden_by(workbook, sheet, filter_of(slicer["spec"]), now) for slicer in sheet.slicers)
    return set().union(*found)


def filter_of(spec: JsonObject) -> JsonObject:
    """The filter that a slicer amounts to; its column counts within the data. Expressions are left alone."""
    criteria: dict[str, Any] = spec.get("filterCriteria", {})
    if not criteria or criteria.get("condition", {}).get("type") == "FILTER_EXPRESSION":
        return {}
    specs = [{"columnIndex": _column(spec), "filterCriteria": criteria}]
    return {"range": spec.get("dataRange", {}), "filterSpecs": specs}


def _column(spec: JsonObject) -> int:
    return int(spec.get("dataRange", {}).get("startColumnIndex", 0)) + int(spec.get("columnIndex", 0))
