"""The marks of reports as a workbook's developer metadata: what is looked at, and the requests that write them.

Google lets a workbook carry each metadata number once, so that of two stores that report a month at the same moment one
is refused.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

from sheets_sync.model import Period
from sheets_sync.model.json import JsonObject
from sheets_sync.model.mark import ReportMark

KEY = "sheets-sync"
FIELDS = ("developerMetadata.metadataKey", "developerMetadata.metadataValue")


def marks_of(spreadsheet: Mapping[str, Any]) -> tuple[ReportMark, ...]:
    """The marks that a `Spreadsheet` resource carries; what can't be read as one is none."""
    return tuple(_marks(spreadsheet.get("developerMetadata", ())))


def create(mark: ReportMark) -> JsonObject:
    """The request that adds a mark; it is refused where the workbook carries its number already."""
    metadata = {
        "metadataId": mark.id,
        "metadataKey": KEY,
        "metadataValue": _value(mark),
        "location": {"spreadsheet": True},
        "visibility": "DOCUMENT",
    }
    return {"createDeveloperMetadata": {"developerMetadata": metadata}}


def replace(mark: ReportMark) -> JsonObject:
    """The request that puts a mark in the place of the one with its number."""
    found = [{"developerMetadataLookup": {"metadataId": mark.id}}]
    change = {"dataFilters": found, "developerMetadata": {"metadataValue": _value(mark)}, "fields": "metadataValue"}
    return {"updateDeveloperMetadata": change}


def _value(mark: ReportMark) -> str:
    said: dict[str, Any] = {"office": mark.office, "store": mark.store}
    if mark.period is not None:
        said |= {"period": str(mark.period), "version": mark.version}
        said |= {"deliveries": mark.deliveries, "digest": mark.digest, "token": mark.token}
    if mark.span:
        said["span"] = mark.span
    return json.dumps(said, separators=(",", ":"))


def _marks(spreadsheet: Iterable[Mapping[str, Any]]) -> Iterable[ReportMark]:
    for metadata in spreadsheet:
        if metadata.get("metadataKey") == KEY:
            with suppress(ValueError, TypeError, KeyError, AttributeError):
                yield _mark(json.loads(metadata["metadataValue"]))


def _mark(said: Mapping[str, Any]) -> ReportMark:
    period = Period.parse(said["period"]) if "period" in said else None
    return ReportMark(
        office=str(said["office"]),
        store=str(said["store"]),
        period=period,
        version=int(said.get("version", 0)),
        deliveries=int(said.get("deliveries", 0)),
        digest=str(said.get("digest", "")),
        token=str(said.get("token", "")),
        span=str(said.get("span", "")),
    )
