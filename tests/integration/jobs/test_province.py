"""A province above an office here and a regency elsewhere: read, added up, written, reported once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from email import message_from_bytes, policy
from pathlib import Path
from threading import Event

import pytest
from installation import MONTH, Installation, installation
from office_days import synced_and_told
from province import ELSEWHERE, HERE, PROVINCE, add_province, bring, twice

from sheets_sync.app import App
from sheets_sync.cli.group import run_cli
from sheets_sync.config.places import OrgUnit, Places, Region
from sheets_sync.errors import GoogleDownError
from sheets_sync.i18n import language
from sheets_sync.jobs.diagnose.places import _twice, tree
from sheets_sync.jobs.fetch import SyncOrder
from sheets_sync.jobs.mailing.deliver import deliver
from sheets_sync.jobs.places.gather import region_view_of
from sheets_sync.jobs.places.place_files import bring_in_folder
from sheets_sync.jobs.places.region_file import read_region_file, region_file
from sheets_sync.jobs.places.regions import region_of
from sheets_sync.jobs.preview import rehearse_report
from sheets_sync.jobs.run import report_job
from sheets_sync.jobs.span import span_of
from sheets_sync.jobs.unattended.service import beat, due
from sheets_sync.jobs.worker import sync_there, worker
from sheets_sync.model import LibraryMonth, Period, PlaceSums, TimeSpan, msg
from sheets_sync.store.places import of_file

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
    worker.close()
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


def test_doctor_tells_of_figures_that_may_count_twice() -> None:
    """A province's file and a regency's under it; a place with an office of its own and regencies under it is none."""
    province = OrgUnit(code="62", name="Kalimantan Tengah", level="province", imports="kalteng")
    regency = OrgUnit(code="62.13", name="Barito Timur", parent="62", imports="bartim")
    own = OrgUnit(code="62", name="Kalimantan Tengah", level="province", offices=("dinas",))
    said = [language("en")(each) for each in _twice(Places(places=(province, regency)))]
    assert ["Barito Timur under it" in each and "count twice" in each for each in said] == [True]
    assert [*_twice(Places(places=(own, regency))), *_twice(Places(places=(province,)))] == []


@dataclass(frozen=True, slots=True)
class Import:
    """What `import-region` came to, and the months that are there of the other regency afterwards."""

    status: int
    said: str
    there: tuple[tuple[str, int], ...]


def given_elsewhere(world: World) -> tuple[tuple[str, int], ...]:
    """The months that files gave of the other regency, with how many libraries had reported."""
    with world.here.app() as app:
        source = of_file(ELSEWHERE)
        found = [(month, app.store.given([source], month).get(source)) for month in (MONTH, MONTH + 1, DECEMBER)]
    return tuple((str(month), each.sums.heard) for month, each in found if each is not None)


@pytest.fixture
def imports(world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., Import]:
    """Brings in files by the command, on the day after the province's report."""

    def run(*files: bytes) -> Import:
        paths = [tmp_path / f"{n}.json" for n in range(len(files))]
        for path, content in zip(paths, files, strict=True):
            path.write_bytes(content)
        clock = ["--config", str(world.here.place.config), "--now", "2024-11-09T09:00", "--lang", "en"]
        status = run_cli(["import-region", *map(str, paths), *clock])
        said = capsys.readouterr()
        return Import(status, said.out + said.err, given_elsewhere(world))

    return run


def file_of(sums: PlaceSums, made_at: str, code: str = "barito-selatan") -> bytes:
    return region_file(code, "Barito Selatan", sums, datetime.fromisoformat(made_at))


def test_what_can_not_be_taken_leaves_what_is_there(world: World, imports: Callable[..., Import]) -> None:
    """Older, a stranger's, from the future, of the wrong month, of one moment with another: told by name, nothing taken in."""
    sums, before = world.sums, given_elsewhere(world)
    good = file_of(replace(sums, silent=3), "2024-11-06T06:00+07:00")
    refused = {
        "is newer": file_of(replace(sums, data_as_of=None), "2024-11-01T06:00+07:00"),
        "is of seruyan, which no place": file_of(sums, "2024-11-06T06:00+07:00", "seruyan"),
        "in the future": file_of(sums, "2025-01-01T06:00+07:00"),
        "was made before it began": file_of(replace(sums, period=DECEMBER), "2024-11-09T06:00+07:00"),
        "says something else": file_of(replace(sums, silent=7), "2024-11-05T06:00+07:00"),
        "are both of October 2024": file_of(replace(sums, silent=4), "2024-11-07T06:00+07:00"),
        "is no file of": b"{}",
    }
    for told, file in refused.items():
        found = imports(good, file)
        assert (found.status, told in found.said, found.there) == (2, True, before), found.said


