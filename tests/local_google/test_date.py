"""The Date of an answer."""

from datetime import UTC, datetime

from local_http import sign_in

from sheets_sync.local_google import LocalGoogle


def test_the_date_is_the_servers_clock() -> None:
    """An answer carries the moment it was made at, by the clock that also dates the files."""
    now = datetime(2024, 11, 5, 1, 2, 3, tzinfo=UTC)
    with LocalGoogle(clock=lambda: now) as google:
        answer = sign_in(google, "rina", person=True).send("get", "/drive/v3/files")
    assert answer.headers["Date"] == "Tue, 05 Nov 2024 01:02:03 GMT"
