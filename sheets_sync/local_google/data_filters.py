"""DataFilter: what of a workbook it selects, by notation, by GridRange or by developer metadata.

Source: the schemas DataFilter and DeveloperMetadataLookup of the discovery document.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sheets_sync.local_google.ranges import WHOLE, Area, dimension_bounds, from_grid_range, on_sheet, resolve
from sheets_sync.local_google.workbook import Workbook

_END = 10_000_000  # beyond every grid


def filtered(workbook: Workbook, data_filter: Mapping[str, Any]) -> Iterator[Area]:
    """Every area that a DataFilter selects: one of its a1Range or gridRange, any number of a developerMetadataLookup."""
    if "a1Range" in data_filter:
        yield resolve(workbook, data_filter["a1Range"])
    elif "gridRange" in data_filter:
        yield from_grid_range(workbook, data_filter["gridRange"])
    else:
        lookup = data_filter.get("developerMetadataLookup", {})
        locations = [found["location"] for found in workbook.metadata if metadata_matches(found, lookup)]
        for location in locations:
            yield from _located(workbook, location)


def metadata_matches(metadata: Mapping[str, Any], lookup: Mapping[str, Any]) -> bool:
    """Whether a DeveloperMetadata fits every field of a DeveloperMetadataLookup that is given."""
    own = ("metadataId", "metadataKey", "metadataValue", "visibility")
    if any(name in lookup and lookup[name] != metadata.get(name) for name in own):
        return False
    location = metadata["location"]
    if "locationType" in lookup and lookup["locationType"] != location.get("locationType"):
        return False
    wanted = lookup.get("metadataLocation")
    return wanted is None or _location_matches(location, wanted, lookup.get("locationMatchingStrategy"))


def _location_matches(location: Mapping[str, Any], wanted: Mapping[str, Any], strategy: str | None) -> bool:
    if strategy == "EXACT_LOCATION" or wanted.get("spreadsheet"):
        named = ("spreadsheet", "sheetId", "dimensionRange")
        return all(location.get(name) == wanted.get(name) for name in named)
    return _intersects(location, wanted)


def _intersects(location: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    """Whether metadata lies in the place that is looked up: a sheet has its own and that of all its rows and columns.

    As people who tried it have published, a row does not bring its sheet's metadata; nothing brings the spreadsheet's.
    """
    if location.get("spreadsheet") or _sheet_of(location) != _sheet_of(wanted):
        return False
    ours, theirs = location.get("dimensionRange"), wanted.get("dimensionRange")
    if ours is None or theirs is None:
        return theirs is None
    if ours.get("dimension") != theirs.get("dimension"):
        return True  # every row crosses every column
    starts = max(ours.get("startIndex", 0), theirs.get("startIndex", 0))
    return bool(starts < min(ours.get("endIndex", _END), theirs.get("endIndex", _END)))


def _sheet_of(location: Mapping[str, Any]) -> int:
    return int(location.get("dimensionRange", location).get("sheetId", 0))


def _located(workbook: Workbook, location: Mapping[str, Any]) -> Iterator[Area]:
    if location.get("spreadsheet"):
        yield from (on_sheet(sheet, WHOLE) for sheet in workbook.sheets)
        return
    sheet = workbook.sheet(_sheet_of(location))
    if sheet is not None:
        yield on_sheet(sheet, dimension_bounds(location.get("dimensionRange", {})))
