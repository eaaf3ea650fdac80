"""A province above an office here and a regency elsewhere: read, added up, written, reported once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from pathlib import Path
from threading import Event

import pytest
from installation import MONTH, Installation, installation
from province import ELSEWHERE, HERE, PROVINCE, add_province, bring, twice

from sheets_sync.cli.group import run_cli
from sheets_sync.i18n import language
from sheets_sync.jobs.diagnose.places import tree
from sheets_sync.jobs.fetch import SyncOrder
from sheets_sync.jobs.gather import region_view_of
from sheets_sync.jobs.place_files import read_region_file
from sheets_sync.jobs.preview import rehearse_report
from sheets_sync.jobs.regions import region_of
from sheets_sync.jobs.run import report_job
from sheets_sync.jobs.service import beat, due
from sheets_sync.jobs.span import span_of
from sheets_sync.jobs.spread import sync_there
from sheets_sync.model import LibraryMonth, Period, PlaceSums, TimeSpan

DECEMBER = Period(2024, 12)
OFFICE = "barito-timur"


@dataclass(frozen=True, slots=True)
class World:
    """The province after its first two syncs: before and after the other regency's file came."""

    here: Installation
    workbook: str
    sums: PlaceSums  # of the office here
    costs: tuple[dict[str, int], ...]

    def rows(self) -> list[list[str]]:
        return self.here.person(self.workbook).worksheet("Rekap").get_all_values()


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with installation(tmp_path_factory.mktemp("province")) as here:
        workbook = add_province(here)
        here.sync()
        with here.app() as app:
            sums = app.store.given([OFFICE], MONTH)[OFFICE].sums
        bring(here, twice(sums))
        costs = tuple(here.sync()[1] for _ in range(2))
        yield World(here, workbook, sums, costs)


def row(world: World, code: str) -> LibraryMonth:
    with world.here.app() as app:
        found = region_view_of(app, region_of(app, PROVINCE)).month
    return next(each for each in (*found.libraries, found.together) if each and each.library.code == code)


def test_its_rekap_stands_in_its_own_workbook(world: World) -> None:
    """A row for each regency, one for all together, with how many of their libraries have reported."""
    table = {line[0]: line for line in world.rows() if line[-1] in (HERE, ELSEWHERE, "∑") and "dari" in line[2]}
    assert {name: line[2] for name, line in table.items()} == {
        "Barito Timur": "4 dari 4",
        "Barito Selatan": "4 dari 5",
        "Kalimantan Tengah": "8 dari 9",
    }
    assert table["Barito Selatan"][13] == "5 November 2024"


def test_it_costs_nothing_while_nothing_changes(world: World) -> None:
    """One read and one write when a file came; after that no request that is the province's."""
    after_file, after_that = world.costs
    assert after_file == {"drive.files.list": 1, "sheets.spreadsheets.get": 1, "sheets.spreadsheets.batchUpdate": 1}
    assert after_that == {"drive.files.list": 1}


def test_nothing_of_a_library_or_a_person_reaches_it(world: World) -> None:
    """The province sees sums: no village, no address, no cell in its workbook, its mail or the file."""
    said = json.dumps(world.rows(), ensure_ascii=False)
    file = (world.here.place.config.parent / "imports" / "a.json").read_text(encoding="utf-8")
    for text in (said, file):
        assert [word for word in ("Tangkum", "Pangkan", "Turan", "@", "6213013B0000001") if word in text] == []


def test_the_office_is_added_up_as_its_own_rekap_shows_it(world: World) -> None:
    """The regency's row has the office's own figures of completeness and timeliness."""
    place = row(world, HERE).place
    assert place is not None
    assert (place.libraries, place.heard) == (world.sums.libraries, world.sums.heard)
    assert row(world, HERE).completeness == world.sums.completeness


def test_its_report_goes_out_once(world: World) -> None:
    """Sealed, marked, mailed to the province's recipient alone; asked again, nothing is sent."""
    here = world.here
    before = len(here.mailbox.kept.messages)
    here.clock.now = datetime.fromisoformat("2024-11-08T09:00+07:00")
    with here.app() as app:
        first = report_job(app, region_of(app, PROVINCE), MONTH)
        second = report_job(app, region_of(app, PROVINCE), MONTH)
        marks = app.store.workbooks(PROVINCE)[world.workbook].marks
        sealed = app.store.latest_seal(PROVINCE, MONTH)
        waiting = [step.name for step in due(app)]
    assert (first.mailing.sent, second.mailing.sent) == (1, 0)
    [message] = here.mailbox.kept.messages[before:]
    assert b"kepala@prov.example.org" in message.read_bytes()
    assert {mark.period for mark in marks} == {None, MONTH}
    assert sealed is not None
    assert {figure.library for figure in sealed.figures} == {HERE, ELSEWHERE}
    assert not any(name.startswith(f"report {PROVINCE}") for name in waiting)


def test_an_office_goes_out_as_the_file_it_came_in_by(world: World, tmp_path: Path) -> None:
    """What one installation exports another brings in: the same sums come out."""
    config, out = str(world.here.place.config), tmp_path / "regency.json"
    clock = ["--config", config, "--now", "2024-11-08T09:00"]
    assert run_cli(["export", "--what", "region", "--place", HERE, "--out", str(out), *clock]) == 0
    document = json.loads(out.read_text(encoding="utf-8"))
    assert (document["place"], document["month"]["period"]) == (HERE, "2024-10")
    assert document["month"]["kinds"] == json.loads(json.dumps(_encoded(world.sums)))["kinds"]


