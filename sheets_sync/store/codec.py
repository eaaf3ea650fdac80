"""Frozen values ↔ JSON: dataclasses, named tuples, messages, months and days go in and come back equal.

Plain JSON is written and read by pydantic's way, in a third of the time of Python's own.
"""

from __future__ import annotations

import dataclasses
import json
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar, get_args, get_origin

from pydantic_core import PydanticSerializationError, from_json, to_json

from sheets_sync.config.yaml_file import Text
from sheets_sync.model import CellRef, Message, Observation, Period

T = TypeVar("T")


def written(plain: Any) -> str:
    """Plain JSON as text."""
    try:
        return to_json(plain).decode()
    except PydanticSerializationError:  # half a character, as a broken program types it: there is no UTF-8 of it
        return json.dumps(plain)


def read(text: str | bytes) -> Any:
    """Plain JSON from its text."""
    try:
        return from_json(text)
    except ValueError:  # as above
        return json.loads(text)


_PLAIN = frozenset({str, int, float, bool, type(None)})  # as they are; most values are


def encode(value: Any) -> Any:
    """A value made of dataclasses, named tuples, tuples, enums, months, days, messages and plain JSON as plain JSON."""
    kind: type = type(value)
    return value if kind in _PLAIN else _encoder(kind)(value)


@cache
def _encoder(kind: type) -> Callable[[Any], Any]:
    """What makes plain JSON of values of a type, found out once."""
    if issubclass(kind, Message):
        return _message
    if issubclass(kind, (Period, date)):
        return str if issubclass(kind, Period) else kind.isoformat
    if issubclass(kind, Enum):
        return attrgetter("value")
    if issubclass(kind, (CellRef, Observation)):
        return _of_parts(kind._fields)
    if issubclass(kind, (tuple, list, frozenset)):
        return lambda value: list(map(encode, value))
    if issubclass(kind, Mapping):
        return lambda value: {key: encode(item) for key, item in value.items()}
    if dataclasses.is_dataclass(kind):
        return _of_parts([each.name for each in dataclasses.fields(kind)])
    return _itself


def _of_parts(names: Sequence[str]) -> Callable[[Any], Any]:
    """Most parts are plain: no function is called for those."""
    return lambda value: {
        name: part if type(part := getattr(value, name)) in _PLAIN else encode(part) for name in names
    }


def _message(value: Message) -> Any:
    return {"template": value.template, "params": {name: _tagged(given) for name, given in value.params.items()}}


def decode(data: Any, kind: type[T]) -> T:
    """The value of a type from what `encode` made of it."""
    return typing.cast(T, _decoder(typing.cast(type, kind))(data))


@cache
def _decoder(kind: Any) -> Callable[[Any], Any]:
    """What makes a value of a type, found out once."""
    origin = get_origin(kind)
    if origin in (types.UnionType, typing.Union):
        inner = _decoder(next(each for each in get_args(kind) if each is not types.NoneType))
        return lambda data: None if data is None else inner(data)
    if origin is tuple:
        item = _decoder(get_args(kind)[0])
        return lambda data: tuple(map(item, data))
    if kind is Message:
        return lambda data: Message(data["template"], {k: _untagged(v) for k, v in data["params"].items()})
    if kind is Period:
        return Period.parse
    if kind in (date, datetime):
        return typing.cast(Callable[[Any], Any], kind.fromisoformat)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    if dataclasses.is_dataclass(kind) or hasattr(kind, "_fields"):
        make = typing.cast(type, kind)
        return lambda data: make(**{name: of(data[name]) for name, of in _parts(make) if name in data})
    return _itself


@cache  # when it is first needed: a type may hold values of its own kind
def _parts(kind: type) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
    hints = typing.get_type_hints(kind, localns={"Message": Message})
    return tuple((name, _decoder(hint)) for name, hint in hints.items())


def _itself(data: Any) -> Any:
    return data


def _tagged(value: object) -> Any:
    """A message's parameter, marked with its type where JSON has none."""
    if type(value) in _PLAIN:
        return value
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
        case str() | int() | float():
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
