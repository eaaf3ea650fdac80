"""The scores of many libraries in one period, as arrays, with the way out to single scores and to frames."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from sheets_sync.kpi.points import NOISE
from sheets_sync.kpi.scheme import Scheme
from sheets_sync.kpi.states import STATES, Codes, Floats
from sheets_sync.model import Horizon, Part, Period, Score

FIGURES = ("numerator", "denominator", "actual", "target", "attainment", "points", "contribution", "lost")
ARRAYS = ("value", "coverage", "low", "high", *FIGURES, "states")


@dataclass(frozen=True, eq=False)
class ScoreTable:
    """Scores of the libraries (or places) in `codes`.

    One value for each code: `value`, NaN below the coverage floor, `coverage`, `low` and `high`. Indicators × codes:
    the figures of `model.Part`, NaN where missing, and `states` as codes of `kpi.states.STATES`.
    """

    scheme: Scheme
    period: Period
    horizon: Horizon
    codes: tuple[str, ...]
    value: Floats
    coverage: Floats
    low: Floats
    high: Floats
    numerator: Floats
    denominator: Floats
    actual: Floats
    target: Floats
    attainment: Floats
    points: Floats
    contribution: Floats
    lost: Floats
    states: Codes

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Where a code stands."""
        return {code: n for n, code in enumerate(self.codes)}

    def part(self, columns: slice, period: Period, horizon: Horizon) -> ScoreTable:
        """Some of the columns, as the scores of a period."""
        cut = {name: getattr(self, name)[..., columns] for name in ARRAYS}
        return ScoreTable(self.scheme, period, horizon, self.codes[columns], **cut)

    def score(self, code: str) -> Score:
        """One library's score with its parts, in the scheme's order.

        Raises:
            KeyError: the library is not in the table.
        """
        n = self.places[code]
        value, coverage = _number(self.value[n]), float(self.coverage[n])
        return Score(
            library=code,
            period=self.period,
            horizon=self.horizon,
            scheme=self.scheme.version,
            value=value,
            category=None if value is None else self.scheme.category(value).id,
            provisional=value is not None and coverage < 1 - NOISE,
            coverage=coverage,
            low=_number(self.low[n]),
            high=_number(self.high[n]),
            parts=self._parts[n],
        )

    @cached_property
    def _parts(self) -> list[tuple[Part, ...]]:
        """Every code's parts, in the scheme's order."""
        indicators, numbers = self.scheme.indicators, np.array([getattr(self, name) for name in FIGURES])
        numbers[FIGURES.index("denominator"), ~self.scheme.divided] = np.nan
        known = numbers.transpose(0, 2, 1).reshape(len(FIGURES), -1)
        objects = np.where(np.isnan(known), None, known)  # type: ignore[call-overload]
        columns = dict(zip(FIGURES, objects.tolist(), strict=True))
        columns["indicator"] = [each.id for each in indicators] * len(self.codes)
        columns["weight"] = [each.weight for each in indicators] * len(self.codes)
        columns["state"] = [STATES[code] for code in self.states.T.reshape(-1).tolist()]
        parts = [*map(Part._make, zip(*(columns[name] for name in Part._fields), strict=True))]
        return [tuple(parts[n : n + len(indicators)]) for n in range(0, len(parts), len(indicators))]

    def to_frame(self) -> pd.DataFrame:
        """A row per library: library, period, horizon, scheme, score, category, provisional, coverage, low, high."""
        categories = [None if np.isnan(value) else self.scheme.category(value).id for value in self.value]
        return pd.DataFrame(
            {
                "library": self.codes,
                "period": str(self.period),
                "horizon": self.horizon.value,
                "scheme": self.scheme.version,
                "score": self.value,
                "category": categories,
                "provisional": ~np.isnan(self.value) & (self.coverage < 1 - NOISE),
                "coverage": self.coverage,
                "low": self.low,
                "high": self.high,
            }
        )

    def parts_frame(self) -> pd.DataFrame:
        """A row per indicator and library: library, indicator, state, weight, then the figures of `model.Part`."""
        indicators = self.scheme.indicators
        return pd.DataFrame(
            {
                "library": np.tile(np.array(self.codes, dtype=object), len(indicators)),
                "indicator": np.repeat([indicator.id for indicator in indicators], len(self.codes)),
                "state": np.array([state.value for state in STATES])[self.states.reshape(-1)],
                "weight": np.repeat([indicator.weight for indicator in indicators], len(self.codes)),
                **{name: getattr(self, name).reshape(-1) for name in FIGURES},
            }
        )


def _number(value: float) -> float | None:
    return None if math.isnan(value) else float(value)
