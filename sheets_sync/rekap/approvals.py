"""The tab `Persetujuan`: whom the office lets have mail. `setup` makes it and protects it for named editors.

Rows are appended and their state kept up to date; what an approver types in the last column is never changed. Nothing
typed there counts unless nobody but the approvers, and the program, can write on the tab.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from sheets_sync.config.office import Office
from sheets_sync.i18n import Language, language
from sheets_sync.model import Message, msg
from sheets_sync.model.address import recipient
from sheets_sync.model.approval import HeldAddress, HoldReason, MailState
from sheets_sync.model.grid import Tab
from sheets_sync.model.json import JsonObject
from sheets_sync.model.tab_state import TabState
from sheets_sync.rekap import style
from sheets_sync.rekap.align import find_columns
from sheets_sync.rekap.ids import stable_id
from sheets_sync.rekap.links import APPROVALS_ID, free_title
from sheets_sync.rekap.page import Page, PageCell, PageColumn, Row, line
from sheets_sync.rekap.requests import CELL_FIELDS, add_sheet, cell_data

ROLE = "approvals"
GUARD_ID = stable_id("guard", ROLE)
COLUMNS = (
    PageColumn(msg("Code"), 95),
    PageColumn(msg("Library"), 200),
    PageColumn(msg("Address"), 250),
    PageColumn(msg("Since"), 110),
    PageColumn(msg("Why it waits"), 300),
    PageColumn(msg("Status"), 110),
    PageColumn(msg("Approve"), 110),
)
CODE, STATUS, APPROVE = 0, 5, 6
_CODE = re.compile(r"A-[0-9a-f]{8}")
_YES = frozenset({"ya", "iya", "y", "yes", "setuju", "disetujui", "approve", "approved", "ok", "oke", "benar", "betul"})


def first_requests(office: Office, account: str, tabs: Sequence[TabState]) -> list[JsonObject]:
    """Makes the tab: its heads, and the protection that lets nobody write there but the approvers and us."""
    page = written_page(office)
    rows = [{"values": [cell_data(cell) for cell in row.cells]} for row in page.rows]
    start = {"sheetId": APPROVALS_ID, "rowIndex": 0, "columnIndex": 0}
    return [
        add_sheet(page, APPROVALS_ID, free_title(page.title, tabs)),
        {"updateCells": {"start": start, "rows": rows, "fields": CELL_FIELDS}},
        *_widths(),
        {"addProtectedRange": {"protectedRange": _protection(office, account)}},
    ]


def guard_requests(office: Office, account: str, state: TabState) -> list[JsonObject]:
    """Protects the tab for those who are named now, where it is protected for others."""
    if state.guard is not None and not unwanted(office, account, state.guard) and _all_in(office, state.guard):
        return []
    wanted = _protection(office, account)
    if state.guard is None:
        del wanted["protectedRangeId"]  # what stood there may still bear it
        return [{"addProtectedRange": {"protectedRange": wanted}}]
    return [{"updateProtectedRange": {"protectedRange": wanted, "fields": "editors,warningOnly"}}]


def unwanted(office: Office, account: str, guard: Collection[str]) -> list[str]:
    """Who can write on the tab though the office has not named them."""
    return sorted(set(guard) - {account.casefold(), *named(office)})


def named(office: Office) -> list[str]:
    """The approvers' addresses, in lower case."""
    return [recipient(text).address.casefold() for text in office.approvers]


def problem(office: Office, account: str, state: TabState | None) -> Message | None:
    """Why nothing that is typed on the tab counts; None where it does, or where the office wants no such tab."""
    if not office.approvers:
        return None
    title = office.tabs.approvals
    if state is None:
        return msg(
            "There is no tab {title} yet in which new addresses are approved: please run `sheets-sync setup {workbook}`.",
            title=title,
            workbook=office.register_home,
        )
    if state.guard is None:
        return msg(
            "Everybody can write on the tab {title}, so nothing typed there counts. Please run "
            "`sheets-sync setup {workbook}`: it protects the tab again.",
            title=title,
            workbook=office.register_home,
        )
    others = unwanted(office, account, state.guard)
    if others:
        return msg(
            "{others} can write on the tab {title} without standing under `approvers` in office.yaml, so nothing typed "
            "there counts. Please add them there, or take them out with Data, Protect sheets and ranges.",
            others=others,
            title=title,
        )
    return None


def typed_approvals(tab: Tab) -> frozenset[str]:
    """The codes beside which somebody typed yes."""
    texts = tuple(tuple(cell.text for cell in row) for row in tab.rows)
    state = TabState(tab.sheet_id, tab.title, texts=texts)
    places = find_columns(state, COLUMNS)
    code, approve = places[CODE], places[APPROVE]
    if code is None or approve is None:
        return frozenset()
    found = ((state.at(row, code).strip(), state.at(row, approve)) for row in range(len(texts)))
    return frozenset(name for name, text in found if _CODE.fullmatch(name) and _says_yes(text))


