"""Figures far from what was usual before or, in the first months, from what is usual around; and copied months."""

from __future__ import annotations

import pytest
from figure_series import about_visits, asked, outcomes, series

from sheets_sync.checks import CheckOptions
from sheets_sync.checks.months import coincidence
from sheets_sync.checks.options import ChangeLimits, Copied
from sheets_sync.i18n import language

CHANGE = "E-CHANGE"


@pytest.mark.parametrize(
    ("values", "months"),
    [
        ([4800, 900, 950, 920, 940], ["2024-01"]),  # the first month of an imported history
        ([230, 900, 950, 920, 940], ["2024-01"]),
        ([900, 4800, 950, 920, 940], ["2024-02"]),
        ([900, 950, 4800, 920, 940], ["2024-03"]),
        ([900, 4800, 950], ["2024-02"]),  # a figure on either side is enough
        ([4800, 900, 950], []),  # two after it are not
        ([4800, 900, 950, 920], ["2024-01"]),
        ([300, 100, 100.5, 99, 101], []),  # three times is not beyond
        ([302, 100, 100.5, 99, 100], ["2024-01"]),
        ([19, 61, 62, 63, 64], []),  # small, and not low enough
        ([20, 61, 62, 63, 64], ["2024-01"]),
        ([4800, 4700, 900, 950, 920, 940, 930], []),  # a level of its own
        ([4800, 900, 950, 920, 940, 930, 925, 4500], []),  # one that came again is usual
        ([8000, 100, 2000, 300, 1100], []),  # nothing is usual
        ([4800, 900, None, 950, 0, 920, 940, 930], ["2024-01"]),  # a zero among those that follow
    ],
)
def test_the_first_months_are_compared_with_those_around(values: list[float | None], months: list[str]) -> None:
    """Where too few months are known before a figure, those after it say what is usual."""
    assert [month for rule, month, _ in about_visits(values) if rule == CHANGE] == months


def test_the_words_say_with_what_a_figure_was_compared() -> None:
    """A figure of the first months is compared with those around it, a later one with those before."""
    [first] = asked(series("visits_onsite", [4800, 900, 950, 920, 940]))
    [later] = asked(series("visits_onsite", [900, 950, 920, 940, 4800]))

    assert "4.800; bulan-bulan di sekitarnya sekitar 930." in language("id")(first.message)
    assert "4.800; bulan-bulan sebelumnya sekitar 930." in language("id")(later.message)


@pytest.mark.parametrize(
    ("options", "values", "months"),
    [
        (ChangeLimits(), [100, 101, 99, 300], []),
        (ChangeLimits(), [100, 101, 99, 301], ["2024-04"]),
        (ChangeLimits(), [300, 301, 299, 100], []),
        (ChangeLimits(), [300, 301, 299, 99], ["2024-04"]),
        (ChangeLimits(), [20, 21, 20, 61], ["2024-04"]),
        (ChangeLimits(), [19, 20, 19, 61], []),
        (ChangeLimits(), [63, 62, 61, 20], ["2024-04"]),
        (ChangeLimits(known=4), [100, 101, 99, 301], []),  # too few are known
        (ChangeLimits(known=4), [100, 101, 99, 100, 302], ["2024-05"]),
        (ChangeLimits(known=2), [100, 101, 303], ["2024-03"]),
        (ChangeLimits(months=3), [900, 910, 905, 200, 201, 199, 202], ["2024-04"]),  # a change that lasts
        # seven months before it is no longer of the months before, but within the year
        (ChangeLimits(), [700, 200, 201, 199, 202, 198, 203, 200, 690], []),
    ],
)
def test_the_limits_of_a_change(options: ChangeLimits, values: list[float | None], months: list[str]) -> None:
    """Each limit holds at, just above and just below it."""
    found = outcomes(asked(series("visits_onsite", values), options=CheckOptions(change=options)))
    assert [month for rule, month, _ in found if rule == CHANGE] == months


