"""`init`: an office that begins, by questions or options, also where there is no clone."""

from __future__ import annotations

import io
import json
import stat
from pathlib import Path

import pytest
from places import ROOT

from sheets_sync.cli.group import run_cli
from sheets_sync.local_google.auth import Accounts, key_file_text
from sheets_sync.settings import Environment, load_settings

ADDRESS = "https://docs.google.com/spreadsheets/d/1Buku-Kerja_2026/edit?gid=0#gid=0"
OPTIONS = {
    "--name": "Dinas Perpustakaan Contoh",
    "--language": "id",
    "--time-zone": "WITA",
    "--workbook": ADDRESS,
    "--google-file": "",
    "--mail-server": "smtp.gmail.com",
    "--mail-user": "laporan@kantor.go.id",
    "--recipient": "Kepala <kepala@kantor.go.id>",
}
ANSWERS = [
    *("id", "Dinas Perpustakaan Contoh", "WITA", ADDRESS, "", "smtp.gmail.com", "laporan@kantor.go.id", "rahasia"),
    "Kepala <kepala@kantor.go.id>; sekretaris@kantor.go.id",
    "operator@kantor.go.id",
]
SHIPPED = Environment(google_endpoint=None, key_file=None, store_url=None)


def words(**changed: str) -> list[str]:
    return [word for pair in {**OPTIONS, **changed}.items() for word in pair]


def run(monkeypatch: pytest.MonkeyPatch, folder: Path, *said: str, answers: str = "") -> int:
    """`init` in a folder without anything of ours."""
    monkeypatch.chdir(folder)
    monkeypatch.setattr("sys.stdin", io.StringIO(answers))
    return run_cli(["--now", "2026-11-27T09:00+07:00", "init", "kantor", *said])


def key_file(folder: Path) -> Path:
    path = folder / "proyek-123abc.json"
    path.write_text(key_file_text(Accounts("https://oauth2.googleapis.com/token").account("robot")), encoding="utf-8")
    return path


def test_options_alone_make_a_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A script that names every option is asked nothing, and what it gets can be loaded."""
    assert run(monkeypatch, tmp_path, *words()) == 0
    settings = load_settings(tmp_path / "kantor", SHIPPED)
    assert (settings.offices[0].workbook, settings.offices[0].time_zone) == ("1Buku-Kerja_2026", "Asia/Makassar")
    assert settings.data == tmp_path / "kantor" / "data"
    assert settings.mail.sender == "laporan@kantor.go.id"


def test_at_most_ten_answers_make_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A person answers ten questions at most; the password is in a file of its own, closed to others."""
    assert len(ANSWERS) <= 10
    assert run(monkeypatch, tmp_path, answers="\n".join(ANSWERS) + "\n") == 0
    kept = tmp_path / "kantor" / "smtp-password"
    assert kept.read_text(encoding="utf-8") == "rahasia"
    settings = load_settings(tmp_path / "kantor", SHIPPED)
    assert len(settings.of(settings.office("dinas-perpustakaan-contoh")).reports.office_recipients) == 2
    made = [path for path in (tmp_path / "kantor").rglob("*") if path.is_file()]
    assert {stat.S_IMODE(path.stat().st_mode) for path in made} == {0o600}
    assert [path for path in made if path != kept and "rahasia" in path.read_text(encoding="utf-8")] == []


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({}, ("laporan@kantor.go.id",)),
        ({"--mail-user": "", "--sender": "dinas@kantor.go.id"}, ("dinas@kantor.go.id",)),
        ({"--notify": "operator@kantor.go.id, kedua@kantor.go.id"}, ("operator@kantor.go.id", "kedua@kantor.go.id")),
    ],
)
def test_somebody_is_told_when_something_goes_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changed: dict[str, str], told: tuple[str, ...]
) -> None:
    """Who was named, else the mailbox that mails come from: nobody begins with nobody being told."""
    assert run(monkeypatch, tmp_path, *words(**changed)) == 0
    assert load_settings(tmp_path / "kantor", SHIPPED).service.notify.mail == told


def test_an_answer_that_will_not_do_is_asked_for_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What can't be used is told with what is expected, and the other answers are not lost."""
    answers = ["id", "", "Dinas", "Bulan", "WIB", "not a workbook!", ADDRESS, *ANSWERS[4:]]
    assert run(monkeypatch, tmp_path, answers="\n".join(answers) + "\n") == 0
    said = capsys.readouterr().err
    assert [text for text in ("Asia/Pontianak", "docs.google.com") if text not in said] == []


