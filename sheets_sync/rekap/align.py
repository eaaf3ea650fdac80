"""Where our columns and rows stand on a tab that people use too: they sort it, add columns, write notes beside rows.

Columns are found by their titles, rows by their keys. What is missing is inserted, so that notes beside a row move with
it; a row that is no longer ours is deleted only if nobody wrote anything into it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from sheets_sync.model.json import JsonObject
from sheets_sync.model.tab_state import TabState
from sheets_sync.rekap.context import FOOTER_KEY
from sheets_sync.rekap.page import Page, PageColumn


@dataclass(frozen=True, slots=True)
class Aligned:
    """Where to write: the tab's column of each of ours, and the page's row that stands in each of the tab's rows.

    A row of None is one that somebody's note keeps, and that is emptied. `requests` insert and delete first.
    """

    columns: tuple[int, ...]
    rows: tuple[int | None, ...]
    requests: tuple[JsonObject, ...] = ()


def standing_keys(state: TabState | None, columns: Sequence[PageColumn], key_column: int = -1) -> tuple[str, ...]:
    """The rows' keys as they stand on the tab, "" for a row without; as far down as the page reaches."""
    place = find_columns(state, columns)[key_column] if state else None
    if state is None or place is None:
        return ()
    keys = tuple(state.at(row, place).strip() for row in range(len(state.texts)))
    if FOOTER_KEY in keys:
        return keys[: keys.index(FOOTER_KEY) + 1]
    return keys[: max((row + 1 for row, key in enumerate(keys) if key), default=0)]


def find_columns(state: TabState, columns: Sequence[PageColumn]) -> tuple[int | None, ...]:
    """Where each column's title stands, None where it does not; all of them in the row that has most of the titles."""
    numbers = {name: number for number, column in enumerate(columns) for name in column.names}
    best: dict[int, int] = {}
    for texts in state.texts:
        if numbers.keys().isdisjoint(map(str.strip, texts)):  # as nearly all lines
            continue
        found = {numbers[name]: place for place, text in enumerate(texts) if text and (name := text.strip()) in numbers}
        best = max(best, found, key=len)
        if len(best) == len(columns):  # no row has more
            break
    return tuple(best.get(number) for number in range(len(columns)))


def align(page: Page, state: TabState | None) -> Aligned:
    """Fits the page into the tab as it stands."""
    if state is None or state.blank:
        return Aligned(tuple(range(len(page.columns))), tuple(range(len(page.rows))))
    columns, inserted = place_columns(state, page.columns)
    keys = standing_keys(state, page.columns, page.key_column)
    if not keys:
        return Aligned(columns, tuple(range(len(page.rows))), tuple(inserted))
    rows, moved = _rows(page, keys, _foreign_rows(state, page.columns), state)
    return Aligned(columns, tuple(rows), (*inserted, *moved))


def place_columns(state: TabState, columns: Sequence[PageColumn]) -> tuple[tuple[int, ...], list[JsonObject]]:
    """The columns' places, once the missing ones are inserted to the right of the one before."""
    places = list(find_columns(state, columns))
    if all(place is None for place in places):
        return tuple(range(len(columns))), []
    requests = []
    for number, place in enumerate(places):
        if place is not None:
            continue
        at = (places[number - 1] or 0) + 1 if number else 0
        places = [other + 1 if other is not None and other >= at else other for other in places]
        places[number] = at
        requests.append(insertion(state, "COLUMNS", at, 1))
    return tuple(place for place in places if place is not None), requests


def _foreign_rows(state: TabState, columns: Sequence[PageColumn]) -> frozenset[int]:
    """The rows in which somebody wrote beside our columns."""
    ours, width = find_columns(state, columns), max(map(len, state.texts), default=0)
    beside = [place for place in range(width) if place not in ours]
    rows = range(len(state.texts)) if beside else ()
    return frozenset(row for row in rows if any(state.at(row, place).strip() for place in beside))


def _rows(
    page: Page, keys: Sequence[str], foreign: frozenset[int], state: TabState
) -> tuple[list[int | None], list[JsonObject]]:
    """Which row of the page stands where, and the moves that make it so, from the top down."""
    rows: list[int | None] = []
    requests: list[JsonObject] = []
    wanted = [row.key for row in page.rows]
    if wanted == [*keys]:  # as on most days: it is told without looking for what moved
        return [*range(len(wanted))], requests
    matcher = SequenceMatcher(None, keys, wanted, autojunk=False)
    for kind, old, old_end, new, new_end in matcher.get_opcodes():
        if kind != "equal":
            for row in range(old, old_end):
                if row in foreign:
                    rows.append(None)
                else:
                    requests.append(_delete(state, len(rows)))
            if new_end > new:
                requests.append(insertion(state, "ROWS", len(rows), new_end - new))
        rows += range(new, new_end)
    return rows, requests


def insertion(state: TabState, dimension: str, at: int, count: int) -> JsonObject:
    """Rows or columns put in before `at`, which look like the one before; added where the grid ends."""
    size = state.row_count if dimension == "ROWS" else state.column_count
    if at >= size:
        return {"appendDimension": {"sheetId": state.sheet_id, "dimension": dimension, "length": count}}
    span = {"sheetId": state.sheet_id, "dimension": dimension, "startIndex": at, "endIndex": at + count}
    return {"insertDimension": {"range": span, "inheritFromBefore": at > 0}}


def _delete(state: TabState, row: int) -> JsonObject:
    span = {"sheetId": state.sheet_id, "dimension": "ROWS", "startIndex": row, "endIndex": row + 1}
    return {"deleteDimension": {"range": span}}