COPIED = "E-COPIED"
NAMES = ("visits_onsite", "loans", "in_library_use", "participants", "activities", "advocacy", "partnerships",
         "impact_stories", "ict_users")  # fmt: skip
GATHERING = CheckOptions(gatherings=(), parts=())  # only what is copied


def copied(before: list[float | None], now: list[float | None], options: CheckOptions = GATHERING) -> bool:
    """Whether a month of these figures looks copied from another."""
    pairs = zip(NAMES, before, now, strict=False)
    found = asked(*(series(name, [one, two]) for name, one, two in pairs), options=options)
    return COPIED in {finding.rule_code for finding in found}


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ([123, 45, 67], [123, 45, 67], True),
        ([123, 45, 67, 30, 4], [123, 45, 67, 30, 5], True),
        ([20, 21, 3, 25, 2], [20, 21, 3, 25, 2], True),  # a whole month, small as it is
        ([21_199, 15_029, 1, 30, 40, 50], [21_199, 15_029, 1, 31, 42, 57], True),  # few, but large
        ([410, 95, 60, 25, 2, 1, 1, 1, 12], [388, 101, 71, 25, 2, 1, 1, 1, 14], False),  # a few small coincidences
        ([410, 95, 60, 25, 2, 1, 1, 1, 12], [388, 101, 71, 25, 2, 1, 1, 1, 12], False),
        ([410, 95, 60, 40, 2, 17], [388, 101, 71, 40, 2, 17], False),
        ([2, 1, 1, 1], [2, 1, 1, 1], False),  # small months are often alike
        ([123, 45], [123, 45], False),  # two figures are no month
        ([0, 0, 0, 123], [0, 0, 0, 123], False),  # nor are zeros
        ([123, 45, 67], [123, None, 67], False),
    ],
)
def test_a_copied_month_is_told_from_coincidence(
    before: list[float | None], now: list[float | None], expected: bool
) -> None:
    """Three figures or more, and more than may happen by accident among those that were compared."""
    assert copied(before, now) is expected


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (Copied(elements=3), True),
        (Copied(elements=4), False),
        (Copied(chance=1e-4), True),
        (Copied(chance=1e-5), False),
    ],
)
def test_the_limits_of_copying(options: Copied, expected: bool) -> None:
    """The chance of 123, 45 and 67 coming again among three figures is about 1 in 27,000."""
    limits = GATHERING.model_copy(update={"copied": options})
    assert copied([123, 45, 67], [123, 45, 67], limits) is expected


@pytest.mark.parametrize(
    ("same", "among", "chance"),
    [([], 5, 1.0), ([100], 1, 0.0282), ([100], 4, 0.1128), ([100, 100], 4, 0.00477), ([1], 1, 0.282), ([0.01], 1, 1.0)],
)
def test_the_chance_that_figures_come_again(same: list[float], among: int, chance: float) -> None:
    """Two Poisson counts are equal with a chance of 1 / (2 √(π · count)), at most 1; any of those compared may be."""
    assert coincidence(same, among) == pytest.approx(chance, rel=0.01)


@pytest.mark.parametrize(
    ("values", "months"),
    [
        ([12, 13, 11, 1200], ["2024-04"]),
        ([5, 4, 6, 5000, 4, 5], ["2024-04"]),
        ([500, 4, 6, 5], ["2024-01"]),  # the first of all
        ([5, 4, 6, 181], ["2024-04"]),
        ([5, 4, 6, 180], []),  # not beyond three times three times twenty
        ([5, 4, 6, 50], []),  # small figures come and go
        ([0, 0, 0, 500], []),  # something began
        ([5, 4, 6, 500, 510, 490], ["2024-04"]),  # and stays: asked about once
        ([500, 510, 490, 5], []),  # a fall is another question
    ],
)
def test_a_great_rise_among_small_figures_is_asked_about(values: list[float | None], months: list[str]) -> None:
    """What is usual is too small to be compared with, but nothing near it grows so far."""
    assert [month for rule, month, _ in about_visits(values) if rule == CHANGE] == months
