"""The office decides in the sheet: the first report, a day's delay, a closed month, a column that is meant to be gone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import gspread
import pytest
from installation import Installation, installation

from sheets_sync.demo import people
from sheets_sync.errors import UsageError
from sheets_sync.jobs.decisions import answer
from sheets_sync.jobs.setup import set_up
from sheets_sync.jobs.unattended.service import beat
from sheets_sync.model import Period, Reporting
from sheets_sync.model.decision import DecisionKind, decision_id
from sheets_sync.rekap.links import APPROVALS_ID

NOVEMBER = Period(2024, 11)
ANSWER = 7


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Installation]:
    """An office that has reported nothing yet, the day before its first report; the secretary may decide."""
    with installation(tmp_path) as here:
        here.configure("office.yaml", approvers=[here.google.account(people.SECRETARY, person=True).email])
        here.configure("reports.yaml", letter=False, workbook=False, reminders={"send": False})
        here.google.share(here.workbook, "pustakawan")
        here.sync()
        with here.app() as app:
            set_up(app, here.workbook)
        here.sync()
        yield here


def tab(here: Installation) -> gspread.Worksheet:
    return here.person().get_worksheet_by_id(APPROVALS_ID)


def row(here: Installation, about: str) -> tuple[int, list[str]]:
    """The last row that speaks of something, and where it stands."""
    rows = enumerate(tab(here).get_all_values(), start=1)
    return [(number, cells) for number, cells in rows if any(about in cell for cell in cells)][-1]


def answers(here: Installation, about: str, typed: str) -> None:
    tab(here).update_cell(row(here, about)[0], ANSWER, typed)


def goes_on(here: Installation, moment: str) -> int:
    """A beat of the service at a moment; gives how many mails have left by then."""
    here.clock.now = here.clock.now.fromisoformat(f"{moment}+07:00")
    with here.app() as app:
        beat(app, Event())
    return len(here.mailbox.kept.messages)


def rekap(here: Installation) -> str:
    return "\n".join(
        cell.replace("\n", " ") for cells in here.person().worksheet("Rekap").get_all_values() for cell in cells
    )


@pytest.mark.incident("yes-by-others")
def test_a_month_of_decisions_without_a_terminal(here: Installation) -> None:
    """Each question is a row, each answer acts at the next reading, and is kept with who and when.

    Whoever types while the tab is open to all decides nothing, then or after it is closed again; and that is said.
    """
    assert "Menunggu keputusan kantor: Bolehkah laporan pertama, yaitu Oktober 2024, dikirim?" in rekap(here)
    typed_by_a_stranger(here)
    assert goes_on(here, "2024-11-06T09:00") == 0
    with here.app() as app:
        set_up(app, here.workbook)
    assert goes_on(here, "2024-11-06T10:00") == 0
    assert "tidak dihitung" in row(here, "laporan pertama")[1][-1]
    answers(here, "laporan pertama", "setuju")
    first = goes_on(here, "2024-11-06T11:00")
    assert first > 0
    secretary = here.google.account(people.SECRETARY, person=True).email
    assert row(here, "laporan pertama")[1][-1] == f"ya, 6 Nov 2024 11.00, {secretary}"
    sheet = here.person().worksheet("Tangkum")
    heading = sheet.find(re.compile("^Kerja sama"))
    assert heading is not None
    sheet.delete_columns(heading.col)
    goes_on(here, "2024-12-05T09:00")
    answers(here, "Kerja sama", "ya")
    answers(here, "laporan November 2024", "tunda")
    goes_on(here, "2024-12-05T10:00")
    assert "Laporan November 2024 ditunda; berangkat 7 Des 2024" in rekap(here)
    assert goes_on(here, "2024-12-06T12:00") == first
    answers(here, "Perpustakaan Desa Pangkan", "tutup")
    assert goes_on(here, "2024-12-07T12:00") > first
    assert here.library("Pangkan", NOVEMBER).reporting is Reporting.CLOSED
    assert (row(here, "Perpustakaan Desa Pangkan")[1][5], row(here, "Kerja sama")[1][5]) == ("diputuskan", "selesai")
    assert not [finding for finding in here.library("Tangkum").findings if finding.rule_code == "E-GONE"]
    with here.app() as app, pytest.raises(UsageError, match="has gone out"):  # too late, and that is said
        answer(app, here.office(app), decision_id(DecisionKind.POSTPONE, NOVEMBER, 0), said=False, by="x")


def typed_by_a_stranger(here: Installation) -> None:
    """The tab's protection is taken away, and a librarian answers what is asked, and what nobody asked."""
    metadata = here.person().fetch_sheet_metadata()["sheets"]
    ours = next(each for each in metadata if each["properties"]["sheetId"] == APPROVALS_ID)
    guard = ours["protectedRanges"][0]["protectedRangeId"]
    here.person().batch_update({"requests": [{"deleteProtectedRange": {"protectedRangeId": guard}}]})
    with people.opened_by(here.google, "pustakawan", here.workbook) as book:
        sheet = book.get_worksheet_by_id(APPROVALS_ID)
        sheet.update_cell(row(here, "laporan pertama")[0], ANSWER, "ya")
        sheet.append_row(["D-12345678", "x", "x", "x", "x", "menunggu", "ya"])
