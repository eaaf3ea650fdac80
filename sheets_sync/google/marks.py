"""The marks of reports as a workbook's developer metadata: what is looked at, and the requests that write them.

Google lets a workbook carry each metadata number once, so that of two stores that report a month at the same moment one
is refused.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

from sheets_sync.model import Period, SpanKind
from sheets_sync.model.json import JsonObject
from sheets_sync.model.mark import ReportMark

KEY = "sheets-sync"
FIELDS = ("developerMetadata.metadataId", "developerMetadata.metadataKey", "developerMetadata.metadataValue")
LONGEST = 2000  # characters of a value; ours have some 250
MOST = 99_999  # of versions and deliveries


def marks_of(spreadsheet: Mapping[str, Any]) -> tuple[ReportMark, ...]:
    """The marks that a `Spreadsheet` resource carries, one of each number; what can't be read as one is none.

    Anybody who may edit the workbook can add metadata. What bears the number that the program gives is believed before
    what says the same under another one, as a copy of a workbook may.
    """
    found = dict[int, tuple[bool, ReportMark]]()
    for number, mark in _marks(spreadsheet.get("developerMetadata", ())):
        genuine = number == mark.id
        if mark.id not in found or (genuine and not found[mark.id][0]):
            found[mark.id] = genuine, mark
    return tuple(mark for _, mark in found.values())


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


def _marks(spreadsheet: Iterable[Mapping[str, Any]]) -> Iterable[tuple[int, ReportMark]]:
    """What says that it is a mark, with its number."""
    for metadata in spreadsheet:
        if metadata.get("metadataKey") == KEY:
            with suppress(ValueError, TypeError, KeyError, AttributeError, ArithmeticError, RecursionError):
                yield int(metadata["metadataId"]), _mark(metadata["metadataValue"])


def _mark(text: str) -> ReportMark:
    """A mark as it is written; raises one of many errors where it is none."""
    if len(text) > LONGEST:
        raise ValueError
    said = json.loads(text)
    office, store = str(said["office"]), str(said["store"])
    if "period" not in said:
        return ReportMark(office, store)
    return ReportMark(
        office=office,
        store=store,
        period=Period.parse(said["period"]),
        version=_count(said["version"], 1),
        deliveries=_count(said.get("deliveries", 0)),
        digest=str(said.get("digest", "")),
        token=str(said.get("token", "")),
        span=SpanKind(said["span"]).value if said.get("span") else "",
    )


def _count(said: Any, least: int = 0) -> int:
    if not least <= int(said) <= MOST:
        raise ValueError
    return int(said)