def test_the_same_file_again_changes_nothing(world: World, imports: Callable[..., Import]) -> None:
    """It says so, and the Rekap is not written again."""
    file = file_of(twice(world.sums), "2024-11-05T06:00+07:00")
    with world.here.app() as app:
        before = app.store.given_stamps([of_file(ELSEWHERE)])
    found = imports(file, file)
    with world.here.app() as app:
        assert app.store.given_stamps([of_file(ELSEWHERE)]) == before
    assert (found.status, "is there already" in found.said) == (0, True)


def test_a_correction_is_noted_as_one(world: World, imports: Callable[..., Import]) -> None:
    """Told when it comes, and where the month was reported already in Rekap and in the next report; not before it was."""
    with world.here.app() as app:
        region = region_of(app, PROVINCE)
        report_job(app, region, MONTH, read=False)
        assert told_of_corrections(app, region, MONTH) == []
    found = imports(file_of(replace(world.sums, rules="others"), "2024-11-09T06:00+07:00"))
    with world.here.app() as app:
        here, later = (told_of_corrections(app, region, month) for month in (MONTH, MONTH + 1))
    assert (found.status, found.there) == (0, (("2024-10", 4),))
    assert "corrected" in found.said
    assert "(before: 4 of 5)" in found.said
    assert "scores by another scheme" in found.said
    assert here == later == ["has corrected its figures of October 2024 by a file of 9 November 2024."]


def told_of_corrections(app: App, region: Region, month: Period) -> list[str]:
    said = (language("en")(each.reason) for each in region_view_of(app, region, month).month.stale)
    return [text for text in said if "corrected" in text]


def test_a_bad_file_in_the_folder_stops_no_other(world: World) -> None:
    """It is told by its name at each sync, the others are brought in, once; one that can't be opened is told as well."""
    folder = world.here.place.config.parent / "imports"
    (folder / "0-junk.json").write_text("[]", encoding="utf-8")
    (folder / "1-folder.json").mkdir()
    world.here.clock.now = datetime.fromisoformat("2024-12-02T09:00+07:00")
    file = bring(world.here, replace(world.sums, period=MONTH + 1), "2024-12-02T06:00+07:00", "2-good")
    try:
        with world.here.app() as app:
            failures = [[failure.about for failure in bring_in_folder(app)] for _ in range(2)]
    finally:
        (folder / "1-folder.json").rmdir()
        for path in (folder / "0-junk.json", file):
            path.unlink()
    assert failures == [["0-junk.json", "1-folder.json"]] * 2
    assert ("2024-11", world.sums.heard) in given_elsewhere(world)


