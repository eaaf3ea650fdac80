"""October to February with an office of eight libraries: after each step pages and mails say what was written down.

Two figures are required, and the score is the mean visits of the year to date: a hundred a month are 10. What was
written down stands in tests/data/five_months, a file a step: all of `Rekap`'s figures, of `Perlu Dicek` and of the mails.
The tables and scores were worked out by hand; the wording of the mails was taken from a run and read.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from gspread.utils import ValueInputOption
from installation import Installation
from office_days import by_hand, mails
from office_story import (
    goes_on,
    in_register,
    registers,
    sets_up,
    story,
    told,
    types,
    written,
)

from sheets_sync.demo.people import SECRETARY
from sheets_sync.jobs.new_year import new_year
from sheets_sync.jobs.outcome import ReportOutcome
from sheets_sync.jobs.run import report_job
from sheets_sync.model import Period

FIRST = ("Anggrek", "Bakung", "Cempaka", "Dahlia", "Eboni", "Flamboyan", "Gaharu")
OCTOBER, NOVEMBER, DECEMBER, JANUARY = (Period(2024, 10) + number for number in range(4))


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Installation]:
    with story(tmp_path) as office:
        yield office


def test_five_months(here: Installation) -> None:
    """Each step's Rekap, Perlu Dicek and mails are those that were written down."""
    _begins(here)
    _october_comes_in(here)
    _october_is_due(here)
    _october_is_reported(here)
    _october_is_put_right(here)
    _october_is_sent_again(here)
    _people_change_tabs_and_names(here)
    _november(here)
    _december(here)
    _the_new_year_begins(here)
    _a_sealed_month_is_revised(here)


def _begins(here: Installation) -> None:
    """Setup before the register is filled leaves no form; after it each library has one; a third time nothing is made."""
    assert set(sets_up(here).made) == {"Petunjuk", "Rekap", "Perlu Dicek", "Rincian", "Indikator", "Perpustakaan"}
    for name in FIRST:
        registers(here, name)
    assert goes_on(here, "2024-10-25T10:00") == 0
    assert sets_up(here).made == ("Petunjuk", *FIRST)  # the guide now names a library
    assert sets_up(here).made == ()


def _october_comes_in(here: Installation) -> None:
    """The evening before the last day: three are complete, three in part, one has not begun; nobody is late."""
    types(here, "Anggrek", "Oktober 2024", 100, 40)
    types(here, "Bakung", "Oktober 2024", "sekitar 80", 30)
    types(here, "Cempaka", "Oktober 2024", 60, "20 buku")
    types(here, "Dahlia", "Oktober 2024", visits=50)
    types(here, "Flamboyan", "Oktober 2024", 90, 10)
    types(here, "Gaharu", "Oktober 2024", 70, 15)
    types(here, "Gaharu", "November 2024", 70, 25)
    here.person().worksheet("Gaharu").update([["Oktober 2024"]], "A12")  # instead of November: October twice
    assert goes_on(here, "2024-11-04T20:00") == 0
    assert told(here) == written("01-october-comes-in")


def _october_is_due(here: Installation) -> None:
    """The morning after: who was not complete is late, whose figures are in question is not judged yet."""
    assert goes_on(here, "2024-11-06T07:30") == 0
    assert told(here) == written("02-october-is-due")


def _october_is_reported(here: Installation) -> None:
    """The office lets its first report go: a mail a library, two for the office, with the figures of Rekap."""
    by_hand(here, OCTOBER)
    assert told(here, 0) == written("03-october-is-reported")


def _october_is_put_right(here: Installation) -> None:
    """All is typed: nobody's lateness changes, but Gaharu's figures were there in time."""
    types(here, "Bakung", "Oktober 2024", 80)
    types(here, "Dahlia", "Oktober 2024", loans=5)
    types(here, "Eboni", "Oktober 2024", 40, 8)
    here.person().worksheet("Gaharu").update([["November 2024", "", "", "", "", "", "", ""]], "A12")
    assert goes_on(here, "2024-11-10T09:00") == 0
    assert told(here) == written("04-october-is-put-right")


def _october_is_sent_again(here: Installation) -> None:
    """Dahlia asks for its report anew: nobody else gets one, and the new one has the figures of today."""
    before = mails(here)
    _resent(here, OCTOBER, "dahlia@example.org")
    assert told(here, before) == written("05-october-is-sent-again")


def _resent(here: Installation, period: Period, address: str) -> ReportOutcome:
    with here.app() as app:
        return report_job(app, here.office(app), period, (address,))


