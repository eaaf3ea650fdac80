"""What an office's own files say wrongly leaves out that office; what all take from ends everything."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from places import write

from sheets_sync.errors import ConfigError
from sheets_sync.i18n import language
from sheets_sync.settings import Environment, Settings, load_settings

CONFIG = Path(__file__).parents[3] / "config"
OFFICE = "code: {code}\nname: {code}\nworkbook: {code}-workbook-0123456789\n"
CODES = ("barat", "timur", "utara")
TREE = """places:
  - {code: "62", name: Kalimantan Tengah, level: province}
  - {code: "62.13", name: Barito Timur, parent: "62", offices: [barat, timur, utara]}
"""
REGION = 'code: "62"\nname: Dinas Provinsi\nworkbook: province-workbook-0123456789\n'
Break = Callable[[Path], object]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A configuration of three offices under a province with a workbook."""
    folder = tmp_path / "config"
    shutil.copytree(CONFIG, folder, ignore=shutil.ignore_patterns("examples", "office.yaml", "reports.yaml"))
    for code in CODES:
        write(folder / "offices" / f"{code}.yaml", OFFICE.format(code=code))
    write(folder / "offices/barat/checks.yaml", "{}\n")
    write(folder / "places.yaml", TREE)
    write(folder / "places/62.yaml", REGION)
    return folder


def load(folder: Path) -> Settings:
    return load_settings(folder, Environment())


def writes(name: str, text: str) -> Break:
    return lambda folder: write(folder / name, text)


def as_folder(name: str) -> Break:
    def made(folder: Path) -> None:
        (folder / name).unlink(missing_ok=True)
        (folder / name).mkdir(parents=True)

    return made


def as_link_to_nothing(name: str) -> Break:
    def made(folder: Path) -> None:
        (folder / name).unlink(missing_ok=True)
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).symlink_to("nowhere.yaml")

    return made


def as_file(name: str) -> Break:
    def made(folder: Path) -> None:
        shutil.rmtree(folder / name)
        (folder / name).write_text("x", encoding="utf-8")

    return made


def no_text(name: str) -> Break:
    def made(folder: Path) -> None:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"name: \xff\xfe\n")

    return made


