"""A reporting year that begins in another month than it did is told before months move to another year."""

from __future__ import annotations

import pytest
from grids import ELEMENTS, LIBRARIES, OFFICE, Typed, tab, workbook

from sheets_sync.config.office import Office
from sheets_sync.intake import Inputs, interpret
from sheets_sync.jobs.diagnose.years import other_start, place_of
from sheets_sync.model.grid import Tab

ROWS: list[list[Typed]] = [["Juli", 1], ["Desember", 2], ["Januari", 3], ["Juni", 4]]
BY_TITLE = tab("Tangkum 2024", ["Bulan", "Pengunjung"], *ROWS)
SPRING = tab("Tangkum 2024", ["Bulan", "Pengunjung"], ["Februari", 1], ["Maret", 2])
DATED = tab("Tangkum", ["Bulan", "Pengunjung"], ["Juli 2024", 1], ["Januari 2025", 3])


@pytest.mark.parametrize(
    ("page", "then", "now", "told"),
    [
        (BY_TITLE, 7, 1, True), (BY_TITLE, 4, 10, True), (SPRING, 7, 1, True),
        (tab("Tangkum 2024", ["Bulan", "Pengunjung"], ["Maret", 1], ["Maret", 2], ["Agustus", 2]), 7, 1, True),
        (BY_TITLE, 1, 1, False), (BY_TITLE, 7, 7, False), (DATED, 7, 1, False), (SPRING, 1, 2, False),
    ],
)  # fmt: skip
def test_months_that_would_move_are_told(page: Tab, *, then: int, now: int, told: bool) -> None:
    """Where cells stand in the store as another start has them; none where every month says its own year."""
    grid = workbook(page)

    def office(start: int) -> Office:
        return OFFICE.model_copy(update={"year_starts_in": start})

    stood = {
        place_of(seen): seen.period
        for seen in interpret(grid, LIBRARIES, ELEMENTS, Inputs(), office(then)).observations
    }
    (*found,) = other_start(office(now), ELEMENTS, Inputs(), grid, LIBRARIES, {}, stood)
    assert [check.well for check in found] == [False] * told


def test_a_new_year_on_an_old_tab_is_no_other_start() -> None:
    """Whoever writes another year into a tab's title moves every month, and means it."""
    old = interpret(workbook(BY_TITLE), LIBRARIES, ELEMENTS, Inputs(), OFFICE).observations
    stood = {place_of(seen): seen.period for seen in old}
    grid = workbook(tab("Tangkum 2025", ["Bulan", "Pengunjung"], *ROWS))
    assert not list(other_start(OFFICE, ELEMENTS, Inputs(), grid, LIBRARIES, {}, stood))
