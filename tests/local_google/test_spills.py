"""The arrays of formulas fill cells, as far as nothing stands in their way."""

from __future__ import annotations

import pytest
from typed_books import NOW, sheet, values, workbook

from sheets_sync.local_google.recalc import recalculate
from sheets_sync.local_google.sheets.copying import copied
from sheets_sync.local_google.storage_codec import changed_blocks, read_sheet, write_sheet
from sheets_sync.local_google.structure import Insert
from sheets_sync.local_google.values import enter, put_raw
from sheets_sync.local_google.workbook import Box, ErrorValue, Workbook


def typed(book: Workbook, row: int, column: int, text: str) -> Workbook:
    """A draft in which something was typed into a cell of the first tab."""
    draft = book.draft()
    own = draft.edit(draft.sheets[0])
    own.put(row, column, enter(own.cell(row, column), text, draft.locale, NOW.date()))
    recalculate(draft, NOW, [(own.id, Box(row, column, row + 1, column + 1))])
    return draft


@pytest.mark.parametrize(
    ("formula", "shown"),
    [
        ("={1,2}", [[1.0, 2.0]]),
        ("={1;2}", [[1.0], [2.0]]),
        ("=ARRAYFORMULA(E1:E3*2)", [[6.0], [2.0], [6.0]]),
        ("=UNIQUE(E1:E3)", [[3.0], [1.0]]),
        ('=SPLIT("a,b,c", ",")', [["a", "b", "c"]]),
        ("=TRANSPOSE(E1:E3)", [[3.0, 1.0, 3.0]]),
        ("=FILTER(E1:E3, E1:E3>2)", [[3.0], [3.0]]),
        ("=SORT(E1:E3)", [[1.0], [3.0], [3.0]]),
        ("=SORT(E1:E4, 1, FALSE)", [[3.0], [3.0], [1.0]]),
        ('=SORT({"a",1;"b",2}, {5;4}, TRUE)', [["b", 2.0], ["a", 1.0]]),
        ("=SEQUENCE(2,2,5)", [[5.0, 6.0], [7.0, 8.0]]),
        ('=INDIRECT("E1:E2")', [[3.0], [1.0]]),
        ("=OFFSET(E1,1,0,2)", [[1.0], [3.0]]),
    ],
)
def test_an_array_fills_the_cells_right_and_below(formula: str, shown: list[list[object]]) -> None:
    """Nothing is entered there."""
    book = workbook(sheet([[formula, None, None, None, "3"], [None] * 4 + ["1"], [None] * 4 + ["3"]]))
    own = book.sheets[0]
    height, width = len(shown), len(shown[0])
    assert [[own.cell(row, column).value for column in range(width)] for row in range(height)] == shown
    assert own.cell(height - 1, width - 1).entered is None


def test_an_array_that_would_overwrite_something_is_an_error() -> None:
    """Until the way is free."""
    book = workbook(sheet([["=ARRAYFORMULA(C1:C3)", "=N(A2)+1", "1"], ["x", None, "2"], [None, None, "3"]]))
    blocked = ErrorValue("REF", "Array result was not expanded because it would overwrite data in A2.")
    assert values(book)[0][:2] == [blocked, 1.0]
    free = typed(book, 1, 0, "")
    assert [row[0] for row in values(free)] == [1.0, 2.0, 3.0]
    assert free.sheets[0].cell(0, 1).value == 3.0
    again = typed(free, 2, 0, "y")
    assert [row[0] for row in values(again)] == [
        ErrorValue("REF", "Array result was not expanded because it would overwrite data in A3."),
        None,
        "y",
    ]


def test_what_reads_a_filled_cell_follows_the_array() -> None:
    """Another array too."""
    book = workbook(
        sheet(
            [["=A2", "=ARRAYFORMULA(E1:E2)", "=ARRAYFORMULA(B1:B2*10)", "=SUM(C1:C2)", "1"], ["=C2", *[None] * 3, "2"]]
        )
    )
    assert values(book) == [[20.0, 1.0, 10.0, 30.0, 1.0], [20.0, 2.0, 20.0, None, 2.0]]
    assert values(typed(book, 1, 4, "5"))[0] == [50.0, 1.0, 10.0, 60.0, 1.0]


def test_a_smaller_array_and_none_leave_nothing_behind() -> None:
    """Neither does a formula that is gone."""
    book = workbook(sheet([["={1;2;3}"]]))
    smaller = typed(book, 0, 0, "={1;2}")
    assert values(smaller)[:2] == [[1.0], [2.0]]
    assert smaller.sheets[0].cell(2, 0).blank
    gone = typed(book, 0, 0, "")
    assert (gone.sheets[0].spills, [row for row in values(gone) if any(row)]) == ([], [])


def test_an_array_has_to_fit_the_grid() -> None:
    """The error says what is lacking."""
    book = workbook(sheet([["={1;2;3}", "={1,2,3}"]], size=(2, 3)))
    text = "Result was not automatically expanded, please insert more {} (1)."
    assert values(book) == [[ErrorValue("REF", text.format("rows")), ErrorValue("REF", text.format("columns"))]]


def test_an_array_moves_with_its_formula() -> None:
    """After an edit that may have moved anything everything is filled anew."""
    book = workbook(sheet([["={1;2}"]]))
    draft = book.draft()
    own = draft.edit(draft.sheets[0])
    own.rows.insert(0, [])
    assert Insert(own.id, "ROWS", 0, 1).cell(0, 0) == (1, 0)
    recalculate(draft, NOW)
    assert (values(draft), own.spills) == ([[], [1.0], [2.0]], [Box(1, 0, 3, 1)])


def test_a_copy_of_a_filled_cell_is_a_value() -> None:
    """And a format or note on it leaves its value alone."""
    cell = workbook(sheet([["={1;2}"]])).sheets[0].cell(1, 0)
    assert (copied(cell, 1, 1).entered, cell.but(note="n").value, put_raw(cell, "").value) == (2.0, 2.0, None)


def test_what_arrays_fill_is_stored() -> None:
    """With where they fill it."""
    own = workbook(sheet([["={1;2}"]])).sheets[0]
    blocks = [(number, block) for number, block in changed_blocks(own, None) if block]
    again = read_sheet(write_sheet(own), blocks)
    assert (again.spills, again.cell(1, 0).value, again.cell(1, 0).entered) == ([Box(0, 0, 2, 1)], 2.0, None)


def test_an_array_of_dates_shows_dates() -> None:
    """The format of what it was computed from goes along."""
    own = workbook(sheet([["=ARRAYFORMULA(B1:B2)", "2024-11-05"], [None, "2024-11-06"]])).sheets[0]
    assert [own.cell(row, 0).number_format for row in (0, 1)] == [{"type": "DATE", "pattern": "yyyy-mm-dd"}] * 2