BARAT = "code: barat\nname: barat\nworkbook: barat-workbook-0123456789\n"
SCHEME = (CONFIG / "schemes/tpbis.yaml").read_text(encoding="utf-8")
KINDS = [
    pytest.param(writes("offices/barat.yaml", BARAT + "due_day: [\n"), "barat.yaml:", id="home: no yaml"),
    pytest.param(writes("offices/barat.yaml", BARAT + "due_dy: 5\n"), "barat.yaml:4: there is no", id="home: unknown"),
    pytest.param(writes("offices/barat.yaml", BARAT + "due_day: lima\n"), "barat.yaml:4: due_day", id="home: type"),
    pytest.param(writes("offices/barat.yaml", BARAT + "due_day: 77\n"), "barat.yaml:4: due_day", id="home: range"),
    pytest.param(writes("offices/barat.yaml", "code: barat\n"), "name is missing", id="home: a setting is missing"),
    pytest.param(writes("offices/barat.yaml", ""), "is missing", id="home: empty"),
    pytest.param(writes("offices/barat.yaml", "- a\n"), "barat.yaml:1", id="home: a list"),
    pytest.param(writes("offices/barat.yaml", "code: BARAT!\n"), "code", id="home: the code itself"),
    pytest.param(no_text("offices/barat.yaml"), "UTF-8", id="home: no text"),
    pytest.param(as_folder("offices/barat.yaml"), "can't be read", id="home: a folder"),
    pytest.param(as_link_to_nothing("offices/barat.yaml"), "is missing", id="home: a link to nothing"),
    pytest.param(writes("offices/barat/checks.yaml", "a: [\n"), "barat/checks.yaml:", id="own: no yaml"),
    pytest.param(writes("offices/barat/checks.yaml", "\nspik: 3\n"), "checks.yaml:2: there is no", id="own: unknown"),
    pytest.param(writes("offices/barat/reports.yaml", "send_on: x\n"), "reports.yaml:1: send_on", id="own: type"),
    pytest.param(writes("offices/barat/mail.yaml", "host: a.b\n"), "mail.yaml:1: there is no", id="own: the server"),
    pytest.param(writes("offices/barat/service.yaml", "notify: 3\n"), "service.yaml:1: notify", id="own: service"),
    pytest.param(writes("offices/barat/elements.yaml", "elements: [{id: a}]\n"), "elements.yaml:1", id="own: elements"),
    pytest.param(writes("offices/barat/inputs.yaml", "layout: 3\n"), "inputs.yaml:1", id="own: inputs"),
    pytest.param(writes("offices/barat/comments.yaml", "x: 3\n"), "comments.yaml:1", id="own: comments"),
    pytest.param(writes("offices/barat/check.yaml", "{}\n"), "is no file of a single office", id="own: misspelt"),
    pytest.param(writes("offices/barat/store.yaml", "{}\n"), "is no file of a single office", id="own: everybody's"),
    pytest.param(no_text("offices/barat/checks.yaml"), "UTF-8", id="own: no text"),
    pytest.param(as_folder("offices/barat/checks.yaml"), "can't be read", id="own: a folder"),
    pytest.param(as_link_to_nothing("offices/barat/checks.yaml"), "can't be read", id="own: a link to nothing"),
    pytest.param(as_file("offices/barat"), "can't be read", id="own: a file for the folder"),
    pytest.param(writes("offices/barat/schemes/own.yaml", "version: [\n"), "own.yaml:", id="scheme: no yaml"),
    pytest.param(writes("offices/barat/schemes/own.yml", SCHEME), "is not read", id="scheme: its name"),
    pytest.param(writes("offices/barat/schemes", "x"), "can't be read", id="scheme: a file for the folder"),
    pytest.param(
        writes("offices/barat/schemes/own.yaml", SCHEME.replace("visits_onsite", "visits_on")),
        "own.yaml:",
        id="scheme: an element that is not there",
    ),
]


@pytest.mark.parametrize(("broken", "told"), KINDS)
def test_one_offices_own_files_stop_no_other(folder: Path, broken: Break, told: str) -> None:
    """It is left out and told with its file; the others' settings are what they were; nobody takes it for removed."""
    before = load(folder)
    broken(folder)
    after = load(folder)
    [left] = after.left_out
    assert (left.code, left.above) == ("barat", False)
    assert told in language("en")(left.said)
    assert [each.code for each in after.reporting] == ["timur", "utara", "62"]
    assert {code: after.own[code] for code in ("timur", "utara", "62")} == {
        code: before.own[code] for code in ("timur", "utara", "62")
    }
    assert after.own.keys() == before.own.keys()
    with pytest.raises(ConfigError) as met:
        after.only("barat")
    assert met.value.message == left.said
    assert after.only("timur").left_out == ()


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        pytest.param(writes("places/62.yaml", "code: [\n"), "62.yaml:", id="no yaml"),
        pytest.param(writes("places/62.yaml", REGION + "due_dy: 3\n"), "62.yaml:4: there is no", id="unknown"),
        pytest.param(
            writes("places/62.yaml", REGION.replace("62", "64")), "there is no place 64", id="not in the tree"
        ),
        pytest.param(
            writes("places/62.yaml", REGION.replace("62", "timur")), "there is no place", id="an office's code"
        ),
        pytest.param(as_folder("places/62.yaml"), "can't be read", id="a folder"),
        pytest.param(writes("places/62/reports.yaml", "send_on: 99\n"), "62/reports.yaml:1", id="own: range"),
        pytest.param(writes("places/62/store.yaml", "{}\n"), "is no file of a single office", id="own: everybody's"),
    ],
)
def test_one_places_own_files_stop_no_office(folder: Path, broken: Break, told: str) -> None:
    """A place above offices is left out as an office is; its offices go on."""
    broken(folder)
    after = load(folder)
    [left] = after.left_out
    assert left.above
    assert told in language("en")(left.said)
    assert ([each.code for each in after.offices], after.regions) == ([*CODES], ())


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("checks.yaml", "a: [\n"),
        ("checks.yaml", "spik: 3\n"),
        ("elements.yaml", "elements: [{id: a}]\n"),
        ("schemes/tpbis.yaml", "version: [\n"),
        ("mail.yaml", "hst: 3\n"),
        ("google.yaml", "x: 3\n"),
        ("store.yaml", "x: 3\n"),
        ("service.yaml", "x: 3\n"),
        ("places.yaml", "places: 3\n"),
        ("places.yaml", TREE.replace("utara", "selatan")),
        ("reports.yaml", "office_recipients: [{name: G, address: g@prov.go.id}]\n"),
        ("offices/brat/checks.yaml", "{}\n"),
        ("office.yaml", OFFICE),
        ("schemes/own.yml", SCHEME),
    ],
)
def test_what_all_take_from_ends_everything(folder: Path, name: str, text: str) -> None:
    """Also beside an office that has a fault of its own, or whose own file lies over it."""
    write(folder / name, text)
    with pytest.raises(ConfigError) as met:
        load(folder)
    assert Path(name).name in language("en")(met.value.message) or "brat" in language("en")(met.value.message)
    write(folder / "offices/timur.yaml", OFFICE.format(code="timur") + "due_day: 77\n")
    with pytest.raises(ConfigError):
        load(folder)


