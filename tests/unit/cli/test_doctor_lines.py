"""What any command would refuse to begin with, `doctor` says as a line: a property over the settings of every file."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from sheets_sync.cli.group import run_cli
from sheets_sync.config.shipped import shipped

WRONG: tuple[Any, ...] = (None, "", "?", -1, 1e9, [], {}, ["?"], {"?": 1}, True, "08.00", "2024-13")


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped configuration, whose key and mail server are not there: nothing is asked of anybody."""
    folder = tmp_path_factory.mktemp("config") / "config"
    shutil.copytree(shipped("config"), folder, ignore=shutil.ignore_patterns("new", "examples", "ready-made"))
    (folder / "store.yaml").write_text("folder: data\nbackup: {nightly: false}\n", encoding="utf-8")
    return folder


def settings_of(document: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where in a document a value stands, however deep."""
    parts = (
        document.items() if isinstance(document, dict) else enumerate(document) if isinstance(document, list) else ()
    )
    for name, value in parts:
        yield (*path, name)
        yield from settings_of(value, (*path, name))


FILES = sorted(path.relative_to(shipped("config")) for path in shipped("config").glob("*.yaml")) + [
    Path("schemes") / path.name for path in sorted((shipped("config") / "schemes").glob("*.yaml"))
]
PLACES = [
    (file, place)
    for file in FILES
    for place in settings_of(YAML(typ="safe").load((shipped("config") / file).read_text(encoding="utf-8")))
]


def changed(file: Path, place: tuple[Any, ...], value: Any) -> str:
    """The file with one value in the place of another."""
    document = YAML(typ="safe").load((shipped("config") / file).read_text(encoding="utf-8"))
    inner = document
    for name in place[:-1]:
        inner = inner[name]
    inner[place[-1]] = value
    return json.dumps(document, default=str)  # JSON is YAML


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(where=st.sampled_from(PLACES), value=st.sampled_from(WRONG))
def test_what_no_command_begins_with_is_a_line(
    config: Path, capsys: pytest.CaptureFixture[str], where: tuple[Path, tuple[Any, ...]], value: Any
) -> None:
    """Whatever stands anywhere: where `status` ends with 2 `doctor` does, and says the same in a line; it never dies."""
    file, place = where
    before = (config / file).read_text(encoding="utf-8")
    try:
        (config / file).write_text(changed(file, place, value), encoding="utf-8")
        refused = run_cli(["--config", str(config), "deliveries"])
        told = capsys.readouterr().err.strip()
        if refused == 0:
            return  # nothing is wrong with it, or nothing that anybody could see before something is asked for
        assert refused == 2, told
        assert run_cli(["--config", str(config), "--json", "doctor"]) == 2
        lines = json.loads(capsys.readouterr().out)
        assert [line["said"] for line in lines if not line["well"]] == [told]
    finally:
        (config / file).write_text(before, encoding="utf-8")
