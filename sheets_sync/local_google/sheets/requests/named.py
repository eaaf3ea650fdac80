"""Requests for named ranges."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sheets_sync.local_google.json_types import JsonObject
from sheets_sync.local_google.ranges import parse_bounds
from sheets_sync.local_google.sheets.batch import Apply, Batch, Refused
from sheets_sync.local_google.sheets.masks import listed

_NAME = re.compile(r"[^\W\d]\w{0,249}")


def add_named_range(batch: Batch, request: JsonObject) -> JsonObject:
    named = dict(request.get("namedRange", {}))
    named.setdefault("namedRangeId", str(batch.random_id()))
    if any(other["namedRangeId"] == named["namedRangeId"] for other in batch.workbook.named_ranges):
        raise Refused(f"A named range with the id {named['namedRangeId']} already exists.")
    _check(batch, named)
    batch.workbook.named_ranges.append(named)
    return {"namedRange": named}


def _check(batch: Batch, named: JsonObject) -> None:
    """The name is free and can't be taken for a cell, the range exists."""
    name = named.get("name", "")
    if not _NAME.fullmatch(name) or parse_bounds(name) or name.upper() in {"TRUE", "FALSE"}:
        raise Refused("The name given to this range is invalid.")
    others = (other for other in batch.workbook.named_ranges if other["namedRangeId"] != named["namedRangeId"])
    if any(other["name"].casefold() == name.casefold() for other in others):
        raise Refused(f"Cannot add named range with name {name}, a named range with that name already exists.")
    batch.area(named.get("range", {}))


def _find(batch: Batch, named_range_id: str) -> JsonObject:
    for named in batch.workbook.named_ranges:
        if named["namedRangeId"] == named_range_id:
            return named
    raise Refused(f"No named range with id: {named_range_id}")


def update_named_range(batch: Batch, request: JsonObject) -> None:
    given, mask = request.get("namedRange", {}), listed(request, "NamedRange")
    old = _find(batch, given.get("namedRangeId", ""))
    new = mask.take(old, given) | {"namedRangeId": old["namedRangeId"]}
    _check(batch, new)
    batch.workbook.named_ranges[batch.workbook.named_ranges.index(old)] = new


def delete_named_range(batch: Batch, request: JsonObject) -> None:
    batch.workbook.named_ranges.remove(_find(batch, request.get("namedRangeId", "")))


REQUESTS: Mapping[str, Apply] = {
    "addNamedRange": add_named_range,
    "updateNamedRange": update_named_range,
    "deleteNamedRange": delete_named_range,
}