def test_what_nobody_thought_of_in_a_file_stops_no_other(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor the sync: it is told by the file's name, the others are looked at."""

    def odd(file: Path) -> tuple[str, PlaceSums, datetime]:
        if file.name == "0-odd.json":
            raise ArithmeticError(file.name)
        return read_region_file(file)

    folder = world.here.place.config.parent / "imports"
    (folder / "0-odd.json").write_text("{}", encoding="utf-8")
    (folder / "1-junk.json").write_text("[]", encoding="utf-8")
    monkeypatch.setattr("sheets_sync.jobs.places.place_files.read_region_file", odd)
    try:
        with world.here.app() as app:
            assert [failure.about for failure in bring_in_folder(app)] == ["0-odd.json", "1-junk.json"]
    finally:
        for name in ("0-odd.json", "1-junk.json"):
            (folder / name).unlink()


def test_a_month_from_before_the_province_s_scheme_is_taken_and_said_so(
    world: World, imports: Callable[..., Import]
) -> None:
    """What was taken in is not told as refused: nothing adds the month's score up, and that is said."""
    found = imports(file_of(replace(world.sums, period=Period(2019, 10)), "2024-11-06T06:00+07:00"))
    assert (found.status, "2019 brought in" in found.said, "No scheme" in found.said) == (0, True, True), found.said


def test_a_bad_file_is_told_once_to_the_province_s_people(world: World) -> None:
    """However often it is met: by one mail that names it; the sync says that something failed. Taken away, it is over."""
    here = world.here
    junk, told = (
        here.place.config.parent / "imports" / "junk.json",
        here.place.config / "places" / PROVINCE / "service.yaml",
    )
    junk.write_text("[]", encoding="utf-8")
    told.write_text("notify: {mail: [operator@prov.example.org]}\n", encoding="utf-8")
    before = len(here.mailbox.kept.messages)
    try:
        statuses = synced_and_told(here, 4)
    finally:
        junk.unlink()
        told.unlink()
    [mail] = [message_from_bytes(p.read_bytes(), policy=policy.default) for p in here.mailbox.kept.messages[before:]]
    assert set(statuses) == {3}
    assert mail["To"].addresses[0].addr_spec == "operator@prov.example.org"
    assert "Berkas dari instalasi lain tidak dapat dimasukkan: junk.json" in mail["Subject"]


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


def test_a_quarter_that_could_not_be_marked_goes_out_after_the_next_sync(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its mails wait for its mark in the province's workbook, and the next sync writes that, as it does a month's."""

    def away(*_: object) -> bool:
        raise GoogleDownError(msg("Google is away."))

    here, quarter = world.here, TimeSpan(2024, 3)
    here.clock.now = datetime.fromisoformat("2025-01-08T10:00+07:00")
    monkeypatch.setattr("sheets_sync.jobs.mailing.report.mark_reports", away)
    with here.app() as app:
        assert report_job(app, region_of(app, PROVINCE), quarter, read=False).mailing.sent == 0
    monkeypatch.undo()
    here.sync()
    with here.app() as app:
        marked = [seal.marked for seal in app.store.reporting(PROVINCE, app.clock()).spans if seal.is_of(quarter)]
        assert (marked, deliver(app).sent) == ([True], 1)


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


def test_a_place_whose_code_was_changed_is_told_once(world: World) -> None:
    """The months that its files gave are in no sum any more: a sync says so once, `doctor` until it is mended."""
    here, file = world.here, world.here.place.config / "places.yaml"
    before = file.read_text(encoding="utf-8")

    def told() -> list[str]:
        outcome, _ = here.sync()
        return [said for each in outcome.warnings if ELSEWHERE in (said := str(each))]

    def by_doctor() -> list[str]:
        with here.app() as app:
            return [said for check in tree(app) if not check.well and ELSEWHERE in (said := str(check.said))]

    assert (told(), by_doctor()) == ([], [])
    file.write_text(before.replace(f'"{ELSEWHERE}"', '"62.99"'), encoding="utf-8")
    try:
        assert [len(told()), len(told()), len(by_doctor())] == [1, 0, 1]
    finally:
        file.write_text(before, encoding="utf-8")
    assert (told(), by_doctor()) == ([], [])
    file.write_text(before.replace(f'"{ELSEWHERE}"', '"62.98"'), encoding="utf-8")
    try:
        assert len(told()) == 1
    finally:
        file.write_text(before, encoding="utf-8")
    told()


def test_a_place_s_sync_tells_that_its_rekap_is_hidden(world: World) -> None:
    """As an office's does: what is written there reaches nobody."""
    here, tab = world.here, world.here.person(world.workbook).worksheet("Rekap")
    tab.hide()
    try:
        outcome, _ = here.sync(SyncOrder(full=True))
    finally:
        tab.show()
    assert [each for each in outcome.warnings if "Rekap" in str(each) and "hidden" in str(each)]


def test_a_place_that_has_an_office_here_now_counts_once(world: World) -> None:
    """What a file gave for a month counts only where its own office gives nothing."""
    file = world.here.place.config / "places.yaml"
    before = file.read_text(encoding="utf-8")
    one = f'"{ELSEWHERE}", name: Barito Selatan, parent: "{PROVINCE}", '
    swapped = before.replace(f"{one}imports: barito-selatan", f"{one}offices: [{OFFICE}]")
    file.write_text(swapped.replace(f"offices: [{OFFICE}]", "imports: barito-selatan", 1), encoding="utf-8")
    try:
        place = row(world, ELSEWHERE).place
    finally:
        file.write_text(before, encoding="utf-8")
    assert place is not None
    assert place.libraries == world.sums.libraries
