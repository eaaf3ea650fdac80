"""Which old copies may go, and when tonight's is due."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.jobs.unattended.backup import newest_moment, to_drop

LONDON, PONTIANAK = ZoneInfo("Europe/London"), ZoneInfo("Asia/Pontianak")


def names(days: int, until: date = date(2024, 11, 6)) -> list[str]:
    return [f"store-{until - timedelta(days=n)}.sqlite3" for n in range(days)]


def test_a_year_of_nights_leaves_a_fortnight_and_a_copy_of_each_month() -> None:
    """Of 400 nights the newest 14 stay, and the last one of each of the newest twelve months."""
    kept = set(names(400)) - set(to_drop(names(400), 14, 12))
    assert set(names(14)) <= kept
    assert {"store-2024-09-30.sqlite3", "store-2024-02-29.sqlite3", "store-2023-12-31.sqlite3"} <= kept
    assert len(kept) == 14 + 10  # October's and November's last ones are among the fourteen


def test_what_is_not_ours_stays() -> None:
    """Other files in the folder are nobody's business."""
    assert to_drop(["notes.txt", "store-old.sqlite3", "store-2024-11-06.sqlite3.new"], 1, 0) == []


@given(st.lists(st.dates(date(2020, 1, 1), date(2035, 1, 1)), unique=True), st.integers(1, 20), st.integers(0, 14))
def test_no_clock_makes_the_newest_go(days: list[date], keep: int, months: int) -> None:
    """Whatever days the copies bear, so many stay, and they are the newest."""
    copies = [f"store-{day}.sqlite3" for day in days]
    kept = sorted(set(copies) - set(to_drop(copies, keep, months)), reverse=True)
    assert kept[:keep] == sorted(copies, reverse=True)[:keep]
    assert len(kept) <= keep + months


@pytest.mark.parametrize(
    ("now", "zone", "moment"),
    [
        (datetime(2024, 11, 6, 1, tzinfo=UTC), PONTIANAK, datetime(2024, 11, 6, 2, 30, tzinfo=PONTIANAK)),
        (datetime(2024, 11, 5, 19, tzinfo=UTC), PONTIANAK, datetime(2024, 11, 5, 2, 30, tzinfo=PONTIANAK)),
        (datetime(2025, 3, 30, 1, 45, tzinfo=UTC), LONDON, datetime(2025, 3, 30, 2, 30, tzinfo=LONDON)),
        (datetime(2025, 10, 26, 2, 29, tzinfo=UTC), LONDON, datetime(2025, 10, 25, 2, 30, tzinfo=LONDON)),
    ],
)
def test_the_moment_is_on_the_wall_clock(now: datetime, zone: ZoneInfo, moment: datetime) -> None:
    """The last time that the office's clock showed the time, across midnight and daylight saving."""
    assert newest_moment(now, time(2, 30), zone) == moment