def test_of_two_that_can_t_be_told_apart_neither_goes_on(folder: Path) -> None:
    """One code, or one workbook, for two: nobody could say whose figures and people are whose; the third goes on."""
    for text in (OFFICE.format(code="barat"), "code: timur\nname: timur\nworkbook: barat-workbook-0123456789\n"):
        write(folder / "offices/timur.yaml", text)
        write(folder / "places.yaml", TREE.replace("timur", "utara").replace("utara, utara", "utara"))
        after = load(folder)
        assert [each.code for each in after.offices] == ["utara"]
        assert {each.path.name for each in after.left_out} == {"barat.yaml", "timur.yaml"}


def test_a_broken_copy_stops_nobody_it_was_copied_from(folder: Path) -> None:
    """A new office's file begins as a copy of another one, with its code and its workbook, and is not ready yet."""
    write(folder / "offices/selatan.yaml", OFFICE.format(code="barat") + "due_day: [\n")
    after = load(folder)
    assert [each.code for each in after.offices] == [*CODES]
    assert [each.path.name for each in after.left_out] == ["selatan.yaml"]
    assert after.owners["barat-workbook-0123456789"] == "barat"


def test_where_nobody_is_left_all_of_it_is_told(folder: Path) -> None:
    """Each office's fault, at once."""
    for code in CODES:
        write(folder / "offices" / f"{code}.yaml", OFFICE.format(code=code) + "due_day: 77\n")
    with pytest.raises(ConfigError) as met:
        load(folder)
    told = language("en")(met.value.message)
    assert all(f"{code}.yaml:4: due_day is 77" in told for code in CODES)


def test_nobody_takes_a_workbook_of_who_is_left_out(folder: Path) -> None:
    """As far as its file can be read, its workbooks stay its own; what a comment names is not."""
    write(
        folder / "offices/barat.yaml",
        "# not timur-workbook-0123456789\ncode: barat\nworkbook: https://docs.google.com/spreadsheets/d/"
        "a-workbook-of-barat-0123456789/edit#gid=0\ninput_workbooks: [another-of-barat-0123456789,\n",
    )
    owners = load(folder).owners
    assert owners["a-workbook-of-barat-0123456789"] == owners["another-of-barat-0123456789"] == "barat"
    assert owners["timur-workbook-0123456789"] == "timur"
