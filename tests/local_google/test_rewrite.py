"""References in formulas follow what happens to the grid."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typed_books import sheet, workbook

from sheets_sync.local_google.formulas.adjust import adjust_formulas, drop_from_formulas, rename_in_formulas
from sheets_sync.local_google.formulas.references import Corner, Reference, read_reference
from sheets_sync.local_google.formulas.rewrite import followed, qualified, renamed, shifted, without_sheet
from sheets_sync.local_google.structure import Change, Cut, Delete, Dimension, Insert, Move
from sheets_sync.local_google.workbook import Box, Formula, Workbook


def _book() -> Workbook:
    return workbook(sheet([]), sheet([], "Other", 1))


@pytest.mark.parametrize(
    ("formula", "change", "after"),
    [
        ("=A1+A5", Insert(0, "ROWS", 2, 3), "=A1+A8"),
        ("=SUM($A$1:B5)", Insert(0, "ROWS", 2, 3), "=SUM($A$1:B8)"),
        ("=SUM(A3:A5)", Insert(0, "ROWS", 2, 1), "=SUM(A4:A6)"),
        ("=SUM(A3:A5)", Insert(0, "ROWS", 5, 1), "=SUM(A3:A5)"),
        ("=C1+Other!C1", Insert(0, "COLUMNS", 1, 1), "=D1+Other!C1"),
        ("=A:C", Insert(0, "COLUMNS", 1, 1), "=A:D"),
        ("=SUM(A5:A)", Insert(0, "ROWS", 0, 2), "=SUM(A7:A)"),
        ("=2:4", Insert(0, "ROWS", 2, 1), "=2:5"),
        ("=A1+A5", Delete(0, "ROWS", 1, 3), "=A1+A3"),
        ("=A2+A5", Delete(0, "ROWS", 1, 3), "=#REF!+A3"),
        ("=SUM(A1:A5)", Delete(0, "ROWS", 1, 3), "=SUM(A1:A3)"),
        ("=SUM(A2:A3)", Delete(0, "ROWS", 1, 3), "=SUM(#REF!)"),
        ('=Sheet1!$B$2 & "B2"', Delete(0, "COLUMNS", 0, 1), '=Sheet1!$A$2 & "B2"'),
        ("=A1+A5", Move(0, "ROWS", 0, 1, 5), "=A5+A4"),
        ("=A1+B1", Cut(0, Box(0, 0, 1, 1), 0, 4, 4), "=E5+B1"),
        ("=SUM(A1:B2)", Cut(0, Box(0, 0, 2, 2), 1, 0, 0), "=SUM(Other!A1:B2)"),
        ("=SUM(A1:C2)", Cut(0, Box(0, 0, 2, 2), 0, 9, 9), "=SUM(A1:C2)"),
    ],
)
def test_references_follow_a_structural_change(formula: str, change: Change, after: str) -> None:
    """Those of the changed tab only; what is gone is #REF!."""
    assert followed(formula, _book(), 0, change) == after


@pytest.mark.parametrize(
    ("formula", "down", "right", "after"),
    [
        ("=A1+$A1+A$1+$A$1", 1, 1, "=B2+$A2+B$1+$A$1"),
        ("=SUM(A1:B2)+Other!C:C+2:2", 1, 1, "=SUM(B2:C3)+Other!D:D+3:3"),
        ("=A1+B2", -1, 0, "=#REF!+B1"),
        ('=IF(A1="A1",1)', 2, 0, '=IF(A3="A1",1)'),
    ],
)
def test_a_copy_shifts_what_is_not_fixed(formula: str, down: int, right: int, after: str) -> None:
    """`$` holds a row or a column; beyond the edge is #REF!."""
    assert shifted(formula, down, right) == after


def test_titles_follow_a_rename_and_a_deletion() -> None:
    """The new title is quoted where it has to be; a deleted tab leaves #REF!."""
    assert renamed("=Sheet1!A1+'Sheet1'!B2+A1", "sheet1", "My tab") == "='My tab'!A1+'My tab'!B2+A1"
    assert without_sheet("=Sheet1!A1+A1", "Sheet1") == "=#REF!+A1"
    assert qualified("=A1+Other!A1", "My tab") == "='My tab'!A1+Other!A1"


def test_every_formula_of_a_workbook_follows() -> None:
    """Formulas of other tabs as well."""
    book = workbook(sheet([["1"], ["2"]]), sheet([["=Sheet1!A2", "=A2"]], "Other", 1))
    adjust_formulas(book, Insert(0, "ROWS", 0, 1))
    rename_in_formulas(book, "Sheet1", "First")
    assert [cell.entered for cell in book.sheets[1].rows[0] if cell] == [Formula("=First!A3"), Formula("=A2")]
    drop_from_formulas(book, "First")
    assert book.sheets[1].cell(0, 0).entered == Formula("=#REF!")


_corners = st.builds(Corner, st.integers(0, 99), st.integers(0, 40), st.booleans(), st.booleans())
_references = st.builds(Reference, st.sampled_from([None, "Other", "It's"]), _corners, st.none() | _corners)


@given(_references)
def test_a_reference_reads_back(reference: Reference) -> None:
    """Written and read it is the same."""
    assert read_reference(str(reference)) == reference


@given(_references, st.integers(0, 60), st.integers(0, 60))
def test_a_shift_there_and_back_changes_nothing(reference: Reference, down: int, right: int) -> None:
    """Moving away from the edge loses nothing."""
    formula = f"={reference}"
    assert shifted(shifted(formula, down, right), -down, -right) == formula


_dimensions: st.SearchStrategy[Dimension] = st.sampled_from(["ROWS", "COLUMNS"])


@given(_references, _dimensions, st.integers(0, 60), st.integers(1, 9))
def test_deleting_what_was_inserted_changes_nothing(
    reference: Reference, dimension: Dimension, at: int, count: int
) -> None:
    """Inserting rows or columns and deleting them again leaves every formula as it was."""
    book, formula = _book(), f"={_ordered(reference)}"
    inserted = followed(formula, book, 0, Insert(0, dimension, at, count))
    assert followed(inserted, book, 0, Delete(0, dimension, at, at + count)) == formula


def _ordered(reference: Reference) -> Reference:
    """With the upper left corner first, as Google writes ranges."""
    bounds = reference.bounds
    assert bounds.top is not None
    assert bounds.left is not None
    assert bounds.bottom is not None
    assert bounds.right is not None
    last = Corner(bounds.bottom - 1, bounds.right - 1) if reference.last else None
    return Reference(reference.title, Corner(bounds.top, bounds.left), last)
