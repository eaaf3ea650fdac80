"""The people of the demo: they make the workbook, share it, and type into it through gspread as anybody would."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources

import gspread

from sheets_sync.google.credentials import key_login
from sheets_sync.google.transport import Transport
from sheets_sync.local_google import LocalGoogle
from sheets_sync.model import Period

TITLE = "Perpustakaan Desa Barito Timur 2024 (CONTOH)"
SCOPES = ("https://www.googleapis.com/auth/spreadsheets", "https://www.googleapis.com/auth/drive")  # a person's: all
SECRETARY = "sekretaris"
REGISTER = "Perpustakaan"
MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)
LIBRARIAN = "tangkum"
SAMPLE = resources.files("sheets_sync.demo") / "barito_timur"


def make_workbook(google: LocalGoogle) -> str:
    """A workbook of the secretary's, shared with the program's account as Editor; its id."""
    return google.create_workbook(
        TITLE, owner=SECRETARY, locale="in_ID", time_zone="Asia/Pontianak", writers=["sheets-sync"]
    )


def let_visitors_in(google: LocalGoogle, workbook: gspread.Spreadsheet) -> None:
    """The librarian of Tangkum may write, and so may whoever has the link, as in many an office."""
    google.account(LIBRARIAN, person=True)
    google.share(workbook.id, LIBRARIAN)
    workbook.share("", perm_type="anyone", role="writer", with_link=True)


@contextmanager
def opened_by(google: LocalGoogle, person: str, workbook: str) -> Iterator[gspread.Spreadsheet]:
    """The workbook as a person has it open."""
    info = google.account(person, person=True).key_info()
    client = gspread.Client(key_login(info, info["token_uri"], SCOPES), http_client=Transport)
    assert isinstance(client.http_client, Transport)
    client.http_client.endpoint = google.url
    with client.http_client.session:
        yield client.open_by_key(workbook)


def type_everything(workbook: gspread.Spreadsheet) -> int:
    """Types the sample into the workbook, tab by tab, as the keyboard would; gives how many tabs."""
    tabs = {
        item.name.removesuffix(".csv"): item.read_text(encoding="utf-8")
        for item in SAMPLE.iterdir()
        if item.name.endswith(".csv")
    }
    order = [REGISTER, *sorted(tabs.keys() - {REGISTER})]
    for title in order:
        rows = list(csv.reader(tabs[title].splitlines()))
        tab = workbook.add_worksheet(title, rows=max(60, len(rows) + 20), cols=26)
        tab.update(rows, "A1", value_input_option=gspread.utils.ValueInputOption.user_entered)
        tab.format(_headings(rows), {"wrapStrategy": "WRAP"})
    workbook.del_worksheet(workbook.sheet1)
    return len(order)


def _headings(rows: list[list[str]]) -> str:
    """The row of headings as a range: the first row of several cells."""
    place = next(number for number, row in enumerate(rows, 1) if sum(map(bool, row)) > 1)
    return f"A{place}:Z{place}"


def retype(workbook: gspread.Spreadsheet, tab: str, month: str, heading: str, more: int) -> tuple[str, str, str]:
    """Somebody corrects one cell: adds to the figure of a month under a heading; gives the cell, before and after."""
    sheet = workbook.worksheet(tab)
    rows = sheet.get_all_values()
    header = next(n for n, row in enumerate(rows) if heading in row)
    row = next(n for n in range(header + 1, len(rows)) if rows[n][0] == month)
    column = rows[header].index(heading)
    before, after = rows[row][column], str(int(rows[row][column]) + more)
    cell = gspread.utils.rowcol_to_a1(row + 1, column + 1)
    sheet.update([[after]], cell, value_input_option=gspread.utils.ValueInputOption.user_entered)
    return f"{tab}!{cell}", before, after


def fill_in(workbook: gspread.Spreadsheet, month: Period, leave: str) -> list[str]:
    """Everybody but one types a month's figures, a little more than the month before; gives the tabs that were filled in.

    The sample's tabs hold one year; for other years nobody types.
    """
    filled = []
    for item in sorted(SAMPLE.iterdir(), key=lambda item: item.name):
        tab = item.name.removesuffix(".csv")
        if tab in (REGISTER, leave) or not item.name.endswith(".csv"):
            continue
        sheet = workbook.worksheet(tab)
        rows = sheet.get_all_values()
        row = next((n for n, cells in enumerate(rows) if cells[0] == MONTHS[month.month - 1]), None)
        if row is None or str(month.year) not in rows[1][0] or any(rows[row][1:]):
            continue
        typed = [_more(text, place) for place, text in enumerate(rows[row - 1][1:-1])]
        sheet.update([typed], f"B{row + 1}", value_input_option=gspread.utils.ValueInputOption.user_entered)
        filled.append(tab)
    return filled


def _more(text: str, place: int) -> str:
    """A figure like last month's, but not the same."""
    return str(int(text) + 1 + place % 3) if text.isdecimal() and int(text) > 1 else text