@pytest.mark.parametrize("there", ["office.yaml", "service.yaml", "schemes/tpbis.yaml", "service-account.json"])
def test_what_is_there_is_never_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], there: str
) -> None:
    """One file that is there already stops it before anything is written, and is named."""
    path = tmp_path / "kantor" / there
    path.parent.mkdir(parents=True)
    path.write_text("milik orang", encoding="utf-8")
    assert run(monkeypatch, tmp_path, *words(**{"--google-file": str(key_file(tmp_path))})) == 2
    assert there in capsys.readouterr().err
    assert path.read_text(encoding="utf-8") == "milik orang"
    assert [each for each in (tmp_path / "kantor").rglob("*") if each.is_file()] == [path]


@pytest.mark.parametrize(
    ("option", "value", "expected"),
    [
        ("--time-zone", "WIBB", "Asia/Pontianak"),
        ("--workbook", "https://example.org/x", "docs.google.com"),
        ("--workbook", "Perpustakaan2026", "docs.google.com"),
        ("--mail-server", "http://mail", "smtp.gmail.com"),
        ("--recipient", "kepala", "nama@example.org"),
        ("--google-file", "tidak-ada.json", "berkas"),
        ("--start", "Januari", "2024-10"),
        ("--code", "Kode Kantor", "code"),
    ],
)
def test_a_wrong_option_ends_with_2_and_writes_nothing(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    option: str,
    value: str,
    expected: str,
) -> None:
    """What is expected is told, and no folder is left behind."""
    assert run(monkeypatch, tmp_path, *words(**{option: value})) == 2
    assert expected in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("missing", ["--name", "--workbook", "--mail-server", "--recipient"])
def test_a_script_is_told_which_option_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], missing: str
) -> None:
    """Where nobody can answer, the option is named."""
    said = [word for name, value in OPTIONS.items() if name != missing for word in (name, value)]
    assert run(monkeypatch, tmp_path, *said) == 2
    assert missing in capsys.readouterr().err


def google_files(folder: Path) -> dict[str, str]:
    """Files that Google's console gives, by what they are."""
    key_file(folder)
    client = {"installed": {"client_id": "x", "client_secret": "y"}}
    pool = {"type": "external_account", "audience": "//iam", "subject_token_type": "jwt", "token_url": "https://sts.googleapis.com/v1/token", "credential_source": {"file": "/t"}}  # fmt: skip
    for name, said in (("client.json", client), ("pool.json", pool)):
        (folder / name).write_text(json.dumps(said), encoding="utf-8")
    return {"proyek-123abc.json": "service-account.json", "client.json": "oauth-client.json", "pool.json": "workload-identity.json"}  # fmt: skip


@pytest.mark.parametrize(
    ("file", "says"),
    [
        ("proyek-123abc.json", "robot@local-google.iam.gserviceaccount.com"),
        ("client.json", "sheets-sync login"),
        ("pool.json", "doctor"),
        ("default", "doctor"),
    ],
)
def test_the_file_from_google_says_how_one_logs_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], file: str, says: str
) -> None:
    """Key, OAuth client or workload identity: it is kept under its name, closed to others, and the next step fits it."""
    kept = google_files(tmp_path)
    assert run(monkeypatch, tmp_path, *words(**{"--google-file": file})) == 0
    assert says in capsys.readouterr().out
    settings = load_settings(tmp_path / "kantor", SHIPPED)
    if file in kept:
        path = tmp_path / "kantor" / kept[file]
        assert path.read_bytes() == (tmp_path / file).read_bytes()
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert settings.google.login == ("default" if file == "default" else "file")


def test_it_speaks_english_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An English office has English comments, tabs and next steps."""
    assert run(monkeypatch, tmp_path, *words(**{"--language": "en"})) == 0
    said = capsys.readouterr().out
    text = (tmp_path / "kantor" / "office.yaml").read_text(encoding="utf-8")
    assert "What to do next" in said
    assert "# The office" in text
    assert "rekap: Summary" in text


def test_the_next_steps_are_commands_that_exist(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each command among them is one, with the configuration it needs."""
    import re

    from sheets_sync.cli.group import COMMANDS

    assert (
        run(
            monkeypatch, tmp_path, *words(**{"--google-file": str(google_files(tmp_path) and tmp_path / "client.json")})
        )
        == 0
    )
    told = re.findall(r"`sheets-sync (\S+) --config kantor`", capsys.readouterr().out)
    assert len(told) >= 3
    assert [name for name in told if name not in COMMANDS] == []


def test_the_wheel_carries_the_texts() -> None:
    """What `init` fills in lies in the folder that goes into the wheel."""
    assert {path.name for path in (ROOT / "config" / "new" / "id").iterdir()} == {
        path.name for path in (ROOT / "config" / "new" / "en").iterdir()
    }
