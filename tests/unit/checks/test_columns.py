"""Looking at all months together first leaves out only those in which nothing would be found."""

from __future__ import annotations

from unittest.mock import patch

import numpy as np
import pytest
from figure_series import series as observed
from grids import DIVIDED, ELEMENTS
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.checks import CheckOptions
from sheets_sync.checks.columns import Columns
from sheets_sync.checks.figures import Figures
from sheets_sync.checks.months import odd_months
from sheets_sync.checks.options import Gathering, PartOfTotal
from sheets_sync.checks.relations import CheckContext, blocking, doubtful
from sheets_sync.config.office import Elements
from sheets_sync.model import DatedValue, Finding, Library, Observation, Period

OPTIONS = CheckOptions(
    gatherings=(
        Gathering(events="activities", people="participants", low=0, high=30),
        Gathering(events="activities", people="visits_onsite"),
    ),
    parts=(
        PartOfTotal(part="ict_users", whole="visits_onsite"),
        PartOfTotal(part="members_total", whole="population"),
        PartOfTotal(part="members_total", whole="visits_onsite"),
    ),
)
KNOWN = (
    Library("T", "T", kind="desa", population=(DatedValue(2023, 30.0), DatedValue(2025, 900.0))),
    Library("P", "P"),
)
NAMES = (
    *("activities", "participants", "participants_women", "participants_men", "members_new", "members_new_children"),
    *("members_new_adults", "visits_total", "visits_onsite", "visits_online", "ict_users", "members_total", "loans"),
    *("open_days", "population", "not_configured"),
)
Row = tuple[str, str, list[float | None]]  # library, element, figures month by month
VALUES = st.sampled_from([None, None, 0.0, 1.0, 2.0, 30.0, 31.0, 33.0, 60.0, 100.0, 200.0, 300.0, 7.5])
EXTREME = st.sampled_from([None, 0.0, 5e-324, 1e-300, 0.1, 1.0, 7.5, 9e14])
SERIES = st.tuples(st.sampled_from("TTP"), st.sampled_from(NAMES), st.lists(VALUES, min_size=3, max_size=5))


def _all(figures: Figures, elements: Elements) -> list[Finding]:
    around = CheckContext(elements, {each.code: each for each in KNOWN}, OPTIONS)
    return [*odd_months(figures, around), *blocking(figures, around), *doubtful(figures, around)]


def _figures(rows: list[Row]) -> Figures:
    """Figures from December on, when the population changes with the year."""
    return Figures(seen for library, name, row in rows for seen in observed(name, row, library, Period(2023, 12)))


@pytest.mark.parametrize("elements", [ELEMENTS, DIVIDED], ids=["plain", "divided"])
@given(rows=st.lists(SERIES, max_size=30, unique_by=lambda row: row[:2]))
def test_months_that_are_left_out_have_nothing_to_be_found(elements: Elements, rows: list[Row]) -> None:
    """With every month looked at by itself exactly the same is found, in the same order."""
    found = _all(_figures(rows), elements)
    with patch.object(Columns, "where", lambda columns, _: iter(columns.months.items())):
        assert found == _all(_figures(rows), elements)


@given(
    rows=st.lists(SERIES, max_size=30, unique_by=lambda row: row[:2]), extreme=st.lists(EXTREME, min_size=5, max_size=5)
)
def test_figures_that_nobody_could_mean_are_looked_at_as_well(rows: list[Row], extreme: list[float | None]) -> None:
    """However large or small they are: nothing is said on the way, and what is found is what each month has by itself."""
    wild: list[Row] = [(*row[:2], extreme[: len(row[2])]) if n % 2 else row for n, row in enumerate(rows)]
    found = _all(_figures(wild), DIVIDED)
    with patch.object(Columns, "where", lambda columns, _: iter(columns.months.items())):
        assert found == _all(_figures(wild), DIVIDED)


@given(months=st.lists(st.lists(st.sampled_from([0.0, 1.0, 5.0, 60.0, 900.0]), min_size=8, max_size=8), max_size=4))
def test_copied_months_are_never_left_out(months: list[list[float]]) -> None:
    """However many figures come again, and however large they are."""
    rows: list[Row] = [("T", name, [month[n] for month in months]) for n, name in enumerate(NAMES[:8])]
    found = _all(_figures(rows), ELEMENTS)
    with patch.object(Columns, "where", lambda columns, _: iter(columns.months.items())):
        assert found == _all(_figures(rows), ELEMENTS)


def _plainly(figures: Figures) -> list[tuple[tuple[str, str], list[Observation]]]:
    """The series as a loop over the months makes them, in the order in which they begin."""
    series: dict[tuple[str, str], list[Observation]] = {}
    for (library, _), month in sorted(figures.months.items(), key=lambda item: item[0][1].ordinal):
        for element, seen in month.items():
            if seen.value is not None:
                series.setdefault((library, element), []).append(seen)
    return [*series.items()]


@given(rows=st.lists(SERIES, max_size=12), seed=st.integers(0, 9))
def test_series_are_those_of_a_loop(rows: list[Row], seed: int) -> None:
    """Whatever order the figures come in: each series has its figures, oldest first, and they stand as they begin."""
    seen = [*_figures(rows).all()]
    figures = Figures(seen[n] for n in np.random.default_rng(seed).permutation(len(seen)))
    assert [(key, [*each.observations]) for key, each in figures.series.items()] == _plainly(figures)
    assert [*figures.series.value] == [one.value for _, each in _plainly(figures) for one in each]
