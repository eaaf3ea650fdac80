"""The command line speaks one language: help, click's own words and what it says of a wrong one."""

from __future__ import annotations

from pathlib import Path

import docs_commands
import pytest

from sheets_sync.cli.group import run_cli
from sheets_sync.cli.speech import language_of


def helps(code: str) -> dict[str, list[str]]:
    """What every command answers to `--help`, line by line."""
    root = docs_commands.root(code)
    return {ctx.command_path: ctx.get_help().splitlines() for ctx in (root, *docs_commands.contexts(root))}


def test_no_line_of_a_help_is_left_in_english() -> None:
    """Every line of every help differs between the languages, but for blank ones and an option that stands alone."""
    english = helps("en")
    same = {
        line.strip()
        for path, lines in helps("id").items()
        for line in set(lines) & set(english[path])
        if len(line.split()) > 2
    }
    assert same == set()


WRONG = (
    (["repot"], "Tidak ada perintah 'repot'."),
    (["report", "--peroid"], "Tidak ada opsi '--peroid'. Apakah yang dimaksud '--period'?"),
    (["report", "--period"], "Opsi '--period' perlu diikuti sebuah nilai."),
    (["report", "--as-is=ya"], "Opsi '--as-is' tidak diikuti nilai."),
    (["adopt"], "Belum ada argumen 'BUKU_KERJA'."),
    (["status", "hari-ini"], "Ada argumen yang berlebih (hari-ini)"),
    (["export", "--format", "pdf"], "'pdf' bukan salah satu dari 'csv', 'xlsx', 'json'."),
    (["restore", "tidak-ada.zip"], "'tidak-ada.zip' tidak ada."),
    (["local-google", "--port", "satu"], "'satu' bukan bilangan yang dapat dipakai"),
    (["local-google", "--port", "99999"], "99999 di luar batas 0<=x<=65535."),
)


@pytest.mark.parametrize(("words", "said"), WRONG, ids=lambda value: " ".join(value) if isinstance(value, list) else "")
def test_a_wrong_word_is_told_in_indonesian(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A wrong word on the command line is told in the reader's language, with no word of click's English."""
    monkeypatch.chdir(tmp_path)
    assert run_cli(words) == 2
    told = capsys.readouterr().err
    assert said in told
    assert not {"Error", "Usage", "Try", "Invalid", "Missing", "such", "option"} & set(told.replace(":", " ").split())


ASKED: tuple[tuple[list[str], str], ...] = (
    (["--lang", "en", "sync"], "en"),
    (["sync", "--help", "--lang=en"], "en"),
    (["sync", "--lang", "xx"], "id"),
    (["sync"], "id"),
    ([], "id"),
    (["--lang"], "id"),
    (["--config", "office", "sync"], "en"),
    (["--config=office", "--lang", "id", "sync"], "id"),
    (["--config", "many", "sync"], "en"),
    (["--config", "nowhere", "sync"], "id"),
)


@pytest.mark.parametrize(("words", "code"), ASKED, ids=lambda value: " ".join(value) if isinstance(value, list) else "")
def test_the_language_is_known_before_anything_is_read(
    words: list[str], code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Asked for anywhere on the command line, else the first office's, even where its file is no YAML; else Indonesian."""
    for folder, file in (("office", "office.yaml"), ("many/offices", "a.yaml")):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / file).write_text("name: [\nlanguage: en  # of pages and mails\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SHEETS_SYNC_CONFIG", raising=False)
    assert language_of(words) == code


def test_the_language_of_a_process_can_change(capsys: pytest.CaptureFixture[str]) -> None:
    """One help after another is in the language that each asks for, the line about the help itself too."""
    said = []
    for code in ("en", "id", "en"):
        run_cli(["sync", "--help", "--lang", code])
        said.append(capsys.readouterr().out.splitlines()[-1].split("  ")[-1].strip())
    assert said == ["Show this message and exit.", "Tampilkan bantuan ini.", "Show this message and exit."]


SHELLS = (
    ("bash_complete", "plain,report", "plain,--period"),
    ("zsh_complete", "Baca, kunci satu bulan", "Bulan seperti 2024-10"),
    ("fish_complete", "report\tBaca", "--period\tBulan seperti 2024-10"),
)


@pytest.mark.parametrize(("shell", "command", "option"), SHELLS, ids=lambda text: text.partition("_")[0])
def test_a_shell_completes(
    shell: str, command: str, option: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """bash, zsh and fish are given commands and options, the latter two with what they do, in the reader's language."""
    monkeypatch.setenv("_SHEETS_SYNC_COMPLETE", shell)
    for typed, said in ((["sheets-sync", "re"], command), (["sheets-sync", "report", "--p"], option)):
        monkeypatch.setenv("COMP_WORDS", " ".join(typed))
        monkeypatch.setenv("COMP_CWORD", typed[-1] if shell.startswith("fish") else str(len(typed) - 1))
        with pytest.raises(SystemExit):
            run_cli([])
        assert said in capsys.readouterr().out.replace("\n", "\t") + "\n"
