"""The words of the trade."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.model import CellRef, DatedValue, Library, Period, column_letters, periods_between

PERIODS = st.builds(Period, st.integers(1900, 2200), st.integers(1, 12))


@given(PERIODS, st.integers(-500, 500))
def test_months_add_and_subtract(period: Period, months: int) -> None:
    """Going forward and back by the same number of months leads home."""
    assert (period + months) - months == period


@given(PERIODS)
def test_a_month_is_read_back_from_its_text(period: Period) -> None:
    """A month's text is read as the same month."""
    assert Period.parse(str(period)) == period


@pytest.mark.parametrize(
    "text", ["2024", "2024-1", "2024-13", "24-10", "Oktober 2024", "", "2024-+1", " 024-01", "2024-1 ", "٢٠٢٤-٠١"]
)
def test_other_texts_are_no_month(text: str) -> None:
    """Only the form 2024-10 is a month."""
    with pytest.raises(ValueError, match=r"month|invalid"):
        Period.parse(text)


@pytest.mark.parametrize(
    ("period", "first_month", "start"),
    [("2024-10", 1, "2024-01"), ("2024-03", 4, "2023-04"), ("2024-04", 4, "2024-04"), ("2024-12", 12, "2024-12")],
)
def test_a_reporting_year_may_start_in_any_month(period: str, first_month: int, start: str) -> None:
    """The reporting year of a month begins in the last start month before it."""
    assert Period.parse(period).year_start(first_month) == Period.parse(start)


def test_periods_between_counts_both_ends() -> None:
    """Both ends are among the months between."""
    assert [str(p) for p in periods_between(Period(2023, 11), Period(2024, 2))] == [
        "2023-11",
        "2023-12",
        "2024-01",
        "2024-02",
    ]


@pytest.mark.parametrize(("column", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_have_letters(column: int, letters: str) -> None:
    """Columns are lettered as in a sheet."""
    assert column_letters(column) == letters


def test_a_cell_links_to_itself() -> None:
    """A cell's link opens the workbook at the tab and the cell."""
    cell = CellRef("abc", 7, "Tangkum", 4, 2)
    assert (cell.a1, cell.url) == ("C5", "https://docs.google.com/spreadsheets/d/abc/edit#gid=7&range=C5")


@pytest.mark.parametrize(("year", "value"), [(2019, 900), (2020, 900), (2022, 900), (2023, 950), (2030, 950)])
def test_the_newest_population_not_younger_than_the_month_holds(year: int, value: float) -> None:
    """The newest figure up to the month's year holds; before the first there is only the first."""
    library = Library("T", "Tangkum", population=(DatedValue(2023, 950), DatedValue(2020, 900)))
    figure = library.population_in(Period(year, 6))
    assert figure is not None
    assert figure.value == value


@pytest.mark.parametrize(
    ("period", "active"), [("2024-05", False), ("2024-06", True), ("2024-08", True), ("2024-09", False)]
)
def test_a_library_is_active_in_every_month_it_was_open_in(period: str, active: bool) -> None:
    """A library counts in the months it was open for at least a day."""
    library = Library("T", "Tangkum", active_since=date(2024, 6, 30), active_until=date(2024, 8, 1))
    assert library.active_in(Period.parse(period)) is active
