"""Writing a page onto a tab that people use too."""

from __future__ import annotations

from typing import Any

import rekap_sample as sample
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_sync.model import msg
from sheets_sync.model.tab_state import TabState
from sheets_sync.rekap.align import align
from sheets_sync.rekap.own import free_id
from sheets_sync.rekap.page import Page, PageCell, PageColumn, Row
from sheets_sync.rekap.pages import plan_page
from sheets_sync.rekap.requests import mark
from sheets_sync.rekap.summary import COLUMNS, ROLE, summary

Grid = list[list[str]]
PAGE_COLUMNS = (PageColumn(msg("Library"), 100), PageColumn(msg("Score"), 60), PageColumn(msg("Code"), 60))


def page(codes: list[str]) -> Page:
    """A page with a title, a head, a row a code and an end."""
    rows = [Row((PageCell("Title"),)), Row(tuple(map(PageCell, ("Library", "Score"))), key="Code")]
    rows += [Row((PageCell(f"name {code}"), PageCell(f"score {code}")), key=code) for code in codes]
    return Page(ROLE, "Rekap", PAGE_COLUMNS, (*rows, Row((PageCell("End"),), key="∎")), header=1)


def written(grid: Grid, requests: list[dict[str, Any]]) -> Grid:
    """What a tab shows after requests, as Sheets carries them out one after the other."""
    for request in requests:
        ((kind, body),) = request.items()
        match kind:
            case "insertDimension":
                grid = _inserted(grid, body["range"])
            case "deleteDimension":
                grid = grid[: body["range"]["startIndex"]] + grid[body["range"]["endIndex"] :]
            case "appendDimension":
                grid = _appended(grid, body)
            case "updateCells":
                grid = _updated(grid, body)
    return grid


def _inserted(grid: Grid, span: dict[str, Any]) -> Grid:
    at, count = span["startIndex"], span["endIndex"] - span["startIndex"]
    if span["dimension"] == "COLUMNS":
        return [row[:at] + [""] * count + row[at:] for row in grid]
    return grid[:at] + [[""] * len(grid[0]) for _ in range(count)] + grid[at:]


def _appended(grid: Grid, body: dict[str, Any]) -> Grid:
    if body["dimension"] == "COLUMNS":
        return [row + [""] * body["length"] for row in grid]
    return grid + [[""] * len(grid[0]) for _ in range(body["length"])]


def _updated(grid: Grid, body: dict[str, Any]) -> Grid:
    span = body["range"]
    top, left = span["startRowIndex"], span["startColumnIndex"]
    grid = [row[:] for row in grid]
    for cleared in grid[top : span["endRowIndex"]]:
        cleared[left : span["endColumnIndex"]] = [""] * (span["endColumnIndex"] - left)
    for row, data in enumerate(body["rows"], top):
        for column, cell in enumerate(data["values"], left):
            grid[row][column] = cell.get("userEnteredValue", {}).get("stringValue", "")
    return grid


def state_of(grid: Grid) -> TabState:
    texts = tuple(map(tuple, grid))
    return TabState(5, "Rekap", len(grid), len(grid[0]), texts, marks=(mark(ROLE),))


def fresh(codes: list[str]) -> Grid:
    """A tab as our first write leaves it, with room to spare."""
    blank = [[""] * 8 for _ in range(20)]
    return written(blank, list(plan_page(page(codes), [state_of(blank)], 5).requests))


def write(grid: Grid, codes: list[str]) -> Grid:
    return written(grid, list(plan_page(page(codes), [state_of(grid)], 5).requests))


def ours(grid: Grid) -> list[list[str]]:
    """The named rows of our three columns, wherever they stand."""
    (head,) = (row for row in grid if "Library" in row)
    places = [head.index(name) for name in ("Library", "Score", "Code")]
    return [[row[place] for place in places] for row in grid if row[places[0]].startswith("name")]


def test_a_written_page_stands() -> None:
    """What was written is recognised, so that nothing is sent again."""
    grid = fresh(["a", "b"])

    assert plan_page(page(["a", "b"]), [state_of(grid)], 5).stands


