"""Links from the program's tabs: to a tab, to a cell, to a WhatsApp chat with a reminder filled in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from sheets_sync.config.office import Office
from sheets_sync.i18n import Language
from sheets_sync.model import LibraryMonth, Reporting, workbook_url
from sheets_sync.model.tab_state import TabState
from sheets_sync.rekap.ids import stable_id

APPROVALS_ID = stable_id("tab", "approvals")


@dataclass(frozen=True, slots=True)
class TabLinks:
    """Where the program's tabs are: the workbook, and the sheetId of each by role."""

    workbook: str
    sheet_ids: Mapping[str, int]

    def to(self, role: str, row: int = 0) -> str:
        """Opens a tab at a row (from 0)."""
        return f"{workbook_url(self.workbook)}#gid={self.sheet_ids[role]}&range=A{row + 1}"

    def to_view(self, role: str, name: str) -> str:
        """Opens a tab through one of its filter views."""
        return f"{workbook_url(self.workbook)}#gid={self.sheet_ids[role]}&fvid={view_id(role, name)}"


def view_id(role: str, name: str) -> int:
    """The id of a filter view of ours."""
    return stable_id("filter", role, name)


def approval_link(office: Office) -> str:
    """Opens the tab of approvals, which stands beside the register."""
    return f"{workbook_url(office.register_home)}#gid={APPROVALS_ID}"


def free_title(title: str, tabs: Iterable[TabState]) -> str:
    """The title, or one beside it where people have a tab of their own by that name: theirs is never written."""
    taken = {tab.title.casefold() for tab in tabs}
    candidates = (title, f"{title} (sheets-sync)", *(f"{title} (sheets-sync {n})" for n in range(2, 201)))
    return next(candidate for candidate in candidates if candidate.casefold() not in taken)


def whatsapp(row: LibraryMonth, office: Office, text: str) -> str:
    """Opens WhatsApp with the text filled in.

    Where the register is kept private, because every editor of a shared workbook would see its phone numbers, the
    link names no number and WhatsApp asks whom to send it to.
    """
    number = "" if office.register_is_private else "".join(filter(str.isdigit, row.library.whatsapp))
    return f"https://wa.me/{number}?text={quote(text, safe='')}"


def _addressee(row: LibraryMonth, office: Office) -> str:
    """The contact's name, which is as private as the register it stands in."""
    return row.library.name if office.register_is_private else row.library.pic or row.library.name


def reminder(row: LibraryMonth, office: Office, month: object, t: Language) -> str:
    """A polite reminder to a library's contact; "" where there is nothing to ask for."""
    questions = len(row.open_questions)
    if (row.reporting in (Reporting.COMPLETE, Reporting.CLOSED) or row.closed) and not questions:
        return ""
    return "\n\n".join(
        filter(
            None,
            [
                t("Dear {name},", name=_addressee(row, office)),
                _request(row, month, t),
                t("{count} entries need a second look; they are marked in the sheet.", count=questions)
                if questions
                else "",
                t("The sheet: {link}", link=workbook_url(_workbook_of(row, office))),
                t("Thank you very much for your work.\n{office}", office=office.name),
            ],
        )
    )


def _request(row: LibraryMonth, month: object, t: Language) -> str:
    match row.reporting:
        case Reporting.NONE:
            return t(
                "may we remind you of the figures of {library} for {month}? They are not in yet.",
                library=row.library.name,
                month=month,
            )
        case Reporting.PARTIAL:
            return t(
                "thank you for the figures of {library} for {month}. Some required ones are still empty or can't be "
                "counted yet; may we ask you to complete them?",
                library=row.library.name,
                month=month,
            )
        case Reporting.UNREAD:
            return t(
                "we can't read the sheet of {library} at the moment. Nothing has to be sent again; we look at the figures "
                "for {month} as soon as it can be read.",
                library=row.library.name,
                month=month,
            )
        case Reporting.CLOSED:
            return t("the month of {month} is closed for {library}.", library=row.library.name, month=month)
        case Reporting.COMPLETE:
            return t(
                "thank you for the complete figures of {library} for {month}.", library=row.library.name, month=month
            )


def _workbook_of(row: LibraryMonth, office: Office) -> str:
    """Where the library's figures are typed."""
    return row.observations[-1].cell.workbook if row.observations else office.workbook
