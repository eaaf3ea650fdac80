"""Requests against the schemas of the discovery documents, with the texts in which Google refuses.

Like Google's own parser this takes both spellings of a name (sheetId, sheet_id), numbers and booleans written as text,
null for "not given", and a single value where a list is expected. Unknown names, wrong types and unknown enum
values are collected, and refused together.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from sheets_sync.local_google.discovery import schemas
from sheets_sync.local_google.errors import ApiError, DriveReason, bad_request
from sheets_sync.local_google.fieldmask import ALL, FieldMask, MaskError, camel
from sheets_sync.local_google.fieldmask import parse as parse_mask

JsonObject = dict[str, Any]
Check = Callable[[Any, str, list["Violation"]], Any]
Violation = tuple[str, str]

PRESENT: Mapping[str, frozenset[str]] = {
    "GridRange": frozenset({"startRowIndex", "endRowIndex", "startColumnIndex", "endColumnIndex"}),
    "DimensionRange": frozenset({"startIndex", "endIndex"}),
    "SheetProperties": frozenset({"sheetId", "index"}),
    "TextFormat": frozenset({"bold", "italic", "strikethrough", "underline", "fontSize"}),
    "ExtendedValue": frozenset({"boolValue", "numberValue", "stringValue", "formulaValue"}),
    "Color": frozenset({"alpha"}),
    "TextRotation": frozenset({"angle", "vertical"}),
    "DeveloperMetadataLocation": frozenset({"sheetId"}),
    "PivotGroupValueMetadata": frozenset({"collapsed"}),
    "ManualRuleGroup": frozenset({"groupName"}),
}
"""Fields that know the difference between zero and unset. In all others zero, false and "" are the same as not given:
proto3 doesn't transmit them, and answers leave them out. Seen in recorded answers (`"bold": false`, `"startRowIndex": 0`)."""

NOTHING: frozenset[str] = frozenset()

DROP = object()
"""What a check returns for a value that is not to be kept: null, or refused."""


def body(api: str, schema: str, value: Any) -> JsonObject:
    """The body with the schema's names and types.

    Raises:
        ApiError: 400 with Google's text and fieldViolations.
    """
    violations: list[Violation] = []
    checked = message(api, schema)(value, "", violations)
    if violations:
        raise refusal(violations)
    return {} if checked is DROP else checked


def refusal(violations: list[Violation]) -> ApiError:
    """All violations in one 400."""
    return bad_request("\n".join(text for _, text in violations), *violations)


def snake(name: str) -> str:
    """userEnteredValue → user_entered_value."""
    return re.sub(r"(?<!^)([A-Z])", r"_\1", name).lower()


def shown(value: Any) -> str:
    """A value as Google repeats it in a refusal."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str | bool) or value is None else f"{value}"


def unknown(name: str, path: str) -> Violation:
    """The violation of a name that the schema does not have."""
    place = f" at '{path}'" if path else ""
    return path, f'Invalid JSON payload received. Unknown name "{name}"{place}: Cannot find field.'


def wrong(path: str, kind: str, found: str) -> Violation:
    """The violation of a value that is not of its type."""
    return path, f"Invalid value at '{path}' ({kind}), {found}"


@cache
def message(api: str, name: str) -> Check:
    """The check of a schema's objects."""
    properties = schemas(api)[name].get("properties", {})
    checks: dict[str, tuple[str, str, Check | None]] = {}
    for field in properties:
        for spelling in (field, snake(field)):
            checks[spelling] = (field, snake(field), None)
    kind = f"type.googleapis.com/google.apps.{api}.{'v4' if api == 'sheets' else 'v3'}.{name}"
    present = PRESENT.get(name, NOTHING) if api == "sheets" else frozenset(properties)
    strict = api == "sheets"  # Drive ignores what it does not know

    def check(value: Any, path: str, violations: list[Violation]) -> Any:
        if not isinstance(value, dict):
            return _not_an_object(value, path, kind, violations)
        kept = {}
        for given, below in value.items():
            known = checks.get(given)
            if known is None:
                if strict:
                    violations.append(unknown(given, path))
                continue
            if below is None:
                continue
            field, spelled, of = known
            if of is None:  # made late, for schemas that hold themselves
                of = _check(api, properties[field], field, name)
                checks[given] = (field, spelled, of)
            item = of(below, f"{path}.{spelled}" if path else spelled, violations)
            if item is not DROP and (item or field in present or isinstance(item, dict)):
                kept[field] = item
        return kept

    return check


def _not_an_object(value: Any, path: str, kind: str, violations: list[Violation]) -> Any:
    if value is None:
        return DROP
    if isinstance(value, list):
        where, _, last = path.rpartition(".")
        place = f" at '{where}'" if where else ""
        text = f'Invalid JSON payload received. Unknown name "{last}"{place}: Proto field is not repeating, cannot start list.'
        violations.append((where, text))
    else:
        violations.append(wrong(path, kind, shown(value)))
    return DROP


