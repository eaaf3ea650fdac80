"""Requests that rewrite what is typed: findReplace, textToColumns, trimWhitespace, deleteDuplicates."""

from __future__ import annotations

from typing import Any

import pytest
from sheet_client import Book, grid_range


@pytest.mark.parametrize(
    ("request_", "values", "reply"),
    [
        (
            {"find": "buku", "replacement": "majalah"},
            [["majalah majalah", 10], ["majalah", 20], ["=A1", ""]],
            {"valuesChanged": 2, "rowsChanged": 2, "sheetsChanged": 1, "occurrencesChanged": 3},
        ),
        (
            {"find": "buku", "replacement": "x", "matchCase": True},
            [["x Buku", 10], ["BUKU", 20], ["=A1", ""]],
            {"valuesChanged": 1, "rowsChanged": 1, "sheetsChanged": 1, "occurrencesChanged": 1},
        ),
        (
            {"find": "buku", "replacement": "5", "matchEntireCell": True},
            [["buku Buku", 10], [5, 20], ["=A1", ""]],
            {"valuesChanged": 1, "rowsChanged": 1, "sheetsChanged": 1, "occurrencesChanged": 1},
        ),
        (
            {"find": "(b)u(k)u", "replacement": "$2$1", "searchByRegex": True},
            [["kb Buku", 10], ["BUKU", 20], ["=A1", ""]],
            {"valuesChanged": 1, "rowsChanged": 1, "sheetsChanged": 1, "occurrencesChanged": 1},
        ),
        (
            {"find": "A1", "replacement": "A2", "includeFormulas": True},
            [["buku Buku", 10], ["BUKU", 20], ["=A2", ""]],
            {"formulasChanged": 1, "rowsChanged": 1, "sheetsChanged": 1, "occurrencesChanged": 1},
        ),
        (
            {"find": "1", "replacement": "9", "range": grid_range(0, 1, 1, 2)},
            [["buku Buku", 90], ["BUKU", 20], ["=A1", ""]],
            {"valuesChanged": 1, "rowsChanged": 1, "sheetsChanged": 1, "occurrencesChanged": 1},
        ),
        ({"find": "tiada", "replacement": "x"}, [["buku Buku", 10], ["BUKU", 20], ["=A1", ""]], {}),
    ],
)
def test_finds_and_replaces(book: Book, request_: Any, values: Any, reply: Any) -> None:
    """Texts, whole cells, formulas or regular expressions in Java's spelling; the reply counts."""
    book.put("A1:B3", [["buku Buku", 10], ["BUKU", 20], ["=A1", ""]])
    scope = {} if "range" in request_ else {"allSheets": True}
    (answer,) = book.batch({"findReplace": request_ | scope})
    assert answer["findReplace"] == reply
    found = [row + [""] * (2 - len(row)) for row in book.formulas()]
    assert found == values


def test_an_empty_search_and_a_broken_expression_are_refused(book: Book) -> None:
    """There is nothing to look for."""
    assert "find" in book.refusal({"findReplace": {"allSheets": True}})
    assert "regular expression" in book.refusal(
        {"findReplace": {"find": "(", "searchByRegex": True, "allSheets": True}}
    )


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"delimiterType": "COMMA"}, [["a", "b"], ["1;2"]]),
        ({"delimiterType": "SEMICOLON"}, [["a,b"], [1, 2]]),
        ({"delimiterType": "CUSTOM", "delimiter": "b"}, [["a,", ""], ["1;2"]]),
        ({"delimiterType": "AUTODETECT"}, [["a", "b"], ["1;2"]]),
    ],
)
def test_a_column_is_split(book: Book, options: Any, expected: Any) -> None:
    """At the delimiter, into the columns to its right; numbers become numbers."""
    book.put("A1:A2", [["a,b"], ["1;2"]], "RAW")
    book.batch({"textToColumns": {"source": grid_range(0, 0, 2, 1)} | options})
    assert [row[:2] for row in book.values("A1:B2")] == [[cell for cell in row if cell != ""] for row in expected]


def test_more_than_a_column_can_not_be_split(book: Book) -> None:
    """The source is one column."""
    assert "exactly one column" in book.refusal({"textToColumns": {"source": grid_range(0, 0, 2, 2)}})


def test_spaces_are_trimmed(book: Book) -> None:
    """At the ends, and doubled ones within; the reply counts the cells."""
    book.put("A1:A3", [["  a   b "], ["c"], [5]], "RAW")
    (reply,) = book.batch({"trimWhitespace": {"range": grid_range(0, 0, 3, 1)}})
    assert reply["trimWhitespace"] == {"cellsChangedCount": 1}
    assert book.values() == [["a b"], ["c"], [5]]


@pytest.mark.parametrize(
    ("columns", "expected", "count"),
    [
        ([], [["a", 1], ["b", 1], ["A", 2]], 1),
        ([{"dimension": "COLUMNS", "startIndex": 0, "endIndex": 1}], [["a", 1], ["b", 1]], 2),
    ],
)
def test_duplicates_are_deleted_but_the_first(book: Book, columns: Any, expected: Any, count: int) -> None:
    """Without case, by the chosen columns; the rest moves up."""
    book.put("A1:B4", [["a", 1], ["b", 1], ["A", 1], ["A", 2]])
    (reply,) = book.batch({"deleteDuplicates": {"range": grid_range(0, 0, 4, 2), "comparisonColumns": columns}})
    assert reply["deleteDuplicates"] == {"duplicatesRemovedCount": count}
    assert book.values() == expected
