"""What a reading changes in what a workbook said: nothing is lost, and what only moved keeps its first-seen time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.model import CellRef, Observation, Period, State
from sheets_sync.store.standing import StandingFigures, TabMonth, change_of

NOON = datetime(2024, 11, 5, 12, tzinfo=UTC)
LATER = NOON + timedelta(hours=1)
JANUARY = Period(2024, 1)


def figure(element: str, value: int, tab: int = 1, row: int = 0, library: str = "A") -> Observation:
    cell = CellRef("w", tab, f"Tab {tab}", row, 0)
    return Observation(library, element, JANUARY, State.REPORTED, float(value), cell, str(value))


def read(seen: Iterable[Observation], lost: Sequence[int] = (), stood: Sequence[TabMonth] = ()) -> StandingFigures:
    change = change_of(stood, seen, LATER if stood else NOON, lost)
    return StandingFigures(tuple(stood)).after("w", change, NOON)


def since(standing: StandingFigures) -> Mapping[str, datetime]:
    return {
        f"{each.cell.tab}, {each.element} {each.value:g}": moment
        for month in standing.months
        for each, moment in zip(month.figures, month.since, strict=True)
    }


BEFORE = [figure("loans", 5), figure("visits", 7), figure("loans", 9, tab=2)]


@pytest.mark.parametrize(
    ("now", "lost", "expected"),
    [
        pytest.param(
            [figure("loans", 6), figure("visits", 7), figure("loans", 9, tab=2)],
            (),
            {"Tab 1, loans 6": LATER, "Tab 1, visits 7": NOON, "Tab 2, loans 9": NOON},
            id="one corrected",
        ),
        pytest.param(
            [figure("loans", 5, row=3), figure("visits", 7, row=3), figure("loans", 9, tab=2)],
            (),
            {"Tab 1, loans 5": NOON, "Tab 1, visits 7": NOON, "Tab 2, loans 9": NOON},
            id="a row moved",
        ),
        pytest.param(
            [figure("loans", 5, tab=3), figure("visits", 7, tab=3)],
            (),
            {"Tab 3, loans 5": NOON, "Tab 3, visits 7": NOON},
            id="all moved to another tab, and one figure went",
        ),
        pytest.param(
            [figure("visits", 7)],
            (2,),
            {"Tab 1, visits 7": NOON, "Tab 2, loans 9": NOON},
            id="what stood on a lost tab stays",
        ),
        pytest.param(
            [figure("loans", 5), figure("visits", 7), figure("loans", 9, tab=3)],
            (2,),
            {"Tab 1, loans 5": NOON, "Tab 1, visits 7": NOON, "Tab 3, loans 9": NOON},
            id="what is found again elsewhere stands on no lost tab",
        ),
        pytest.param([], (), {}, id="all of it went"),
    ],
)
def test_a_figure_is_there_since_it_was_first_said(
    now: list[Observation], lost: tuple[int, ...], expected: Mapping[str, datetime]
) -> None:
    """Wherever it stands now; another figure in its place is there since it was read."""
    assert since(read(now, lost, read(BEFORE).months)) == expected


FIGURES = st.lists(
    st.builds(
        figure,
        st.sampled_from(["loans", "visits"]),
        st.integers(1, 2),
        st.integers(1, 3),
        st.integers(0, 2),
        st.sampled_from("AB"),
    ),
    max_size=9,
)


def said(months: Iterable[TabMonth]) -> Counter[tuple[str, str, float | None, datetime]]:
    return Counter(
        (each.library, each.element, each.value, moment)
        for month in months
        for each, moment in zip(month.figures, month.since, strict=True)
    )


@given(FIGURES, FIGURES, st.sets(st.integers(1, 3)))
def test_every_figure_stands_on_or_is_kept_as_ended(
    before: list[Observation], now: list[Observation], lost: set[int]
) -> None:
    """Nothing that was seen is lost, nothing doubled; what is said now stands, and beside it only what lost tabs said."""
    stood, here = read(before).months, [each for each in now if each.cell.sheet_id not in lost]
    change = change_of(stood, here, LATER, lost)
    after = StandingFigures(tuple(stood)).after("w", change, LATER)
    old = said(month for month in after.months) + said(change.ended)
    assert Counter({each: count for each, count in old.items() if each[-1] == NOON}) == said(stood)
    more = Counter(after.observations) - Counter(here)
    assert not Counter(here) - Counter(after.observations)
    assert {each.cell.sheet_id for each in more} <= lost
