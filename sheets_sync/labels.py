"""What a scheme calls its indicators and categories, for everything people read: pages, mails, charts, letters.

Pages and reports need names, units and colours, never formulas; so they depend on these values and not on the scheme.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from sheets_sync.model import Score
from sheets_sync.yaml_config import Text

NO_TEXT = Text(id="", en="")
GREY = "#8a8f98"  # no category: not reported, or too little to score


@dataclass(frozen=True, slots=True)
class IndicatorLabel:
    """How an indicator is shown.

    `weight_share` is its weight over the sum of all weights; `targets` are by kind of library, "" for every other
    kind; `measures` says in words what is counted against what; `local` marks a choice of the office that no source
    prescribes.
    """

    id: str
    label: Text
    unit: Text
    group: str
    decimals: int = 2
    measures: Text = NO_TEXT
    targets: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    weight_share: float = 0.0
    source: Text = NO_TEXT
    local: bool = False


@dataclass(frozen=True, slots=True)
class CategoryLabel:
    """How a category is shown: a word and a colour like `#1b7f3b`; `at_least` is the lowest score in it."""

    id: str
    label: Text
    colour: str
    at_least: float


@dataclass(frozen=True, slots=True)
class Labels:
    """Names of a scheme's parts; categories from the best to the lowest, indicators in the scheme's order."""

    scheme: str
    indicators: Mapping[str, IndicatorLabel]
    categories: tuple[CategoryLabel, ...]
    groups: Mapping[str, Text] = field(default_factory=lambda: MappingProxyType({}))
    note: Text = NO_TEXT  # what the scheme says about itself

    def category(self, score: Score | None) -> CategoryLabel | None:
        """The category a score is in; None without one."""
        wanted = score.category if score else None
        return next((category for category in self.categories if category.id == wanted), None)