def _check(api: str, schema: JsonObject, field: str, owner: str) -> Check:
    """The check of one property."""
    if "$ref" in schema:
        return message(api, schema["$ref"])
    kind = schema.get("type")
    if kind == "array":
        return _repeated(_check(api, schema["items"], field, owner))
    if kind == "object" and "additionalProperties" in schema:
        return _map(_check(api, schema["additionalProperties"], field, owner))
    if "enum" in schema:
        return _enum(schema["enum"], enum_type(api, schema["enum"], field, owner))
    return scalar(schema)


def _repeated(item: Check) -> Check:
    def check(value: Any, path: str, violations: list[Violation]) -> Any:
        values = value if isinstance(value, list) else [value]
        checked = [item(below, f"{path}[{index}]", violations) for index, below in enumerate(values)]
        return [below for below in checked if below is not DROP]

    return check


def _map(item: Check) -> Check:
    def check(value: Any, path: str, violations: list[Violation]) -> Any:
        if not isinstance(value, dict):
            violations.append(wrong(path, "Map", shown(value)))
            return DROP
        return {key: item(below, f"{path}[{key}]", violations) for key, below in value.items()}

    return check


def enum_type(api: str, values: list[str], field: str, owner: str) -> str:
    """The full name of an enum, which the discovery document leaves out: from its UNSPECIFIED value, else from the field."""
    first = values[0]
    head = re.sub(r"_(UNSPECIFIED|UNDEFINED)$", "", first)
    name = head.title().replace("_", "") if head != first else field[:1].upper() + field[1:]
    if name in {"Dimension", "InputValueOption", "ValueRenderOption", "DateTimeRenderOption"} or not owner:
        owner = ""
    version = "v4" if api == "sheets" else "v3"
    name = "ValueInputOption" if name == "InputValueOption" else name
    return "type.googleapis.com/" + ".".join(part for part in ("google.apps", api, version, owner, name) if part)


def _enum(values: list[str], kind: str) -> Check:
    known = frozenset(values)

    def check(value: Any, path: str, violations: list[Violation]) -> Any:
        if isinstance(value, str) and value in known:
            return DROP if value.endswith("_UNSPECIFIED") else value
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < len(values):
            return values[value]
        violations.append(wrong(path, kind, shown(value)))
        return DROP

    return check


def scalar(schema: Mapping[str, Any]) -> Check:
    """The check of a text, number, boolean, or of anything."""
    kind, form = schema.get("type"), schema.get("format")
    if kind == "any":
        return lambda value, _path, _violations: value
    convert, name = {
        "string": (_text, "TYPE_INT64" if form == "int64" else "TYPE_STRING"),
        "integer": (_integer, "TYPE_INT32"),
        "number": (_number, "TYPE_FLOAT" if form == "float" else "TYPE_DOUBLE"),
        "boolean": (_boolean, "TYPE_BOOL"),
    }[str(kind)]
    if form == "int64":
        convert = _long

    def check(value: Any, path: str, violations: list[Violation]) -> Any:
        try:
            return convert(value)
        except (TypeError, ValueError, OverflowError):
            found = "Starting an object on a scalar field" if isinstance(value, dict) else shown(value)
            violations.append(wrong(path, name, found))
            return DROP

    return check


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    raise TypeError


def _integer(value: Any) -> int:
    number = _long_number(value)
    if not -(2**31) <= number < 2**31:
        raise OverflowError
    return number


def _long(value: Any) -> str:
    return str(_long_number(value))


def _long_number(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise TypeError
    number = float(value)
    if number != math.floor(number):
        raise ValueError
    return int(value) if isinstance(value, int) else int(number)


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise TypeError
    number = float(value)
    return int(number) if number.is_integer() and abs(number) < 2**53 else number


def _boolean(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    return {"true": True, "t": True, "1": True, "false": False, "f": False, "0": False}[str(value).casefold()]


def parameters(api: str, known: Mapping[str, JsonObject], given: list[tuple[str, str]]) -> dict[str, Any]:
    """Path and query parameters with their types.

    Raises:
        ApiError: 400 with Google's text.
    """
    violations: list[Violation] = []
    kept: dict[str, Any] = {}
    for name, text in given:
        spelled = name if name in known else camel(name)
        schema = known.get(spelled)
        if schema is None:
            if api == "sheets":
                violations.append(_unbound(name))
            continue
        checker = (
            _enum(schema["enum"], enum_type(api, schema["enum"], spelled, "")) if "enum" in schema else scalar(schema)
        )
        value = checker(text, snake(spelled), violations)
        if schema.get("repeated"):
            kept.setdefault(spelled, []).append(value)
        else:
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
    inner = schema.get("items", schema.get("additionalProperties", schema))
    return str(inner.get("$ref", ""))


def _bad_mask(api: str, path: str) -> ApiError:
    if api == "drive":
        reason = DriveReason("invalidParameter", location="fields", location_type="parameter")
        return ApiError(400, f"Invalid field selection {path}", drive=reason)
    what = f"Error expanding 'fields' parameter. Cannot find matching fields for path '{path}'."
    return bad_request("Request contains an invalid argument.", (path, what))