def _encoded(sums: PlaceSums) -> object:
    from sheets_sync.store.codec import encode

    return encode(sums)


def test_a_worker_leaves_the_province_to_who_sent_it(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A part of the offices is synced without the places above them: they need all of it."""
    here = world.here
    monkeypatch.setenv("SHEETS_SYNC_CONFIG", str(here.place.config))
    monkeypatch.setenv("SHEETS_SYNC_GOOGLE_ENDPOINT", here.google.url)
    done = sync_there([OFFICE], SyncOrder(full=True), here.clock.now)
    assert (done.failures, world.workbook in done.read, here.workbook in done.read) == ((), False, True)


def test_doctor_looks_at_the_tree(world: World) -> None:
    """All is well; without the office in it, and without a file, both are named."""
    with world.here.app() as app:
        assert [each.well for each in tree(app)] == [True]
    places = world.here.place.config / "places.yaml"
    kept = places.read_text(encoding="utf-8")
    try:
        places.write_text(
            kept.replace(", offices: [barito-timur]", "").replace("barito-selatan", "murung-raya"), "utf-8"
        )
        with world.here.app() as app:
            told = [language("en")(each.said) for each in tree(app) if not each.well]
    finally:
        places.write_text(kept, encoding="utf-8")
    assert [line.split(":")[1].split(".")[0] for line in told] == [
        " these offices are in no place and in no sum",
        " nobody gives figures of 62",
    ]


def test_only_a_newer_file_takes_the_place_of_what_is_there(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    """An older one, one of a stranger, and one from the future are refused by name; a newer one is taken."""
    config = ["--config", str(world.here.place.config), "--now", "2024-11-08T09:00", "--lang", "en"]

    def imported(made_at: str, name: str) -> tuple[int, str]:
        file = bring(world.here, world.sums, made_at, name)
        moved = file.rename(file.with_suffix(".moved"))
        status = run_cli(["import-region", str(moved), *config])
        said = capsys.readouterr()
        moved.unlink()
        return status, said.out + said.err

    assert imported("2024-11-01T06:00+07:00", "older")[0] == 2
    assert "in the future" in imported("2025-01-01T06:00+07:00", "future")[1]
    status, said = imported("2024-11-07T06:00+07:00", "newer")
    assert (status, "4 of 4 libraries" in said) == (0, True)


def test_its_quarter_and_year_go_out_once(world: World) -> None:
    """The year follows December by itself, the quarter when asked for; each sealed, marked and mailed once to its own recipient.

    The regency of another installation has sent nothing of December: it is named, and in no sum.
    """
    here, year, quarter = world.here, TimeSpan(2024), TimeSpan(2024, 4)
    here.clock.now = datetime.fromisoformat("2025-01-08T09:00+07:00")
    with here.app() as app:
        region = region_of(app, PROVINCE)
        report_job(app, region, DECEMBER)
        before = len(here.mailbox.kept.messages)
        beats = [[name for name in beat(app, Event()) if name.startswith("report")] for _ in range(2)]
        by_hand = [report_job(app, region, quarter, read=False).mailing.sent for _ in range(2)]
        marks = app.store.workbooks(PROVINCE)[world.workbook].marks
        spans = app.store.reporting(PROVINCE, app.clock()).spans
        rehearsed = rehearse_report(app, region, year, here.place.folder / "out")
    assert (beats, by_hand) == ([[f"report {PROVINCE} 2024"], []], [1, 0])
    assert {(seal.span, seal.marked) for seal in spans} == {("year", True), ("quarter", True)}
    assert sorted(mark.span for mark in marks if mark.period == DECEMBER) == ["", "quarter", "year"]
    found = [message_from_bytes(p.read_bytes(), policy=policy.default) for p in here.mailbox.kept.messages[before:]]
    assert {mail["To"].addresses[0].addr_spec for mail in found} == {"kepala@prov.example.org"}
    year_s, quarter_s = found
    names = ["62-2024.pdf", "62-2024-dinding.pdf", "62-2024.xlsx"]
    assert [part.get_filename() for part in year_s.iter_attachments()] == names
    text = next(part.get_content() for part in year_s.walk() if part.get_content_type() == "text/plain")
    assert "40 sudah masuk" in text
    assert "Barito Selatan belum mengirim berkas" in text
    assert "triwulan IV 2024" in quarter_s["Subject"]
    assert rehearsed.exists()


def test_a_file_brings_the_quarter_and_year_along(world: World, tmp_path: Path) -> None:
    """The month that ends them carries them; what comes out of the file is what the office's own report says."""
    config, out = str(world.here.place.config), tmp_path / "december.json"
    words = ["--config", config, "--now", "2025-01-08T09:00", "export", "--what", "region", "--period", "2024-12"]
    assert run_cli([*words, "--place", HERE, "--out", str(out)]) == 0
    _, sums, _ = read_region_file(out)
    with world.here.app() as app:
        wanted = {
            span: span_of(app, app.settings.office(OFFICE), span).whole for span in (each.span for each in sums.spans)
        }
    assert [str(each.span) for each in sums.spans] == ["2024-Q4", "2024"]
    for each in sums.spans:
        assert each.flows == wanted[each.span].elements
        assert tuple(zip(each.heard, each.due, strict=True)) == wanted[each.span].heard_by_month
