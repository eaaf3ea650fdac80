"""The tree of places is checked when it is read: one parent a place, higher than itself, each office once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from places import write

from sheets_sync.errors import ConfigError
from sheets_sync.i18n import language
from sheets_sync.settings import Environment, Settings, load_settings

CONFIG = Path(__file__).parents[3] / "config"
OFFICE = "code: {code}\nname: {code}\nworkbook: {code}-workbook-0123456789\n"
TREE = """places:
  - {code: id, name: Indonesia, level: nation}
  - {code: "62", name: Kalimantan Tengah, level: province, parent: id}
  - {code: "62.13", name: Barito Timur, parent: "62", offices: [timur]}
  - {code: "62.04", name: Barito Selatan, parent: "62", imports: barsel}
"""
REGION = 'code: "62"\nname: Dinas Provinsi\nworkbook: province-workbook-0123456789\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A configuration of one office under a province with a workbook."""
    folder = tmp_path / "config"
    shutil.copytree(CONFIG, folder, ignore=shutil.ignore_patterns("examples", "office.yaml", "reports.yaml"))
    write(folder / "offices" / "timur.yaml", OFFICE.format(code="timur"))
    write(folder / "places.yaml", TREE)
    write(folder / "places" / "62.yaml", REGION)
    return folder


def settings(folder: Path) -> Settings:
    return load_settings(folder, Environment())


def test_a_place_has_settings_as_an_office_has(folder: Path) -> None:
    """Its files lie over those of all; an office's reports are not its reports."""
    write(folder / "reports.yaml", "send_on: 9\n")
    write(folder / "places/62/reports.yaml", "send_on: 12\noffice_recipients: [{name: G, address: g@prov.go.id}]\n")
    found = settings(folder)
    [region] = found.regions
    assert (found.of(region).reports.send_on, found.of(found.office("timur")).reports.send_on) == (12, 9)
    assert found.of(found.office("timur")).reports.office_recipients == ()
    assert [each.code for each in found.reporting] == ["timur", "62"]


def test_who_gives_figures_is_found_at_any_depth(folder: Path) -> None:
    """The nation's givers are the regencies under its provinces."""
    places = settings(folder).places
    assert [place.code for place in places.givers(places.by_code["id"])] == ["62.13", "62.04"]


def test_without_places_there_are_none(folder: Path) -> None:
    """An installation without places.yaml is as it always was."""
    (folder / "places.yaml").unlink()
    shutil.rmtree(folder / "places")
    assert settings(folder).reporting == settings(folder).offices


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        ('parent: "62", offices', 'parent: "63", offices', "there is no 63"),
        ("level: nation}", 'level: nation, parent: "62"}', "parent of id: a place of a higher level"),
        ("level: province, parent: id", 'level: province, parent: "62"', "parent of 62: a place of a higher level"),
        ('"62.04"', '"62.13"', "code: each once; twice or more: 62.13"),
        ("imports: barsel", "offices: [timur]", "offices: each once; twice or more: timur"),
        ("offices: [timur]", "offices: [timur], imports: elsewhere", "either offices of this installation, or imports"),
        ("imports: barsel", "imports: timur", "timur is an office of this installation"),
        ("offices: [timur]", "imports: barsel", "imports: each once; twice or more: barsel"),
        ("offices: [timur]", "offices: [utara]", "there is no office utara"),
        ("level: nation}", "level: planet}", "level"),
        ("code: id", "code: 'a b'", "code"),
    ],
)
def test_a_tree_that_can_t_be_is_refused(folder: Path, was: str, now: str, told: str) -> None:
    """Circles, unknown parents and doubled offices are told with the file they stand in."""
    assert was in TREE
    write(folder / "places.yaml", TREE.replace(was, now, 1))
    with pytest.raises(ConfigError) as met:
        settings(folder)
    said = language("en")(met.value.message)
    assert "places.yaml" in said
    assert told in said


@pytest.mark.parametrize(
    ("path", "text", "told"),
    [
        ("places/62.yaml", REGION.replace("62", "64"), "there is no place 64"),
        ("places/62.yaml", REGION + "input_workbooks: [a-workbook]\n", "reads no sheets of its own"),
        ("places/62.yaml", REGION.replace("province-w", "timur-w"), "have the same workbook"),
        ("places/64/reports.yaml", "send_on: 6\n", "there is no office 64"),
        ("places/62/store.yaml", "url: ''\n", "is no file of a single office"),
        ("reports.yaml", "office_recipients: [{name: G, address: g@prov.go.id}]\n", "office_recipients for several"),
    ],
)
def test_a_place_s_own_files_are_checked(folder: Path, path: str, text: str, told: str) -> None:
    """Two can't write into one workbook, nobody reads another's report, and no file is ignored without a word."""
    write(folder / path, text)
    try:
        said = [each.said for each in settings(folder).left_out]
    except ConfigError as error:
        said = [error.message]
    assert told in "\n".join(map(language("en"), said))
