"""Checks of single JSON values (texts, numbers, booleans, enums), and the words in which Google refuses them."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping
from typing import Any

Violation = tuple[str, str]
"""Where (a path in the proto's spelling), and Google's text."""
Check = Callable[[Any, str, list[Violation]], Any]
"""Takes a value and its path, notes violations, and returns the value as it is kept, or DROP."""

DROP = object()
"""What a check returns for a value that is not to be kept: unset, or refused."""


def shown(value: Any) -> str:
    """A value as Google repeats it in a refusal."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str | bool) or value is None else f"{value}"


def wrong(path: str, kind: str, found: str) -> Violation:
    """The violation of a value that is not of its type."""
    return path, f"Invalid value at '{path}' ({kind}), {found}"


def full_name(api: str, name: str) -> str:
    """A message type's name with its package."""
    nested = {"Request": "BatchUpdateSpreadsheetRequest.Request", "Response": "BatchUpdateSpreadsheetResponse.Response"}
    version = "v4" if api == "sheets" else "v3"
    return f"type.googleapis.com/google.apps.{api}.{version}.{nested.get(name, name)}"


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
