"""A large workbook: the scores that arrive through the sheet are those a plain calculation gives."""

from __future__ import annotations

import runpy
from collections.abc import Mapping, Sequence
from itertools import takewhile
from pathlib import Path
from statistics import fmean
from typing import Any, TypeAlias

import pytest
from places import SCRIPTS

from sheets_sync.demo.local_office import LocalOffice, local_office
from sheets_sync.jobs.month import view_of
from sheets_sync.model import Severity

SCRIPT: dict[str, Any] = runpy.run_path(str(SCRIPTS / "bench_sync.py"))
LIBRARIES, MONTHS, ELEMENTS = 30, 12, 15
LIST, READ, WRITE = "drive.files.list", "sheets.spreadsheets.get", "sheets.spreadsheets.batchUpdate"
Figures: TypeAlias = Mapping[str, Sequence[int | None]]


def mean(figures: Figures, element: str) -> float:
    """Over the months that were reported."""
    return fmean(value for value in figures[element] if value is not None)


def visits(figures: Figures) -> float:
    """Mean monthly visits: on site and online together, where on site was reported; a blank online is 0."""
    pairs = zip(figures["visits_onsite"], figures["visits_online"], strict=True)
    return fmean(onsite + (online or 0) for onsite, online in pairs if onsite is not None)


def score(figures: Figures, people: int) -> float:
    """The shipped scheme for a village, written out by hand: weight times what was reached of the target."""
    members = next(value for value in reversed(figures["members_total"]) if value is not None)
    reached = [
        (15, 12 * visits(figures) / people / 2),
        (10, 100 * members / people / 20),
        (10, 12 * mean(figures, "loans") / people / 1),
        (5, 12 * mean(figures, "ict_users") / people / 0.5),
        (5, mean(figures, "service_improvements") / 0.5),
        (20, mean(figures, "activities") / 4),
        (15, 1000 * mean(figures, "participants") / people / 80),
        (5, 3 * mean(figures, "impact_stories") / 1),
        (10, mean(figures, "advocacy") / 1),
        (5, sum(value or 0 for value in figures["partnerships"]) / 4),
    ]
    return 10 * sum(weight * min(share, 1) for weight, share in reached) / sum(weight for weight, _ in reached)


@pytest.fixture(scope="module", params=["rows", "tabs"])
def synced(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The sample typed in and synced: the office, the sample, what was counted."""
    sample = SCRIPT["Sample"].draw(LIBRARIES, MONTHS, ELEMENTS)
    with local_office(tmp_path_factory.mktemp("large"), "Large", SCRIPT["NOW"][:16]) as office:
        SCRIPT["type_in"](office.opened(), sample, request.param)
        yield office, sample, [office.sync(), office.sync()]


def test_scores_are_those_of_a_plain_calculation(synced: tuple[LocalOffice, Any, Any]) -> None:
    """Each library's score of the year equals the scheme calculated by hand from what was typed."""
    office, sample, _ = synced
    view = view_of(office.app, office.app.settings.offices[0])
    told = {row.library.name: row.score.value for row in view.month.libraries if row.score}
    wanted = {name: score(sample.figures[name], people) for name, people in sample.populations.items()}
    assert told == pytest.approx(wanted)
    assert len({round(value, 2) for value in wanted.values()}) > LIBRARIES / 2


def test_rekap_shows_them(synced: tuple[LocalOffice, Any, Any]) -> None:
    """`Rekap` shows every library's score to two decimals."""
    office, sample, _ = synced
    rows = office.opened().worksheet("Rekap").get_all_values()
    start = next(number for number, row in enumerate(rows) if "Skor" in row)
    column = rows[start].index("Skor")
    told = {row[0]: row[column] for row in takewhile(lambda row: row[0], rows[start + 1 :])}
    wanted = {name: f"{score(sample.figures[name], people):.2f}" for name, people in sample.populations.items()}
    assert told == {name: text.replace(".", ",") for name, text in wanted.items()}


def test_cost(synced: tuple[LocalOffice, Any, Any]) -> None:
    """However many libraries there are: one read and one write, then one list; no figure is refused."""
    _, _, runs = synced
    assert [requests for _, requests in runs] == [{LIST: 1, READ: 1, WRITE: 1}, {LIST: 1}]
    assert [outcome.status for outcome, _ in runs] == [0, 0]
    assert not any(Severity.FATAL in outcome.findings for outcome, _ in runs)


def test_the_benchmark_measures_every_stage(tmp_path: Path) -> None:
    """The benchmark gives seconds for every stage, memory, and the requests of its syncs; the last one reads and computes nothing."""
    measured = SCRIPT["bench"](SCRIPT["Sample"].draw(2, 2, ELEMENTS), "rows", tmp_path)
    assert measured["requests"] == {LIST: 3, READ: 1, WRITE: 1}
    assert set(measured["changed"]["seconds"]) == {stage for stage, _, _ in SCRIPT["STAGES"]}
    assert set(measured["undisturbed"]["seconds"]) == {"storing"}
    assert measured["peak_memory_mb"] >= measured["memory_at_start_mb"] > 0
