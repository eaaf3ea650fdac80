"""A setting under an old name, or one that is no longer there, is met with what to write now."""

from __future__ import annotations

from pathlib import Path

import pytest

from sheets_sync.config.office import Office
from sheets_sync.config.old_files import RENAMED_FILES
from sheets_sync.config.yaml_file import RENAMED, read_yaml
from sheets_sync.errors import ConfigError
from sheets_sync.google import GoogleOptions
from sheets_sync.i18n import language
from sheets_sync.settings import Environment, load_settings

OFFICE = "code: contoh\nname: Contoh\nworkbook: w\n"


def said(error: ConfigError) -> str:
    return language("id")(error.message)


@pytest.mark.parametrize(("old", "new"), [("tries", "attempts"), ("patience", "retry_timeout_seconds")])
def test_a_renamed_setting_names_its_new_name(tmp_path: Path, old: str, new: str) -> None:
    """Whoever has google.yaml of an older version reads which word to write in its place, and in which line."""
    assert RENAMED["google.yaml", old] == new
    path = tmp_path / "google.yaml"
    path.write_text(f"threads: 4\n{old}: 5\n", encoding="utf-8")
    with pytest.raises(ConfigError) as met:
        read_yaml(path, GoogleOptions)
    assert f"google.yaml:2: pengaturan {old} sekarang bernama {new}" in said(met.value)


@pytest.mark.parametrize("place", ["office.yaml", "offices/contoh.yaml"])
def test_a_setting_that_is_gone_is_told_as_gone(tmp_path: Path, place: str) -> None:
    """`short_name` changed nothing: whoever still has it, in either form of an office's file, is told to remove it."""
    path = tmp_path / place
    path.parent.mkdir(exist_ok=True)
    path.write_text(OFFICE + "short_name: Dinas\n", encoding="utf-8")
    with pytest.raises(ConfigError) as met:
        read_yaml(path, Office)
    assert f"{path.name}:4: pengaturan short_name tidak dipakai lagi" in said(met.value)


@pytest.mark.parametrize(("old", "new"), RENAMED_FILES.items())
def test_a_file_under_its_old_name_is_not_ignored(tmp_path: Path, old: str, new: str) -> None:
    """A file that nobody would read any more is an error that names the new name."""
    (tmp_path / old).write_text("comments: false\n", encoding="utf-8")
    with pytest.raises(ConfigError) as met:
        load_settings(tmp_path, Environment())
    assert new in said(met.value)
