"""Floors and targets: one number, or a choice by kind of library, by month from which it holds, and by horizon."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pydantic

from sheets_sync.config.yaml_file import Config
from sheets_sync.model import Horizon, Period

OTHER = "other"  # every kind of library that is not named
_MONTH = re.compile(r"\d{4}-\d{2}")


class Case(Config):
    """A number and for what it holds; empty or None is everything."""

    value: float = pydantic.Field(ge=0, allow_inf_nan=False)
    kind: str = ""
    since: str = ""
    horizon: Horizon | None = None

    def fits(self, kind: str, period: Period, horizon: Horizon) -> bool:
        return (
            self.kind in ("", kind) and self.since <= str(period) and (self.horizon is None or self.horizon is horizon)
        )

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

    def at(self, kind: str, period: Period, horizon: Horizon) -> float | None:
        """The number for a kind of library in a month; None where none holds."""
        fitting = [case for case in self.cases if case.fits(kind, period, horizon)]
        return max(fitting, key=lambda case: case.precision).value if fitting else None

    def kinds(self) -> tuple[str, ...]:
        """The kinds that are named, "" for every other one, in the scheme's order."""
        return tuple(dict.fromkeys(case.kind for case in self.cases))

    @pydantic.model_validator(mode="before")
    @classmethod
    def _from_yaml(cls, value: Any) -> Any:
        if isinstance(value, Goal) or (isinstance(value, Mapping) and "cases" in value):
            return value
        return {"cases": list(_cases(value, {}))}


def _cases(value: Any, known: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    if not isinstance(value, Mapping):
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ValueError("a number, or numbers by kind of library, month or horizon")  # noqa: TRY004 - pydantic
        yield {**known, "value": value}
        return
    for key, inside in value.items():
        yield from _cases(inside, {**known, **_condition(str(key))})


def _condition(key: str) -> dict[str, str]:
    if key in list(Horizon):
        return {"horizon": key}
    if _MONTH.fullmatch(key):
        return {"since": str(Period.parse(key))}
    return {"kind": "" if key == OTHER else key}
