"""A new year's workbook: the register goes along, forms are made, corrections of the old year still count."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import stamina
from installation import Installation, installation
from office_days import it_is
from snapshot import Kept

from sheets_sync.app import App
from sheets_sync.cli.group import run_cli
from sheets_sync.demo.people import SECRETARY
from sheets_sync.errors import UsageError, WorkbookError
from sheets_sync.jobs.month import load
from sheets_sync.jobs.new_year import NewYear, new_year
from sheets_sync.jobs.setup import SetupOutcome, set_up
from sheets_sync.jobs.years import next_year, year_causes
from sheets_sync.model import Period

JANUARY = Period(2025, 1)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    with (
        stamina.set_testing(True, attempts=2),
        installation(tmp_path_factory.mktemp("office") / "here", now="2024-12-10T09:00+07:00") as made,
    ):
        yield Kept.of(made)


def new_workbook(here: Installation) -> str:
    return here.google.create_workbook(
        "Perpustakaan 2025", owner=SECRETARY, locale="in_ID", time_zone="Asia/Pontianak", writers=["sheets-sync"]
    )


def carried(here: Installation, workbook: str) -> NewYear:
    with here.app() as app:
        return new_year(app, here.office(app), workbook, JANUARY)


def reminded(here: Installation) -> list[str]:
    with here.app() as app:
        return [str(cause.title) for cause in year_causes(app)]


def test_register_and_settings_go_along(here: Installation) -> None:
    """Every row of the register as it was typed, a form for each library with the year's months, and the pages."""
    before = here.person().worksheet("Perpustakaan").get_all_values()
    workbook = new_workbook(here)
    outcome = carried(here, workbook)
    book = here.person(workbook)
    titles = [tab.title for tab in book.worksheets()]
    assert outcome.copied
    assert book.worksheet("Perpustakaan").get_all_values() == before
    assert {"Rekap", "Petunjuk", "Tangkum", "Pangkan", "Turan Amis"} <= set(titles)
    assert any("2025" in text for row in book.worksheet("Tangkum").get_all_values() for text in row)
    office = here.settings().offices[0]
    assert (office.workbook, office.input_workbooks) == (workbook, (here.workbook,))


