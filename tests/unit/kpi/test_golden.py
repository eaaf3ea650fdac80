"""Scores worked by hand."""

from typing import Any

import pytest
from kpi_samples import cube, figure, indicator, library, part_of, scheme, score_of, year

from sheets_sync.kpi import scheme_for, score
from sheets_sync.model import Horizon, Period, State


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


@pytest.mark.parametrize(
    ("actual", "settings", "attainment", "points"),
    [
        (5, {"target": 10}, 0.5, 0.5),
        (5, {"target": 10, "floor": 5}, 0.0, 0.0),
        (4, {"target": 10, "floor": 5}, -0.2, 0.0),
        (20, {"target": 10, "direction": "lower"}, 0.5, 0.5),
        (5, {"target": 10, "direction": "lower"}, 2.0, 1.0),
        (0, {"target": 10, "direction": "lower"}, 1.0, 1.0),
        (14, {"target": 10, "floor": 20, "direction": "lower"}, 0.6, 0.6),
        (25, {"target": 10, "floor": 20, "direction": "lower"}, -0.5, 0.0),
        (0, {"target": 0}, 1.0, 1.0),
        (3, {"target": 0}, 1.0, 1.0),
        (0, {"target": 0, "direction": "lower"}, 1.0, 1.0),
        (3, {"target": 0, "direction": "lower"}, 0.0, 0.0),
        (1000, {"target": 1000, "floor": 1000}, 1.0, 1.0),
        (999, {"target": 1000, "floor": 1000}, 0.0, 0.0),
        (1000, {"target": 1000, "method": "met"}, 1.0, 1.0),
        (999, {"target": 1000, "method": "met"}, 0.999, 0.0),
        (4.9, {"target": 10, "method": "banded"}, 0.49, 0.0),
        (5, {"target": 10, "method": "banded"}, 0.5, 0.4),
        (7.5, {"target": 10, "method": "banded"}, 0.75, 0.7),
        (12, {"target": 10, "method": "banded"}, 1.2, 1.0),
        (3, {"target": 10, "method": "banded", "cuts": {"four": 0.3, "seven": 0.6, "ten": 0.9}}, 0.3, 0.4),
    ],
)
def test_attainment_and_points(actual: float, settings: dict[str, Any], attainment: float, points: float) -> None:
    """Higher and lower is better, caps, floors, a target of zero, met or not met, bands of 0, 4, 7 and 10."""
    part = part_of([figure("visits", "2024-10", actual)], indicator(**settings))
    assert pytest.approx(attainment) == part.attainment
    assert pytest.approx(points) == part.points


def test_library_that_opened_in_june() -> None:
    """Months before a library opened are blank, so its mean is that of the months since: 30 / 3 from June to August."""
    part = part_of(
        year("visits", [5, 10, 15], start="2024-06"), indicator(numerator="mean(visits)"), period=Period(2024, 8)
    )
    assert part.actual == 10.0


def test_division_by_zero_is_missing() -> None:
    """5 loans from 0 copies have no turnover: nothing is guessed and the score is provisional."""
    observations = [figure("loans", "2024-10", 5), figure("copies", "2024-10", 0), figure("visits", "2024-10", 5)]
    result = score_of(observations, indicator("loans", denominator="copies"), indicator())
    assert (result.parts[0].actual, result.parts[0].denominator) == (None, 0.0)
    assert (result.value, result.provisional) == (5.0, True)


def test_unknown_population_is_missing() -> None:
    """Without a population in the register a figure per head is missing, not infinite."""
    part = part_of(
        [figure("visits", "2024-10", 5)], indicator(denominator="population"), libraries=[library(population=None)]
    )
    assert (part.actual, part.state) == (None, State.EMPTY)


def test_growth() -> None:
    """90 visits from January to March against 60 a year earlier are 1.5 times as many; without a past it is missing."""
    observations = [*year("visits", [20, 20, 20], start="2023-01"), *year("visits", [30, 30, 30])]
    grown = indicator(method="growth", target=2)
    part = part_of(observations, grown, period=Period(2024, 3))
    assert (part.numerator, part.denominator, part.actual, part.points) == (90.0, 60.0, 1.5, 0.75)
    assert part_of(year("visits", [30, 30, 30]), grown, period=Period(2024, 3)).actual is None


@pytest.mark.parametrize(
    ("horizon", "visits"),
    [
        (Horizon.MONTH, 10.0),
        (Horizon.QUARTER, 8 + 9 + 10.0),
        (Horizon.YEAR_TO_DATE, 55.0),
        (Horizon.ROLLING_YEAR, 55.0 + 100 + 200),
    ],
)
def test_horizons(horizon: Horizon, visits: float) -> None:
    """October's month, the three months to it, the year to it, and the twelve months to it (with November and December)."""
    observations = [*year("visits", [100, 200], start="2023-11"), *year("visits", list(range(1, 11)))]
    assert part_of(observations, indicator(), horizon=horizon).actual == visits


def test_reporting_year_from_april() -> None:
    """Where the year starts in April, the year to May holds April and May."""
    figures = cube(year("visits", [1, 2, 4, 8, 16]), year_starts_in=4)
    part = score(figures, scheme(indicator()), Period(2024, 5)).score("A").parts[0]
    assert part.actual == 24.0


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("visits + visits_online", 6.0),  # February has no online figure, so only January and March hold both
        ("visits + or_zero(visits_online)", 8.0),  # 1+1, 2+0, 3+1
        ("mean(visits)", 2.0),
        ("count(visits_online)", 2.0),
        ("last(visits)", 3.0),
        ("sum(visits, month) / sum(visits, ytd)", 0.5),
        ("sum(visits) / last(members)", 0.5),
        ("sum(visits > 1)", 2.0),
        ("sum(visits * 2 - visits_online)", 2 - 1 + 6 - 1.0),
        ("-sum(visits) + 10", 4.0),
        ("mean(or_zero(visits_online))", 2 / 3),
        ("members", 12.0),
    ],
)
def test_formulas(formula: str, value: float) -> None:
    """Visits 1, 2, 3, online 1, –, 1, members –, 12, – from January to March."""
    observations = year("visits", [1, 2, 3]) + year("visits_online", [1, None, 1]) + year("members", [None, 12, None])
    part = part_of(observations, indicator(numerator=formula), period=Period(2024, 3))
    assert pytest.approx(value) == part.actual


