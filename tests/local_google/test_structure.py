"""Structural changes as mappings: laws that hold for every insertion, deletion and move."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_sync.local_google.ranges import Bounds
from sheets_sync.local_google.sheets.move import move_cells
from sheets_sync.local_google.structure import Cut, Delete, Dimension, Insert, Move
from sheets_sync.local_google.workbook import Box, Cell, Sheet

SIZE = 12
index = st.integers(0, SIZE - 1)
dimension: st.SearchStrategy[Dimension] = st.sampled_from(["ROWS", "COLUMNS"])


@st.composite
def spans(draw: st.DrawFn) -> tuple[int, int]:
    start = draw(index)
    return start, draw(st.integers(start + 1, SIZE))


@st.composite
def boxes(draw: st.DrawFn) -> Box:
    (top, bottom), (left, right) = draw(spans()), draw(spans())
    return Box(top, left, bottom, right)


@st.composite
def changes(draw: st.DrawFn) -> Insert | Delete | Move:
    start, end = draw(spans())
    kind = draw(st.sampled_from(["insert", "delete", "move"]))
    if kind == "insert":
        return Insert(0, draw(dimension), start, end - start)
    if kind == "delete":
        return Delete(0, draw(dimension), start, end)
    outside = [n for n in range(SIZE + 1) if n < start or n > end]
    return Move(0, draw(dimension), start, end, draw(st.sampled_from(outside)) if outside else start)


def places(box: Box) -> set[tuple[int, int]]:
    return {(row, column) for row in range(box.top, box.bottom) for column in range(box.left, box.right)}


@settings(deadline=None)
@given(changes())
def test_no_two_cells_go_to_the_same_place(change: Insert | Delete | Move) -> None:
    """What is not deleted keeps a place of its own."""
    landed = [place for row in range(SIZE) for column in range(SIZE) if (place := change.cell(row, column))]
    assert len(landed) == len(set(landed))


@settings(deadline=None)
@given(changes(), boxes())
def test_a_range_that_is_inserted_into_or_deleted_from_holds_the_same_cells(
    change: Insert | Delete | Move, box: Box
) -> None:
    """Afterwards it holds all of its cells that are still there; nothing else but what was inserted."""
    after = change.bounds(Bounds(*box))
    landed = {place for cell in places(box) if (place := change.cell(*cell))}
    if isinstance(change, Move):
        return
    assert (after is None) == (not landed)
    if after is not None:
        held = places(Box(*(side or 0 for side in after)))
        assert landed <= held
        strangers = {change.cell(*cell) for cell in places(Box(0, 0, SIZE, SIZE)) - places(box)}
        assert not held & strangers


@settings(deadline=None)
@given(changes())
def test_a_range_of_one_cell_follows_it(change: Insert | Delete | Move) -> None:
    """The range A1 is where the cell A1 went."""
    for row in range(SIZE):
        place = change.cell(row, 3)
        after = change.bounds(Bounds(row, 3, row + 1, 4))
        expected = place and Bounds(place[0], place[1], place[0] + 1, place[1] + 1)
        assert after == expected


@settings(deadline=None)
@given(spans(), index)
def test_moving_there_and_back_changes_nothing(span: tuple[int, int], to: int) -> None:
    """The inverse of a move puts every row back."""
    start, end = span
    if start <= to <= end:
        return
    there = Move(0, "ROWS", start, end, to)
    landed = there.index(start)
    back = Move(0, "ROWS", landed, landed + end - start, end if to < start else start)
    assert [back.index(there.index(row)) for row in range(SIZE)] == list(range(SIZE))


@settings(deadline=None)
@given(changes())
def test_the_cells_of_a_sheet_move_as_the_change_says(change: Insert | Delete | Move) -> None:
    """Moving cells and asking where they went is the same."""
    sheet = Sheet({"sheetId": 0, "title": "T", "gridProperties": {"rowCount": SIZE, "columnCount": SIZE}})
    for row in range(SIZE):
        for column in range(row, SIZE, 2):
            sheet.put(row, column, Cell(f"{row},{column}"))
    before = list(sheet.cells())
    move_cells(sheet, change)
    expected = {place: cell.entered for row, column, cell in before if (place := change.cell(row, column))}
    found = {(row, column): cell.entered for row, column, cell in sheet.cells(Box(0, 0, 99, 99))}
    assert found == expected


@pytest.mark.parametrize(
    ("change", "bounds", "expected"),
    [
        (Insert(0, "ROWS", 2, 3), Bounds(0, None, None, 1), Bounds(0, None, None, 1)),
        (Insert(0, "ROWS", 2, 3), Bounds(5, 0, None, 1), Bounds(8, 0, None, 1)),
        (Insert(0, "ROWS", 4, 1), Bounds(0, 0, 4, 1), Bounds(0, 0, 4, 1)),
        (Insert(0, "ROWS", 3, 1), Bounds(0, 0, 4, 1), Bounds(0, 0, 5, 1)),
        (Delete(0, "COLUMNS", 0, 2), Bounds(0, 0, 4, 2), None),
        (Delete(0, "COLUMNS", 0, 2), Bounds(0, 1, 4, 3), Bounds(0, 0, 4, 1)),
        (Delete(0, "COLUMNS", 0, 2), Bounds(2, None, 3, None), Bounds(2, None, 3, None)),
        (Insert(0, "ROWS", 1, 1, (0, 2)), Bounds(0, 0, 4, 2), Bounds(0, 0, 5, 2)),
        (Insert(0, "ROWS", 1, 1, (0, 2)), Bounds(0, 0, 4, 3), Bounds(0, 0, 4, 3)),
        (Move(0, "ROWS", 0, 1, 5), Bounds(0, 0, 4, 1), Bounds(0, 0, 3, 1)),
        (Move(0, "ROWS", 1, 2, 5), Bounds(0, 0, 4, 1), Bounds(0, 0, 3, 1)),
        (Move(0, "ROWS", 1, 3, 8), Bounds(1, 0, 3, 1), Bounds(6, 0, 8, 1)),
        (Cut(0, Box(0, 0, 2, 2), 0, 5, 5), Bounds(0, 0, 2, 1), Bounds(5, 5, 7, 6)),
        (Cut(0, Box(0, 0, 2, 2), 0, 5, 5), Bounds(0, 0, 3, 1), Bounds(0, 0, 3, 1)),
    ],
)
def test_ranges_follow_as_in_google(
    change: Insert | Delete | Move | Cut, bounds: Bounds, expected: Bounds | None
) -> None:
    """Open sides stay open; an insertion at the edge does not widen; what is gone is None."""
    assert change.bounds(bounds) == expected