def test_a_changed_cell_is_noticed() -> None:
    """A cell of ours that somebody typed over is written again, though the page is the same."""
    grid = fresh(["a", "b"])
    grid[2][1] = "10"

    assert not plan_page(page(["a", "b"]), [state_of(grid)], 5).stands


def test_a_note_beside_a_row_stays_with_its_row() -> None:
    """A library that is inserted above or removed below takes no note of another one with it."""
    grid = fresh(["a", "b", "c"])
    grid[3][5] = "note on b"
    after = write(grid, ["new", "a", "b"])

    (row,) = (row for row in after if "note on b" in row)
    assert row[:3] == ["name b", "score b", "b"]


def test_a_note_keeps_a_row_that_is_gone() -> None:
    """A row that somebody wrote into is emptied of ours, never deleted."""
    grid = fresh(["a", "b", "c"])
    grid[3][5] = "note on b"
    after = write(grid, ["a", "c"])

    (row,) = (row for row in after if "note on b" in row)
    assert row[:3] == ["", "", ""]
    assert [name for name, *_ in ours(after)] == ["name a", "name c"]


def test_a_column_somebody_put_between_ours_is_never_written() -> None:
    """Our columns are found by their titles, to the left and right of theirs."""
    grid = [[*row[:1], f"theirs {number}", *row[1:]] for number, row in enumerate(fresh(["a", "b"]))]
    after = write(grid, ["a", "b", "c"])

    assert [row[1] for row in after if row[1]] == [row[1] for row in grid]
    assert ours(after) == [[f"name {code}", f"score {code}", code] for code in "abc"]


def test_a_column_of_ours_that_was_deleted_comes_back() -> None:
    """A missing column is inserted where it belongs; the columns right of it move on."""
    grid = [[row[0], row[2], "theirs", *row[4:]] for row in fresh(["a"])]
    after = write(grid, ["a"])

    assert ours(after) == [["name a", "score a", "a"]]
    assert all("theirs" in row for row in after[: len(grid)])


def test_a_page_in_another_language_finds_its_columns() -> None:
    """A tab written in Indonesian is found again by an office that went over to English."""
    english = sample.OFFICE.model_copy(update={"language": "en"})
    columns = tuple(column.names for column in COLUMNS)
    texts = tuple(next(iter(sorted(names, key=lambda name: name.isascii()))) for names in columns)
    aligned = align(summary(sample.context(office=english)), TabState(5, "Rekap", texts=(texts,)))

    assert aligned.columns == tuple(range(len(COLUMNS)))


codes = st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=8)


@settings(max_examples=60)
@given(before=codes, after=codes, data=st.data())
def test_whatever_people_do_their_cells_survive(before: list[str], after: list[str], data: st.DataObject) -> None:
    """Notes beside, columns in between, rows sorted by hand: every foreign text stays, and our page is complete."""
    grid = fresh(before)
    rows = data.draw(st.permutations(grid[2 : 2 + len(before)]))
    grid[2 : 2 + len(before)] = rows
    place = data.draw(st.integers(0, 3))
    grid = [[*row[:place], "", *row[place:]] for row in grid]
    noted = data.draw(st.lists(st.tuples(st.integers(0, len(grid) - 1), st.sampled_from([place, 5, 6])), unique=True))
    for number, (row, column) in enumerate(noted):
        grid[row][column] = f"theirs {number}"
    result = write(grid, after)

    texts = [text for row in result for text in row]
    assert sorted(text for text in texts if text.startswith("theirs")) == sorted(
        text for row in grid for text in row if text.startswith("theirs")
    )
    assert sorted(ours(result)) == [[f"name {code}", f"score {code}", code] for code in sorted(after)]


def test_a_tab_people_made_is_left_to_them() -> None:
    """A filled tab by our tab's name, which is not ours, is not written: ours gets a name beside it."""
    theirs = TabState(9, "Rekap", texts=(("Rekap 2023",),))
    planned = plan_page(page(["a"]), [theirs], free_id("tab", ROLE, [theirs]))

    add = planned.requests[0]["addSheet"]["properties"]
    assert (add["title"], add["sheetId"]) == ("Rekap (sheets-sync)", planned.sheet_id)
    assert planned.sheet_id != 9
