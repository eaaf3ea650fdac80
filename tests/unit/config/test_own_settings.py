"""Each office works by what holds for all, with what it says of its own laid over it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from places import write

from sheets_sync.errors import ConfigError
from sheets_sync.i18n import language
from sheets_sync.settings import Environment, OfficeSettings, load_settings
from sheets_sync.store.url import parse_url, sqlite_file

CONFIG = Path(__file__).parents[3] / "config"
OFFICE = "code: {code}\nname: {code}\nworkbook: {code}-workbook-0123456789\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A configuration of two offices, barat and timur, that name nobody as recipients."""
    folder = tmp_path / "config"
    shutil.copytree(CONFIG, folder, ignore=shutil.ignore_patterns("examples", "office.yaml", "reports.yaml"))
    for code in ("barat", "timur"):
        write(folder / "offices" / f"{code}.yaml", OFFICE.format(code=code))
    write(folder / "reports.yaml", "send_on: 6\nreminders: {days_before: [3], holidays: [2026-12-25]}\n")
    return folder


def own(folder: Path) -> dict[str, OfficeSettings]:
    settings = load_settings(folder, Environment())
    return {office.code: settings.of(office) for office in settings.offices}


def refusal(folder: Path) -> str:
    """What ends everything, or what is said of an office that is left out."""
    try:
        left = load_settings(folder, Environment()).left_out
    except ConfigError as error:
        return language("en")(error.message)
    return "\n".join(language("en")(each.said) for each in left)


RECIPIENT = "office_recipients: [{name: Kepala, address: kepala@barat.go.id}]\n"


def test_a_report_has_its_own_offices_recipients_alone(folder: Path) -> None:
    """What barat says of its recipients and its send day is barat's; timur keeps what holds for all."""
    write(folder / "offices/barat/reports.yaml", RECIPIENT + "send_on: 10\nreminders: {holidays: [2026-12-31]}\n")
    settings = own(folder)
    barat, timur = settings["barat"].reports, settings["timur"].reports
    assert [each.address for each in barat.office_recipients] == ["kepala@barat.go.id"]
    assert timur.office_recipients == ()
    assert (barat.send_on, timur.send_on) == (10, 6)


def test_a_section_is_laid_over_name_by_name(folder: Path) -> None:
    """Other holidays leave the days of the reminders as they are; a list is taken whole."""
    write(folder / "offices/barat/reports.yaml", "reminders: {holidays: [2026-12-31]}\n")
    reminders = own(folder)["barat"].reports.reminders
    assert [str(day) for day in reminders.holidays] == ["2026-12-31"]
    assert reminders.days_before == (3,)


def test_an_element_is_changed_by_its_id(folder: Path) -> None:
    """An office that calls visits otherwise, and asks for one figure more, keeps every other element."""
    text = "elements: [{id: visits_onsite, aliases: [Tamu]}, {id: quizzes, label: Kuis, unit: kuis}]\n"
    write(folder / "offices/barat/elements.yaml", text)
    barat, timur = own(folder)["barat"].elements, own(folder)["timur"].elements
    assert barat["visits_onsite"].aliases == ("Tamu",)
    assert barat["visits_onsite"].label == timur["visits_onsite"].label
    assert list(barat.by_id) == [*timur.by_id, "quizzes"]


def test_who_a_mail_is_from_is_the_offices_and_the_server_is_everybodys(folder: Path) -> None:
    """Sender and reply-to are told per office; another server is not."""
    write(folder / "offices/barat/mail.yaml", "sender: Dinas Barat <laporan@barat.go.id>\n")
    settings = own(folder)
    assert settings["barat"].mail.from_.address == "laporan@barat.go.id"
    assert settings["timur"].mail.from_.address != "laporan@barat.go.id"
    assert settings["barat"].mail.host == settings["timur"].mail.host
    write(folder / "offices/barat/mail.yaml", "host: smtp.barat.go.id\n")
    assert "there is no setting host" in refusal(folder)


def test_an_offices_own_schemes_stand_in_for_the_others(folder: Path) -> None:
    """An office with its own scheme scores by it; the rest go on with the common one."""
    common = (folder / "schemes/tpbis.yaml").read_text(encoding="utf-8")
    version = own(folder)["timur"].schemes[0].version
    write(folder / "offices/barat/schemes/own.yaml", common.replace(f"version: {version}", "version: barat-1"))
    settings = own(folder)
    assert {code: each.schemes[0].version for code, each in settings.items()} == {"barat": "barat-1", "timur": version}


