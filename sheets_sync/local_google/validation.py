"""Requests against the schemas of the discovery documents, with the texts in which Google refuses.

Like Google's own parser this takes both spellings of a name (sheetId, sheet_id), numbers and booleans written as text,
null for "not given", and a single value where a list is expected. Unknown names, wrong types and unknown enum
values are collected, and refused together.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import orjson

from sheets_sync.local_google.discovery import schemas
from sheets_sync.local_google.errors import ApiError, DriveReason, bad_request
from sheets_sync.local_google.fieldmask import ALL, FieldMask, MaskError, camel
from sheets_sync.local_google.fieldmask import parse as parse_mask
from sheets_sync.local_google.json_types import JsonObject
from sheets_sync.local_google.scalars import DROP, Violation, enum_check, enum_type, scalar
from sheets_sync.local_google.schema import message, snake

BODY_FIELDS: Mapping[str, str] = {"ValueRange": "data", "Spreadsheet": "spreadsheet"}
"""Where a body is one field of the request message, the field's name: paths in refusals begin with it."""


def body(api: str, schema: str, value: Any) -> JsonObject:
    """The body with the schema's names and types.

    Raises:
        ApiError: 400 with Google's text and fieldViolations.
    """
    violations: list[Violation] = []
    checked = message(api, schema)(value, BODY_FIELDS.get(schema, ""), violations)
    if violations:
        raise refusal(violations)
    return {} if checked is DROP else checked


def refusal(violations: list[Violation]) -> ApiError:
    """All violations in one 400."""
    return bad_request("\n".join(text for _, text in violations), *violations)


def parameters(api: str, known: Mapping[str, JsonObject], given: list[tuple[str, str]]) -> dict[str, Any]:
    """Path and query parameters with their types.

    Raises:
        ApiError: 400 with Google's text.
    """
    violations: list[Violation] = []
    kept: dict[str, Any] = {}
    for name, text in given:
        spelled = name if name in known else camel(name).removeprefix("$")
        schema = known.get(spelled)
        if schema is None:
            if api == "sheets":
                violations.append(_unbound(name))
            continue
        enum = schema.get("enum")
        checker = enum_check(enum, enum_type(api, enum, spelled, "")) if enum else scalar(schema)
        value = checker(text, snake(spelled), violations)
        if schema.get("repeated"):
            kept.setdefault(spelled, []).append(value)
        elif value is not DROP:
            kept[spelled] = value
    if violations:
        raise refusal(violations)
    return kept


def _unbound(name: str) -> Violation:
    text = f'Invalid JSON payload received. Unknown name "{name}": Cannot bind query parameter.'
    return "", f"{text} Field '{name}' could not be found in request message."


def mask(api: str, schema: str, text: str | None) -> FieldMask:
    """The mask of an answer. Every path of it has to be in the schema.

    Raises:
        ApiError: 400 with Google's text.
    """
    if text is None:
        return ALL
    try:
        parsed = parse_mask(text)
    except MaskError as bad:
        raise _bad_mask(api, text) from bad
    for path in outside(api, schema, parsed):
        raise _bad_mask(api, path)
    return parsed


def outside(api: str, schema: str, wanted: FieldMask, prefix: str = "") -> list[str]:
    """The paths of a mask that a schema doesn't have."""
    if wanted.all or not schema:
        return []
    properties = schemas(api)[schema].get("properties", {})
    bad: list[str] = []
    for name, below in wanted.children.items():
        path = f"{prefix}{name}"
        if name not in properties:
            bad.append(path)
        elif not below.all:
            bad += outside(api, _schema_below(properties[name]), below, f"{path}.")
    return bad


def _schema_below(schema: JsonObject) -> str:
    inner = schema.get("items") or schema.get("additionalProperties") or schema
    return str(inner.get("$ref", ""))


def _bad_mask(api: str, path: str) -> ApiError:
    if api == "drive":
        reason = DriveReason("invalidParameter", location="fields", location_type="parameter")
        return ApiError(400, f"Invalid field selection {path}", drive=reason)
    what = f"Error expanding 'fields' parameter. Cannot find matching fields for path '{path}'."
    return bad_request("Request contains an invalid argument.", (path, what))


def parse_json(content: bytes, api: str) -> JsonObject:
    """A request's JSON object.

    Raises:
        ApiError: 400 as Google says it.
    """
    try:
        value = orjson.loads(content)
    except orjson.JSONDecodeError as bad:
        raise _unparsable(content, bad.pos, api) from bad
    if not isinstance(value, dict):
        raise _unparsable(content, 0, api)
    return value


def _unparsable(content: bytes, position: int, api: str) -> ApiError:
    """400: the body is not JSON. Google shows the place."""
    if api == "drive":
        return ApiError(400, "Parse Error", drive=DriveReason("parseError"))
    text = content.decode(errors="replace")
    start = max(0, position - 20)
    snippet = re.sub(r"\s", " ", text[start : position + 20])
    mark = " " * (position - start) + "^"
    what = "Unexpected end of string. Expected a value." if position >= len(text) else "Unexpected token."
    return refusal([("", f"Invalid JSON payload received. {what}\n{snippet}\n{mark}")])
