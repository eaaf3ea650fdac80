"""BooleanConditions: where each kind may stand and how many values it takes, and whether a cell fulfils one.

Source: the descriptions of ConditionType in the discovery document.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sheets_sync.local_google.sheets.batch import Refused
from sheets_sync.local_google.workbook import Value

VALUES: Mapping[str, tuple[int, int | None]] = {
    **dict.fromkeys(("NUMBER_BETWEEN", "NUMBER_NOT_BETWEEN", "DATE_BETWEEN", "DATE_NOT_BETWEEN"), (2, 2)),
    **dict.fromkeys(("TEXT_IS_EMAIL", "TEXT_IS_URL", "DATE_IS_VALID", "BLANK", "NOT_BLANK"), (0, 0)),
    "BOOLEAN": (0, 2),
    "ONE_OF_LIST": (1, None),
    "TEXT_NOT_EQ": (1, None),
    "DATE_NOT_EQ": (1, None),
}
"""How many values a condition takes, least and most (None: any number); all others take one."""

ONLY_VALIDATION = frozenset(
    {"TEXT_IS_EMAIL", "TEXT_IS_URL", "DATE_ON_OR_BEFORE", "DATE_ON_OR_AFTER", "DATE_BETWEEN", "DATE_NOT_BETWEEN"}
    | {"DATE_IS_VALID", "ONE_OF_RANGE", "ONE_OF_LIST", "BOOLEAN"}
)
NOT_VALIDATION = frozenset({"TEXT_STARTS_WITH", "TEXT_ENDS_WITH", "BLANK", "NOT_BLANK", "TEXT_NOT_EQ", "DATE_NOT_EQ"})


def check(condition: Mapping[str, Any], where: str) -> None:
    """Refuse a condition that can't stand there. `where`: data validation, conditional formats, filters."""
    kind, values = condition.get("type"), condition.get("values", [])
    if kind is None:
        raise Refused("No condition type specified.")
    if kind in (NOT_VALIDATION if where == "data validation" else ONLY_VALIDATION):
        raise Refused(f"ConditionType '{kind}' is not supported in {where}.")
    least, most = VALUES.get(kind, (1, 1))
    if len(values) < least or (most is not None and len(values) > most):
        needed = f"{least}" if least == most else f"{least} to {most}" if most is not None else f"at least {least}"
        raise Refused(f"ConditionType '{kind}' requires {needed} ConditionValues but {len(values)} values are present.")


def fulfils(value: Value, text: str, condition: Mapping[str, Any], number: Callable[[str], float | None]) -> bool:
    """Whether a cell's value (and what it shows) fulfils a filter's condition.

    `number` reads a condition's number or date as the workbook's locale has it.
    """
    kind: str = condition["type"]
    wanted = [found.get("userEnteredValue", "") for found in condition.get("values", [])]
    if kind in {"BLANK", "NOT_BLANK"}:
        return (not text) is (kind == "BLANK")
    if kind.startswith("TEXT_"):
        return _text_fulfils(text.casefold(), kind, [word.casefold() for word in wanted])
    numbers = [number(word) for word in wanted]
    if not isinstance(value, int | float) or isinstance(value, bool) or None in numbers:
        return "NOT_" in kind
    return _number_fulfils(value, kind, [found for found in numbers if found is not None])


def _text_fulfils(text: str, kind: str, wanted: Sequence[str]) -> bool:
    first = wanted[0]
    tests: Mapping[str, Callable[[], bool]] = {
        "TEXT_CONTAINS": lambda: bool(re.search(_wildcards(first), text)),
        "TEXT_NOT_CONTAINS": lambda: not re.search(_wildcards(first), text),
        "TEXT_STARTS_WITH": lambda: text.startswith(first),
        "TEXT_ENDS_WITH": lambda: text.endswith(first),
        "TEXT_EQ": lambda: text == first,
        "TEXT_NOT_EQ": lambda: text not in wanted,
    }
    return tests[kind]()


def _wildcards(text: str) -> str:
    """`?` stands for one character, `*` for any number of them."""
    return re.escape(text).replace(r"\*", ".*").replace(r"\?", ".")


def _number_fulfils(value: float, kind: str, wanted: Sequence[float]) -> bool:
    day = int(value) if kind.startswith("DATE_") else value
    first, last = wanted[0], wanted[-1]
    tests: Mapping[str, bool] = {
        "GREATER": day > first,
        "GREATER_THAN_EQ": day >= first,
        "LESS": day < first,
        "LESS_THAN_EQ": day <= first,
        "EQ": day == first,
        "NOT_EQ": day not in wanted,
        "BETWEEN": first <= day <= last,
        "NOT_BETWEEN": not first <= day <= last,
        "BEFORE": day < first,
        "AFTER": day > first,
    }
    return tests[kind.partition("_")[2]]
