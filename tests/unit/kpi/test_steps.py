"""Next best steps: what they promise is what the scheme computes, and they ask for nothing out of reach."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kpi_samples import ELEMENTS, cube, indicator, library, scheme, year
from plain_steps import PlainYear, plain_steps

from sheets_sync.config.labels import step_figures, step_message
from sheets_sync.config.office import Elements
from sheets_sync.i18n import language
from sheets_sync.kpi import Cube, ScoreTable, next_steps, score
from sheets_sync.kpi.outlook import levers
from sheets_sync.model import Horizon, Observation, Period, Step

OCTOBER, DECEMBER = Period(2024, 10), Period(2024, 12)
MEAN_VISITS = indicator(numerator="mean(visits)", target=20)
LOANS = indicator("loans", numerator="sum(loans, r12)", target=10)
MEMBERS = indicator("members", target=100)
SCHEME = scheme(MEAN_VISITS, LOANS, MEMBERS)


def _table(observations: list[Observation], period: Period = OCTOBER) -> ScoreTable:
    return score(cube(observations), SCHEME, period)


def _steps(observations: list[Observation], period: Period = OCTOBER) -> tuple[Step, ...]:
    return next_steps(cube(observations), _table(observations, period))["A"]


def _year_end(visits: list[float], loans: list[float], members: list[float]) -> float | None:
    observations = year("visits", visits) + year("loans", loans) + year("members", members)
    return score(cube(observations), SCHEME, DECEMBER, Horizon.YEAR_TO_DATE).score("A").value


def _taken(step: Step, ten_months: dict[str, list[float]]) -> dict[str, list[float]]:
    """The year's twelve months as people would type them if they took the step, worked out the plain way."""
    ahead = {
        "visits": [sum(ten_months["visits"]) / 10] * 2,
        "loans": [sum(ten_months["loans"]) / 10] * 2,
        "members": [ten_months["members"][-1]] * 2,
    }
    once = step.element == "loans"
    ahead[step.element] = [value + step.amount * (not once or n == 0) for n, value in enumerate(ahead[step.element])]
    return {element: ten_months[element] + ahead[element] for element in ahead}


MONTHS = st.lists(st.integers(0, 30), min_size=10, max_size=10)


@settings(max_examples=40, deadline=None)
@given(MONTHS, MONTHS, MONTHS)
def test_promise_is_kept(visits: list[int], loans: list[int], members: list[int]) -> None:
    """Typing what a step asks for gives the score it promises at the end of the year."""
    typed = {
        name: [float(n) for n in values]
        for name, values in zip(("visits", "loans", "members"), (visits, loans, members), strict=True)
    }
    observations = [seen for element, values in typed.items() for seen in year(element, values)]
    for step in _steps(observations):
        assert pytest.approx(step.score, abs=1e-9) == _year_end(**_taken(step, typed))


def test_by_hand() -> None:
    """A library with 10 visits in every month but 16 in May can be asked for months as good as May.

    The mean is 10.6, so 16 - 10.6 = 5.4 → 5 more in November and December: (106 + 2 × 15.6) / 12 months against 20.
    """
    visits = [10.0] * 10
    visits[4] = 16
    (step,) = next_steps(
        cube(year("visits", visits)), score(cube(year("visits", visits)), scheme(MEAN_VISITS), OCTOBER)
    )["A"]
    assert (step.element, step.amount, step.per_month) == ("visits", 5.0, True)
    assert pytest.approx(10 * (106 + 2 * 15.6) / 12 / 20) == step.score


def test_no_more_than_the_target_needs() -> None:
    """195 visits in ten months need 45 in two more to make 20 a month: 3 above the usual 19.5, though 4 are in reach."""
    visits = year("visits", [19.0] * 9 + [24.0])
    (step,) = next_steps(cube(visits), score(cube(visits), scheme(MEAN_VISITS), OCTOBER))["A"]
    assert step.amount == 3.0
    assert step.score == 10.0


def test_targets_already_met() -> None:
    """Who meets every target is asked for nothing."""
    full = year("visits", [20.0] * 10) + year("loans", [1.0] * 10) + year("members", [100.0] * 10)
    assert _steps(full) == ()


def test_nothing_out_of_nothing() -> None:
    """An element a library never reported is no step, and neither is a library without a score."""
    assert {step.element for step in _steps(year("visits", [5.0] * 10) + year("members", [50.0] * 10))} == {
        "visits",
        "members",
    }
    assert next_steps(cube([]), _table([])) == {}


def test_most_first() -> None:
    """The step that raises the score most comes first."""
    steps = _steps(year("visits", [5.0] * 10) + year("loans", [0.5] * 10) + year("members", [50.0] * 10))
    assert [step.score for step in steps] == sorted((step.score for step in steps), reverse=True)
    assert len(steps) == 3


