"""Frozen values ↔ JSON: dataclasses, named tuples, messages, months and days go in and come back equal."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any, TypeVar, get_args, get_origin

from sheets_sync.config.yaml_file import Text
from sheets_sync.model import CellRef, Message, Observation, Period

T = TypeVar("T")


def encode(value: Any) -> Any:
    """A value made of dataclasses, named tuples, tuples, enums, months, days, messages and plain JSON as plain JSON."""
    match value:
        case Message():
            return {"template": value.template, "params": {k: _tagged(v) for k, v in value.params.items()}}
        case Period() | date():
            return str(value) if isinstance(value, Period) else value.isoformat()
        case Enum():
            return value.value
        case str() | int() | float() | None:  # most values are plain: the tests below would take long for nothing
            return value
        case CellRef() | Observation():
            return {name: encode(item) for name, item in value._asdict().items()}
        case tuple() | list() | frozenset():
            return [encode(item) for item in value]
        case Mapping():
            return {key: encode(item) for key, item in value.items()}
        case _ if dataclasses.is_dataclass(value):
            return {f.name: encode(getattr(value, f.name)) for f in dataclasses.fields(value)}
        case _:
            return value


def decode(data: Any, kind: type[T]) -> T:
    """The value of a type from what `encode` made of it."""
    return typing.cast(T, _decode(data, kind))


def _decode(data: Any, kind: Any) -> Any:
    origin = get_origin(kind)
    if origin in (types.UnionType, typing.Union):
        return None if data is None else _decode(data, next(a for a in get_args(kind) if a is not types.NoneType))
    if origin is tuple:
        return tuple(_decode(item, get_args(kind)[0]) for item in data)
    if kind is Message:
        return Message(data["template"], {k: _untagged(v) for k, v in data["params"].items()})
    if kind is Period:
        return Period.parse(data)
    if kind in (date, datetime):
        return kind.fromisoformat(data)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(data)
    if dataclasses.is_dataclass(kind) or hasattr(kind, "_fields"):
        make = typing.cast(type, kind)
        hints = _hints(make)
        return make(**{name: _decode(item, hints[name]) for name, item in data.items() if name in hints})
    return data


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind, localns={"Message": Message})


def _tagged(value: object) -> Any:
    """A message's parameter, marked with its type where JSON has none."""
    match value:
        case Message():
            return {"$message": encode(value)}
        case Period():
            return {"$period": str(value)}
        case datetime():
            return {"$datetime": value.isoformat()}
        case date():
            return {"$date": value.isoformat()}
        case Text():
            return {"$text": {"id": value.id, "en": value.en}}
        case CellRef():
            return str(value)
        case list() | tuple():
            return {"$list": [_tagged(item) for item in value]}
        case str() | int() | float() | bool() | None:
            return value
        case _:
            return str(value)


def _untagged(value: Any) -> object:
    if not isinstance(value, dict):
        return value
    [(tag, inner)] = value.items()
    match tag:
        case "$message":
            return decode(inner, Message)
        case "$period":
            return Period.parse(inner)
        case "$text":
            return Text(**inner)
        case "$datetime":
            return datetime.fromisoformat(inner)
        case "$date":
            return date.fromisoformat(inner)
        case _:
            return [_untagged(item) for item in inner]
