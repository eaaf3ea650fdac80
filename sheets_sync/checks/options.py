"""The thresholds of the checks, and which elements belong together: what config/checks.yaml sets."""

from __future__ import annotations

import pydantic

from sheets_sync.config.office import ElementId
from sheets_sync.config.yaml_file import Config
from sheets_sync.model import msg


class ChangeLimits(Config):
    """A figure is asked about beyond `factor` times the median of the last `months`, if both are `at_least` that."""

    factor: float = pydantic.Field(3, gt=1)
    at_least: float = pydantic.Field(20, ge=0)
    months: int = pydantic.Field(6, ge=1)
    known: int = pydantic.Field(3, ge=1)  # so many of the months must be known


class Slips(Config):
    """When a figure far from the usual looks like a slip: what may have been meant is within a factor of the usual.

    The larger of figure and usual is at least `larger`, the smaller at least `smaller`; a figure is proposed where the
    smaller is at least `propose`. Swapped figures are both more than `apart` times off.
    """

    fit: float = pydantic.Field(1.45, gt=1)
    far_fit: float = pydantic.Field(2, gt=1)  # for a figure a thousand times off, which is no chance
    sum_fit: float = pydantic.Field(1.35, gt=1)  # for what a running total leaves over
    swap_fit: float = pydantic.Field(1.75, gt=1)  # for two figures that both fit better where the other stands
    larger: float = pydantic.Field(50, ge=0)
    smaller: float = pydantic.Field(5, ge=0)
    propose: float = pydantic.Field(20, ge=0)
    apart: float = pydantic.Field(2.5, gt=1)
    time_units: tuple[str, ...] = ("jam", "menit", "hours", "minutes")  # units that may be mixed up


class Copied(Config):
    """A month looks copied if at least so many figures that are not zero equal the month before.

    `chance` is how probable that may be by accident, if counts vary as their square root does.
    """

    elements: int = pydantic.Field(3, ge=1)
    chance: float = pydantic.Field(0.001, gt=0, le=1)
    ignored: tuple[ElementId, ...] = ("open_days",)  # the same in many months for good reasons


class Same(Config):
    """The same figure, `at_least` so large, in so many months running is asked about.

    So is one figure (`spread_at_least`) for all months of a quarter, in two quarters running; from `at_least` on the
    parts of a quarter may differ by one, as thirds do.
    """

    months: int = pydantic.Field(3, ge=2)
    at_least: float = pydantic.Field(60, gt=0)
    spread_at_least: float = pydantic.Field(20, gt=0)


class Common(Config):
    """What more than this share of the libraries, and at least so many, have in one month is one question."""

    libraries: int = pydantic.Field(2, ge=2)
    share: float = pydantic.Field(0.5, ge=0, lt=1)


class Balance(Config):
    """A stock that is the one before with what came and without what left."""

    stock: ElementId
    gains: tuple[ElementId, ...] = pydantic.Field(min_length=1)
    losses: tuple[ElementId, ...] = ()


class Gathering(Config):
    """Events and the people who came: how many a single event may plausibly have."""

    events: ElementId
    people: ElementId
    low: float = 3
    high: float = 200


class PartOfTotal(Config):
    """An element that can't be more than another one; `population` is the register's figure."""

    part: ElementId
    whole: ElementId


class Total(Config):
    """An element that is the sum of others, wherever all of them are given."""

    total: ElementId
    parts: tuple[ElementId, ...] = pydantic.Field(min_length=2)


class CheckOptions(Config):
    """checks.yaml."""

    off: tuple[str, ...] = ()  # codes of rules that are not asked, like W-ROUND
    change: ChangeLimits = ChangeLimits()
    slips: Slips = Slips()
    copied: Copied = Copied()
    same: Same = Same()
    common: Common = Common()
    gatherings: tuple[Gathering, ...] = (Gathering(events="activities", people="participants"),)
    parts: tuple[PartOfTotal, ...] = (
        PartOfTotal(part="ict_users", whole="visits_onsite"),
        PartOfTotal(part="members_total", whole="population"),
    )
    totals: tuple[Total, ...] = (
        Total(total="visits_total", parts=("visits_onsite", "visits_online")),
        Total(total="participants", parts=("participants_women", "participants_men")),
    )
    balances: tuple[Balance, ...] = (Balance(stock="members_total", gains=("members_new",), losses=("members_left",)),)
    never_fall: tuple[ElementId, ...] = ("members_total", "titles", "copies")
    open_days: ElementId | None = "open_days"
    population_years: int = pydantic.Field(3, ge=0, le=100)  # a population figure may be so old
    round_to: int = pydantic.Field(100, ge=2)

    @property
    def named_elements(self) -> frozenset[str]:
        """The elements that any check is about."""
        pairs = [(each.events, each.people) for each in self.gatherings] + [(p.part, p.whole) for p in self.parts]
        sums = [(each.total, *each.parts) for each in self.totals]
        sums += [(each.stock, *each.gains, *each.losses) for each in self.balances]
        single = filter(None, (*self.never_fall, *self.copied.ignored, self.open_days))
        return frozenset(single).union(*pairs, *sums)

    @pydantic.field_validator("off")
    @classmethod
    def _known(cls, codes: tuple[str, ...]) -> tuple[str, ...]:
        from sheets_sync.rules import CATALOGUE  # noqa: PLC0415 - the catalogue is only needed if used

        unknown = sorted(set(codes) - CATALOGUE.keys())
        if unknown:
            raise ValueError(msg("codes of the catalogue of checks; unknown: {codes}", codes=unknown))
        return codes
