"""What is usual for a figure rests on the others near it, however the months lie."""

from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.checks.figures import Figures, block
from sheets_sync.checks.series import REACH, STEADY_FACTOR, STEADY_SHARE, Series, alike, mostly_alike
from sheets_sync.model import CellRef, Observation, Period, State

VALUES = st.floats(0, 1e6) | st.integers(0, 40).map(float) | st.just(1 / 3)
MONTHS = st.lists(st.integers(0, 40), unique=True, min_size=1, max_size=30).map(sorted)


@given(MONTHS, st.data())
def test_others_are_the_nearest_first(months: list[int], data: st.DataObject) -> None:
    """All other months within a year, the nearest first and of two as near the earlier one."""
    values = data.draw(st.lists(VALUES, min_size=len(months), max_size=len(months)))
    series = Series((), tuple(months), tuple(values))
    for position, here in enumerate(months):
        near = sorted((abs(m - here), m, v) for m, v in zip(months, values, strict=True) if 0 < abs(m - here) <= REACH)
        assert series.others(position) == [value for *_, value in near]


@given(st.lists(VALUES, max_size=8), VALUES)
def test_mostly_alike_is_alike_of_most(values: list[float], usual: float) -> None:
    """Nearly all are of one size with the usual, to the last digit as one would compare them one by one."""
    expected = sum(alike(value, usual, STEADY_FACTOR) for value in values) >= STEADY_SHARE * len(values)
    assert mostly_alike(values, usual) == expected


FIGURE = st.tuples(st.sampled_from("AB"), st.sampled_from(["visits", "loans"]), st.integers(1, 3))


@given(st.lists(FIGURE, max_size=12), st.sets(FIGURE, max_size=4))
def test_figures_without_some(seen: list[tuple[str, str, int]], named: set[tuple[str, str, int]]) -> None:
    """Those named are blocked, all others stay as and where they are; the first figures are left alone."""
    observed = [
        Observation(library, element, Period(2024, month), State.REPORTED, float(n), CellRef("b", 1, "T", n, 1), "")
        for n, (library, element, month) in enumerate(seen)
    ]
    figures = Figures(observed)
    before = list(figures.all())
    left = figures.without({(library, Period(2024, month), element) for library, element, month in named})
    blocked = [block(each) if (each.library, each.element, each.period.month) in named else each for each in before]
    assert list(left.all()) == blocked
    assert list(figures.all()) == before