@pytest.mark.incident("steps-in-december")
def test_december_looks_at_the_next_year() -> None:
    """With no month left a step is for every month of the next year."""
    visits = year("visits", [10.0] * 12)
    table = score(cube(visits), scheme(MEAN_VISITS), DECEMBER)
    (step,) = next_steps(cube(visits), table)["A"]
    assert step.amount == 1.0
    assert pytest.approx(5.5) == step.score


def test_many_at_once() -> None:
    """A library's steps are the same alone and among others."""
    a, b = year("visits", [5.0] * 10), year("visits", [9.0] * 10, "B")
    both = cube(a + b, library("B"), library("A"))
    single = scheme(MEAN_VISITS)
    assert (
        next_steps(both, score(both, single, OCTOBER))["A"] == next_steps(cube(a), score(cube(a), single, OCTOBER))["A"]
    )


# More of an element never lowers one of these, so that the smallest amount is one number.
RISING = (
    indicator("mean", numerator="mean(visits)", target=9, weight=3),
    indicator("banded", numerator="sum(loans)", target=60, method="banded", weight=2),
    indicator("met", numerator="members", target=14, method="met"),
    indicator("share", numerator="members", denominator="copies", factor=10, target=12, floor=4),
    indicator("quarter", numerator="sum(activities, quarter)", target=8),
    indicator("either", numerator="mean(visits + or_zero(visits_online))", target=16, missing="zero"),
    indicator(
        "year", numerator="sum(activities, r12) + sum(loans, r12)", denominator="population", factor=1000, target=90
    ),
    indicator("grown", numerator="mean(participants)", method="growth", target=1.2, missing={"empty": "exempt"}),
    indicator("fewer", numerator="sum(complaints)", direction="lower", target=9),
    indicator("typical", numerator="last(loans)", target=7, floor=2),
)
READ = ("visits", "visits_online", "loans", "activities", "participants", "complaints", "members", "copies")
VALUE = st.one_of(st.integers(0, 12), st.sampled_from([None, 1, 5]))


@st.composite
def _years(draw: st.DrawFn, indicators: tuple[dict[str, object], ...]) -> PlainYear:
    """Some of the indicators over a year that ends in any month, with or without the year before."""
    some = draw(st.lists(st.sampled_from(indicators), min_size=1, max_size=4, unique_by=lambda each: each["id"]))
    months = draw(st.integers(1, 12)) + 12 * draw(st.integers(0, 1))
    steady = draw(st.lists(st.sampled_from(READ), max_size=4))
    figures = {
        name: [draw(st.integers(1, 9))] * months
        if name in steady
        else draw(st.lists(VALUE, min_size=months, max_size=months))
        for name in READ
    }
    return PlainYear(scheme(*some, coverage_floor=draw(st.sampled_from([0, 0.6]))), figures, Period(2024, 1))


def _all_steps(each: PlainYear) -> tuple[Step, ...]:
    seen = [one for name, values in each.figures.items() for one in year(name, values, start=str(each.first))]
    whole = cube(seen, first=str(each.first), last=str(each.now))
    return next_steps(whole, score(whole, each.scheme, each.now)).get("A", ())


@settings(max_examples=60, deadline=None)
@given(_years(RISING))
def test_the_same_as_trying_every_amount(case: PlainYear) -> None:
    """Steps are those that one finds by scoring the whole scheme for every amount of every element."""
    expected, found = plain_steps(case), _all_steps(case)
    assert [(s.indicator, s.element, s.amount, s.per_month) for s in found] == [
        (s.indicator, s.element, s.amount, s.per_month) for s in expected
    ]
    for one, other in zip(found, expected, strict=True):
        assert pytest.approx((other.score, other.without), abs=1e-9) == (one.score, one.without)
        assert one.until == other.until


# What is done more of here may also cost points, so that an amount in between may be the best one.
MIXED = (
    *RISING,
    indicator("ratio", numerator="mean(participants)", denominator="mean(activities)", target=3),
    indicator("few", numerator="sum(visits)", direction="lower", target=40, floor=90),
    indicator("product", numerator="mean(visits) * members", target=60, method="banded"),
    indicator("less", numerator="sum(loans) - sum(visits)", target=10, missing={"empty": "zero"}),
    indicator("either_or", numerator="sum(activities > 4)", target=6),
    indicator("gap", numerator="sum(loans)", denominator="last(members) - 5", target=5),
)


@settings(max_examples=100, deadline=None)
@given(_years(MIXED))
def test_every_promise_holds(case: PlainYear) -> None:
    """Whatever the formulas: a step gives what it says, one less gives less, and it never leads below the present."""
    present = case.score(case.figures, case.now)
    pace = {(each.indicator, each.element): each.pace.value for each in levers(case.scheme, cube([]))}
    for step in _all_steps(case):
        how = pace[step.indicator, step.element]
        assert pytest.approx(step.score, abs=1e-9) == case.ahead(step.element, step.amount, how)
        assert pytest.approx(step.without, abs=1e-9) == case.ahead()
        less = case.ahead(step.element, step.amount - 1, how)
        assert less is None or less < step.score - 1e-9
        assert step.score >= (present or 0) - 1e-9
        assert step.score - step.without >= 0.01 - 1e-9


