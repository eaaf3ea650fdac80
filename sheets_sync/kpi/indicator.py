"""An indicator as the scheme states it: formulas, goals, method, weight, and what becomes of missing figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any, Literal

import numpy as np
import pydantic

from sheets_sync.config.labels import NO_TEXT
from sheets_sync.config.office import Element
from sheets_sync.config.yaml_file import Config, Text
from sheets_sync.kpi.formula import Operation, check, parse
from sheets_sync.kpi.goal import Goal
from sheets_sync.kpi.states import EMPTY, NOT_APPLICABLE, STATES, UNREADABLE, Flags
from sheets_sync.model import Horizon, Period, msg
from sheets_sync.model.text import fold


def _checked(text: str, info: pydantic.ValidationInfo) -> str:
    """A formula over the elements of the validation's context; without one only its form is checked."""
    elements: Iterable[Element] | None = (info.context or {}).get("elements")
    check(text, None if elements is None else {element.id: element.kind for element in elements})
    return text


Formula = Annotated[str, pydantic.AfterValidator(_checked)]


class Direction(StrEnum):
    """Whether more is better or less is."""

    HIGHER = "higher"
    LOWER = "lower"


class Method(StrEnum):
    """How attainment becomes points between 0 and 1.

    linear: as it is, cut to [0, 1] · banded: 0, 4, 7 or 10 tenths · met: 1 if the target is met, else 0 ·
    growth: linear over the figure divided by the library's own figure a year earlier.
    """

    LINEAR = "linear"
    BANDED = "banded"
    MET = "met"
    GROWTH = "growth"


class Treatment(StrEnum):
    """What becomes of an indicator that can't be calculated.

    leave_out: it gives no points, takes no weight, lowers the coverage · zero: it gives no points and keeps its weight ·
    exempt: as if it did not apply.
    """

    LEAVE_OUT = "leave_out"
    ZERO = "zero"
    EXEMPT = "exempt"


class Missing(Config):
    """What becomes of an indicator by the state of the figures it lacks, and of figures with an open question."""

    empty: Treatment = Treatment.LEAVE_OUT
    refused: Treatment = Treatment.LEAVE_OUT  # unreadable, or blocked by an F finding
    not_applicable: Treatment = Treatment.EXEMPT
    questioned: Literal["counts", "left_out"] = "counts"

    @cached_property
    def by_treatment(self) -> Mapping[Treatment, Flags]:
        """For each treatment, by code of state, whether an indicator that lacks its figure in that state is treated so."""
        treated = {treatment: np.zeros(len(STATES), np.bool_) for treatment in Treatment}
        for code, treatment in ((EMPTY, self.empty), (NOT_APPLICABLE, self.not_applicable)):
            treated[treatment][code] = True
        treated[self.refused][UNREADABLE:] = True
        return treated

    @pydantic.model_validator(mode="before")
    @classmethod
    def _one_for_all(cls, value: Any) -> Any:
        return {"empty": value, "refused": value} if isinstance(value, str) else value


class Cuts(Config):
    """The attainment from which a banded indicator gives 4, 7 and 10 tenths."""

    four: float = pydantic.Field(0.5, gt=0)
    seven: float = 0.75
    ten: float = 1.0

    @pydantic.model_validator(mode="after")
    def _rising(self) -> Cuts:
        if not self.four < self.seven < self.ten:
            raise ValueError(msg("cuts that rise: four < seven < ten"))
        return self


class RollUp(StrEnum):
    """How a place's figure is made of its libraries': numerators and denominators add up, or ratios are averaged."""

    SUM = "sum"
    MEAN = "mean"


class Indicator(Config):
    """One indicator. `actual` = factor × numerator / denominator, measured against floor and target."""

    id: str = pydantic.Field(pattern=r"^[a-z][a-z0-9_]*$")
    label: Text
    group: str
    numerator: Formula
    denominator: Formula | None = None
    factor: float = pydantic.Field(1.0, gt=0, allow_inf_nan=False)
    direction: Direction = Direction.HIGHER
    floor: Goal | None = None
    target: Goal
    method: Method = Method.LINEAR
    cuts: Cuts = Cuts()
    weight: float = pydantic.Field(ge=0, allow_inf_nan=False)
    applies_to: tuple[str, ...] = ()  # kinds of library; none named: every kind that has a target
    missing: Missing = Missing()
    roll_up: RollUp = RollUp.SUM
    decimals: int = pydantic.Field(2, ge=0, le=6)
    unit: Text = NO_TEXT
    measures: Text = NO_TEXT  # in words: what is counted against what
    benchmark: Text = NO_TEXT  # figures others published, shown to readers
    source: Text = NO_TEXT  # who defined the indicator
    local_choice: Text | None = None  # what in it no source prescribes

    @property
    def higher(self) -> bool:
        """Whether more is better."""
        return self.direction is Direction.HIGHER

    @property
    def formula(self) -> str:
        """Factor × numerator / denominator, as one line."""
        factor = f"{self.factor:g} × " if self.factor != 1 else ""
        if not factor and self.denominator is None:
            return self.numerator
        below = f" / {_bracketed(self.denominator)}" if self.denominator else ""
        return f"{factor}{_bracketed(self.numerator)}{below}"

    def applies(self, kind: str) -> bool:
        """Whether it is asked of a kind of library, named as the register's is read."""
        return not self.applies_to or fold(kind) in map(fold, self.applies_to)

    @pydantic.model_validator(mode="after")
    def _floor_below_target(self) -> Indicator:
        for case in self.target.cases if self.floor else ():
            when, horizon = Period.parse(case.since or "9999-12"), case.horizon or Horizon.YEAR_TO_DATE
            floor = self.floor.at(case.kind, when, horizon) if self.floor else None
            if (
                floor is not None
                and (floor > case.value) is (self.direction is Direction.HIGHER)
                and floor != case.value
            ):
                raise ValueError(
                    msg(
                        "a floor on the worse side of the target; {floor} is not, for the target {target}",
                        floor=floor,
                        target=case.value,
                    )
                )
        return self


def _bracketed(text: str) -> str:
    return f"({text})" if isinstance(parse(text), Operation) else text