REFUSED = [
    pytest.param({"reports.yaml": RECIPIENT}, "each of them would get every office's report", id="recipients of all"),
    pytest.param({"offices/brat/reports.yaml": "send_on: 9\n"}, "there is no office brat", id="nobody's folder"),
    pytest.param({"offices/barat/report.yaml": "send_on: 9\n"}, "no file of a single office", id="a misspelt file"),
    pytest.param({"offices/barat/store.yaml": "folder: x\n"}, "no file of a single office", id="what is one for all"),
    pytest.param(
        {"offices/barat/reports.yaml": "\nsend_on: 40\n"}, "barat/reports.yaml:2: send_on is 40", id="a value"
    ),
    pytest.param(
        {"offices/barat/elements.yaml": "elements:\n  - {id: visits_onsite, kind: flw}\n"},
        "barat/elements.yaml:2: elements.",
        id="a value of an element",
    ),
]


@pytest.mark.parametrize(("files", "expected"), REFUSED)
def test_what_can_not_hold_is_said_where_it_was_said(folder: Path, files: dict[str, str], expected: str) -> None:
    """An error names the office's own file and line, and nothing is ignored without a word."""
    for name, text in files.items():
        write(folder / name, text)
    assert expected in refusal(folder)


def test_what_is_missing_in_all_of_them_is_named(folder: Path) -> None:
    """An element that stands only in an office's own file must be whole there."""
    write(folder / "offices/barat/elements.yaml", "elements:\n  - {id: quizzes}\n")
    assert "barat/elements.yaml:2: the setting elements." in refusal(folder)


@pytest.mark.parametrize("where", ["config", "offices", "offices/timur", "srv/offices/timur/config"])
def test_a_path_is_relative_to_the_configuration_whatever_it_is_called(tmp_path: Path, where: str) -> None:
    """A folder called `offices`, or one below such a folder, is not taken for the offices of a configuration."""
    folder = tmp_path / where
    shutil.copytree(CONFIG, folder)
    write(folder / "mail.yaml", "password_file: smtp.txt\n")
    assert load_settings(folder, Environment()).mail.password_file == folder / "smtp.txt"


def test_an_offices_own_path_is_relative_to_the_configuration(folder: Path) -> None:
    """Also where the file that names it is the office's alone."""
    (folder / "reports.yaml").unlink()
    write(folder / "offices/barat/reports.yaml", "templates: words\n")
    assert own(folder)["barat"].reports.templates == folder / "words"


def test_the_store_lies_in_a_folder_of_any_name(tmp_path: Path) -> None:
    """What means something in an address means nothing in the name of the configuration's folder."""
    folder = tmp_path / "Data #1? 50%20"
    shutil.copytree(CONFIG, folder)
    settings = load_settings(folder, Environment())
    assert sqlite_file(parse_url(settings.store_url)) == settings.data / "store.sqlite3"


OTHER = "code: timur\nname: timur\n"


@pytest.mark.parametrize(
    "said",
    [
        "workbook: barat-workbook-0123456789\n",
        "workbook: timur-workbook-0123456789\ninput_workbooks: [barat-workbook-0123456789]\n",
        "workbook: timur-workbook-0123456789\nregister_workbook: barat-workbook-0123456789\n",
    ],
    ids=["home", "input", "register"],
)
def test_two_offices_have_no_workbook_together(folder: Path, said: str) -> None:
    """They would write over each other's pages and answer each other's people: it is told which two they are."""
    write(folder / "offices/timur.yaml", OTHER + said)
    told = refusal(folder)
    assert "barat and timur have the same workbook barat-workbook-0123456789" in told


@pytest.mark.parametrize("path", ["office.yaml", "offices/utara.yml", "schemes/own.yml"])
def test_no_office_is_away_without_a_word(folder: Path, path: str) -> None:
    """A file that would not be read, for its place or its name, is told."""
    write(folder / path, OFFICE.format(code="utara"))
    told = refusal(folder)
    assert path in told
    assert "is not read" in told
