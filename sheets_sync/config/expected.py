"""What a setting should have been, in a sentence: pydantic's reasons in our words, else a sentence and its words in brackets."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from pydantic_core import ErrorDetails

from sheets_sync.model import Message, msg
from sheets_sync.model.foreign import quoted

_NUMBER, _WHOLE, _FLAG, _TEXT, _LIST, _SECTION = (
    msg("a number"), msg("a whole number"), msg("true or false"), msg("a text"), msg("a list"),
    msg("settings by name, each on a line of its own"),
)  # fmt: skip
_PLAIN: Mapping[str, Message] = MappingProxyType(  # nothing of pydantic's words is lost by these
    {
        "less_than": msg("less than {lt}"),
        "less_than_equal": msg("at most {le}"),
        "greater_than": msg("more than {gt}"),
        "greater_than_equal": msg("at least {ge}"),
        "multiple_of": msg("a multiple of {multiple_of}"),
        "finite_number": _NUMBER,
        "literal_error": msg("one of these: {expected}"),
        "enum": msg("one of these: {expected}"),
        "string_pattern_mismatch": msg("a text of the form {pattern}"),
        "string_too_short": msg("a text that is not empty"),
        "string_too_long": msg("a text of at most {max_length} characters"),
        "too_short": msg("at least {min_length} of them"),
        "too_long": msg("at most {max_length} of them"),
        "none_required": msg("nothing"),
        **dict.fromkeys(("int_type", "int_parsing", "int_from_float"), _WHOLE),
        **dict.fromkeys(("float_type", "float_parsing", "decimal_type", "decimal_parsing"), _NUMBER),
        **dict.fromkeys(("bool_type", "bool_parsing"), _FLAG),
        **dict.fromkeys(("tuple_type", "list_type", "set_type", "frozen_set_type", "deque_type"), _LIST),
        **dict.fromkeys(
            ("dict_type", "mapping_type", "model_type", "model_attributes_type", "dataclass_type"), _SECTION
        ),
        "string_type": _TEXT,
    }
)
_BY_BEGINNING: tuple[tuple[str, Message], ...] = (
    (r"date_|datetime_", msg("a date like 2024-10-31")),
    (r"time_|timezone_", msg("a time like 07:30")),
    (r"url_", msg("an address like https://example.org")),
    (r"int_|float_|decimal_|fraction_|complex_", _NUMBER),
    (r"string_|bytes_", _TEXT),
    (r"uuid_", msg("an id of 32 digits and letters from a to f")),
    (r"json_", msg("a text in JSON")),
    (r"list_|set_|iter|frozen_|deque|tuple", _LIST),
    (r"missing|unexpected|multiple|arguments|union_|dict|mapping|ordered|counter|named|dataclass", _SECTION),
)
_ELSE = msg("another entry")


def expected(problem: ErrorDetails) -> Message:
    """What would do: pydantic's reason in our words, a validator's own, else a sentence and pydantic's words."""
    kind, context = problem["type"], problem.get("ctx", {})
    if kind in _PLAIN:
        return replace(_PLAIN[kind], params=context)
    said = context["error"].args[0] if kind in ("value_error", "assertion_error") and "error" in context else None
    return said if isinstance(said, Message) else quoted(_sense(kind), problem["msg"].removeprefix("Value error, "))


def _sense(kind: str) -> Message:
    return next((sense for form, sense in _BY_BEGINNING if re.match(form, kind)), _ELSE)


def found(value: Any) -> Message | str:
    """What stands there, cut short, without the user and password of an address."""
    if value is None:
        return msg("empty")
    if isinstance(value, bool):
        return str(value).lower()
    return re.sub(r"://.*@", "://…@", repr(value))[:80]
