"""Brings `Perlu Dicek` up to date: new findings are appended, changed cells rewritten one by one, nothing is moved.

People sort this tab, add columns to it and write their reasons into it. Rows are found by their code wherever they
stand; the code is written once, the reasons never.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from sheets_sync.i18n import Language
from sheets_sync.model import column_letters
from sheets_sync.model.grid import Tab
from sheets_sync.model.json import JsonObject
from sheets_sync.model.tab_state import TabState
from sheets_sync.rekap import style
from sheets_sync.rekap.align import Aligned, find_columns, insertion, place_columns
from sheets_sync.rekap.cells import WrittenPage, cell_data, colour
from sheets_sync.rekap.page import Page, PageCell
from sheets_sync.rekap.questions import CODE, COLUMNS, REASON, STATUS, Status, status_word
from sheets_sync.rekap.requests import CELL_FIELDS, filters, page_requests

CODE_PATTERN = re.compile(r"-[0-9a-f]{8}$")
_TEXT = attrgetter("text")


def question_requests(
    wanted: WrittenPage, state: TabState | None, sheet_id: int, title: str, t: Language
) -> list[JsonObject]:
    """What the tab needs; nothing where every finding stands there as it should."""
    page = wanted.page
    if state is None or state.blank:
        aligned = Aligned(tuple(range(len(page.columns))), tuple(range(len(page.rows))))
        return [*page_requests(wanted, state, sheet_id, title, aligned), _looks(page, sheet_id, t)]
    columns, inserted = place_columns(state, COLUMNS)
    written = _WrittenRows.of(state)
    return [
        *inserted,
        *_headings(page, state, columns, sheet_id),
        *_changed(page, written, columns, sheet_id, t),
        *_appended(page, written, columns, state),
        *filters(page, state, sheet_id, _as_it_stands(page, state, columns)),
    ]


def _as_it_stands(page: Page, state: TabState, columns: tuple[int, ...]) -> Aligned:
    """The page on the tab as far as its head: what is below people may have sorted."""
    head = _head(state) or 0
    above = max(0, head - page.header)
    return Aligned(columns, (*(None,) * above, *range(page.header + 1)))


def _head(state: TabState) -> int | None:
    """The row that holds the columns' titles."""
    names = [column.names for column in COLUMNS]
    places = find_columns(state, COLUMNS)
    known = [(place, name) for place, name in zip(places, names, strict=True) if place is not None]
    rows = range(len(state.texts))
    return next(
        (row for row in rows if known and all(state.at(row, place).strip() in name for place, name in known)), None
    )


def _headings(page: Page, state: TabState, columns: Sequence[int], sheet_id: int) -> Iterator[JsonObject]:
    """The titles of columns that were missing."""
    head = _head(state)
    for number, place in enumerate(find_columns(state, COLUMNS)):
        if place is None and head is not None:
            start = {"sheetId": sheet_id, "rowIndex": head, "columnIndex": columns[number]}
            rows = [{"values": [cell_data(page.at(page.header, number))]}]
            yield {"updateCells": {"start": start, "rows": rows, "fields": CELL_FIELDS}}


@dataclass(frozen=True, slots=True)
class _WrittenRows:
    """The tab as it stands: each code's row, what our columns say there, None where a formula says it."""

    rows: Mapping[str, int]
    texts: Mapping[str, tuple[str | None, ...]]

    @classmethod
    def of(cls, state: TabState) -> _WrittenRows:
        places = find_columns(state, COLUMNS)
        code = places[CODE]
        if code is None:
            return cls({}, {})
        found = ((state.at(row, code).strip(), row) for row in reversed(range(len(state.texts))))
        rows = {text: row for text, row in found if CODE_PATTERN.search(text)}
        texts = {name: tuple(_standing(state, row, place) for place in places) for name, row in rows.items()}
        return cls(rows, texts)