@pytest.mark.incident("steps-in-december")
def test_never_below_the_present() -> None:
    """Who did much lately comes down by going on as usual; what only slows the fall is no step.

    24 loans in August to October meet the target. A usual month has 2.4, so that the year ends with a quarter of 16.8
    unless 8 more are lent. Six more visits a month are in reach and add 0.05, but would leave 6.8 of today's 9.5.
    """
    loans = indicator("loans", numerator="sum(loans, quarter)", target=24, weight=9)
    figures = year("visits", [9.0] * 9 + [16]) + year("loans", [0.0] * 8 + [12, 12])
    whole = cube(figures)
    now = score(whole, scheme(MEAN_VISITS, loans), OCTOBER)
    (step,) = next_steps(whole, now)["A"]
    assert (step.element, step.amount) == ("loans", 8)
    assert pytest.approx(6.785) == step.without
    assert pytest.approx(9.485) == step.score == now.value[0]


STEP = Step("visits", "visits", 15, per_month=True, score=9.354, without=9.25, until=DECEMBER)
ONCE = replace(STEP, amount=1, per_month=False, until=Period(2025, 12))


@pytest.mark.incident("steps-in-december")
@pytest.mark.parametrize(
    ("step", "code", "said"),
    [
        (STEP, "id", "15 orang lagi per bulan (Pengunjung) → +0,10 (Desember 2024: 9,35, tanpa langkah ini 9,25)"),
        (STEP, "en", "15 people more a month (Visits) → +0.10 (December 2024: 9.35, 9.25 without this step)"),
        (ONCE, "id", "1 orang lagi (Pengunjung) → +0,10 (Desember 2025: 9,35, tanpa langkah ini 9,25)"),
        (ONCE, "en", "1 people more (Visits) → +0.10 (December 2025: 9.35, 9.25 without this step)"),
    ],
)
def test_a_step_tells_its_own_share(step: Step, code: str, said: str) -> None:
    """A step says what it adds, and which score it and the year without it come to; the three figures add up."""
    labels = {"label": {"id": "Pengunjung", "en": "Visits"}, "unit": {"id": "orang", "en": "people"}}
    elements = Elements.model_validate({"elements": [{"id": "visits", **labels}]})
    assert language(code)(step_message(step, elements, code)) == said
    assert step_figures(step, "en") == {"score": "9.35", "without": "9.25", "gain": "0.10"}


@pytest.mark.parametrize(("target", "gain"), [(99.0, None), (83.0, 0.0100401606), (84.0, None), (50.0, 0.0166666667)])
def test_a_gain_can_be_seen(target: float, gain: float | None) -> None:
    """A step adds at least a hundredth to the score: one visit more in December is a twelfth of a visit a month."""
    visits = year("visits", [5.0] * 11)
    whole = cube(visits)
    found = next_steps(
        whole, score(whole, scheme(indicator(numerator="mean(visits)", target=target)), Period(2024, 11))
    )
    assert [step.score - step.without for step in found["A"]] == ([] if gain is None else [pytest.approx(gain)])


def test_a_step_that_leaves_a_figure_undefined() -> None:
    """A step that makes another indicator impossible to work out pays for it: it then counts as nothing."""
    ratio = indicator("ratio", numerator="sum(loans)", denominator="sum(visits, month) < 11", target=1, missing="zero")
    visits = year("visits", [10.0] * 11) + year("loans", [12.0] * 11)
    whole = cube(visits)
    both = scheme(indicator(numerator="sum(visits)", target=121, weight=9), ratio)
    assert next_steps(whole, score(whole, scheme(indicator(numerator="sum(visits)", target=121)), Period(2024, 11)))[
        "A"
    ]
    assert not next_steps(whole, score(whole, both, Period(2024, 11)))["A"]


def test_nobody_to_take_a_step() -> None:
    """Without libraries there are no steps; a library that nobody knows has none to ask for."""
    nobody = Cube.from_observations([], (), ELEMENTS, OCTOBER, DECEMBER)
    assert dict(next_steps(nobody, score(nobody, SCHEME, OCTOBER))) == {}
    steps = next_steps(cube([]), _table([]))
    assert steps.get("A", ()) == steps.get("Z", ()) == ()


@pytest.mark.parametrize("batch", [1, 2, 3, 7])
def test_batches_change_nothing(monkeypatch: pytest.MonkeyPatch, batch: int) -> None:
    """However many libraries are tried out together, steps and who has none stay the same."""
    codes = "ABCDE"
    seen = [each for n, code in enumerate(codes) if code != "C" for each in year("visits", [5.0 + n] * 10, code)]
    whole = cube(seen, *map(library, codes))
    table = score(whole, scheme(MEAN_VISITS), OCTOBER)
    together = next_steps(whole, table)
    monkeypatch.setattr("sheets_sync.kpi.steps.BATCH", batch)
    assert next_steps(whole, table) == together
    assert [code for code in codes if together.get(code)] == list("ABDE")
    assert "C" not in together
