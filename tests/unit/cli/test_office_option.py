"""`--office` names one office: none that is not there, no two, no place above them, and nothing of another's."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from places import CONFIG, write

from sheets_sync.cli.group import run_cli

OFFICE = "code: {code}\nname: {code}\nworkbook: {code}-workbook-0123456789\n"
PLACES = 'places: [{code: "62", name: Provinsi, level: province}, {code: t, name: T, parent: "62", offices: [timur]}]\n'
REGION = 'code: "62"\nname: Dinas Provinsi\nworkbook: province-workbook-0123456789\n'
TIMURS = "timur-workbook-0123456789"


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
    for only in ([], ["--office", "timur"]):
        assert run_cli(["--config", str(folder), "take-over", "--json", *only]) == 0
        taken.append(json.loads(capfd.readouterr().out))
    assert taken == [{"barat": 5, "timur": 5, "62": 2}, {"timur": 5}]
