"""The main job over published figures of library services: nothing is lost, added or guessed on the way to `export`."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest
from places import SCRIPTS

from sheets_sync.settings import Environment, load_settings

SCRIPT: dict[str, Any] = runpy.run_path(str(SCRIPTS / "england.py"))
EXAMPLE: Path = SCRIPT["EXAMPLE"]
WHOLE: Path = SCRIPT["whole_file"]()
LIST, READ, WRITE = "drive.files.list", "sheets.spreadsheets.get", "sheets.spreadsheets.batchUpdate"
WHOLE_ONLY = pytest.mark.skipif(not WHOLE.exists(), reason="the whole published file is not at hand: name it with SHEETS_SYNC_ENGLAND")  # fmt: skip


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(SCRIPT["EXTRACT"], id="extract"),
        pytest.param(WHOLE, id="whole file", marks=WHOLE_ONLY),
    ],
)
def proof(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the main job came to over a published file."""
    published = SCRIPT["Published"].read(request.param)
    result: dict[str, Any] = SCRIPT["prove"](published, tmp_path_factory.mktemp("england"))
    return result


def test_totals_are_those_of_the_published_file(proof: dict[str, Any]) -> None:
    """Every element's yearly total of every service, through `export`, is the plain sum of what was published."""
    compared = proof["comparison"]
    assert compared["totals"] == compared["totals_equal"] == proof["services"] * 41
    assert 0 < compared["totals_missing"] < compared["totals"]


def test_every_month_is_as_published(proof: dict[str, Any]) -> None:
    """Each of the monthly figures is the published one: a blank is missing, a 0 is zero, and there are no others."""
    compared = proof["comparison"]
    assert compared["different"] == []
    assert compared["figures"] == compared["figures_equal"] == proof["services"] * 41 * 12
    assert compared["blanks"] > compared["zeros"] > 0
    assert compared["not_published"] == 0


def test_the_summary_reads_in_english(proof: dict[str, Any]) -> None:
    """The Summary, read back through gspread, speaks English, of April to March, and has a row for every service."""
    summary = proof["summary"]
    assert summary["heading"][0] == "Summary – England example"
    assert "April 2023 – March 2024" in summary["heading"][1]
    assert any("as published by Arts Council England" in line for line in summary["heading"])
    assert {"Library", "Score", "Category", "Completeness"} <= set(summary["columns"])
    assert sum(summary["categories"].values()) == proof["services"]
    assert set(summary["categories"]) == {"high", "middle", "low", "too few data"}


def test_one_read_and_one_write_for_all_services(proof: dict[str, Any]) -> None:
    """All services cost one read and one write; the sync after that, with nobody having typed, one list."""
    assert proof["requests"] == {"first sync": {LIST: 1, READ: 1, WRITE: 1}, "second sync": {LIST: 1}}
    assert proof["failures"] == []


@pytest.mark.parametrize(
    ("published", "exported", "different"),
    [
        ("12", ("reported", "12.0"), False),
        ("0", ("zero", "0.0"), False),
        ("", ("empty", ""), False),
        ("12", ("reported", "13.0"), True),
        ("", ("zero", "0.0"), True),
        ("0", ("empty", ""), True),
        ("12", ("unreadable", ""), True),
        ("12", None, True),
        ("", None, True),
    ],
)
def test_the_comparison_tells(published: str, exported: tuple[str, str] | None, different: bool) -> None:
    """The comparison tells a wrong figure, a lost one, and a blank that became zero."""
    figure = ("Kent", "visits", "2023-04")
    told = SCRIPT["compare"]({figure: published}, {figure: exported} if exported else {})
    assert bool(told["different"]) is different


def test_example_is_a_complete_configuration() -> None:
    """The example's folder is a configuration by itself, with every file its own and a scheme for the whole year."""
    environment = Environment(config=EXAMPLE, google_endpoint=None, key_file=None, store_url=None)
    settings = load_settings(EXAMPLE, environment)
    [office] = settings.offices
    assert office.first_period is not None
    assert settings.of(office).scheme(office.first_period).version == "england-2024.1"
    main = {path.name for path in (EXAMPLE.parents[1]).glob("*.yaml")}
    assert {path.name for path in EXAMPLE.glob("*.yaml")} >= main
