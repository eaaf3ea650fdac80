"""What a step adds to a formula in closed form is what raising its months and folding them anew gives."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kpi_samples import OCTOBER, cube, library, year

from sheets_sync.kpi.evaluate import Exact, fold_inside
from sheets_sync.kpi.formula import Folded, Name, Node, Number, Operation, parse, slope
from sheets_sync.kpi.outlook import outlook
from sheets_sync.kpi.raised import Raised, Stepping
from sheets_sync.model import Horizon, Observation, Period

NAMES = st.sampled_from(["visits", "visits_online", "loans"])
NODES: st.SearchStrategy[Node] = st.recursive(
    st.builds(Name, NAMES, st.booleans()) | st.builds(Number, st.sampled_from([1.0, 2.5])),
    lambda inside: st.builds(Operation, st.sampled_from(["+", "-", "+", "-", "*", "/", ">"]), inside, inside),
    max_leaves=4,
)
FOLDED = st.builds(
    Folded, st.sampled_from(["sum", "mean", "last", "count"]), NODES, st.sampled_from([None, *Horizon])
).filter(lambda node: names_any(node.inside))
FIGURES = st.lists(st.one_of(st.none(), st.integers(0, 9)), min_size=10, max_size=10)


def names_any(node: Node) -> bool:
    """Whether an element stands in it."""
    match node:
        case Operation(left=left, right=right):
            return names_any(left) or names_any(right)
        case _:
            return isinstance(node, Name)


@settings(max_examples=80, deadline=None)
@given(
    node=FOLDED,
    figures=st.tuples(FIGURES, FIGURES, FIGURES, FIGURES),
    months=st.tuples(st.integers(0, 2), st.integers(1, 3)),
    amounts=st.lists(st.integers(1, 40), min_size=3, max_size=3),
    back=st.sampled_from([0, 1, 12]),
    last=st.booleans(),
)
def test_closed_form_equals_raising_the_months(
    node: Folded,
    figures: tuple[list[int | None], ...],
    months: tuple[int, int],
    amounts: list[int],
    back: int,
    *,
    last: bool,
) -> None:
    """Whatever is added, subtracted or multiplied, over whatever months, of whichever libraries, some more than once."""
    seen: list[Observation] = []
    for code, names in (("A", ("visits", "loans")), ("B", ("visits", "visits_online"))):
        for name, values in zip(names, figures[:2] if code == "A" else figures[2:], strict=True):
            seen += year(name, values, code)
    ahead = outlook(cube(seen, library("A"), library("B")), OCTOBER)
    start = ahead.future.start - (not last) * months[0]
    raised = Raised(Exact(ahead.cube, ahead.end, Horizon.YEAR_TO_DATE), slice(start, start + months[1]), "visits")
    stepping = Stepping(raised, np.array([1, 0, 1]), np.array(amounts))
    if back:
        stepping = stepping.before(back)
    np.testing.assert_allclose(stepping.folded(node), fold_inside(node, stepping), atol=1e-9)


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("visits", 1.0),
        ("loans", 0.0),
        ("visits + or_zero(visits)", 2.0),
        ("loans - visits", -1.0),
        ("visits - visits", 0.0),
        ("loans * members + visits", 1.0),
        ("visits * 2", None),
        ("loans + visits * members", None),
        ("visits > 4", None),
    ],
)
def test_what_one_more_changes(text: str, more: float | None) -> None:
    """Only what is added up or subtracted changes by the same whatever there is."""
    assert slope(parse(text), "visits") == more


def test_raised_months_outside_the_window_change_nothing() -> None:
    """A month's fold is that of its month, whatever is done in other months."""
    whole = cube(year("visits", [5.0] * 10))
    raised = Raised(Exact(whole, Period(2024, 9), Horizon.MONTH), slice(22, 24), "visits")
    stepping = Stepping(raised, np.array([0]), np.array([7]))
    assert stepping.folded(Folded("sum", Name("visits"))).tolist() == [5.0]