def test_the_configuration_is_written_last_and_keeps_its_comments(
    here: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the forms are made it is as it was, so that a kill leaves an office that goes on; then two settings change."""
    path, meanwhile = here.place.config / "office.yaml", list[str]()
    before = path.read_text(encoding="utf-8")

    def watched(app: App, workbook: str, first: Period) -> SetupOutcome:
        meanwhile.append(path.read_text(encoding="utf-8"))
        return set_up(app, workbook, first)

    monkeypatch.setattr("sheets_sync.jobs.new_year.set_up", watched)
    carried(here, new_workbook(here))
    after = path.read_text(encoding="utf-8")
    assert meanwhile == [before]
    assert remarks(before) <= remarks(after)
    assert after != before


def remarks(text: str) -> set[str]:
    return {line.strip() for line in text.splitlines() if line.startswith("#")}


def test_the_old_workbook_is_not_touched_and_still_counts(here: Installation) -> None:
    """A correction made there in January counts in December's figures; nobody is asked about the two registers."""
    here.sync()
    old = [tab.get_all_values() for tab in here.person().worksheets()]
    workbook = new_workbook(here)
    carried(here, workbook)
    assert [tab.get_all_values() for tab in here.person().worksheets()] == old
    first, _ = here.sync()
    assert (first.status, first.failures) == (0, ())
    assert [str(tab) for tab in first.tabs.values() if tab.unread] == []
    sheet = here.person().worksheet("Tangkum")
    row = next(n for n, cells in enumerate(sheet.get_all_values(), 1) if cells[0] == "Oktober")
    sheet.update_cell(row, 2, "777")
    here.sync()
    with here.app() as app:
        seen = load(app, here.office(app)).observations
    assert [each.period for each in seen if each.value == 777] == [Period(2024, 10)]


def test_the_libraries_stay_who_they_are(here: Installation) -> None:
    """No library is new or gone, and the scores of the year so far stay."""
    here.sync()
    with here.app() as app:
        before = {library.code for library in app.store.libraries(here.office(app).code)}
    score = here.score("Tangkum")
    carried(here, new_workbook(here))
    here.sync()
    with here.app() as app:
        after = {library.code for library in app.store.libraries(here.office(app).code)}
    assert after == before
    assert here.score("Tangkum") == score


def test_an_empty_register_is_refused(tmp_path: Path) -> None:
    """Nothing is made, nothing is changed, and what is missing is named."""
    with installation(tmp_path / "here", now="2024-12-10T09:00+07:00", typed=False) as here:
        here.person().sheet1.update_title("Perpustakaan")
        here.person().worksheet("Perpustakaan").update([["Kode", "Nama", "Tab"]], "A1")
        workbook = new_workbook(here)
        with pytest.raises(UsageError, match="register is empty"):
            carried(here, workbook)
        assert len(here.person(workbook).worksheets()) == 1
        assert here.settings().offices[0].workbook == here.workbook


def test_a_workbook_that_is_not_shared_changes_nothing(here: Installation) -> None:
    """The office's file is as it was, so that the office goes on in the old workbook."""
    workbook = here.google.create_workbook("Perpustakaan 2025", owner=SECRETARY)
    before = (here.place.config / "office.yaml").read_text(encoding="utf-8")
    with pytest.raises(WorkbookError):
        carried(here, workbook)
    assert (here.place.config / "office.yaml").read_text(encoding="utf-8") == before


def test_the_office_s_own_workbook_is_no_new_one(here: Installation) -> None:
    """Naming the present workbook is a slip."""
    with pytest.raises(UsageError, match="already"):
        carried(here, here.workbook)


@pytest.mark.parametrize("struck", ["sheets.spreadsheets.sheets.copyTo", "sheets.spreadsheets.batchUpdate"])
@pytest.mark.parametrize("kind", ["lost-answer", "503"])
def test_run_again_after_a_failure_it_goes_on(here: Installation, struck: str, kind: str) -> None:
    """Whatever was lost on the way, a second run ends with one register and the office in the new workbook."""
    here.sync()
    workbook = new_workbook(here)
    here.google.conditions.fail(kind, struck, times=2)
    with pytest.raises(WorkbookError):
        carried(here, workbook)
    here.google.conditions.clear()
    carried(here, workbook)
    titles = [tab.title for tab in here.person(workbook).worksheets()]
    assert titles.count("Perpustakaan") == 1
    assert here.settings().offices[0].workbook == workbook
    outcome, _ = here.sync()
    assert outcome.failures == ()


def test_december_reminds_of_it_until_it_is_done(here: Installation, capsys: pytest.CaptureFixture[str]) -> None:
    """Not in November; from December on, with the command; not any more once the new workbook is there."""
    here.sync()
    it_is(here, "2024-11-10T09:00")
    assert reminded(here) == []
    it_is(here, "2024-12-01T09:00")
    assert any("next one" in title for title in reminded(here))
    run_cli(["--config", str(here.place.config), "--now", "2024-12-01T09:00", "status"])
    assert "sheets-sync new-year" in capsys.readouterr().out
    carried(here, new_workbook(here))
    here.sync()
    assert reminded(here) == []


def test_a_year_that_began_without_a_workbook_is_pressing(here: Installation) -> None:
    """In December it is only to be thought of; in January monitoring sees it."""
    here.sync()
    for day, pressing in (("2024-12-20T09:00", False), ("2025-01-02T09:00", True)):
        it_is(here, day)
        with here.app() as app:
            assert [cause.pressing for cause in year_causes(app)] == [pressing]


def test_the_old_workbook_is_let_go_when_revisions_close(here: Installation) -> None:
    """Six months into the new year somebody is asked to take it out; before that it stays without a word."""
    here.sync()
    carried(here, new_workbook(here))
    here.sync()
    it_is(here, "2025-06-20T09:00")
    assert reminded(here) == []
    it_is(here, "2025-07-02T09:00")
    assert any("still read" in title for title in reminded(here))


@pytest.mark.parametrize(
    ("day", "first"),
    [("2024-12-10", "2025-01"), ("2024-09-01", "2025-01"), ("2025-01-03", "2025-01"), ("2025-03-01", "2025-01")],
)
def test_the_year_that_is_meant_follows_from_the_day(here: Installation, day: str, first: str) -> None:
    """Towards its end the next one; at its beginning the one that has begun."""
    it_is(here, f"{day}T09:00")
    with here.app() as app:
        assert str(next_year(here.office(app), here.clock())) == first
