"""Departures of a series from its own level, as values: where each begins, how many figures it has, what was usual."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from figure_series import series as observed

from sheets_sync.checks.levels import Departure, beyond, changes, early_changes, falls
from sheets_sync.checks.options import ChangeLimits
from sheets_sync.checks.series import Series

LIMITS = ChangeLimits(factor=3, at_least=20, months=6, known=3)
Found = list[tuple[int, int, float]]


def of(values: Iterable[float]) -> Series:
    return Series.of(observed("visits_onsite", list(values)))


def plain(departures: Iterable[Departure]) -> Found:
    return [(each.first, len(each.positions), each.usual) for each in departures]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (20, 60, False),
        (20, 61, True),
        (19, 61, False),
        (19, 18, False),
        (20, 20, False),
        (1000, 3001, True),
        (0, 5000, False),
    ],
)
def test_figures_are_far_apart_beyond_the_factor(one: float, other: float, expected: bool) -> None:
    """Two figures of at least twenty are far apart where one is more than three times the other, whichever it is."""
    assert (beyond(one, other, LIMITS), beyond(other, one, LIMITS)) == (expected, expected)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([100, 100, 400], []),  # two say too little
        ([100, 100, 100, 300], []),
        ([100, 100, 100, 400], [(3, 1, 100)]),
        ([100, 100, 100, 400, 410, 390, 400], [(3, 3, 100)]),  # one change, until it is usual
        ([100, 100, 100, 400, 2000], [(3, 1, 100), (4, 1, 100)]),  # a level of its own each
        ([100, 100, 100, 280, 310], [(4, 1, 100)]),  # what drifted there was no change before
        ([100, 100, 100, 400, 100, 400], [(3, 1, 100), (5, 1, 100)]),  # the one that was asked about makes it no habit
        ([*[100] * 3, 400, *[100] * 3, 400, *[100] * 3, 400, 410], [(3, 1, 100), (7, 1, 100), (11, 2, 100)]),
        ([], []),
    ],
)  # fmt: skip
def test_a_change_that_lasts_is_one(values: list[float], expected: Found) -> None:
    """Figures that stay where the first one went belong to it; those that go elsewhere, or come back, are others."""
    assert plain(changes(of(values), LIMITS)) == expected


@pytest.mark.parametrize(
    ("values", "explained", "expected"),
    [
        ([100, 100, 100, 400, 410], {3}, []),
        ([100, 100, 100, 400, 2000], {3}, [(4, 1, 100)]),
        ([100, 100, 100, 400, 100, 400], {3}, [(5, 1, 100)]),
        ([100, 100, 100, 400, 100, 100, 400, 410], {6}, [(3, 1, 100)]),
        ([100, 100, 100, 400], {0, 1, 2}, [(3, 1, 100)]),
    ],
)
def test_what_is_explained_is_asked_about_no_more(values: list[float], explained: set[int], expected: Found) -> None:
    """What goes on from an explained figure is explained with it; another one is not, nor does it become a habit."""
    assert plain(changes(of(values), LIMITS, explained)) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([400, 100, 100, 100, 400], []), ([400, 100, 100, 100, 401], [(4, 1, 100)]),
        ([30, 100, 100, 100, 30], []), ([30, 100, 100, 100, 29], [(4, 1, 100)]),
        ([4000, *[100] * 11, 400], []), ([4000, *[100] * 12, 400], [(13, 1, 100)]),
        # much like the same month of the year before, though higher than any
        ([150, *[100] * 11, 450], []), ([149, *[100] * 11, 450], [(12, 1, 100)]), ([*[100] * 12, 150, *[100] * 11, 450], []),
        ([150, *[100] * 12, 450], [(13, 1, 100)]),
    ],
)  # fmt: skip
def test_what_has_been_within_a_year_is_no_change(values: list[float], expected: Found) -> None:
    """A figure as high or as low as one of the twelve months before, or much like that of a year ago, is none."""
    assert plain(changes(of(values), LIMITS)) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([900, 4800, 950], [(1, 1, 925)]),  # a figure on either side
        ([4800, 900, 950], []), ([4800, 900, 950, 920], [(0, 1, 920)]),
        ([900, 950, 4800, 920], [(2, 1, 920)]), ([900, 950, 920, 4800], []),  # the fourth has three before it
        ([300, 100, 100, 100], []), ([301, 100, 100, 100], [(0, 1, 100)]), ([33, 100, 100, 100], [(0, 1, 100)]),
        # a size that comes again within a year is usual, if it is large enough to be compared
        ([60, 200, 200, 20, 200, 200, 200], []), ([60, 200, 200, 19, 200, 200, 200], [(0, 1, 200)]),
        ([4800, *[900] * 11, 4500], []), ([4800, *[900] * 12, 4500], [(0, 1, 900)]),
        ([8000, 100, 2000, 300, 1100], []),  # nothing is usual
        ([], []),
    ],
)  # fmt: skip
def test_a_first_month_is_compared_with_those_around(values: list[float], expected: Found) -> None:
    """In the first months those after a figure say what is usual too: two around it, or three behind it."""
    assert plain(early_changes(of(values), LIMITS)) == expected


def test_a_fall_is_less_than_the_month_before() -> None:
    """Each figure that is less than the one before, and none that is as high."""
    assert [list(falls(of(values))) for values in ([3, 2, 2, 5, 4], [1], [])] == [[1, 4], [], []]
