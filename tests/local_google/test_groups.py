"""Groups of rows and columns, and blocks of cells that are pushed aside or taken out."""

from __future__ import annotations

from typing import Any

import pytest
from sheet_client import Book, grid_range, insert_lines, lines


def group(start: int, end: int, kind: str = "addDimensionGroup") -> dict[str, Any]:
    return {kind: {"range": lines("COLUMNS", start, end)}}


@pytest.mark.parametrize(
    ("added", "expected"),
    [
        ([(2, 4), (1, 5)], [(1, 5, 1), (2, 4, 2)]),
        ([(1, 5), (2, 4)], [(1, 5, 1), (2, 4, 2)]),
        ([(1, 4), (2, 5)], [(1, 5, 1), (2, 4, 2)]),
        ([(0, 2), (4, 6)], [(0, 2, 1), (4, 6, 1)]),
    ],
)
def test_groups_nest_as_the_reference_describes(book: Book, added: list[Any], expected: list[Any]) -> None:
    """A superset, a subset and an overlap give the same two groups."""
    replies = book.batch(*(group(*span) for span in added))
    told = replies[-1]["addDimensionGroup"]["dimensionGroups"]
    found = [(one["range"]["startIndex"], one["range"]["endIndex"], one["depth"]) for one in told]
    assert found == expected
    assert book.sheet("columnGroups") == told


def test_a_group_is_taken_away_and_collapsed(book: Book) -> None:
    """Collapsing hides its columns; the reply to a deletion lists what is left."""
    book.batch(group(0, 4), group(1, 2))
    update = {"range": lines("COLUMNS", 1, 2), "depth": 2, "collapsed": True}
    book.batch({"updateDimensionGroup": {"dimensionGroup": update, "fields": "collapsed"}})
    columns = book.get("sheets.data.columnMetadata", ranges="A1:B1")["sheets"][0]["data"][0]["columnMetadata"]
    assert columns == [{"pixelSize": 100}, {"pixelSize": 100, "hiddenByUser": True}]
    (reply,) = book.batch(group(0, 4, "deleteDimensionGroup"))
    place = {"dimension": "COLUMNS", "startIndex": 1, "endIndex": 2}
    assert reply["deleteDimensionGroup"]["dimensionGroups"] == [{"range": place, "depth": 1}]
    assert "no group" in book.refusal(group(0, 4, "deleteDimensionGroup"))


def test_the_first_group_sets_where_its_sign_stands(book: Book) -> None:
    """After the group, and that stays when the group goes."""
    book.batch(group(0, 2))
    assert book.sheet("properties")["gridProperties"]["columnGroupControlAfter"] is True
    book.batch(group(0, 2, "deleteDimensionGroup"))
    grid = {"rowCount": 1000, "columnCount": 26, "columnGroupControlAfter": True}
    assert book.sheet("properties")["gridProperties"] == grid


def test_inserting_into_a_group_widens_it(book: Book) -> None:
    """Groups follow as ranges do."""
    book.batch(group(1, 3), insert_lines("COLUMNS", 2, 4))
    assert book.sheet("columnGroups")[0]["range"]["endIndex"] == 5


def test_a_block_of_cells_is_pushed_down_or_to_the_right(book: Book) -> None:
    """The request insertRange moves only the lanes of its range; references follow."""
    book.put("A1:C3", [[1, 2, 3], [4, 5, 6], ["=B1", "=SUM(B1:B2)", "=A2"]])
    book.batch({"insertRange": {"range": grid_range(1, 1, 2, 2), "shiftDimension": "ROWS"}})
    assert book.formulas() == [[1, 2, 3], [4, "", 6], ["=B1", 5, "=A2"], ["", "=SUM(B1:B3)"]]
    book.batch({"insertRange": {"range": grid_range(0, 0, 1, 2), "shiftDimension": "COLUMNS"}})
    assert book.formulas("A1:E1") == [["", "", 1, 2, 3]]
    assert book.formulas("A3") == [["=D1"]]


def test_a_block_of_cells_is_taken_out(book: Book) -> None:
    """The request deleteRange closes the gap from below or from the right."""
    book.put("A1:B3", [[1, 2], [3, 4], [5, "=A3"]])
    book.batch({"deleteRange": {"range": grid_range(0, 0, 1, 1), "shiftDimension": "ROWS"}})
    assert book.formulas() == [[3, 2], [5, 4], ["", "=A2"]]
    book.batch({"deleteRange": {"range": grid_range(1, 0, 2, 1), "shiftDimension": "COLUMNS"}})
    assert book.formulas("A2") == [[4]]
    assert book.formulas("B3") == [["=#REF!"]]


def test_a_merge_is_not_torn_apart(book: Book) -> None:
    """A block beside part of a merged cell does not shift."""
    book.batch({"mergeCells": {"range": grid_range(2, 0, 3, 2)}})
    shift = {"insertRange": {"range": grid_range(0, 0, 1, 1), "shiftDimension": "ROWS"}}
    assert "partly covers a merged cell" in book.refusal(shift)
