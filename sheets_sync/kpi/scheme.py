"""A scheme: which indicators make a score, with formulas, goals, weights and bands, as a versioned YAML file says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import Any, Literal, TypeAlias

import numpy as np
import pydantic
from numpy.typing import NDArray

from sheets_sync.config.labels import NO_TEXT, TOO_FEW
from sheets_sync.config.office import Element
from sheets_sync.config.yaml_file import Config, Month, Text, read_yaml
from sheets_sync.errors import ConfigError
from sheets_sync.kpi.formula import names
from sheets_sync.kpi.indicator import Indicator, Method, Treatment
from sheets_sync.kpi.points import NOISE
from sheets_sync.model import Horizon, Period, msg
from sheets_sync.model.text import twice

KNOWN_GOALS = 32  # of a month's year, month, trend and outlook, for offices with one or more kinds of library
Goals: TypeAlias = NDArray[np.float64]


class Group(Config):
    """A group of indicators, shown together."""

    id: str = pydantic.Field(pattern=r"^[a-z][a-z0-9_]*$")
    label: Text


class Band(Config):
    """A category: the scores from `at_least` up to the next band's, its word, its colour."""

    id: str
    label: Text
    at_least: float = pydantic.Field(0.0, ge=0, le=10)
    colour: Literal["green", "yellow", "red", "grey"]


_UNSCORED = Band(id="unscored", label=TOO_FEW, colour="grey")


class Scheme(Config):
    """A scheme file. Weights need not add up to anything; `share` says what they amount to."""

    version: str = pydantic.Field(min_length=1)
    valid_from: Month  # the first month it holds for, like 2024-01
    name: Text
    note: Text = NO_TEXT  # what the scheme says about itself, and what in it is a local choice
    coverage_floor: float = pydantic.Field(0.5, ge=0, le=1)
    bands: tuple[Band, ...] = pydantic.Field(min_length=1)
    unscored: Band = _UNSCORED  # where too few figures are known; at_least means nothing here
    groups: tuple[Group, ...]
    indicators: tuple[Indicator, ...] = pydantic.Field(min_length=1)

    @property
    def first_period(self) -> Period:
        return Period.parse(self.valid_from)

    @cached_property
    def weights(self) -> NDArray[np.float64]:
        """The indicators' weights, in order."""
        return np.array([indicator.weight for indicator in self.indicators])

    @cached_property
    def higher(self) -> NDArray[np.bool_]:
        """Whether more of each indicator is better, in order."""
        return np.array([indicator.higher for indicator in self.indicators])

    @cached_property
    def factors(self) -> NDArray[np.float64]:
        """What each indicator's numerator is multiplied by, in order; growth divides ratios that have it in them."""
        return np.array([1.0 if each.method is Method.GROWTH else each.factor for each in self.indicators])

    @cached_property
    def rows(self) -> NDArray[np.intp]:
        """The indicators' places, as a column beside tables of indicators × libraries."""
        return np.arange(len(self.indicators))[:, None]

    @cached_property
    def treated(self) -> Mapping[Treatment, NDArray[np.bool_]]:
        """For each treatment, indicators × states: whether an indicator that lacks its figure in that state is treated so."""
        return {each: np.array([i.missing.by_treatment[each] for i in self.indicators]) for each in Treatment}

    @cached_property
    def goals(self) -> Callable[[tuple[str, ...], tuple[tuple[Period, Horizon], ...]], tuple[Goals, Goals]]:
        """Targets and floors, indicators × horizons that end with a month × kinds of library; every office asks for the same."""
        return lru_cache(maxsize=KNOWN_GOALS)(partial(_goals, self.indicators))

    @cached_property
    def divided(self) -> NDArray[np.bool_]:
        """Whether each indicator has a denominator, in order; growth has last year's figure."""
        return np.array([i.denominator is not None or i.method is Method.GROWTH for i in self.indicators])

    def share(self, indicator: Indicator) -> float:
        """An indicator's weight over the sum of all weights."""
        return indicator.weight / float(self.weights.sum())

    def indicator(self, name: str) -> Indicator:
        """The indicator with that id.

        Raises:
            KeyError: there is none.
        """
        for indicator in self.indicators:
            if indicator.id == name:
                return indicator
        raise KeyError(name)

    def reads(self, element: str, kind: str) -> bool:
        """Whether an indicator that weighs something for this kind of library is calculated from the element."""
        weighed = (each for each in self.indicators if each.weight and each.applies(kind))
        return any(element in names(each.numerator, each.denominator) for each in weighed)

    def category(self, value: float | None) -> Band:
        """The band of an unrounded score; bands are closed below and open above. None: too few figures are known."""
        if value is None:
            return self.unscored
        inside = [band for band in self.bands if value >= band.at_least - NOISE]
        return max(inside, key=lambda band: band.at_least)

    @pydantic.field_validator("bands")
    @classmethod
    def _from_zero(cls, bands: tuple[Band, ...]) -> tuple[Band, ...]:
        starts = [band.at_least for band in bands]
        if min(starts) != 0 or len(set(starts)) < len(starts):
            raise ValueError(msg("bands that start at different scores, the lowest of them at 0"))
        return bands

    @pydantic.field_validator("bands", "groups", "indicators")
    @classmethod
    def _distinct(cls, parts: tuple[Any, ...]) -> tuple[Any, ...]:
        if found := twice(part.id for part in parts):
            raise ValueError(msg("every id once; twice or more: {names}", names=found))
        return parts

    @pydantic.field_validator("indicators")
    @classmethod
    def _grouped_and_weighed(
        cls, indicators: tuple[Indicator, ...], info: pydantic.ValidationInfo
    ) -> tuple[Indicator, ...]:
        groups = {group.id for group in info.data.get("groups", ())}
        lost = [part.id for part in indicators if groups and part.group not in groups]
        if lost:
            raise ValueError(msg("a group that is listed under groups, for: {names}", names=lost))
        if not any(indicator.weight for indicator in indicators):
            raise ValueError(msg("at least one indicator with a weight above 0"))
        return indicators


