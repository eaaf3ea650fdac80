"""The trials of many offices, on two of them: what the figures in docs/measured.md are made with works."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from bench_readers import bench
from bench_scale import Nation, measure, nation
from bench_sync import Sample

OFFICES = 2


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nation]:
    with nation(tmp_path_factory.mktemp("nation"), OFFICES, Sample.draw(libraries=2, months=3, elements=4)) as made:
        yield made


def test_a_reader_asks_once_for_each_workbook(here: Nation, tmp_path: Path) -> None:
    """This program's client: a token, a list, and one request a workbook, however many tabs it has."""
    found = bench(here, ["read"], tmp_path)["read"]
    expected = {"token": 1, "drive.files.list": 1, "sheets.spreadsheets.get": OFFICES}
    assert (found["requests_by_method"], found["rows"]) == (expected, OFFICES * (3 + 7))


def test_what_a_sync_of_all_offices_costs_is_told_by_what_it_was_spent_on(here: Nation) -> None:
    """The first reads and writes each office, the next none; the shares are of all that was spent."""
    first, second = (measure(here.place.config, here.google.url) for _ in range(2))
    assert [(run["read"], run["written"], run["failures"]) for run in (first, second)] == [(2, 2, []), (0, 0, [])]
    assert {"client", "interpreting", "checking", "scoring", "laying out", "writing", "store"} < first["shares"].keys()
    assert sum(first["shares"].values()) == pytest.approx(1, abs=0.01)
