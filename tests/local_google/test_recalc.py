"""Formulas are computed again when what they depend on changes, in the right order."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typed_books import NOW, sheet, values, workbook

from sheets_sync.local_google.recalc import formula_link, recalculate
from sheets_sync.local_google.values import enter
from sheets_sync.local_google.workbook import Box, ErrorValue, Workbook


def _type(book: Workbook, row: int, column: int, typed: object) -> Workbook:
    """A draft in which something was typed into a cell of the first tab."""
    draft = book.draft()
    own = draft.edit(draft.sheets[0])
    own.put(row, column, enter(own.cell(row, column), typed, draft.locale, NOW.date()))
    recalculate(draft, NOW, [(own.id, Box(row, column, row + 1, column + 1))])
    return draft


def test_a_change_reaches_all_that_depends_on_it() -> None:
    """Through other formulas and other tabs."""
    book = workbook(sheet([["1", "=A1*2", "=B1+1"]]), sheet([["=Sheet1!C1*10"]], "Other", 1))
    assert values(_type(book, 0, 0, "5"), 1) == [[110.0]]
    assert values(book, 1) == [[30.0]]


def test_a_tab_that_does_not_depend_on_it_is_not_touched() -> None:
    """So it need not be stored again."""
    book = workbook(sheet([["1", "=A1"]]), sheet([["=1+1"]], "Other", 1))
    assert _type(book, 0, 0, "5").touched == {0}


def test_formulas_are_computed_in_the_order_of_their_dependence() -> None:
    """A chain that runs against the reading order has right values too, however long."""
    rows = [[f"=A{row + 2}+1"] for row in range(1, 1500)]
    book = workbook(sheet([*rows, ["7"]], size=(3000, 3)))
    assert book.sheets[0].cell(0, 0).value != 0
    assert workbook(sheet([["=A2+1"], ["=A3+1"], ["7"]])).sheets[0].cell(0, 0).value == 9.0


def test_a_circle_is_an_error_and_what_follows_from_it_too() -> None:
    """The rest is computed."""
    book = workbook(sheet([["=B1", "=C1", "=A1"], ["=A1+1", "=1+1", "=IFERROR(A1,5)"]]))
    circular = book.sheets[0].cell(0, 0).value
    assert isinstance(circular, ErrorValue)
    assert circular.kind == "REF"
    assert circular.message.startswith("Circular dependency detected.")
    assert values(book) == [[circular] * 3, [circular, 2.0, 5.0]]


def test_the_time_is_looked_at_again() -> None:
    """TODAY moves on with every edit, in the workbook's zone."""
    book = workbook(sheet([["=TODAY()", "1"]]))
    draft = book.draft()
    recalculate(draft, NOW + timedelta(hours=20), [(0, Box(5, 5, 6, 6))])
    assert (values(book), values(draft)) == ([[45601.0, 1.0]], [[45602.0, 1.0]])


def test_a_workbook_without_formulas_is_left_alone() -> None:
    """Nothing is copied."""
    draft = workbook(sheet([["1"]])).draft()
    recalculate(draft, NOW)
    assert draft.touched == set()


@pytest.mark.parametrize(
    ("formula", "address"),
    [
        ('=HYPERLINK("https://example.org/"&A1,"label")', "https://example.org/7"),
        ("=HYPERLINK(1/0)", ""),
        ("=A1", ""),
        ("7", ""),
    ],
)
def test_a_hyperlink_formula_leads_somewhere(formula: str, address: str) -> None:
    """Its address is computed when it is asked for."""
    book = workbook(sheet([["7", formula]]))
    assert formula_link(book, book.sheets[0], book.sheets[0].cell(0, 1), NOW) == address


@given(st.lists(st.integers(0, 5), min_size=1, max_size=6), st.integers(0, 5), st.integers(0, 99))
def test_an_incremental_recalculation_equals_a_full_one(parents: list[int], place: int, number: int) -> None:
    """Whatever depends on what."""
    cells = [str(number) if parent >= column else f"={'ABCDEF'[parent]}1+1" for column, parent in enumerate(parents)]
    changed = _type(workbook(sheet([cells])), 0, place % len(cells), "1000")
    cells[place % len(cells)] = "1000"
    assert values(changed) == values(workbook(sheet([cells])))


def test_a_range_that_is_named_by_a_text_is_followed() -> None:
    """Though nothing but its value tells that it is read, and however long the chain is."""
    rows = [['=INDIRECT("B1")', "=C1*2", "1", "=OFFSET(A1,0,1)+1"], ["=SUM(INDIRECT(B2))", "Sheet1!B1:C1"]]
    book = workbook(sheet(rows))
    assert values(book) == [[2.0, 2.0, 1.0, 3.0], [3.0, "Sheet1!B1:C1"]]
    assert values(_type(book, 0, 2, "5")) == [[10.0, 10.0, 5.0, 11.0], [15.0, "Sheet1!B1:C1"]]


@pytest.mark.parametrize(
    ("formula", "kind", "message"),
    [
        (
            '=INDIRECT("1+1")',
            "REF",
            "Function INDIRECT parameter 1 value is '1+1'. It is not a valid cell/range reference.",
        ),
        ('=INDIRECT("Tidak!A1")', "REF", "Unresolved sheet name 'Tidak'."),
        ("=OFFSET(B1,-1,0)", "REF", "Function OFFSET evaluates to an out of bounds range."),
    ],
)
def test_a_range_that_is_not_there_is_an_error(formula: str, kind: str, message: str) -> None:
    """With Google's words for it."""
    assert workbook(sheet([[formula]])).sheets[0].cell(0, 0).value == ErrorValue(kind, message)
