"""When requests may go: never more in a minute than Google allows, and as many as it allows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.google import GoogleOptions
from sheets_sync.google.pace import RequestKind, RequestPace, SheetsRequest, Window, as_counted, moments

SHEETS = "https://sheets.googleapis.com/v4/spreadsheets"
FREE = GoogleOptions(workbook_pause=0)


def read(workbook: str = "a", account: str = "one@p", project: str = "p") -> SheetsRequest:
    return SheetsRequest(RequestKind.READ, account, project, workbook)


def most_within(taken: list[float], seconds: float) -> int:
    """The most of them that lie within any so many seconds."""
    return max(sum(begin <= other < begin + seconds for other in taken) for begin in taken)


@given(
    st.integers(1, 6),
    st.lists(st.floats(0, 30, allow_subnormal=False).map(lambda x: round(x, 3)), min_size=1, max_size=60),
)
def test_no_minute_holds_more_than_its_limit(limit: int, pauses: list[float]) -> None:
    """Whenever requests come, however closely: within any window as many as are allowed, and none goes before it came."""
    window, now, taken = Window(limit, 60.0), 0.0, list[float]()
    for pause in pauses:
        now += pause
        at = window.free(now)
        window.take(at)
        assert at >= now
        taken.append(at)
    assert most_within(taken, 60.0) <= limit


@pytest.mark.parametrize(("count", "seconds"), [(59, 0), (60, 61), (118, 61), (119, 122), (514, 488)])
def test_many_reads_take_what_the_quota_takes(count: int, seconds: float) -> None:
    """The first minute's are free at once; each further minute brings as many."""
    assert moments(FREE, [read(str(number)) for number in range(count)])[-1] == seconds


@pytest.mark.parametrize(("credentials", "seconds"), [(1, 488), (4, 122), (5, 61), (8, 61)])
def test_more_credentials_help_up_to_the_project_s_quota(credentials: int, seconds: float) -> None:
    """514 reads by accounts of one project: five of them use up what the project has."""
    asked = [read(str(number), f"{number % credentials}@p") for number in range(514)]
    assert moments(FREE, asked)[-1] == seconds


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["p", "q"]), st.floats(0, 20)), max_size=80))
def test_accounts_and_projects_keep_their_quotas_side_by_side(asked: list[tuple[str, str, float]]) -> None:
    """Whoever asks when: no account and no project ever has more in a minute than it may."""
    options = GoogleOptions(reads_per_minute=3, project_reads_per_minute=5, workbook_pause=0)
    pace, now, gone = RequestPace(options), 0.0, dict[str, list[float]]()
    for account, project, pause in asked:
        now += pause
        at = pace.reserve(read("w", f"{account}{project}", project), now)
        gone.setdefault(f"{account}{project}", []).append(at)
        gone.setdefault(project, []).append(at)
    for name, taken in gone.items():
        assert most_within(taken, 60.0) <= (5 if name in {"p", "q"} else 3)


def test_a_workbook_is_asked_once_a_second() -> None:
    """As Google advises; another workbook needs not wait for it, and a write waits as a read does."""
    pace = RequestPace(GoogleOptions())
    write = SheetsRequest(RequestKind.WRITE, "one@p", "p", "a")
    assert [pace.reserve(each, 10.0) for each in (read("a"), read("b"), write, read("a"))] == [10.0, 10.0, 11.0, 12.0]


def test_reads_and_writes_are_counted_apart() -> None:
    """As many writes as reads may go in the same minute."""
    options = GoogleOptions(reads_per_minute=1, writes_per_minute=1, workbook_pause=0)
    pace = RequestPace(options)
    kinds = (RequestKind.READ, RequestKind.WRITE, RequestKind.READ)
    assert [pace.reserve(SheetsRequest(kind, "a", "p", "w"), 0.0) for kind in kinds] == [0.0, 0.0, 61.0]


@pytest.mark.parametrize(
    ("method", "url", "expected"),
    [
        ("get", f"{SHEETS}/abc", (RequestKind.READ, "abc")),
        ("GET", f"{SHEETS}/abc?fields=x", (RequestKind.READ, "abc")),
        ("post", f"{SHEETS}/abc:batchUpdate", (RequestKind.WRITE, "abc")),
        ("post", f"{SHEETS}/abc/sheets/7:copyTo", (RequestKind.WRITE, "abc")),
        ("get", "https://www.googleapis.com/drive/v3/files", None),
    ],
)
def test_only_what_sheets_counts_waits(method: str, url: str, expected: tuple[RequestKind, str] | None) -> None:
    """Drive has a quota of its own, two hundred times as large."""
    counted = as_counted(method, url, "me@p", "p")
    assert (counted and (counted.kind, counted.workbook)) == expected