@pytest.mark.parametrize("state", [State.UNREADABLE, State.BLOCKED])
def test_refused_is_no_zero(state: State) -> None:
    """or_zero fills blanks and what does not apply, never an entry that was refused."""
    observations = [figure("visits", "2024-10", 5), figure("visits_online", "2024-10", state)]
    part = part_of(observations, indicator(numerator="visits + or_zero(visits_online)"))
    assert (part.actual, part.state) == (None, state)


def test_or_zero_needs_a_report() -> None:
    """In a month in which nothing at all was reported a blank is no zero."""
    part = part_of(
        year("visits", [4, None]), indicator(numerator="mean(or_zero(visits_online))"), period=Period(2024, 2)
    )
    assert (part.actual, part.state) == (0.0, State.ZERO)
    assert part_of([], indicator(numerator="mean(or_zero(visits_online))")).actual is None


@pytest.mark.parametrize(
    ("state", "missing", "value", "coverage"),
    [
        (State.EMPTY, "leave_out", 5.0, 0.5),
        (State.EMPTY, "zero", 2.5, 0.5),
        (State.EMPTY, "exempt", 5.0, 1.0),
        (State.UNREADABLE, {"refused": "zero"}, 2.5, 0.5),
        (State.UNREADABLE, {"empty": "zero"}, 5.0, 0.5),
        (State.BLOCKED, {"refused": "exempt"}, 5.0, 1.0),
        (State.NOT_APPLICABLE, "leave_out", 5.0, 1.0),
        (State.NOT_APPLICABLE, {"not_applicable": "leave_out"}, 5.0, 0.5),
        (State.NOT_APPLICABLE, {"not_applicable": "zero"}, 2.5, 0.5),
        (State.ZERO, "exempt", 2.5, 1.0),
    ],
)
def test_missing_policies(state: State, missing: Any, value: float, coverage: float) -> None:
    """5 of 10 visits, and loans in some state: left out, counted as no points, or exempt, as the policy says."""
    loans = figure("loans", "2024-10", 0 if state is State.ZERO else state)
    result = score_of([figure("visits", "2024-10", 5), loans], indicator(), indicator("loans", missing=missing))
    assert (result.value, result.coverage) == (value, coverage)


def test_zero_for_missing_never_scores_who_did_not_report() -> None:
    """A policy of zero points does not make a score out of nothing."""
    assert score_of([], indicator(missing="zero"), coverage_floor=0).value is None


@pytest.mark.parametrize(
    ("target", "kind", "month", "horizon", "expected"),
    [
        (8, "desa", "2024-10", Horizon.MONTH, 8),
        ({"desa": 4, "other": 6}, "desa", "2024-10", Horizon.MONTH, 4),
        ({"desa": 4, "other": 6}, "tbm", "2024-10", Horizon.MONTH, 6),
        ({"desa": 4}, "tbm", "2024-10", Horizon.MONTH, None),
        ({"2024-01": 5, "2025-01": 7}, "desa", "2024-12", Horizon.MONTH, 5),
        ({"2024-01": 5, "2025-01": 7}, "desa", "2025-01", Horizon.MONTH, 7),
        ({"2025-01": 7}, "desa", "2024-12", Horizon.MONTH, None),
        ({"month": 1, "ytd": 12}, "desa", "2024-10", Horizon.YEAR_TO_DATE, 12),
        ({"month": 1, "ytd": 12}, "desa", "2024-10", Horizon.QUARTER, None),
        ({"desa": {"2024-01": 5, "2025-01": 7}, "other": 9}, "desa", "2025-06", Horizon.MONTH, 7),
    ],
)
def test_targets_by_kind_month_and_horizon(
    target: Any, kind: str, month: str, horizon: Horizon, expected: float | None
) -> None:
    """A target may differ by kind of library, from a month on, and by horizon; where none holds nothing applies."""
    goal = scheme(indicator(target=target)).indicators[0].target
    assert goal.at(kind, Period.parse(month), horizon) == expected


def test_indicator_of_another_kind_does_not_apply() -> None:
    """What is asked of villages only takes no weight from others."""
    only_villages = indicator("loans", applies_to=["desa"])
    result = score_of([figure("visits", "2024-10", 5)], indicator(), only_villages, libraries=[library(kind="tbm")])
    assert (result.value, result.provisional, result.parts[1].target) == (5.0, False, None)
    assert result.parts[1].state is State.NOT_APPLICABLE


def test_schemes_by_month() -> None:
    """A month is scored by the newest scheme that holds by then."""
    old, new = scheme(version="old", valid_from="2024-01"), scheme(version="new", valid_from="2025-01")
    assert scheme_for([new, old], Period(2024, 12)) is old
    assert scheme_for([new, old], Period(2025, 1)) is new


def test_half_up_although_floating_point_is_below() -> None:
    """Parts of 1.005 three times are 3.015, which people round to 3.02; no noise may make it 3.01."""
    names = ("visits", "loans", "activities")
    rows = [indicator(name, target=1000) for name in names]
    result = score_of([figure(name, "2024-10", 301.5) for name in names], *rows)
    assert result.value == 3.015