def _standing(state: TabState, row: int, place: int | None) -> str | None:
    if place is None:
        return ""
    return None if (row, place) in state.formulas else state.at(row, place)


def _changed(
    page: Page, written: _WrittenRows, columns: Sequence[int], sheet_id: int, t: Language
) -> Iterator[JsonObject]:
    """Cells of rows that are there and should say something else."""
    wanted = {row.key: number for number, row in enumerate(page.rows) if number > page.header}
    for code, row in written.rows.items():
        cells = _cells(page, wanted[code]) if code in wanted else {STATUS: _done(t)}
        if written.texts[code][CODE] is None:
            cells[CODE] = PageCell(code, style=style.SMALL)
        for column, cell in cells.items():
            if cell.text != written.texts[code][column]:
                start = {"sheetId": sheet_id, "rowIndex": row, "columnIndex": columns[column]}
                rows = [{"values": [cell_data(cell)]}]
                yield {"updateCells": {"start": start, "rows": rows, "fields": CELL_FIELDS}}


def _cells(page: Page, row: int) -> dict[int, PageCell]:
    """What may be rewritten: all but the code and the reason."""
    return {column: cell for column, cell in enumerate(page.cells(row)) if column not in (CODE, REASON)}


def _done(t: Language) -> PageCell:
    return PageCell(status_word(Status.DONE, t), style=style.TEXT)


def _appended(page: Page, written: _WrittenRows, columns: Sequence[int], state: TabState) -> Iterator[JsonObject]:
    """New rows directly below the last finding, in rows of their own, so that nothing else is written over.

    Not by appendCells: whether that begins below cells that only have a format is not documented.
    """
    new = [row for row in range(page.header + 1, len(page.rows)) if page.rows[row].key not in written.rows]
    if not new:
        return
    place = {column: number for number, column in enumerate(columns)}
    rows = [
        {
            "values": [
                cell_data(page.at(row, place[column])) if column in place else {} for column in range(max(columns) + 1)
            ]
        }
        for row in new
    ]
    at = _below(state)
    yield insertion(state, "ROWS", at, len(rows))
    start = {"sheetId": state.sheet_id, "rowIndex": at, "columnIndex": 0}
    yield {"updateCells": {"start": start, "rows": rows, "fields": CELL_FIELDS}}


def _below(state: TabState) -> int:
    """The row under the last one that says anything in the column of codes, its title included."""
    code = find_columns(state, COLUMNS)[CODE]
    rows = range(len(state.texts))
    filled = (row for row in rows if (state.at(row, code) if code is not None else "".join(state.texts[row])).strip())
    return max(filled, default=-1) + 1


def _looks(page: Page, sheet_id: int, t: Language) -> JsonObject:
    """Set once: what is done is grey, in all rows to come."""
    formula = f'=${column_letters(STATUS)}{page.header + 2}="{status_word(Status.DONE, t)}"'
    done = {"textFormat": {"strikethrough": True, "foregroundColorStyle": colour(style.MUTED)}}
    condition = {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": formula}]}
    ours = {"sheetId": sheet_id, "startRowIndex": page.header + 1, "startColumnIndex": 0}
    rule = {
        "ranges": [{**ours, "endColumnIndex": len(page.columns)}],
        "booleanRule": {"condition": condition, "format": done},
    }
    return {"addConditionalFormatRule": {"rule": rule, "index": 0}}


def reasons(tab: Tab) -> dict[str, str]:
    """What people wrote under `Alasan`, by the finding's code; wherever they moved rows and columns to."""
    state = TabState(tab.sheet_id, tab.title, texts=tab.texts)
    places = find_columns(state, COLUMNS)
    code, reason = places[CODE], places[REASON]
    if code is None or reason is None:
        return {}
    typed = ((row, text) for row in range(len(state.texts)) if (text := state.at(row, reason).strip()))
    found = ((state.at(row, code).strip(), text) for row, text in typed)
    return {name: text for name, text in found if CODE_PATTERN.search(name)}
