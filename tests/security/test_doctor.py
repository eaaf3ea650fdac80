"""`doctor` says who may approve addresses, and whether the store is sound; a damaged store is told in words."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from installation import US, Installation, installation
from snapshot import Kept

from sheets_sync.cli.group import run_cli
from sheets_sync.demo import people
from sheets_sync.errors import StoreError
from sheets_sync.jobs.diagnose import Check, examine
from sheets_sync.jobs.mailing.approve import go_ahead
from sheets_sync.jobs.setup import set_up
from sheets_sync.rekap.links import APPROVALS_ID
from sheets_sync.store import backup


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    """An office that has approved its addresses."""
    with installation(tmp_path_factory.mktemp("office")) as fresh:
        fresh.sync()
        with fresh.app() as app:
            go_ahead(app, fresh.office(app))
        yield Kept.of(fresh)


def line(here: Installation, about: str) -> Check:
    """The one line of `doctor` about something."""
    with here.app() as app:
        (found,) = [check for check in examine(app) if check.about == about]
    return found


@pytest.mark.incident("nobody-approves")
def test_an_office_without_approvers_is_told(here: Installation) -> None:
    """It is no failure while nobody waits; as soon as somebody does, it is."""
    first = line(here, "approvers")
    register = here.person().worksheet("Perpustakaan")
    cell = register.find("tangkum@example.org")
    assert cell is not None
    register.update_cell(cell.row, cell.col, "baru@x.example")
    here.sync()
    second = line(here, "approvers")
    assert (first.well, second.well) == (True, False)
    assert all("Nobody is named" in str(each.said) and "approvers" in str(each.said) for each in (first, second))
    assert "Waiting now: 1" in str(second.said)


@pytest.mark.incident("nobody-approves")
def test_the_tab_of_approvals_is_looked_at(here: Installation) -> None:
    """Missing, then well, then without its protection."""
    here.configure("office.yaml", approvers=[here.google.account(people.SECRETARY, person=True).email])
    missing = line(here, "approvers")
    with here.app() as app:
        set_up(app, here.workbook)
    well = line(here, "approvers")
    sheets = here.person().fetch_sheet_metadata()["sheets"]
    ours = next(sheet for sheet in sheets if sheet["properties"]["sheetId"] == APPROVALS_ID)
    kept = {"protectedRangeId": ours["protectedRanges"][0]["protectedRangeId"]}
    here.person().batch_update({"requests": [{"deleteProtectedRange": kept}]})
    open_to_all = line(here, "approvers")
    assert [each.well for each in (missing, well, open_to_all)] == [False, True, False]
    assert "setup" in str(missing.said)
    assert "Everybody can write" in str(open_to_all.said)
    assert here.google.account(US).email not in str(well.said)


def test_what_goes_well_and_is_not_meant_is_told(here: Installation, tmp_path: Path) -> None:
    """A new code, a later start of the year, a hidden `Rekap`, a mistyped template: by `doctor`, and by the sync that meets it."""
    here.person().worksheet("Rekap").hide()
    (tmp_path / "ofice.html.j2").write_text("", encoding="utf-8")
    here.configure("office.yaml", year_starts_in=7)
    here.configure("reports.yaml", templates=str(tmp_path))
    with here.app() as app:
        found = {check.about for check in examine(app) if not check.well}
    assert {"year", "hidden", "templates"} <= found
    here.configure("office.yaml", year_starts_in=1, code="baru")
    assert "barito-timur" in str(line(here, "office").said)
    told = " ".join(map(str, here.sync()[0].warnings))
    again = " ".join(map(str, here.sync()[0].warnings))
    assert [("barito-timur" in said, "hidden" in said, "ofice.html" in said) for said in (told, again)] == [
        (True, True, True),
        (False, False, True),
    ]
    assert "barito-timur" in str(line(here, "office").said)


def damage(file: Path) -> None:
    """Pages of zeros where the figures and the libraries stand."""
    with closing(sqlite3.connect(file)) as opened:
        size = opened.execute("PRAGMA page_size").fetchone()[0]
        found = opened.execute("SELECT rootpage FROM sqlite_master WHERE name IN ('observations', 'libraries')")
        pages = [page for (page,) in found]
    with file.open("r+b") as written:
        for page in pages:
            written.seek((page - 1) * size)
            written.write(bytes(size))


@pytest.mark.sqlite("its pages are overwritten")
@pytest.mark.incident("zeroed-pages")
def test_zeroed_pages_are_found(here: Installation, tmp_path: Path) -> None:
    """`doctor` says that the store is damaged and what to do; a sync says it in a sentence; a backup puts it right."""
    copy = tmp_path / "copy.sqlite3"
    backup.backup(here.settings().store_url, copy)
    damage(here.settings().data / "store.sqlite3")
    found = line(here, "store")
    assert not found.well
    assert "sheets-sync restore" in str(found.said)
    with pytest.raises(StoreError, match="sheets-sync restore"):
        here.sync()
    backup.restore(here.settings().store_url, copy, here.clock())
    assert line(here, "store").well
    assert here.sync()[0].status == 0


@pytest.mark.sqlite("something else lies in its place")
@pytest.mark.incident("zeroed-pages")
def test_a_file_that_is_no_store_is_told(here: Installation, capsys: pytest.CaptureFixture[str]) -> None:
    """Something else in the store's place: one sentence, no traceback, and the file stays as it is."""
    data = here.settings().data
    shutil.rmtree(data)
    data.mkdir(0o700)
    (data / "store.sqlite3").write_bytes(b"PK" + b"\x01" * 9000)
    assert run_cli(["--config", str(here.place.config), "status"]) == StoreError.exit_code
    said = capsys.readouterr().err
    assert len(said.splitlines()) == 1
    assert "store.sqlite3" in said
    assert (data / "store.sqlite3").read_bytes().startswith(b"PK")
