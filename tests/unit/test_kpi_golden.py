"""Scores worked by hand."""

import pytest
from kpi_samples import figure, indicator, library, part_of, score_of, year

from sheets_sync.model import Period, State


def test_lj_index() -> None:
    """205,150 visits by 17,990 people are 11.4 a head, and (11.4 - 6.2) / 5.4 = 0.96, as the LJ Index works it out."""
    part = part_of(
        [figure("visits", "2024-10", 205_150)],
        indicator(denominator="population", floor=6.2, target=11.6),
        libraries=[library(population=17_990)],
    )
    assert pytest.approx(11.40, abs=0.005) == part.actual
    assert pytest.approx(0.96, abs=0.005) == part.attainment


@pytest.mark.parametrize(("numerator", "percent"), [(21_840, 7.31), (1_043, 0.3493)])
def test_ikk_form(numerator: int, percent: float) -> None:
    """21.840 and 1.043 of 298.567 people are 7,31 % and 0,3493 %, as the IKK form works it out."""
    part = part_of(
        [figure("members", "2024-10", numerator)],
        indicator("members", denominator="population", factor=100),
        libraries=[library(population=298_567)],
    )
    assert pytest.approx(percent, abs=0.005 if percent > 1 else 0.00005) == part.actual


def test_weights_and_contributions() -> None:
    """Weights 3 and 1 with points 0.5 and 1 give 10 × (3 × 0.5 + 1 × 1) / 4 = 6.25, as 3.75 + 2.5."""
    result = score_of(
        [figure("visits", "2024-10", 5), figure("loans", "2024-10", 12)],
        indicator(weight=3),
        indicator("loans"),
    )
    assert result.value == 6.25
    assert [part.contribution for part in result.parts] == [3.75, 2.5]
    assert [part.lost for part in result.parts] == [3.75, 0.0]


def test_cap_hides_nothing() -> None:
    """Attainment is kept as it is, 600 times the target; only the points are cut to 1."""
    part = part_of([figure("visits", "2024-10", 6000)])
    assert (part.attainment, part.points) == (600.0, 1.0)


def test_stock_against_flow() -> None:
    """Over January to March visits of 1, 2, 3 add up to 6 while members of 1, 2, 3 stand at 3."""
    observations = year("visits", [1, 2, 3]) + year("members", [1, 2, 3])
    result = score_of(observations, indicator(), indicator("members"), period=Period(2024, 3))
    assert [part.actual for part in result.parts] == [6.0, 3.0]


def test_missing_month_is_not_zero() -> None:
    """10 visits in January and 20 in March are 15 for each month reported; February, blank, is no zero."""
    part = part_of(year("visits", [10, None, 20]), indicator(numerator="mean(visits)"))
    assert (part.actual, part.state) == (15.0, State.REPORTED)


def test_missing_indicator_makes_the_score_provisional() -> None:
    """With no loans reported the score rests on visits alone, is provisional, and covers 3 of 4 parts of the weight."""
    result = score_of([figure("visits", "2024-10", 5)], indicator(weight=3), indicator("loans"))
    assert (result.value, result.provisional, result.coverage) == (5.0, True, 0.75)


def test_below_the_coverage_floor() -> None:
    """With less than the floor covered there is neither score nor category."""
    result = score_of([figure("visits", "2024-10", 5)], indicator(), indicator("loans", weight=2), coverage_floor=0.5)
    assert (result.value, result.category) == (None, None)
    assert [part.contribution for part in result.parts] == [0.0, 0.0]


def test_coverage_floor_is_inclusive() -> None:
    """Coverage of exactly the floor is enough, also where floating point says 0.6 is a little less."""
    indicators = [indicator(weight=0.6), indicator("loans", weight=0.4)]
    assert score_of([figure("visits", "2024-10", 5)], *indicators, coverage_floor=0.6).value == 5.0


@pytest.mark.parametrize(
    ("value", "category"),
    [
        (8.45, "sedang"),
        (8.4999, "sedang"),
        (8.5, "tinggi"),
        (5.5, "sedang"),
        (5.4999, "rendah"),
        (0, "rendah"),
        (10, "tinggi"),
    ],
)
def test_half_open_bands(value: float, category: str) -> None:
    """A band holds its lower edge and not its upper one, by the unrounded score."""
    assert score_of([figure("visits", "2024-10", value)]).category == category