def _goals(
    indicators: Sequence[Indicator], kinds: Sequence[str], views: Sequence[tuple[Period, Horizon]]
) -> tuple[Goals, Goals]:
    """`Scheme.goals`. A target of NaN: the indicator does not apply. A floor of NaN: there is none."""
    target = [
        [[each.target.at(kind, *view) if each.applies(kind) else None for kind in kinds] for view in views]
        for each in indicators
    ]
    floor = [
        [[each.floor.at(kind, *view) if each.floor else None for kind in kinds] for view in views]
        for each in indicators
    ]
    return np.array(target, np.float64), np.array(floor, np.float64)


def read_scheme(path: Path, elements: Iterable[Element]) -> Scheme:
    """The scheme of a YAML file, its formulas checked against the elements that are configured.

    Raises:
        ConfigError: what is wrong, with file and line, and the closest name for an unknown element.
    """
    return read_yaml(path, Scheme, {"elements": tuple(elements)})


def refuse_twins(schemes: Mapping[Path, Scheme]) -> None:
    """Two schemes of one version, or that begin in one month: nobody could say which of them holds.

    Raises:
        ConfigError: there are two.
    """
    for what in ("version", "valid_from"):
        seen: dict[str, Path] = {}
        for path, scheme in schemes.items():
            said = scheme.version if what == "version" else str(scheme.first_period)
            if said in seen:
                raise ConfigError(
                    msg(
                        "{one} and {other} both have {setting} {value}. Give each its own, or remove one.",
                        one=seen[said],
                        other=path,
                        setting=what,
                        value=said,
                    )
                )
            seen[said] = path


def scheme_for(schemes: Sequence[Scheme], period: Period) -> Scheme:
    """The scheme that holds in a month: the newest that is valid by then.

    Raises:
        ConfigError: none is valid yet.
    """
    valid = [scheme for scheme in schemes if scheme.first_period <= period]
    if not valid:
        raise ConfigError(msg("No scheme holds in {month}; give one an earlier valid_from.", month=period))
    return max(valid, key=lambda scheme: scheme.first_period)
