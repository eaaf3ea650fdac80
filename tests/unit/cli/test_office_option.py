"""`--office` names one office: none that is not there, no two, no place above them, and nothing of another's."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from places import CONFIG, write

from sheets_sync.app import open_app
from sheets_sync.cli.group import run_cli
from sheets_sync.i18n import language
from sheets_sync.jobs.mailing.gate import AskPerson, Reason, Wait, stale_since
from sheets_sync.jobs.mailing.situation import hindrance, situation_of
from sheets_sync.jobs.places.regions import _note_fresh
from sheets_sync.model import Period
from sheets_sync.settings import Environment, load_settings
from sheets_sync.store import WorkbookReading

OFFICE = "code: {code}\nname: {code}\nworkbook: {code}-workbook-0123456789\n"
PLACES = 'places: [{code: "62", name: Provinsi, level: province}, {code: t, name: T, parent: "62", offices: [timur]}]\n'
REGION = 'code: "62"\nname: Dinas Provinsi\nworkbook: province-workbook-0123456789\n'
OCTOBER, MOMENT = Period(2024, 10), datetime(2024, 11, 8, 2, tzinfo=UTC)
TIMURS, PROVINCES = "timur-workbook-0123456789", "province-workbook-0123456789"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A configuration of the offices barat and timur, and a province above timur."""
    folder = tmp_path_factory.mktemp("place") / "config"
    shutil.copytree(CONFIG, folder, ignore=shutil.ignore_patterns("examples", "office.yaml", "reports.yaml"))
    for code in ("barat", "timur"):
        write(folder / "offices" / f"{code}.yaml", OFFICE.format(code=code))
    write(folder / "places.yaml", PLACES)
    write(folder / "places/62.yaml", REGION)
    return folder


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--office", "62", "status"], "62 is a place above offices"),
        (["status", "--office", "62", "--now", "2024-11-05T08:00"], "--place 62"),
        (["status", "--office", ""], "There is no office"),
        (["status", "--office", "TIMUR"], "There is no office TIMUR"),
        (["status", "--office", "barat", "--office", "timur"], "one office, not barat, timur"),
        (["--office", "barat", "status", "--office", "timur"], "one office, not"),
        (["--office", "timur", "report", "--place", "62"], "leave --office out"),
        (["--office", "timur", "export", "--what", "region", "--place", "62"], "leave --office out"),
        (["--office", "barat", "new-year", TIMURS], f"Workbook {TIMURS} belongs to timur, not to barat"),
        (["--office", "barat", "adopt", TIMURS], f"Workbook {TIMURS} belongs to timur, not to barat"),
        (["adopt", "a-workbook-that-is-nobodys-yet"], "Name one with --office"),
        (["new-year", "a-workbook-that-is-nobodys-yet"], "Name one with --office"),
        (["export", "--what", "region"], "Name one with --office"),
    ],
    ids=" ".join,
)
def test_what_is_no_office_is_told_as_wrong_usage(
    folder: Path, capfd: pytest.CaptureFixture[str], words: list[str], told: str
) -> None:
    """Status 2 and a sentence, before Google, mail or another office hears of it."""
    status = run_cli(["--config", str(folder), "--lang", "en", *words])
    said = capfd.readouterr()
    assert (status, said.out) == (2, "")
    assert told in said.err


def test_an_office_may_be_named_twice(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Before and behind the command, as a script that always names it does."""
    assert run_cli(["--config", str(folder), "--office", "barat", "deliveries", "--office", "barat"]) == 0
    assert capfd.readouterr().out


def test_the_places_above_offices_are_taken_over_as_well(
    folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their reports wait for the same word as an office's; with `--office` it is given for that one alone."""
    monkeypatch.setattr("sheets_sync.jobs.run.take_over_job", lambda _app, office: len(office.code))
    taken = []
    for only in ([], ["--office", "timur"], ["--place", "62"]):
        assert run_cli(["--config", str(folder), "take-over", "--json", *only]) == 0
        taken.append(json.loads(capfd.readouterr().out))
    assert taken == [{"barat": 5, "timur": 5, "62": 2}, {"timur": 5}, {"62": 2}]


def test_what_is_advised_for_one_office_is_of_that_one(folder: Path) -> None:
    """Whoever does what a message says reports for nobody else; where there is one office there is nothing to name."""
    settings = load_settings(folder, Environment())
    with open_app(settings, lambda: MOMENT) as app:
        options = [(office, app.option_of(office)) for office in settings.reporting]
        alone = replace(app, settings=replace(settings, own={"timur": settings.own["timur"]}))
        assert alone.option_of(settings.office("timur")) == ""
    assert [option for _, option in options] == [" --office barat", " --office timur", " --place 62"]
    for office, option in options:
        for decision in (made(OCTOBER, reason, MOMENT) for made in (Wait, AskPerson) for reason in Reason):
            said = language("en")(hindrance(office, decision, option))
            assert all(option in command for command in re.findall(r"`(sheets-sync [^`]*)`", said)), said


def test_a_province_waits_for_its_regencies_workbooks_by_their_names(folder: Path) -> None:
    """What could not be read of a regency is named beside its own workbook, which is seen to; what is nobody's any more is not."""
    settings = load_settings(folder, Environment())
    with open_app(settings, lambda: MOMENT) as app:
        region, store = settings.regions[0], app.store
        assert situation_of(app, region).fresh == {PROVINCES: None, TIMURS: None}
        old = MOMENT - timedelta(days=3)
        for office, workbook, at in (("timur", TIMURS, old), ("timur", "let-go-of", MOMENT), ("62", PROVINCES, old)):
            with store.transaction(office, at) as tx:
                tx.was_read(reading(workbook))
                tx.are_fresh((workbook,))
        _note_fresh(app, region)
        stale = {f"Title of {TIMURS}": old}
        for part in (app, app.only(region)):  # as whoever looks at the province alone does
            assert stale_since(situation_of(part, region), MOMENT) == stale


def reading(workbook: str) -> WorkbookReading:
    """A workbook in which nothing stands."""
    return WorkbookReading(
        workbook=workbook,
        title=f"Title of {workbook}",
        locale="in_ID",
        version=None,
        fingerprint="",
        changed=False,
        observations=(),
        findings=(),
        reasons={},
        notes=(),
        tabs={},
        layout=(),
    )
