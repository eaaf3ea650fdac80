"""Floors and targets: one number, or a choice by kind of library, by month from which it holds, and by horizon."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pydantic

from sheets_sync.config.yaml_file import Config
from sheets_sync.model import Horizon, Period, msg
from sheets_sync.model.text import fold

OTHER = "other"  # every kind of library that is not named
_LIKE_A_MONTH = re.compile(r"[\d\s./-]+")


class Case(Config):
    """A number and for what it holds; empty or None is everything."""

    value: float = pydantic.Field(ge=0, allow_inf_nan=False)
    kind: str = ""
    since: str = ""
    horizon: Horizon | None = None

    def fits(self, kind: str, period: Period, horizon: Horizon) -> bool:
        """Whether it holds; the kind is compared as the register's is read."""
        named = not self.kind or fold(self.kind) == fold(kind)
        return named and self.since <= str(period) and self.horizon in (None, horizon)

    @property
    def condition(self) -> tuple[str, str, Horizon | None]:
        """For what it holds."""
        return fold(self.kind), self.since, self.horizon

    @property
    def precision(self) -> tuple[bool, bool, str]:
        """Orders cases: a named kind wins over every kind, a named horizon over every horizon, the newest month last."""
        return bool(self.kind), self.horizon is not None, self.since


class Goal(Config):
    """A floor or a target as the scheme states it.

    In YAML a number, or a mapping whose keys are kinds of library (`other` for the rest), months like 2025-01 from
    which the value holds, or horizons (month, quarter, ytd, r12); mappings may stand in one another.
    """

    cases: tuple[Case, ...]

    @pydantic.field_validator("cases")
    @classmethod
    def _distinct(cls, cases: tuple[Case, ...]) -> tuple[Case, ...]:
        if len({case.condition for case in cases}) < len(cases):
            raise ValueError(msg("one number for each kind of library, month and horizon; a word is there twice"))
        return cases

    def at(self, kind: str, period: Period, horizon: Horizon) -> float | None:
        """The number for a kind of library in a month; None where none holds."""
        fitting = [case for case in self.cases if case.fits(kind, period, horizon)]
        return max(fitting, key=lambda case: case.precision).value if fitting else None

    def kinds(self) -> tuple[str, ...]:
        """The kinds that are named, "" for every other one, in the scheme's order."""
        return tuple({fold(case.kind): case.kind for case in reversed(self.cases)}.values())[::-1]

    @pydantic.model_validator(mode="before")
    @classmethod
    def _from_yaml(cls, value: Any) -> Any:
        if isinstance(value, Goal) or (isinstance(value, Mapping) and "cases" in value):
            return value
        return {"cases": list(_cases(value, {}))}


def _cases(value: Any, known: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    if not isinstance(value, Mapping):
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ValueError(msg("a number, or numbers by kind of library, month or horizon"))  # noqa: TRY004 - pydantic
        yield {**known, "value": value}
        return
    for key, inside in value.items():
        yield from _cases(inside, {**known, **_condition(str(key))})


def _condition(key: str) -> dict[str, str]:
    word = fold(key)
    if word in list(Horizon):
        return {"horizon": word}
    if _LIKE_A_MONTH.fullmatch(key):
        return {"since": _month(key)}
    return {"kind": "" if word == OTHER else key}


def _month(key: str) -> str:
    try:
        return str(Period.parse(key))
    except ValueError as error:
        raise ValueError(msg("a month like 2024-10")) from error
