"""A place's file arrives whole or is refused: nothing that was changed on the way is ever added up."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from fourteen import REGENCIES, sums
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sheets_sync.errors import UsageError
from sheets_sync.jobs.place_files import _sign, read_region_file, region_file

SUMS = sums(5, REGENCIES[4][1])
MADE = datetime(2024, 3, 8, 1, 0, tzinfo=UTC)
CONTENT = region_file("kapuas", "Kapuas", SUMS, MADE).decode()


def test_what_was_written_is_read(tmp_path: Path) -> None:
    """Code, sums and moment come back as they were."""
    (tmp_path / "a.json").write_text(CONTENT, encoding="utf-8")
    assert read_region_file(tmp_path / "a.json") == ("kapuas", SUMS, MADE)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, len(CONTENT) - 1), st.sampled_from('0189 x"{},-'))
def test_one_character_more_or_less_is_noticed(tmp_path: Path, place: int, character: str) -> None:
    """A changed character is refused, or is one that says nothing: a blank between two words of JSON."""
    file = tmp_path / "a.json"
    file.write_text(CONTENT[:place] + character + CONTENT[place + 1 :], encoding="utf-8")
    try:
        assert read_region_file(file) == ("kapuas", SUMS, MADE)
    except UsageError:
        return


def signed(**changes: Any) -> str:
    """A file whose sign is right though what it says can't be."""
    content = json.loads(CONTENT)
    del content["sign"]
    for name, value in changes.items():
        target, *path = [content, *name.split("__")]
        for step in path[:-1]:
            target = target[step]
        target[path[-1]] = value
    return json.dumps({**content, "sign": _sign(content)})


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"sign": "x"}',
        "[" * 100_000,
        CONTENT[: len(CONTENT) // 2],
        signed(format="other"),
        signed(version=2),
        signed(made_at="yesterday"),
        signed(made_at="2024-03-08T01:00:00"),
        signed(fields=["above"]),
        signed(month__period="2024-13"),
        signed(month__period="2024"),
        signed(month__complete=-1),
        signed(month__answered=10**6),
        signed(month__silent="many"),
        signed(month__kinds=[{"kind": "desa"}]),
        signed(month__kinds=None),
    ],
)
def test_what_no_installation_would_have_made_is_refused(tmp_path: Path, text: str) -> None:
    """Whatever it is, it is told as a file that can't be used, and not as a mishap of ours."""
    (tmp_path / "a.json").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError):
        read_region_file(tmp_path / "a.json")


@pytest.mark.parametrize("value", ["NaN", "Infinity", "1e999"])
def test_no_sum_is_without_end(tmp_path: Path, value: str) -> None:
    """A figure that is none would make every sum above it none."""
    content = json.loads(CONTENT)
    del content["sign"]
    content["month"]["kinds"][0]["year"][0]["values"][0] = float(value)
    (tmp_path / "a.json").write_text(json.dumps({**content, "sign": _sign(content)}), encoding="utf-8")
    with pytest.raises(UsageError):
        read_region_file(tmp_path / "a.json")
