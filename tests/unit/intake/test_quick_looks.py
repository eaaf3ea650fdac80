"""What is told at a glance of nearly every cell is what a closer look tells."""

from __future__ import annotations

import string
import unicodedata
from itertools import pairwise

import grids
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.intake import counted_months
from sheets_sync.intake.figure_cells import MIN_NUMBERING, Place, counts_on, figure_cells, like_a_count
from sheets_sync.intake.month_names import NUMERALS
from sheets_sync.intake.words import fold, tidy
from sheets_sync.model.grid import FormulaError, GridCell, NumberKind, Tab

MARKS = st.text(
    st.sampled_from(string.ascii_letters + string.digits + string.whitespace + ".,()-/éＢ１\u200b\u00a0²ß"), max_size=12
)
MONTHLY = st.sampled_from(
    ["Bulan ke 3", "bln 12", "bulan-ke-1", "XII", " ii ", "07", "(3)", "13", "bulan lalu", "IIII", "3 x"]
)
COUNTED = st.sampled_from(["1", "2.", "3)", "0", "12", "1.234", "2024", "12 buku", "Rp5", "-", "²", "１"]) | MARKS
NUMBERS = st.integers(0, 4) | st.sampled_from([1899, 1900.0, 2024, 2099.9999, 2100, 2024.00001, 1e9, -3, 0.5])
CELLS = (
    st.none()
    | COUNTED
    | st.builds(lambda number, kind: GridCell(number, f"{number:g}", kind), NUMBERS, st.sampled_from(NumberKind))
    | st.just(GridCell(FormulaError("#REF!"), "#REF!"))
    | st.just(GridCell(value=True, text="TRUE"))
)


@given(MARKS | st.text())
def test_a_text_is_folded_by_one_rule(text: str) -> None:
    """Plain ASCII and anything else: full-width made plain, white space one, zero-width gone, letters and digits left."""
    unseen = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
    plain = " ".join(unicodedata.normalize("NFKC", text).translate(unseen).split())
    assert tidy(text) == plain
    assert fold(text) == " ".join("".join(c if c.isalnum() else " " for c in plain.casefold()).split())


@given(MONTHLY | MARKS)
def test_a_text_that_counts_no_month_is_told_at_a_glance(text: str) -> None:
    """The number of a month in a heading, in words, digits or numerals; 0 for every other text."""
    plain = tidy(text)
    match = counted_months._NUMBER.fullmatch(fold(plain))
    closer = NUMERALS.index(plain.upper()) + 1 if plain.upper() in NUMERALS else int(match["number"]) if match else 0
    assert counted_months._number(GridCell(text, text)) == closer


def numbers_lines(tab: Tab, column: int, places: list[Place]) -> bool:
    """Whether a column only numbers its lines, from 1 on."""
    shown = [tidy(tab.at(row, at).text).strip(".)") for row, at in places if at == column]
    numbers = [int(text) for text in shown if text.isdecimal()]
    steps = all(after in (before + 1, 1) for before, after in pairwise(numbers))
    return len(numbers) == len(shown) >= MIN_NUMBERING and numbers[0] == 1 and steps


@given(st.lists(st.lists(CELLS, max_size=3), max_size=6))
def test_what_could_be_counts_is_told_in_one_pass(rows: list[list[grids.Typed]]) -> None:
    """As many as there are when each column is looked at by itself, and the same one is the first."""
    tab = grids.tab("Coretan", *rows)
    places = [(row, column) for row, column in figure_cells(tab) if like_a_count(tab.at(row, column))]
    found = [place for place in places if not numbers_lines(tab, place[1], places)]
    assert counts_on(tab) == ((len(found), found[0]) if found else None)
