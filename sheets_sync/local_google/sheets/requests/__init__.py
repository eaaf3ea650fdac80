"""The requests of a batchUpdate, one function for each kind, grouped by what they change."""

from __future__ import annotations

from collections.abc import Mapping

from sheets_sync.local_google.errors import bad_request, not_supported
from sheets_sync.local_google.json_types import JsonObject
from sheets_sync.local_google.sheets.batch import Apply, Batch, Refused
from sheets_sync.local_google.sheets.requests import (
    banding,
    blocks,
    borders,
    cells,
    clipboard,
    comments,
    dimensions,
    fill,
    filters,
    groups,
    merges,
    metadata,
    named,
    objects,
    protected,
    rules,
    sorting,
    tables,
    tabs,
    text,
)

THEMES = (
    tabs,
    cells,
    dimensions,
    groups,
    blocks,
    merges,
    borders,
    clipboard,
    fill,
    sorting,
    text,
    named,
    protected,
    rules,
    banding,
    filters,
    tables,
    objects,
    metadata,
    comments,
)
REQUESTS: Mapping[str, Apply] = {kind: apply for theme in THEMES for kind, apply in theme.REQUESTS.items()}
"""Every request kind that is supported; the others (data sources) are answered with 501."""


def carry_out(batch: Batch, requests: list[JsonObject]) -> list[JsonObject]:
    """Apply all requests in their order; the replies.

    Raises:
        ApiError: 400 naming the first request that can't be carried out, 501 for a kind that is not supported.
    """
    return [_one(batch, index, request) for index, request in enumerate(requests)]


def _one(batch: Batch, index: int, request: JsonObject) -> JsonObject:
    if not request:
        raise bad_request(f"Invalid requests[{index}]: No request set.")
    kind, content = next(iter(request.items()))
    if kind not in REQUESTS:
        raise not_supported(f"the request {kind}")
    try:
        reply = REQUESTS[kind](batch, content)
    except Refused as refused:
        raise bad_request(f"Invalid requests[{index}].{kind}: {refused}") from refused
    return {} if reply is None else {kind: reply}
