"""What the scheme calls its indicators and categories, as far as a report shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sheets_sync.yaml_config import Text


@dataclass(frozen=True, slots=True)
class IndicatorLabel:
    """`decimals` is how many are shown; `unit` may be empty."""

    label: Text
    unit: Text
    decimals: int = 2
    group: Text | None = None


@dataclass(frozen=True, slots=True)
class CategoryLabel:
    """A category's word and colour (`#rrggbb`); the colour is never shown without the word."""

    label: Text
    colour: str


@dataclass(frozen=True, slots=True)
class Labels:
    """Indicators by id in the scheme's order, categories by id, the best one first."""

    indicators: Mapping[str, IndicatorLabel]
    categories: Mapping[str, CategoryLabel]
