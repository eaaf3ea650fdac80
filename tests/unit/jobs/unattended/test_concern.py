"""What a sync noted, for whoever looks at one office alone: a table of runs and what each office hears of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from sheets_sync.errors import TroubleKind
from sheets_sync.jobs.unattended.concern import Concerns, part_of, troubles_of
from sheets_sync.store.runs import Run

NOW = datetime(2024, 11, 6, 8, tzinfo=UTC)
OWNERS = {
    "a": frozenset({"a"}),
    "wa": frozenset({"a"}),
    "b": frozenset({"b"}),
    "wb": frozenset({"b"}),
    "key": frozenset({"a", "b"}),
}
NAMES = {"wa": "Buku A", "wb": "Buku B", "a": "Kantor A", "b": "Kantor B"}
BOTH = Concerns(NAMES, OWNERS, frozenset({"a", "b"}))


def alone(office: str) -> Concerns:
    """As with `--office`: nothing is known of the other's."""
    mine = {about: frozenset({office}) for about, codes in OWNERS.items() if office in codes}
    return Concerns(NAMES, mine, frozenset({office}), whole=False)


def run(hours: float, *abouts: str, job: str = "sync", kind: str = "permission", **detail: Any) -> Run:
    at = NOW - timedelta(hours=hours)
    failures = [{"about": about, "problem": f"of {about}", "kind": kind} for about in abouts]
    return Run(job, at, at, 3 if failures or "problem" in detail else 0, {"failures": failures, **detail})


def told(runs: list[Run], concerns: Concerns) -> list[tuple[str, float, str]]:
    """Each trouble: about what, for how many hours, concerning whom."""
    return [
        (each.about, (NOW - each.since) / timedelta(hours=1), "".join(sorted(each.offices)))
        for each in troubles_of(runs, concerns, UTC)
    ]


@pytest.mark.parametrize(
    ("runs", "both", "of_a", "of_b"),
    [
        ([], [], [], []),
        ([run(1)], [], [], []),
        ([run(1, "wa"), run(2, "wa"), run(3)], [("Buku A", 2, "a")], [("Buku A", 2, "a")], []),
        ([run(1, "wb"), run(2, "wa", "wb")], [("Buku B", 2, "b")], [], [("Buku B", 2, "b")]),
        # The other's failures make no run a failing one of ours: ours began anew.
        ([run(1, "wa"), run(2, "wb"), run(3, "wa")], [("Buku A", 1, "a")], [("Buku A", 1, "a")], []),
        ([run(1, "b")], [("Kantor B", 1, "b")], [], [("Kantor B", 1, "b")]),
        ([run(1, "key", kind="login")], [("key", 1, "ab")], [("key", 1, "a")], [("key", 1, "b")]),
        # What belongs to nobody known is told where all are looked at, and is another's elsewhere.
        ([run(1, "gone")], [("gone", 1, "ab")], [], []),
        # A run that ended as a whole concerns everybody.
        (
            [run(1, problem="boom", kind="unexpected")],
            [("`sync`", 1, "ab")],
            [("`sync`", 1, "a")],
            [("`sync`", 1, "b")],
        ),
        # A look at one office alone says how that one stands, and nothing of the other.
        ([run(1, job="sync a"), run(2, "wa", "wb")], [("Buku B", 2, "b")], [], [("Buku B", 2, "b")]),
        ([run(1, "wa", job="sync a"), run(2)], [("Buku A", 1, "a")], [("Buku A", 1, "a")], []),
        ([run(1, "clock", kind="clock")], [], [], []),
    ],
)
def test_an_office_hears_of_its_own_trouble_alone(
    runs: list[Run], both: list[object], of_a: list[object], of_b: list[object]
) -> None:
    """Whoever looks at one office hears what concerns it, since when it has; whoever looks at all hears everything."""
    assert [told(runs, each) for each in (BOTH, alone("a"), alone("b"))] == [both, of_a, of_b]


def test_google_away_in_two_ways_is_one_trouble() -> None:
    """503 now and a full quota then last since the first of them."""
    runs = [run(1, "wa", kind="quota"), run(5, "wa", kind="google")]
    [trouble] = troubles_of(runs, BOTH, UTC)
    assert (trouble.kind, trouble.since) == (TroubleKind.QUOTA, NOW - timedelta(hours=5))


DETAIL: dict[str, Any] = {
    "read": ["wa", "wb"],
    "written": {"wa": ["Rekap"], "wb": ["Rekap"]},
    "tabs": [{"workbook": "wa"}, {"workbook": "wb"}],
    "findings": {"E": 7},
    "warnings": ["Kantor B waits"],
}


@pytest.mark.parametrize(("office", "status", "failures"), [("a", 0, []), ("b", 3, ["wb"])])
def test_a_sync_of_all_is_told_to_one_office_as_far_as_it_is_its_own(
    office: str, status: int, failures: list[str]
) -> None:
    """Its workbooks, its failures and how it ended for it; no sum and no warning in which the other's are."""
    part = part_of(run(1, "wb", **DETAIL), alone(office))
    mine = f"w{office}"
    assert part.status == status
    assert [each["about"] for each in part.detail["failures"]] == failures
    assert part.detail["read"] == [mine]
    assert part.detail["written"] == {mine: ["Rekap"]}
    assert part.detail["tabs"] == [{"workbook": mine}]
    assert not part.detail.keys() & {"findings", "warnings"}


@pytest.mark.parametrize("whole", [run(1, "wb", **DETAIL), run(1, "wa", job="sync a"), run(1, problem="boom")])
def test_what_was_noted_of_these_offices_is_told_as_it_is(whole: Run) -> None:
    """Nothing is taken from a run where all offices are looked at, nor from one that looked at the office alone."""
    assert part_of(whole, BOTH) == whole
    assert part_of(run(1, "wa", job="sync a"), alone("a")).detail == run(1, "wa", job="sync a").detail
