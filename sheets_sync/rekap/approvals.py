"""The tab `Persetujuan`: what the office decides. `setup` makes it and protects it for named editors.

Nothing typed there counts unless nobody but the approvers, and the program, can write on the tab.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from sheets_sync.config.office import Office
from sheets_sync.i18n import language
from sheets_sync.model import Message, msg
from sheets_sync.model.address import recipient
from sheets_sync.model.approval import HeldAddress, HoldReason
from sheets_sync.model.json import JsonObject
from sheets_sync.model.tab_state import TabState
from sheets_sync.rekap import style
from sheets_sync.rekap.cells import cell_data
from sheets_sync.rekap.ids import stable_id
from sheets_sync.rekap.links import APPROVALS_ID, free_title
from sheets_sync.rekap.page import Page, PageCell, PageColumn, Row, line
from sheets_sync.rekap.requests import CELL_FIELDS, add_sheet

ROLE = "approvals"
GUARD_ID = stable_id("guard", ROLE)
COLUMNS = (
    PageColumn(msg("Code"), 95),
    PageColumn(msg("Library"), 200),
    PageColumn(msg("To be decided"), 250),
    PageColumn(msg("Since"), 130),
    PageColumn(msg("What follows"), 300),
    PageColumn(msg("Status"), 130),
    PageColumn(msg("Answer"), 90),
    PageColumn(msg("Decided"), 220),
)


def first_requests(office: Office, account: str, tabs: Sequence[TabState]) -> list[JsonObject]:
    """Makes the tab: its heads, and the protection that lets nobody write there but the approvers and us."""
    page = written_page(office)
    rows = [{"values": [cell_data(cell) for cell in page.cells(row)]} for row in range(len(page.rows))]
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


def reason(held: HeldAddress) -> Message:
    """Why an address waits, for whoever has to decide."""
    match held.because:
        case HoldReason.NEW if held.known.instead_of:
            return msg(
                "In the register it stands in place of {former}; nobody has said yet that it is right.",
                former=held.known.instead_of,
            )
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
        "What the office decides. Choose “yes” or “no” under Answer; the next reading acts on it. To take an answer back, "
        "clear it."
    )
    more = t(
        "Until a report goes out a row here can put it off by a day; after day {day} a row can close the month of a library "
        "that has not reported.",
        day=office.due_day,
    )
    who = t(
        "If an address is wrong, correct it in the register. Only the people whom the office has named can write here; "
        "the operator adds others."
    )
    heads = Row(tuple(PageCell(t(column.title), style=style.HEAD) for column in COLUMNS))
    return Page(
        ROLE,
        office.tabs.approvals,
        COLUMNS,
        (*(line(text, style.SUBTITLE) for text in (hint, more, who)), heads),
        header=3,
    )


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
