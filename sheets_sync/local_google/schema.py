"""Checks of JSON values, made from the discovery documents' schemas, one for each schema and type."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from orjson import dumps, loads

from sheets_sync.local_google.discovery import schemas
from sheets_sync.local_google.json_types import JsonObject
from sheets_sync.local_google.known import MANY, Known
from sheets_sync.local_google.normalize import normalizer
from sheets_sync.local_google.scalars import (
    DROP,
    Check,
    Violation,
    enum_check,
    enum_type,
    full_name,
    scalar,
    shown,
    wrong,
)

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

OFTEN_EQUAL = frozenset({"CellData"})
"""Schemas of which a request has thousands of objects, many of them equal."""

NOTHING: frozenset[str] = frozenset()


def snake(name: str) -> str:
    """The proto's spelling: userEnteredValue → user_entered_value."""
    return re.sub(r"(?<!^)([A-Z])", r"_\1", name).lower()


def unknown(name: str, path: str) -> Violation:
    """The violation of a name that the message at a path doesn't have."""
    place = f" at '{path}'" if path else ""
    return path, f'Invalid JSON payload received. Unknown name "{name}"{place}: Cannot find field.'


@cache
def message(api: str, name: str) -> Message:
    """The check of a schema's objects."""
    return EqualMessages(api, name) if name in OFTEN_EQUAL else Message(api, name)


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


class EqualMessages(Message):
    """Checks objects of which many are equal: looks at each kind once, and makes one object of all that are equal."""

    def __init__(self, api: str, name: str) -> None:
        super().__init__(api, name)
        self._once = lru_cache(maxsize=MANY)(self._flawless)

    def __call__(self, value: Any, path: str, violations: list[Violation]) -> Any:
        flawless = self.flawless([value])
        return flawless[0] if flawless else super().__call__(value, path, violations)

    def flawless(self, values: Sequence[Any]) -> list[Known]:
        """The objects if nothing is wrong with any of them, else none: what is wrong is told with its place."""
        try:
            return list(map(self._once, map(dumps, values)))
        except FlawedError:
            return []

    def _flawless(self, text: bytes) -> Known:
        violations: list[Violation] = []
        kept = super().__call__(loads(text), "", violations)
        if violations or kept is DROP:
            raise FlawedError
        return Known(kept)


class FlawedError(ValueError):
    """There is something wrong with a value."""


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
        if isinstance(item, EqualMessages) and (flawless := item.flawless(values)):
            return flawless
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
