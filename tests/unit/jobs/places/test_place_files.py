"""A place's file arrives whole or is refused: nothing that was changed on the way is ever added up."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from fourteen import REGENCIES, span_sums, sums
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sheets_sync.errors import UsageError
from sheets_sync.i18n import language
from sheets_sync.jobs.places.place_files import files_in
from sheets_sync.jobs.places.region_file import MAX_BYTES, _sign, read_region_file, region_file
from sheets_sync.model import Period

SUMS = sums(5, REGENCIES[4][1])
MADE = datetime(2024, 3, 8, 1, 0, tzinfo=UTC)
CONTENT = region_file("kapuas", "Kapuas", SUMS, MADE).decode()
MARCH = replace(SUMS, period=Period(2024, 3), spans=(span_sums(5, REGENCIES[4][1]),))
OF_MARCH = region_file("kapuas", "Kapuas", MARCH, datetime(2024, 4, 8, 1, 0, tzinfo=UTC)).decode()


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


def test_a_quarter_travels_with_its_last_month(tmp_path: Path) -> None:
    """What the month's file brings along comes back as it was."""
    (tmp_path / "a.json").write_text(OF_MARCH, encoding="utf-8")
    assert read_region_file(tmp_path / "a.json")[1] == MARCH


def test_an_older_program_s_file_has_no_quarter(tmp_path: Path) -> None:
    """It is taken as it is; only its quarter is not there."""
    content = json.loads(OF_MARCH)
    del content["sign"], content["month"]["spans"]
    (tmp_path / "a.json").write_text(json.dumps({**content, "sign": _sign(content)}), encoding="utf-8")
    assert read_region_file(tmp_path / "a.json")[1] == replace(MARCH, spans=())


def signed(text: str = CONTENT, /, **changes: Any) -> str:
    """A file whose sign is right though what it says can't be."""
    content = json.loads(text)
    del content["sign"]
    for name, value in changes.items():
        target, *path = [content, *(int(step) if step.isdecimal() else step for step in name.split("__"))]
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
        signed(month__kinds__0__year=json.loads(CONTENT)["month"]["kinds"][0]["year"] * 2),
        signed(month__kinds=json.loads(CONTENT)["month"]["kinds"] * 2),
        signed(month__kinds__0__libraries=10**16),
        signed(month__required=10**300),
        signed(month__period="99999-01"),
        signed(month__data_as_of="2024-03-08T01:00:00"),
        signed(made_at="2024-01-08T01:00:00+00:00"),
        signed(month__period="0001-01"),
        signed(month__on_time=99),
        signed(month__data_as_of="2999-01-01T00:00:00+07:00"),
        signed(month__scheme="x" * 60_000, month__rules="others"),
        signed(month__kinds__0__kind="x" * 60_000),
        signed(OF_MARCH, month__spans__0__scheme="x" * 60_000),
        signed(OF_MARCH, month__spans__0__data_as_of="2999-01-01T00:00:00+07:00"),
        CONTENT.replace("kapuas", "\\ud800"),
        signed(OF_MARCH, month__spans__0__heard=[1, 2]),
        signed(OF_MARCH, month__spans__0__heard=[99, 0, 0]),
        signed(OF_MARCH, month__spans__0__due=[-1, 0, 0]),
        signed(OF_MARCH, month__spans__0__flows__0__months=[1.0]),
        signed(OF_MARCH, month__spans__0__flows__0__total=1e300),
        signed(OF_MARCH, month__spans__0__kinds__0__months=[]),
        signed(OF_MARCH, month__spans__0__kinds__0__whole__0__values=[1.0]),
        signed(OF_MARCH, month__spans__0__span__quarter=7),
        signed(OF_MARCH, month__period="2024-02"),
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


def _large(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)


def test_a_file_is_found_however_its_name_is_written(tmp_path: Path) -> None:
    """Windows writes .JSON; what is none, or no folder, is looked at by nobody."""
    for name in ("a.json", "B.JSON", "c.json.part", "d.txt"):
        (tmp_path / name).write_text("", encoding="utf-8")
    assert [file.name for file in files_in(tmp_path)] == ["B.JSON", "a.json"]
    assert files_in(tmp_path / "d.txt") == files_in(tmp_path / "nowhere") == files_in(None) == []


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (_large, "20 MB"),
        (lambda path: path.mkdir(), "is no file of"),
        (lambda path: None, "is no file of"),
        (os.mkfifo, "is no file of"),
        (lambda path: path.symlink_to("/dev/zero"), "is no file of"),
        (lambda path: path.write_bytes(b"\xff\xfe\x00junk"), "is no file of"),
        (
            lambda path: path.write_bytes(signed(version=2, program="9.0").encode()),
            "newer version of sheets-sync (9.0)",
        ),
        (lambda path: path.write_bytes(CONTENT.replace("1150", "1151").encode()), "is not as it was made"),
    ],
)
def test_what_can_not_be_read_is_told(tmp_path: Path, make: Callable[[Path], object], told: str) -> None:
    """A folder, a pipe, junk, too much of it, a newer program's, a changed figure: in a sentence, without waiting."""
    make(tmp_path / "a.json")
    with pytest.raises(UsageError) as refused:
        read_region_file(tmp_path / "a.json")
    assert told in language("en")(refused.value.message)
