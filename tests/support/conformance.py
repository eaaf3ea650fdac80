"""Holds the answers of the local Google to the schemas of Google's discovery documents."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import orjson
from starlette.responses import Response

from sheets_sync.local_google.app import App
from sheets_sync.local_google.discovery import Method, schemas
from sheets_sync.local_google.schema import PRESENT

JsonObject = dict[str, Any]


@contextmanager
def conforming_answers() -> Iterator[list[str]]:
    """While this lasts every answer of any local Google is checked; at the end there must be no violation."""
    violations: list[str] = []
    written = App.written

    def checked(app: App, method: Method, result: Any, *, pretty: bool) -> Response:
        described = method.response and not method.id.startswith("drive.v2.")  # v2 answers have no document here
        if isinstance(result, dict) and described:
            plain = orjson.loads(orjson.dumps(result))  # parts of it may be JSON already
            violations.extend(f"{method.id}: {found}" for found in violated(method.api, method.response, plain))
        return written(app, method, result, pretty=pretty)

    App.written = checked  # type: ignore[method-assign, assignment]
    try:
        yield violations
    finally:
        App.written = written  # type: ignore[method-assign]
    assert not violations, "\n".join(violations[:20])


def violated(api: str, schema: str, value: Any, path: str = "") -> Iterator[str]:
    """What of a value the schema doesn't allow."""
    if not isinstance(value, dict):
        yield f"{path} is not an object: {value!r}"
        return
    properties = schemas(api)[schema].get("properties", {})
    for name, below in value.items():
        place = f"{path}.{name}" if path else name
        if name not in properties:
            yield f"{place} is not in {schema}"
            continue
        yield from _property(api, properties[name], below, place)
        if api == "sheets" and name not in PRESENT.get(schema, ()) and _unset(below, properties[name]):
            yield f"{place} is {below!r}, which proto3 leaves out"


def _unset(value: Any, schema: JsonObject) -> bool:
    if isinstance(value, list):
        return not value
    return value in (False, 0, "") and "$ref" not in schema and schema.get("type") != "any"


def _property(api: str, schema: JsonObject, value: Any, path: str) -> Iterator[str]:
    kind = schema.get("type")
    if "$ref" in schema:
        yield from violated(api, schema["$ref"], value, path)
    elif kind == "array":
        if not isinstance(value, list):
            yield f"{path} is not a list: {value!r}"
            return
        for index, item in enumerate(value):
            yield from _property(api, schema["items"], item, f"{path}[{index}]")
    elif kind == "object" and "additionalProperties" in schema:
        for key, item in value.items():
            yield from _property(api, schema["additionalProperties"], item, f"{path}[{key}]")
    elif not _is(kind, schema, value):
        yield f"{path} is not a {schema.get('format', kind)}: {value!r}"


def _is(kind: str | None, schema: JsonObject, value: Any) -> bool:
    if "enum" in schema:
        return value in schema["enum"]
    if kind == "string":
        return isinstance(value, str) and (schema.get("format") != "int64" or value.lstrip("-").isdigit())
    if kind == "integer":
        return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**31
    if kind == "number":
        return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    return isinstance(value, bool) if kind == "boolean" else True
