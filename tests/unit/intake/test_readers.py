"""What a cell says of an element does not depend on what was read before it."""

from __future__ import annotations

import grids
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.intake import Inputs
from sheets_sync.intake.directory import Directory
from sheets_sync.intake.headings import vocabulary_of
from sheets_sync.intake.layouts.lines import Line
from sheets_sync.intake.layouts.sheet import Sheet
from sheets_sync.intake.observe import Observer
from sheets_sync.intake.options import Layout
from sheets_sync.intake.readers import MAX_DONE, Readers
from sheets_sync.intake.tables import Table
from sheets_sync.intake.years import ReportingYear
from sheets_sync.model import Period, State
from sheets_sync.model.grid import FormulaError, GridCell, NumberKind, Tab

ELEMENTS = grids.ELEMENTS
NUMBERS = (
    st.sampled_from([0, 0.0, -0.0, 1, 1.0, 2.5, -3, 1e15, 24.5, 45000]) | st.floats(-1e6, 1e6) | st.integers(-9, 99)
)
VALUES = NUMBERS | st.booleans() | st.none() | st.sampled_from(["1", "1.0", "nihil", "2,5", "", FormulaError("#REF!")])
CELLS = st.builds(
    GridCell, VALUES, st.sampled_from(["", " ", "\u00a0", "1", "2,5", "Rp1", "x"]), st.sampled_from(NumberKind)
)
NAMES = st.sampled_from([each.id for each in ELEMENTS.elements])
PAIRS = st.tuples(NAMES, CELLS)


@given(st.lists(PAIRS, max_size=12))
def test_what_was_read_before_changes_nothing(pairs: list[tuple[str, GridCell]]) -> None:
    """Any cells of any elements in any order: each says what it says alone."""
    together = Readers(ELEMENTS, Inputs())
    assert [together.read(*pair) for pair in pairs] == [Readers(ELEMENTS, Inputs()).read(*pair) for pair in pairs]


YEARS = st.builds(ReportingYear, st.sampled_from([None, 2024]), st.sampled_from([1, 4]), binding=st.booleans())
HELD = st.tuples(NAMES, CELLS, st.builds(Period, st.sampled_from([2023, 2024]), st.integers(1, 12)))


@given(st.lists(HELD | st.tuples(NAMES, CELLS, st.just(Period(2024, 5))), max_size=8), YEARS, st.integers(0, 9))
def test_a_line_says_what_its_cells_say(
    held: list[tuple[str, GridCell, Period]], year: ReportingYear, reaches: int
) -> None:
    """Any cells of any elements and months, read before or not, and cells beyond the row's end: seen and asked alike."""
    elements, cells, periods = zip(*held, strict=True) if held else ((), (), ())
    line = Line(0, "T", tuple(range(len(held))), elements, periods)
    tab, vocabulary = Tab(1, "Tangkum", (cells[:reaches],)), vocabulary_of(ELEMENTS, Inputs())
    sheet = Sheet("w", tab, Table(Layout.MONTH_ROWS, (), 0, 0, 1), Directory(grids.LIBRARIES), vocabulary, year)
    observer = Observer(ELEMENTS, Readers(ELEMENTS, Inputs()))
    once, again = observer.observe_line(line, sheet), observer.observe_line(line, sheet)
    alone = [Observer(ELEMENTS, Readers(ELEMENTS, Inputs())).observe(slot, sheet) for slot in line.slots()]
    assert once == again == ([seen for seen, _ in alone], [question for _, question in alone if question])


@pytest.mark.parametrize("shown", ["", " ", "\u00a0"])
def test_a_number_that_is_not_shown_is_asked_about(shown: str) -> None:
    """A format may hide it (`;;;`), also where the same number is shown elsewhere."""
    readers, element = Readers(ELEMENTS, Inputs()), ELEMENTS.elements[0].id
    cells = [GridCell(5, "5"), GridCell(5, shown), GridCell(5, "5")]
    states = [readers.read(element, cell).state for cell in cells]
    assert states == [State.REPORTED, State.UNREADABLE, State.REPORTED]


def test_no_more_is_kept_in_mind_than_so_much() -> None:
    """Of whatever an element's cells hold; what is not kept is read all the same."""
    readers, element = Readers(ELEMENTS, Inputs()), ELEMENTS.elements[0].id
    read = [readers.read(element, GridCell(number, str(number))).value for number in range(MAX_DONE + 100)]
    assert read == list(range(MAX_DONE + 100))