def _people_change_tabs_and_names(here: Installation) -> None:
    """Tabs renamed, moved, copied and deleted, the register renamed, and a library: a copy is asked about, no form is made."""
    book = here.person()
    book.worksheet("Cempaka").update_title("Data kami")
    book.worksheet("Bakung").update_index(0)
    book.duplicate_sheet(book.worksheet("Dahlia").id, new_sheet_name="Salinan dari Dahlia")
    book.worksheet("Perpustakaan").update_title("Daftar perpustakaan")
    book.del_worksheet(book.worksheet("Rincian"))
    assert goes_on(here, "2024-11-20T09:00") == 0
    assert sets_up(here).made == ()  # the sync has made its page anew
    assert "Rincian" in {tab.title for tab in here.person().worksheets()}
    assert told(here) == written("06-tabs-change")
    book.del_worksheet(book.worksheet("Salinan dari Dahlia"))
    book.worksheet("Daftar perpustakaan").update_title("Perpustakaan")
    in_register(here, "Gaharu", "Nama", "Gaharu Jaya")
    assert goes_on(here, "2024-11-21T09:00") == 0
    assert sets_up(here).made == ()
    assert told(here) == written("07-a-library-is-renamed")


def _november(here: Installation) -> None:
    """Eboni closes, a column and notes come in, rows of Perlu Dicek go; all that are in service report in time."""
    in_register(here, "Eboni", "Aktif sampai", "31/10/2024")
    book = here.person()
    book.worksheet("Anggrek").insert_cols([["Catatan petugas", "hujan"]], 2)
    book.worksheet("Flamboyan").update([["ditelepon 3 Des"]], "AB12")
    book.worksheet("Perlu Dicek").delete_rows(4, 5)
    for tab, visits, loans in (
        *(("Anggrek", 80, 30), ("Bakung", 80, 31), ("Data kami", 60, 21), ("Dahlia", 70, 6)),
        *(("Flamboyan", 90, 12), ("Gaharu", 90, 16)),
    ):
        types(here, tab, "November 2024", visits, loans)
    assert goes_on(here, "2024-12-03T09:00") == 0
    assert goes_on(here, "2024-12-06T07:30") == 0
    before = mails(here)
    by_hand(here, NOVEMBER)
    assert told(here, before) == written("08-november")
    assert here.person().worksheet("Flamboyan").acell("AB12").value == "ditelepon 3 Des"


def _december(here: Installation) -> None:
    """Melati joins and gets a form, the only one that setup makes; its address, and a changed one, get no mail yet."""
    registers(here, "Melati", **{"Aktif sejak": "01/12/2024"})
    in_register(here, "Anggrek", "E-mail", "baru@example.org")
    assert goes_on(here, "2024-12-10T09:00") == 0
    assert sets_up(here).made == ("Melati",)
    for tab, visits, loans in (
        *(("Anggrek", 90, 35), ("Bakung", 80, 32), ("Data kami", 60, 22), ("Dahlia", 60, 7)),
        *(("Flamboyan", 90, 11), ("Gaharu", 80, 17), ("Melati", 30, 3)),
    ):
        types(here, tab, "Desember 2024", visits, loans)
    assert goes_on(here, "2025-01-04T09:00") == 0
    assert goes_on(here, "2025-01-06T07:30") == 0
    before = mails(here)
    by_hand(here, DECEMBER)
    assert told(here, before) == written("09-december")


def _the_new_year_begins(here: Installation) -> None:
    """The office goes on in a new workbook: a form for each library in service, the old figures behind it, nobody asked anew."""
    old, new = (
        here.workbook,
        here.google.create_workbook(
            "Perpustakaan 2025", owner=SECRETARY, locale="in_ID", time_zone="Asia/Pontianak", writers=["sheets-sync"]
        ),
    )
    here.clock.now = here.clock.now.replace(hour=10)
    with here.app() as app:
        new_year(app, here.office(app), new, JANUARY)
    here.workbook = new
    assert goes_on(here, "2025-01-08T09:00") == 0
    assert sets_up(here).made == ()
    forms = {tab.title for tab in here.person().worksheets()} & {*FIRST, "Data kami", "Gaharu Jaya", "Melati"}
    assert forms == {"Anggrek", "Bakung", "Cempaka", "Dahlia", "Flamboyan", "Gaharu Jaya", "Melati"}
    assert told(here) == written("10-the-new-year")
    for tab, visits in (*(("Anggrek", 70), ("Bakung", 70), ("Cempaka", 70), ("Dahlia", 70)), *(("Flamboyan", 70), ("Gaharu Jaya", 70), ("Melati", 70))):  # fmt: skip
        types(here, tab, "Januari 2025", visits, 9)
    assert goes_on(here, "2025-02-04T09:00") == 0
    here.person(old).worksheet("Bakung").update([["95"]], "B13", value_input_option=ValueInputOption.user_entered)


def _a_sealed_month_is_revised(here: Installation) -> None:
    """In the old workbook Bakung corrects December: Rekap counts it at once, the next report tells it, the sealed one stays."""
    assert goes_on(here, "2025-02-06T07:30") == 0
    before = mails(here)
    by_hand(here, JANUARY)
    assert told(here, before) == written("11-a-sealed-month-is-revised")
