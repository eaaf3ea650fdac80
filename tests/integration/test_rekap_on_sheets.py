"""The pages on the local server: written once, read back by gspread, and nobody else's cells touched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import gspread
import pytest
import rekap_sample as sample
from google.oauth2.service_account import Credentials
from gspread.utils import ValueRenderOption

from sheets_sync.google import Google, GoogleOptions, parse_workbook
from sheets_sync.local_google import LocalGoogle
from sheets_sync.model import OfficeMonth
from sheets_sync.office import Office
from sheets_sync.rekap import PlannedPage, plan, reasons, tab_states


@dataclass(frozen=True)
class Desk:
    """A shared workbook, our door to it, and a person who opens it with gspread."""

    server: LocalGoogle
    google: Google
    office: Office
    person: gspread.Spreadsheet

    def plan(self, month: OfficeMonth) -> tuple[PlannedPage, ...]:
        tabs = tab_states(self.google.read(self.office.workbook))
        return plan(sample.context(month, self.office, tabs), tabs)

    def write(self, month: OfficeMonth) -> None:
        requests = [request for page in self.plan(month) if not page.stands for request in page.requests]
        self.google.write(self.office.workbook, requests)


@pytest.fixture(scope="module")
def server() -> Iterator[LocalGoogle]:
    with LocalGoogle() as running:
        yield running


@pytest.fixture
def desk(server: LocalGoogle) -> Desk:
    workbook = server.create_workbook("Barito Timur", owner="sekretaris", locale="in_ID", writers=["sheets-sync"])
    key = server.account("sekretaris").key_info()
    scopes = ["https://www.googleapis.com/auth/spreadsheets"]
    credentials = Credentials.from_service_account_info(key, scopes=scopes)  # type: ignore[no-untyped-call] # its stubs are bare
    client = gspread.Client(credentials, http_client=_redirected(server.url))
    google = Google(server.account().key_info(), GoogleOptions(), server.url)
    office = sample.OFFICE.model_copy(update={"workbook": workbook})
    return Desk(server, google, office, client.open_by_key(workbook))


def _redirected(url: str) -> type[gspread.HTTPClient]:
    class Redirected(gspread.HTTPClient):
        def request(self, method: str, endpoint: str, *args: object, **kwargs: object) -> object:  # type: ignore[override] # passes everything on
            return super().request(method, endpoint.replace("https://sheets.googleapis.com", url), *args, **kwargs)  # type: ignore[arg-type] # as above

    return Redirected


def _row(tab: gspread.Worksheet, text: str) -> int:
    """The first row that begins with the text, counted from 1."""
    return next(number for number, row in enumerate(tab.get_all_values(), 1) if row[0] == text)


def test_rekap_can_be_read_back(desk: Desk) -> None:
    """A person sees each library's score as the workbook's locale writes it, and the number behind it."""
    desk.write(sample.office_month())
    rekap = desk.person.worksheet("Rekap")

    (row,) = (row for row in rekap.get_all_values() if row[0] == "Tangkum" and row[1] == "lapor")
    assert row[:5] == ["Tangkum", "lapor", "7,72", "tinggi", "▲ 0,12"]
    assert 7.72 in [
        row[2] for row in rekap.get("A:C", value_render_option=ValueRenderOption.unformatted) if len(row) > 2
    ]


def test_a_second_run_has_nothing_to_write(desk: Desk) -> None:
    """What stands on the tabs is recognised from one read."""
    desk.write(sample.office_month())

    assert [page.stands for page in desk.plan(sample.office_month())] == [True] * 4


def test_everything_is_one_write(desk: Desk) -> None:
    """All tabs of an office, new ones with charts and all, take one batchUpdate."""
    desk.server.log.clear()
    desk.write(sample.office_month())

    assert desk.server.log.count("sheets.spreadsheets.batchUpdate") == 1
    assert [tab.title for tab in desk.person.worksheets()][1:] == ["Rekap", "Perlu Dicek", "Rincian", "Indikator"]


def test_what_people_write_beside_stays(desk: Desk) -> None:
    """Notes to the right, a column of theirs between ours and a sorted table survive a change of the page."""
    month = sample.office_month()
    desk.write(month)
    rekap = desk.person.worksheet("Rekap")
    rekap.insert_cols([["catatan", "milik kami"]], col=3)
    rekap.update_cell(_row(rekap, "Lelu"), 20, "sudah ditelepon")
    desk.write(replace(month, libraries=(sample.library_month("baru", "Baru", 8.0, "high"), *month.libraries)))

    values = rekap.get_all_values()
    assert [row[2] for row in values[:2]] == ["catatan", "milik kami"]
    (row,) = (row for row in values if "sudah ditelepon" in row)
    assert (row[0], row[19]) == ("Lelu", "sudah ditelepon")
    assert [row[3] for row in values if row[0] == "Baru"][:1] == ["8,00"]


def test_a_reason_survives_everything(desk: Desk) -> None:
    """What a person wrote under Alasan is read, and stays when its question is done and another one comes."""
    month = sample.office_month()
    desk.write(month)
    tab = desk.person.worksheet("Perlu Dicek")
    (code,) = (row[0] for row in tab.get_all_values() if row[0].startswith("F01-"))
    tab.update_cell(_row(tab, code), 11, "Pameran buku")
    read = parse_workbook(desk.google.read(desk.office.workbook))
    assert {name: text for each in read.tabs for name, text in reasons(each).items()} == {code: "Pameran buku"}

    other = replace(month.libraries[1], findings=(sample.question("pangkan", "banyak"),))
    desk.write(replace(month, libraries=(month.libraries[0], other, *month.libraries[2:])))

    rows = [row for row in tab.get_all_values() if row[0].startswith("F01-")]
    assert [(row[4], row[9], row[10]) for row in rows] == [
        ("sekitar 20", "selesai", "Pameran buku"),
        ("banyak", "terbuka", ""),
    ]