def _says_yes(text: str) -> bool:
    return text.strip().strip(".!").casefold() in _YES or text.strip() in ("✓", "✔", "TRUE", "BENAR")


def row_requests(mail: MailState, state: TabState | None, office: Office) -> list[JsonObject]:
    """What the tab lacks: who came to be held, and what became of the others. Without the tab, nothing."""
    places = find_columns(state, COLUMNS) if state else ()
    if state is None or None in places:
        return []
    columns = [place for place in places if place is not None]
    standing, t = _standing(state, columns[CODE]), language(office.language)
    # A crowd is mended in the register: nobody is to say yes to two thousand rows.
    held = {each.known.id: each for each in mail.held if each.because is not HoldReason.TOO_MANY}
    return [
        *_statuses(standing, held, mail, columns[STATUS], state, t),
        *_appended([each for id_, each in held.items() if id_ not in standing], columns, state, office),
    ]


def _standing(state: TabState, column: int) -> dict[str, int]:
    """The row of each code."""
    found = ((state.at(row, column).strip(), row) for row in reversed(range(len(state.texts))))
    return {text: row for text, row in found if _CODE.fullmatch(text)}


def _statuses(
    standing: Mapping[str, int],
    held: Mapping[str, HeldAddress],
    mail: MailState,
    column: int,
    state: TabState,
    t: Language,
) -> Iterator[JsonObject]:
    for id_, row in standing.items():
        word = t("waits") if id_ in held else t("approved") if id_ in mail.approved else t("done")
        if state.at(row, column) != word:
            start = {"sheetId": state.sheet_id, "rowIndex": row, "columnIndex": column}
            rows = [{"values": [cell_data(PageCell(word, style=style.TEXT))]}]
            yield {"updateCells": {"start": start, "rows": rows, "fields": CELL_FIELDS}}


def _appended(
    new: Sequence[HeldAddress], columns: Sequence[int], state: TabState, office: Office
) -> Iterator[JsonObject]:
    """New rows under all that stands on the tab."""
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


def _placed(cells: Sequence[PageCell], columns: Sequence[int]) -> list[JsonObject]:
    at = dict(zip(columns, cells, strict=True))
    return [cell_data(at[column]) if column in at else {} for column in range(max(columns) + 1)]


def _cells(held: HeldAddress, office: Office) -> tuple[PageCell, ...]:
    t = language(office.language)
    return (
        PageCell(held.known.id, style=style.SMALL),
        PageCell(held.name, style=style.NAME),
        PageCell(held.known.address, style=style.WRAPPED),
        PageCell(t.day(held.known.since.astimezone(office.zone).date()), style=style.TEXT),
        PageCell(t(reason(held.because)), style=style.WRAPPED),
        PageCell(t("waits"), style=style.TEXT),
        PageCell(style=style.TO_FILL_IN),
    )


def reason(because: HoldReason) -> Message:
    """Why an address waits, for whoever has to decide."""
    match because:
        case HoldReason.NEW:
            return msg("New in the register; nobody has said yet that it is right.")
        case HoldReason.UNSURE:
            return msg(
                "The row's code, name or tab is another library's. Please look at the row in the register first."
            )
        case HoldReason.TOO_MANY:
            return msg("The library has more than five addresses. Please keep those who are to get its mail.")
        case HoldReason.MANY_NEW:
            return msg("Very many addresses came at once. Please look first whether the office added them.")


def written_page(office: Office) -> Page:
    """The page as it begins."""
    t = language(office.language)
    hint = t(
        "Mail goes only to approved addresses. If an address is right, type “yes” in the last column; if not, correct "
        "it in the register. Only the people named in office.yaml can write here."
    )
    heads = Row(tuple(PageCell(t(column.title), style=style.HEAD) for column in COLUMNS))
    return Page(ROLE, office.tabs.approvals, COLUMNS, (line(hint, style.SUBTITLE), heads), header=1)


def _widths() -> Iterable[JsonObject]:
    for number, column in enumerate(COLUMNS):
        span = {"sheetId": APPROVALS_ID, "dimension": "COLUMNS", "startIndex": number, "endIndex": number + 1}
        size = {"pixelSize": column.width}
        yield {"updateDimensionProperties": {"range": span, "properties": size, "fields": "pixelSize"}}


def _protection(office: Office, account: str) -> JsonObject:
    return {
        "protectedRangeId": GUARD_ID,
        "range": {"sheetId": APPROVALS_ID},
        "description": f"sheets-sync: {ROLE}",
        "warningOnly": False,
        "editors": {"users": [account, *named(office)]},
    }


def _all_in(office: Office, guard: Collection[str]) -> bool:
    return set(named(office)) <= set(guard)
