"""Checks of JSON values, made from the discovery documents' schemas, one for each schema and type."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from sheets_sync.local_google.discovery import schemas
from sheets_sync.local_google.json_types import JsonObject
from sheets_sync.local_google.normalize import normalizer

Violation = tuple[str, str]
"""Where (a path in the proto's spelling), and Google's text."""
Check = Callable[[Any, str, list[Violation]], Any]
"""Takes a value and its path, notes violations, and returns the value as it is kept, or DROP."""

DROP = object()
"""What a check returns for a value that is not to be kept: unset, or refused."""

PRESENT: Mapping[str, frozenset[str]] = {
    "GridRange": frozenset({"startRowIndex", "endRowIndex", "startColumnIndex", "endColumnIndex"}),
    "DimensionRange": frozenset({"startIndex", "endIndex"}),
    "SheetProperties": frozenset({"sheetId", "index"}),
    "TextFormat": frozenset({"bold", "italic", "strikethrough", "underline", "fontSize"}),
    "ExtendedValue": frozenset({"boolValue", "numberValue", "stringValue", "formulaValue"}),
    "Color": frozenset({"alpha"}),
    "TextRotation": frozenset({"angle", "vertical"}),
    "DeveloperMetadataLocation": frozenset({"sheetId"}),
    "DeveloperMetadataLookup": frozenset({"metadataId", "metadataValue"}),
    "UpdateConditionalFormatRuleRequest": frozenset({"newIndex"}),
    "EmbeddedObjectPosition": frozenset({"sheetId"}),
    "SortSpec": frozenset({"dimensionIndex"}),
    "FilterSpec": frozenset({"columnIndex"}),
}
"""Fields that know the difference between zero and unset. In all others zero, false and "" are the same as not given:
proto3 doesn't transmit them, and answers leave them out. Seen in recorded answers (`"bold": false`, `"startRowIndex": 0`)."""

ONE_OF: Mapping[str, tuple[str, frozenset[str]]] = {
    "Request": ("kind", frozenset(schemas("sheets")["Request"]["properties"])),
    "ExtendedValue": ("value", frozenset(schemas("sheets")["ExtendedValue"]["properties"])),
    "ConditionalFormatRule": ("rule", frozenset({"booleanRule", "gradientRule"})),
    "DataFilter": ("filter", frozenset({"a1Range", "gridRange", "developerMetadataLookup"})),
    "ColorStyle": ("kind", frozenset({"rgbColor", "themeColor"})),
    "ConditionValue": ("value", frozenset({"relativeDate", "userEnteredValue"})),
    "DeveloperMetadataLocation": ("location", frozenset({"sheetId", "spreadsheet", "dimensionRange"})),
    "TextRotation": ("type", frozenset({"angle", "vertical"})),
    "UpdateCellsRequest": ("area", frozenset({"start", "range"})),
    "AutoFillRequest": ("area", frozenset({"range", "sourceAndDestination"})),
    "FindReplaceRequest": ("scope", frozenset({"range", "sheetId", "allSheets"})),
    "EmbeddedObjectPosition": ("location", frozenset({"sheetId", "overlayPosition", "newSheet"})),
    "UpdateConditionalFormatRuleRequest": ("instruction", frozenset({"rule", "newIndex"})),
    "PasteDataRequest": ("kind", frozenset({"delimiter", "html"})),
}
"""Fields of which only one may be set: the oneof's name, and its members (the discovery documents don't tell them)."""

NOTHING: frozenset[str] = frozenset()


def snake(name: str) -> str:
    """The proto's spelling: userEnteredValue → user_entered_value."""
    return re.sub(r"(?<!^)([A-Z])", r"_\1", name).lower()


def shown(value: Any) -> str:
    """A value as Google repeats it in a refusal."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str | bool) or value is None else f"{value}"


def wrong(path: str, kind: str, found: str) -> Violation:
    """The violation of a value that is not of its type."""
    return path, f"Invalid value at '{path}' ({kind}), {found}"


def unknown(name: str, path: str) -> Violation:
    """The violation of a name that the message at a path doesn't have."""
    place = f" at '{path}'" if path else ""
    return path, f'Invalid JSON payload received. Unknown name "{name}"{place}: Cannot find field.'


def full_name(api: str, name: str) -> str:
    """A message type's name with its package."""
    nested = {"Request": "BatchUpdateSpreadsheetRequest.Request", "Response": "BatchUpdateSpreadsheetResponse.Response"}
    version = "v4" if api == "sheets" else "v3"
    return f"type.googleapis.com/google.apps.{api}.{version}.{nested.get(name, name)}"


@cache
def message(api: str, name: str) -> Message:
    """The check of a schema's objects."""
    return Message(api, name)


class Message:
    """Checks objects of one schema. Drive ignores what it doesn't know; Sheets refuses it."""

    def __init__(self, api: str, name: str) -> None:
        self._api, self._name = api, name
        self._properties: Mapping[str, JsonObject] = schemas(api)[name].get("properties", {})
        self._strict = api == "sheets"
        self._present = PRESENT.get(name, NOTHING) if self._strict else frozenset(self._properties)
        self._finish = normalizer(name, self._properties) if self._strict else None
        self._one_of = ONE_OF.get(name) if self._strict else None
        self._fields: dict[str, tuple[str, str, Check | None]] = {}
        for field in self._properties:
            for spelling in (field, snake(field)):
                self._fields[spelling] = (field, snake(field), None)

    def __call__(self, value: Any, path: str, violations: list[Violation]) -> Any:
        if not isinstance(value, dict):
            return self._not_an_object(value, path, violations)
        kept: JsonObject = {}
        for given, below in value.items():
            known = self._fields.get(given)
            field, spelled, check = known if known and known[2] else self._known(given, path, violations)
            if check is None or below is None:
                continue
            item = check(below, f"{path}.{spelled}" if path else spelled, violations)
            if item is not DROP and (item or isinstance(item, dict) or field in self._present):
                kept[field] = item
        if self._one_of and len(kept) > 1:
            self._check_one_of(kept, path, violations)
        return self._finish(kept) if self._finish else kept

    def _known(self, given: str, path: str, violations: list[Violation]) -> tuple[str, str, Check | None]:
        """The field of that name: its JSON and proto spellings and its check (None: there is none)."""
        known = self._fields.get(given)
        if known is None:
            if self._strict:
                violations.append(unknown(given, path))
            return given, given, None
        if known[2] is None:  # made late, because schemas hold themselves
            known = known[0], known[1], _check(self._api, self._properties[known[0]], known[0], self._name)
            self._fields[given] = known
        return known

    def _not_an_object(self, value: Any, path: str, violations: list[Violation]) -> Any:
        if isinstance(value, list):
            where, _, last = path.rpartition(".")
            place = f" at '{where}'" if where else ""
            said = f'Unknown name "{last}"{place}: Proto field is not repeating, cannot start list.'
            violations.append((where, f"Invalid JSON payload received. {said}"))
        elif value is not None:
            violations.append(wrong(path, full_name(self._api, self._name), shown(value)))
        return DROP

    def _check_one_of(self, kept: JsonObject, path: str, violations: list[Violation]) -> None:
        name, members = self._one_of or ("", NOTHING)
        for field in [field for field in kept if field in members][1:]:
            said = f"oneof field '{name}' is already set. Cannot set '{field}'"
            violations.append(wrong(path, "oneof", said))


def _check(api: str, schema: JsonObject, field: str, owner: str) -> Check:
    """The check of one property."""
    if "$ref" in schema:
        return message(api, schema["$ref"])
    kind = schema.get("type")
    if kind == "array":
        rows = schema["items"].get("type") == "array"
        return _repeated(_list_value if rows else _check(api, schema["items"], field, owner))
    if kind == "object" and "additionalProperties" in schema:
        return _map(_check(api, schema["additionalProperties"], field, owner))
    if "enum" in schema:
        return enum_check(schema["enum"], enum_type(api, schema["enum"], field, owner))
    return scalar(schema)


def _repeated(item: Check) -> Check:
    """Lists in lists are read as one list, as Google's parser does (pygsheets sends `requests: [[…]]`)."""

    def check(value: Any, path: str, violations: list[Violation]) -> Any:
        values = value if isinstance(value, list) else [value]
        if any(isinstance(below, list) for below in values) and isinstance(item, Message):
            values = [inner for below in values for inner in (below if isinstance(below, list) else [below])]
        single = not isinstance(value, list)
        checked = [
            item(below, path if single else f"{path}[{index}]", violations) for index, below in enumerate(values)
        ]
        return [below for below in checked if below is not DROP]

    return check


def _list_value(value: Any, path: str, violations: list[Violation]) -> Any:
    """A row of cells, which to Google's parser is a message of its own."""
    if isinstance(value, list):
        return value
    if isinstance(value, dict):
        violations += [unknown(name, path) for name in value]
    else:
        violations.append(wrong(path, "type.googleapis.com/google.protobuf.ListValue", shown(value)))
    return DROP


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
    if name in {"Dimension", "InputValueOption", "ValueRenderOption", "DateTimeRenderOption"}:
        owner = ""
    name = "ValueInputOption" if name == "InputValueOption" else name
    return full_name(api, f"{owner}.{name}" if owner else name)


def enum_check(values: list[str], kind: str) -> Check:
    """The check of an enum: a name, or a number. UNSPECIFIED is the same as unset."""
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
    kind, form = str(schema.get("type")), schema.get("format")
    if kind == "any":
        return lambda value, _path, _violations: value
    convert, name = SCALARS[form if form in {"int64", "float", "google-fieldmask"} else kind]

    def check(value: Any, path: str, violations: list[Violation]) -> Any:
        try:
            return convert(value)
        except (KeyError, TypeError, ValueError, OverflowError):
            found = "Starting an object on a scalar field" if isinstance(value, dict) else shown(value)
            violations.append(wrong(path, name, found))
            return DROP

    return check


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    raise TypeError


def _field_mask(value: Any) -> str:
    """A mask as a text, or as the message it stands for: {"paths": ["a", "b"]}."""
    paths = value.get("paths") if isinstance(value, dict) else None
    return ",".join(map(_text, paths)) if isinstance(paths, list) else _text(value)


def _integer(value: Any) -> int:
    number = _long(value)
    if not -(2**31) <= number < 2**31:
        raise OverflowError
    return number


def _long(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise TypeError
    number = float(value)
    if number != math.floor(number):
        raise ValueError
    return value if isinstance(value, int) else int(number)


def _number(value: Any) -> float:
    """Whole numbers are ints, as JSON writes them."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise TypeError
    number = float(value)
    return int(number) if number.is_integer() and abs(number) < 2**53 else number


def _boolean(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    return {"true": True, "t": True, "1": True, "false": False, "f": False, "0": False}[str(value).casefold()]


SCALARS: Mapping[str, tuple[Callable[[Any], Any], str]] = {
    "string": (_text, "TYPE_STRING"),
    "google-fieldmask": (_field_mask, "TYPE_STRING"),
    "int64": (lambda value: str(_long(value)), "TYPE_INT64"),
    "integer": (_integer, "TYPE_INT32"),
    "number": (_number, "TYPE_DOUBLE"),
    "float": (_number, "TYPE_FLOAT"),
    "boolean": (_boolean, "TYPE_BOOL"),
}
"""By type (or format): how a value is read, and what the type is called in a refusal."""
