"""Another folder, another machine, a restored backup: nobody gets a second copy without a person's word."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import postgres
import pytest
from installation import Installation
from office_days import EVERYBODY, OCTOBER, SEPTEMBER, beat, by_hand, it_is, mails, reporting_office, sealed, told
from snapshot import Kept

from sheets_sync.cli.group import run_cli
from sheets_sync.errors import BusyError, ConfigError
from sheets_sync.jobs.locks import single_instance
from sheets_sync.jobs.mailing.approve import approve, standings
from sheets_sync.jobs.mailing.gate import NotYet, report_decision
from sheets_sync.jobs.mailing.situation import situation_of
from sheets_sync.jobs.run import report_job, sync_job, take_over_job
from sheets_sync.mail.ledger import DeliveryState
from sheets_sync.settings import load_settings
from sheets_sync.store import backup
from sheets_sync.store.url import parse_url


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    """The evening before October's report."""
    with reporting_office(tmp_path_factory.mktemp("office")) as office:
        yield Kept.of(office)


@contextmanager
def elsewhere(here: Installation, folder: str) -> Iterator[None]:
    """The same configuration on another machine: a store of its own."""
    own = here.settings().store
    here.configure("store.yaml", folder=str(here.place.folder / folder))
    with postgres.database() if own.url else nullcontext() as url:
        here.configure("store.yaml", url=url or "")
        yield
    here.configure("store.yaml", folder=own.folder, url=own.url)


def take_over(here: Installation) -> int:
    with here.app() as app:
        return take_over_job(app, here.office(app))


@pytest.mark.incident("second-machine")
def test_a_second_machine_sends_nothing_until_a_person_says_so(here: Installation) -> None:
    """It sees the first one's mark, says so and asks; once it has taken over, the first one says so and asks."""
    it_is(here, "2024-11-06T08:00")
    before = mails(here)
    with elsewhere(here, "other"):
        beat(here)
        refused = by_hand(here)
        assert any("Another store reports" in text for text in [str(refused.waits), *told(here)])
        assert mails(here) == before
        take_over(here)
        assert by_hand(here).mailing.sent == EVERYBODY
    it_is(here, "2024-11-06T08:15")
    beat(here)
    assert any("Another store reports" in text for text in told(here))
    assert mails(here) == before + EVERYBODY
    assert sealed(here) == [("2024-09", 1)]


@pytest.mark.sqlite("PostgreSQL is backed up and restored by its own tools")
@pytest.mark.incident("second-machine")
def test_of_two_that_report_at_once_one_is_refused(here: Installation) -> None:
    """Both have looked before either has marked: Google takes one mark, and the other's mails wait."""
    it_is(here, "2024-11-06T08:00")
    here.sync()
    before, home, copied = mails(here), here.settings().data, here.place.folder / "copy"
    backup.backup(here.settings().store_url, copied / "store.sqlite3")
    assert by_hand(here).mailing.sent == EVERYBODY
    with elsewhere(here, str(copied)):
        with here.app() as app:
            assert app.settings.data != home
            outcome = report_job(app, here.office(app), OCTOBER, read=False)
        assert (outcome.mailing.sent, outcome.status) == (0, 3)
        it_is(here, "2024-11-06T08:15")
        beat(here)
        assert any("does not know" in text for text in told(here))
        assert take_over(here) == 1
        beat(here)
    it_is(here, "2024-11-06T08:30")
    beat(here)
    assert any("Another store reports" in text for text in told(here))
    assert mails(here) == before + EVERYBODY


@pytest.mark.sqlite("PostgreSQL is backed up and restored by its own tools")
@pytest.mark.incident("backup-report-restore")
def test_backup_report_restore_report(here: Installation, tmp_path: Path) -> None:
    """The ledger is carried over: what was sent after the backup is not sent again."""
    it_is(here, "2024-11-06T08:00")
    copy, url = tmp_path / "copy.sqlite3", here.settings().store_url
    backup.backup(url, copy)
    by_hand(here)
    before = mails(here)
    restored = backup.restore(url, copy, here.clock())
    assert restored.carried == EVERYBODY + 1
    assert sealed(here) == [("2024-09", 1), ("2024-10", 1)]
    assert by_hand(here).mailing.sent == 0
    beat(here)
    assert mails(here) == before


@pytest.mark.sqlite("PostgreSQL is backed up and restored by its own tools")
@pytest.mark.incident("lost-store")
def test_a_backup_in_place_of_a_lost_store_asks(here: Installation, tmp_path: Path) -> None:
    """The home workbook knows what the backup does not; a person goes on, and the lost month is not sent again."""
    it_is(here, "2024-11-06T08:00")
    copy, data = tmp_path / "copy.sqlite3", here.settings().data
    backup.backup(here.settings().store_url, copy)
    by_hand(here)
    before = mails(here)
    for file in data.glob("store.sqlite3*"):
        file.unlink()
    backup.restore(here.settings().store_url, copy, here.clock())
    beat(here)
    here.sync()
    assert by_hand(here).waits is not None
    assert mails(here) == before
    assert take_over(here) == 1
    with here.app() as app:
        assert report_decision(situation_of(app, here.office(app))) == NotYet()
    assert mails(here) == before


