"""The demo: what a newcomer sees first."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sheets_sync.cli.group import run_cli


def test_the_demo_does_the_whole_job_twice_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The demo ends with 0, also on its second run, and its one JSON document tells scores, costs and paths."""
    for _ in range(2):
        assert run_cli(["--json", "demo", "--dir", str(tmp_path / "demo")]) == 0
        said = capsys.readouterr()
        told = json.loads(said.out)
    scores = {name: round(value, 2) for name, value in told["scores"].items()}
    assert list(scores.values()) == [7.72, 6.0, 5.2, 6.32]
    assert told["first_sync"] == {
        "drive.files.list": 1,
        "sheets.spreadsheets.get": 1,
        "sheets.spreadsheets.batchUpdate": 1,
    }
    assert told["second_sync"] == {"drive.files.list": 1}
    assert told["moved"]["after"] > told["moved"]["before"]
    assert all(Path(told[made]).exists() for made in ("pages", "mail", "config"))
    assert "CONTOH – ANGKA REKAAN" in said.err


def test_the_demo_leaves_a_folder_of_other_things_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder that holds something else is refused with status 2 and stays as it is."""
    (tmp_path / "skripsi.txt").write_text("penting")
    assert run_cli(["demo", "--dir", str(tmp_path)]) == 2
    assert (tmp_path / "skripsi.txt").read_text() == "penting"
    assert "--dir" in capsys.readouterr().err
