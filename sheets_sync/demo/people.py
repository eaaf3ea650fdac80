"""The people of the demo: they make the workbook, share it, and type into it through gspread as anybody would."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources

import gspread
from google.oauth2.service_account import Credentials

from sheets_sync.google.transport import Transport
from sheets_sync.local_google import LocalGoogle

TITLE = "Perpustakaan Desa Barito Timur 2024 (CONTOH)"
SCOPES = ("https://www.googleapis.com/auth/spreadsheets", "https://www.googleapis.com/auth/drive")  # a person's: all
SECRETARY = "sekretaris"
REGISTER = "Perpustakaan"
SAMPLE = resources.files("sheets_sync.demo") / "barito_timur"


def make_workbook(google: LocalGoogle) -> str:
    """A workbook of the secretary's, shared with the program's account as Editor; its id."""
    return google.create_workbook(
        TITLE, owner=SECRETARY, locale="in_ID", time_zone="Asia/Pontianak", writers=["sheets-sync"]
    )


@contextmanager
def opened_by(google: LocalGoogle, person: str, workbook: str) -> Iterator[gspread.Spreadsheet]:
    """The workbook as a person has it open."""
    info = google.account(person, person=True).key_info()
    client = gspread.Client(Credentials.from_service_account_info(info, scopes=SCOPES), http_client=Transport)  # type: ignore[no-untyped-call]
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
    workbook.del_worksheet(workbook.sheet1)
    return len(order)


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
