"""The rows of the tab `Persetujuan`: a question each. They are appended and their state is kept up to date.

What an approver types under the answers is never changed, and no row is moved or taken away.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from sheets_sync.config.office import Office
from sheets_sync.i18n import Language, language
from sheets_sync.model import msg
from sheets_sync.model.approval import MailState
from sheets_sync.model.decision import NOT_COUNTED, Decision, DecisionKind, DecisionRecord, DecisionState
from sheets_sync.model.grid import Tab
from sheets_sync.model.json import JsonObject
from sheets_sync.model.tab_state import TabState
from sheets_sync.rekap import style
from sheets_sync.rekap.align import find_columns
from sheets_sync.rekap.answers import CHOICES
from sheets_sync.rekap.approvals import COLUMNS
from sheets_sync.rekap.cells import cell_data
from sheets_sync.rekap.page import PageCell, PageColumn
from sheets_sync.rekap.requests import CELL_FIELDS

CODE, ASKED, FOLLOWS, STATUS, ANSWER, DECIDED = 0, 2, 4, 5, 6, 7
_CODE = re.compile(r"[AD]-[0-9a-f]{8}")
# What the heads were called while only addresses were decided here: such a tab gets the new ones.
_FORMER = {
    ASKED: PageColumn(msg("Address"), 250),
    FOLLOWS: PageColumn(msg("Why it waits"), 300),
    ANSWER: PageColumn(msg("Approve"), 110),
}


def typed_answers(tab: Tab) -> dict[str, str]:
    """What stands beside each code; where a code stands twice with different answers, both, which means nothing."""
    state = TabState(tab.sheet_id, tab.title, texts=tab.texts)
    places, _ = _places(state)
    code, answer = places[CODE], places[ANSWER]
    found: dict[str, set[str]] = defaultdict(set)
    if code is not None and answer is not None:
        for row in range(len(tab.texts)):
            if _CODE.fullmatch(name := state.at(row, code).strip()):
                found[name].add(state.at(row, answer).strip())
    return {name: " / ".join(sorted(filter(None, answers))) for name, answers in found.items()}


def row_requests(decisions: DecisionState, mail: MailState, state: TabState | None, office: Office) -> list[JsonObject]:
    """What the tab lacks: new questions, and what became of the others. Without the tab, nothing."""
    if state is None:
        return []
    places, heads = _places(state)
    columns = [place for place in places if place is not None]
    if len(columns) < len(COLUMNS):
        return []
    t, standing = language(office.language), _standing(state, columns[CODE])
    room, titles = _head_requests(heads, state, t)
    return [
        *room,
        *titles,
        *_states(standing, decisions, mail, columns, state, office),
        *_appended([each for each in decisions.open if each.id not in standing], columns, state, office),
    ]


def _places(state: TabState) -> tuple[tuple[int | None, ...], dict[int, int]]:
    """Where each column stands, and which of them have to be given their head yet, at a row and place of old ones."""
    places = list(find_columns(state, COLUMNS))
    if None not in places or places[CODE] is None:
        return tuple(places), {}
    former = find_columns(state, [_FORMER.get(number, column) for number, column in enumerate(COLUMNS)])
    heads = {}
    for number in (number for number in _FORMER if places[number] is None and former[number] is not None):
        places[number] = heads[number] = former[number] or 0
    if None in places[:DECIDED] or places[DECIDED] is not None:
        return tuple(places), heads
    free = max(len(texts) for texts in state.texts)  # beyond all that people wrote beside the table
    places[DECIDED] = heads[DECIDED] = free
    return tuple(places), heads


def _head_requests(heads: Mapping[int, int], state: TabState, t: Language) -> tuple[list[JsonObject], list[JsonObject]]:
    """The columns that the grid lacks, and the heads in their row."""
    lacking = max(heads.values(), default=0) + 1 - state.column_count
    size = {"sheetId": state.sheet_id, "dimension": "COLUMNS", "length": lacking}
    room: list[JsonObject] = [{"appendDimension": size}] if lacking > 0 else []
    code = next((row for row, texts in enumerate(state.texts) if any(_is_head(text) for text in texts)), 0)
    cells = ((place, PageCell(t(COLUMNS[number].title), style=style.HEAD)) for number, place in heads.items())
    return room, [_write(state, code, place, cell) for place, cell in cells]


def _is_head(text: str) -> bool:
    return text.strip() in COLUMNS[CODE].names


def _standing(state: TabState, column: int) -> dict[str, int]:
    """The row of each code."""
    found = ((state.at(row, column).strip(), row) for row in reversed(range(len(state.texts))))
    return {text: row for text, row in found if _CODE.fullmatch(text)}


def _states(
    standing: Mapping[str, int],
    decisions: DecisionState,
    mail: MailState,
    columns: Sequence[int],
    state: TabState,
    office: Office,
) -> Iterator[JsonObject]:
    t, now_open = language(office.language), {each.id: each for each in decisions.open}
    for id_, row in standing.items():
        record = decisions.records.get(id_)
        words = {STATUS: _status(id_, now_open.get(id_), record, mail, t), DECIDED: _decided(record, office)}
        for number, text in words.items():
            if state.at(row, columns[number]) != text:
                yield _write(state, row, columns[number], PageCell(text, style=style.WRAPPED))


def _status(id_: str, asked: Decision | None, record: DecisionRecord | None, mail: MailState, t: Language) -> str:
    """How a question stands, in a few words."""
    if id_ in mail.approved:
        return t("approved")
    if asked is None:
        return t("done") if id_.startswith("A-") or (record and record.said is not None) else t("no longer asked")
    if record is not None and record.said is not None:
        return t("decided") if asked.kind is not DecisionKind.ADDRESS or record.said else t("stays held")
    return t("waits") if asked.kind.awaited else t("if needed")


def _decided(record: DecisionRecord | None, office: Office) -> str:
    """What was answered, when and by whom; why what stands there is no answer."""
    t = language(office.language)
    if record is None or (not record.typed and record.said is None):
        return ""
    if record.said is None and record.how == NOT_COUNTED:
        return t("Typed while others could write here, so it does not count. If it is right, please write “setuju”.")
    if record.said is None:
        return t("Not understood: please choose “ya” or “tidak”.")
    word = t("yes") if record.said else t("no")
    who = t("one of {names}", names=record.by) if ", " in record.by else record.by
    return ", ".join(filter(None, (word, _moment(record.at, office, t), who)))


def _moment(at: datetime | None, office: Office, t: Language) -> str:
    return t.date_time(at.astimezone(office.zone)) if at else ""


def _appended(new: Sequence[Decision], columns: Sequence[int], state: TabState, office: Office) -> Iterator[JsonObject]:
    """New rows under all that stands on the tab, with a drop-down for the answer."""
    if not new:
        return
    filled = (row for row in range(len(state.texts)) if any(text.strip() for text in state.texts[row]))
    at = max(filled, default=-1) + 1
    lacking = at + len(new) - state.row_count
    if lacking > 0:
        yield {"appendDimension": {"sheetId": state.sheet_id, "dimension": "ROWS", "length": lacking}}
    rows = [{"values": _placed(_cells(each, office), columns)} for each in new]
    start = {"sheetId": state.sheet_id, "rowIndex": at, "columnIndex": 0}
    yield {"updateCells": {"start": start, "rows": rows, "fields": CELL_FIELDS}}
    answers = {"startColumnIndex": columns[ANSWER], "endColumnIndex": columns[ANSWER] + 1}
    area = {"sheetId": state.sheet_id, "startRowIndex": at, "endRowIndex": at + len(new), **answers}
    yield {"setDataValidation": {"range": area, "rule": _CHOICE}}


_CHOICE = {
    "condition": {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": choice} for choice in CHOICES]},
    "strict": False,  # other words are understood too
    "showCustomUi": True,
}


def _placed(cells: Sequence[PageCell], columns: Sequence[int]) -> list[JsonObject]:
    at = dict(zip(columns, cells, strict=True))
    return [cell_data(at[column]) if column in at else {} for column in range(max(columns) + 1)]


def _cells(asked: Decision, office: Office) -> tuple[PageCell, ...]:
    t = language(office.language)
    return (
        PageCell(asked.id, style=style.SMALL),
        PageCell(asked.about, style=style.NAME),
        PageCell(asked.asks if isinstance(asked.asks, str) else t(asked.asks), style=style.WRAPPED),
        PageCell(t.day(asked.since.astimezone(office.zone).date()), style=style.TEXT),
        PageCell(t(asked.follows), style=style.WRAPPED),
        PageCell(t("waits") if asked.kind.awaited else t("if needed"), style=style.TEXT),
        PageCell(style=style.TO_FILL_IN),
        PageCell(style=style.WRAPPED),
    )


def _write(state: TabState, row: int, column: int, cell: PageCell) -> JsonObject:
    start = {"sheetId": state.sheet_id, "rowIndex": row, "columnIndex": column}
    return {"updateCells": {"start": start, "rows": [{"values": [cell_data(cell)]}], "fields": CELL_FIELDS}}
