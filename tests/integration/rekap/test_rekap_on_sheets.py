"""The pages on the local server: written once, read back by gspread, and nobody else's cells touched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
import rekap_sample as sample
from gspread.utils import ValueRenderOption
from shared_workbook import SharedWorkbook, shared_workbook_at

from sheets_sync.jobs.inputs import own_layout, own_tabs
from sheets_sync.local_google import LocalGoogle
from sheets_sync.model import OfficeMonth
from sheets_sync.rekap import PlannedPage, plan, reasons, tab_links


@pytest.fixture(scope="module")
def server() -> Iterator[LocalGoogle]:
    with LocalGoogle() as running:
        yield running


@pytest.fixture
def shared(server: LocalGoogle) -> SharedWorkbook:
    return shared_workbook_at(server)


def planned(shared: SharedWorkbook, month: OfficeMonth) -> tuple[PlannedPage, ...]:
    office = sample.OFFICE.model_copy(update={"workbook": shared.workbook})
    return plan(sample.context(month, office, shared.tabs), shared.tabs)


def write(shared: SharedWorkbook, month: OfficeMonth) -> None:
    requests = [request for page in planned(shared, month) if not page.stands for request in page.requests]
    shared.google.write(shared.workbook, requests)


def test_rekap_can_be_read_back(shared: SharedWorkbook) -> None:
    """A person sees each library's score as the workbook's locale writes it, and the number behind it."""
    write(shared, sample.office_month())
    rekap = shared.person.worksheet("Rekap")

    (row,) = (row for row in rekap.get_all_values() if row[0] == "Tangkum" and row[1] == "lapor")
    assert (*row[:2], *row[4:7]) == ("Tangkum", "lapor", "7,72", "▲ 0,12", "tinggi")
    unformatted = rekap.get("A:E", value_render_option=ValueRenderOption.unformatted)
    assert 7.72 in [row[4] for row in unformatted if len(row) > 4]


def test_a_second_run_has_nothing_to_write(shared: SharedWorkbook) -> None:
    """What stands on the tabs is recognised from one read."""
    write(shared, sample.office_month())

    assert [page.stands for page in planned(shared, sample.office_month())] == [True] * 4


def test_everything_is_one_write(shared: SharedWorkbook) -> None:
    """All tabs of an office, new ones with charts and all, take one batchUpdate."""
    shared.server.log.clear()
    write(shared, sample.office_month())

    assert shared.server.log.count("sheets.spreadsheets.batchUpdate") == 1
    assert [tab.title for tab in shared.person.worksheets()][1:] == ["Rekap", "Perlu Dicek", "Rincian", "Indikator"]


def test_what_people_write_beside_stays(shared: SharedWorkbook) -> None:
    """Notes to the right, a column of theirs between ours and a sorted table survive a change of the page."""
    month = sample.office_month()
    write(shared, month)
    rekap = shared.person.worksheet("Rekap")
    rekap.insert_cols([["catatan", "milik kami"]], col=3)
    rekap.update_cell(shared.row("Rekap", "Lelu"), 20, "sudah ditelepon")
    write(shared, replace(month, libraries=(sample.library_month("baru", "Baru", 8.0, "high"), *month.libraries)))

    values = rekap.get_all_values()
    assert [row[2] for row in values[:2]] == ["catatan", "milik kami"]
    (row,) = (row for row in values if "sudah ditelepon" in row)
    assert (row[0], row[19]) == ("Lelu", "sudah ditelepon")
    assert [row[5] for row in values if row[0] == "Baru"][:1] == ["8,00"]


def test_a_reason_survives_everything(shared: SharedWorkbook) -> None:
    """What a person wrote under Alasan is read, and stays when its question is done and another one comes."""
    month = sample.office_month()
    write(shared, month)
    tab = shared.person.worksheet("Perlu Dicek")
    (code,) = (row[0] for row in tab.get_all_values() if row[0].startswith("F01-"))
    tab.update_cell(shared.row("Perlu Dicek", code), 12, "Pameran buku")
    read = shared.google.read(shared.workbook).grid
    assert {name: text for each in read.tabs for name, text in reasons(each).items()} == {code: "Pameran buku"}

    other = replace(month.libraries[1], findings=(sample.question("pangkan", "banyak"),))
    write(shared, replace(month, libraries=(month.libraries[0], other, *month.libraries[2:])))

    rows = [row for row in tab.get_all_values() if row[0].startswith("F01-")]
    assert [(row[4], row[9], row[11]) for row in rows] == [
        ("sekitar 20", "selesai", "Pameran buku"),
        ("banyak", "terbuka", ""),
    ]


def test_new_findings_stand_below_the_last_one(shared: SharedWorkbook) -> None:
    """On a tab that setup left empty, and again on a later run, no blank row comes between; Alasan is bright in each."""
    month = sample.office_month()
    silent = replace(month, findings=(), libraries=tuple(replace(row, findings=()) for row in month.libraries))
    write(shared, silent)
    other = replace(month.libraries[1], findings=(sample.question("pangkan", "banyak"),))
    write(shared, replace(silent, libraries=(silent.libraries[0], other, *silent.libraries[2:])))
    write(shared, month)

    tab = shared.person.worksheet("Perlu Dicek")
    rows = tab.get_all_values()
    head = shared.row("Perlu Dicek", "Kode")
    assert len(rows) > head + 1
    assert all(row[0] for row in rows[head - 1 :])
    fills = shared.person.fetch_sheet_metadata(
        {
            "fields": "sheets.data.rowData.values.effectiveFormat.backgroundColor",
            "ranges": f"'Perlu Dicek'!L{head + 1}:L",
        }
    )["sheets"][0]["data"][0]["rowData"]
    bright = [
        fill for row in fills if (fill := row["values"][0]["effectiveFormat"]["backgroundColor"]).get("blue") != 1
    ]
    assert len(bright) == len(rows) - head


def test_a_tab_people_made_by_our_name_is_never_ours(shared: SharedWorkbook) -> None:
    """Their filled `Rekap` stays as it is, in later runs too, which remember our own tabs' cells only."""
    theirs = shared.person.add_worksheet("Rekap", 10, 5)
    theirs.update([["Rekap 2023"]], "A1")
    answer = shared.google.read(shared.workbook)
    office = sample.OFFICE.model_copy(update={"workbook": shared.workbook})
    tabs = own_layout(answer, own_tabs(answer, office, {}).values())
    requests = [request for page in plan(sample.context(office=office, tabs=tabs), tabs) for request in page.requests]
    shared.google.write(shared.workbook, requests)

    assert theirs.get_all_values() == [["Rekap 2023"]]
    assert "Rekap – Dinas" in str(shared.person.worksheet("Rekap (sheets-sync)").acell("A1").value)


def test_an_empty_tab_by_our_name_is_used(shared: SharedWorkbook) -> None:
    """A `Rekap` that somebody prepared and left empty becomes ours, and is recognised afterwards."""
    empty = shared.person.add_worksheet("Rekap", 10, 5)
    write(shared, sample.office_month())

    office = sample.OFFICE.model_copy(update={"workbook": shared.workbook})
    links = tab_links(office, shared.tabs, {"rekap": empty.id})
    context = replace(sample.context(sample.office_month(), office, shared.tabs), links=links)
    assert [page.stands for page in plan(context, shared.tabs)] == [True] * 4
    assert [tab.title for tab in shared.person.worksheets()].count("Rekap") == 1
