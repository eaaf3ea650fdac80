"""The Date of an answer, and the server's clock that it shows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import pytest
from local_http import Http, sign_in

from sheets_sync.local_google import LocalGoogle
from sheets_sync.local_google.clock import MovableClock

NOW = datetime(2024, 11, 5, 1, 2, 3, tzinfo=UTC)


def date_of(client: Http) -> datetime:
    return parsedate_to_datetime(client.send("get", "/drive/v3/files").headers["Date"])


def test_the_date_is_the_servers_clock() -> None:
    """An answer carries the moment it was made at, by the clock that also dates the files."""
    with LocalGoogle(clock=lambda: NOW) as google:
        answer = sign_in(google, "rina", person=True).send("get", "/drive/v3/files")
    assert answer.headers["Date"] == "Tue, 05 Nov 2024 01:02:03 GMT"


def test_the_clock_goes_on_from_where_it_is_set() -> None:
    """`now` begins it, setting `now` moves it, forward and back; files are dated by it."""
    with LocalGoogle(now=NOW) as google:
        client = sign_in(google)
        assert timedelta() <= date_of(client) - NOW.replace(microsecond=0) < timedelta(minutes=5)
        for days in (365, -31):
            google.now = NOW + timedelta(days=days)
            assert abs(date_of(client) - NOW - timedelta(days=days)) < timedelta(minutes=5)
        made = client.ok("POST", "/drive/v3/files", {"name": "Uji"}, fields="createdTime")
        assert made["createdTime"].startswith("2024-10-05")


def test_refusals_are_dated_too() -> None:
    """Also the answer to a call that is refused tells the server's time, as a sync compares every answer."""
    with LocalGoogle(now=NOW) as google:
        google.conditions.fail("503")
        assert parsedate_to_datetime(sign_in(google).send("get", "/v4/spreadsheets/x").headers["Date"]).year == 2024


def test_a_clock_that_stands_still_can_be_set() -> None:
    """It stands still at its new time."""
    clock = MovableClock(lambda: NOW)
    clock.set(NOW + timedelta(hours=1))
    assert clock() == clock() == NOW + timedelta(hours=1)


def test_a_time_without_a_zone_is_refused() -> None:
    """Nobody can tell which moment it is."""
    with pytest.raises(ValueError, match="has no time zone"):
        LocalGoogle(now=datetime(2024, 11, 5))  # noqa: DTZ001 - that is the point
