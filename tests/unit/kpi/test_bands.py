"""Categories and cuts, at each threshold, a hair below it and a hair above."""

from __future__ import annotations

import pytest
from kpi_samples import indicator, scheme

from sheets_sync.kpi.points import NOISE

OUTSIDE = 2 * NOISE


@pytest.mark.parametrize(
    ("value", "band"),
    [
        (0, "rendah"), (5.5 - OUTSIDE, "rendah"), (5.5 - NOISE, "sedang"), (5.5, "sedang"), (8.5 - OUTSIDE, "sedang"),
        (8.5 - NOISE, "tinggi"), (8.5, "tinggi"), (10, "tinggi"), (None, "unscored"),
    ],
)  # fmt: skip
def test_category(value: float | None, band: str) -> None:
    """A band begins with its lowest score, which floating point does not miss."""
    assert scheme().category(value).id == band


@pytest.mark.parametrize("cuts", [(0, 0.5, 1), (0.5, 0.5, 1), (0.6, 0.5, 1), (0.5, 1, 1), (0.5, 1, 0.9)])
def test_cuts_rise(cuts: tuple[float, float, float]) -> None:
    """Each cut is above the one before, and the first above nothing."""
    with pytest.raises(ValueError, match=r"rise|greater than 0"):
        scheme(indicator(method="banded", cuts=dict(zip(("four", "seven", "ten"), cuts, strict=True))))