@pytest.mark.sqlite("PostgreSQL is backed up and restored by its own tools")
@pytest.mark.incident("waiting-in-backup")
def test_what_waits_in_a_backup_is_in_doubt(here: Installation, tmp_path: Path) -> None:
    """A delivery that was planned when the backup was made may have been sent since: a person settles it."""
    copy, url = tmp_path / "copy.sqlite3", here.settings().store_url
    with here.app() as app:
        line = app.store.deliveries.of(period=SEPTEMBER)[0]
        app.store.deliveries.resolve(line.id, DeliveryState.PLANNED, "", here.clock())
    backup.backup(url, copy)
    for file in here.settings().data.glob("store.sqlite3*"):
        file.unlink()
    assert backup.restore(url, copy, here.clock()).doubted == 1
    before = mails(here)
    by_hand(here, SEPTEMBER)
    assert mails(here) == before


@pytest.mark.sqlite("PostgreSQL is backed up and restored by its own tools")
@pytest.mark.incident("backup-report-restore")
@pytest.mark.parametrize("job", ["run", "sync", "report", "mail"])
def test_a_restore_waits_for_nobody_at_work(here: Installation, tmp_path: Path, job: str) -> None:
    """While any job of this store is at work nothing is put in its place."""
    copy = tmp_path / "copy.sqlite3"
    backup.backup(here.settings().store_url, copy)
    with single_instance(here.settings().data, job):
        status = run_cli(["--config", str(here.place.config), "restore", str(copy)])
    assert status == BusyError.exit_code


@pytest.mark.incident("mark-unwritten")
def test_a_mark_that_could_not_be_written_holds_the_mails(here: Installation) -> None:
    """Sealed, but the home workbook could not be marked: the mails go as soon as it is."""
    it_is(here, "2024-11-06T08:00")
    here.sync()
    before = mails(here)
    here.google.conditions.fail("503", "sheets.spreadsheets.batchUpdate", times=None)
    outcome = by_hand(here)
    assert (outcome.planned, outcome.mailing.sent, outcome.status) == (EVERYBODY, 0, 3)
    here.google.conditions.clear()
    it_is(here, "2024-11-06T08:15")
    beat(here)
    assert mails(here) == before + EVERYBODY


@pytest.mark.incident("other-folder")
def test_the_store_is_found_from_any_folder(
    here: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`folder` in store.yaml counts from the configuration."""
    here.configure("store.yaml", folder="../data")
    (tmp_path / "work").mkdir()
    places = []
    for folder in (tmp_path, tmp_path / "work"):
        monkeypatch.chdir(folder)
        places.append(here.settings().data.resolve())
        here.known.clear()
    assert places[0] == places[1] == here.place.config.resolve().parent / "data"


@pytest.mark.incident("other-folder")
@pytest.mark.sqlite("where it was left")
def test_a_store_left_where_the_command_ran_is_not_begun_anew(
    here: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An earlier version kept it under the folder the command ran in: told, with what to move where."""
    old = tmp_path / "ran-here" / "data"
    old.mkdir(parents=True)
    (old / "store.sqlite3").touch()
    here.configure("store.yaml", folder="data")
    monkeypatch.chdir(old.parent)
    with pytest.raises(ConfigError, match="relative to the configuration folder"):
        load_settings(here.place.config, here.environment)


@pytest.mark.incident("other-folder")
@pytest.mark.parametrize("url", ["sqlite:///../data/own.sqlite3", "sqlite:///own.sqlite3"])
def test_a_file_that_the_url_names_is_found_from_any_folder(
    here: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    """`url` in store.yaml counts from the configuration, too; one left where the command ran is told."""
    here.configure("store.yaml", url=url)
    (tmp_path / "work" / "deep").mkdir(parents=True)
    places = []
    for folder in (tmp_path / "work", tmp_path / "work" / "deep"):
        monkeypatch.chdir(folder)
        here.known.clear()
        places.append(Path(str(parse_url(here.settings().store_url).database)).resolve())
    left = (Path.cwd() / url.removeprefix("sqlite:///")).resolve()
    left.parent.mkdir(exist_ok=True)
    left.touch()
    assert set(places) == {(here.place.config / url.removeprefix("sqlite:///")).resolve()}
    with pytest.raises(ConfigError, match="url: sqlite:///"):
        load_settings(here.place.config, here.environment)


@pytest.mark.sqlite("PostgreSQL is backed up and restored by its own tools")
@pytest.mark.incident("backup-report-restore")
def test_what_the_office_said_of_addresses_since_the_backup_holds(here: Installation, tmp_path: Path) -> None:
    """Approved since: approved; withdrawn since: held. Neither is undone by a restore."""
    copy, url = tmp_path / "copy.sqlite3", here.settings().store_url
    register = here.person().worksheet("Perpustakaan")
    cell = register.find("turan.amis@example.org")
    assert cell is not None
    register.update_cell(cell.row, cell.col, "baru@example.org")
    here.sync()
    backup.backup(url, copy)
    with here.app() as app:
        approve(app, ["baru@example.org"])
        approve(app, ["tangkum@example.org"], withdraw=True)
    backup.restore(url, copy, here.clock())
    with here.app() as app:
        said = {each.known.address: each.held is None for each in standings(app)}
    assert (said["baru@example.org"], said["tangkum@example.org"]) == (True, False)


@pytest.mark.incident("undisturbed")
def test_an_undisturbed_sync_writes_no_mark_again(here: Installation) -> None:
    """Once marked, a report costs no further request."""
    here.sync()
    with here.app() as app:
        sync_job(app)
        assert all(seal.marked for seal in app.store.seals(here.office(app).code))
    _, counted = here.sync()
    assert counted == {"drive.files.list": 1}
