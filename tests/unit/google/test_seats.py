"""Who computes has one of few seats; who waits for Google holds up nobody."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from sheets_sync.google import GoogleClient, GoogleOptions
from sheets_sync.google.pace import SheetsRequest
from sheets_sync.google.patience import Turnstile
from sheets_sync.google.seats import Seats
from sheets_sync.local_google import LocalGoogle

FAULT = "broken pipe"


def is_free(seats: Seats, seconds: float = 0.05) -> bool:
    """Whether somebody else finds a seat; whoever believes so may give him time."""
    found = threading.Event()

    def sit() -> None:
        with seats.taken():
            found.set()

    thread = threading.Thread(target=sit, daemon=True)
    thread.start()
    return found.wait(seconds)


@pytest.mark.parametrize("seats", [1, 3])
def test_no_more_sit_there_than_there_are_seats(seats: int) -> None:
    """However many come, and however often they get up."""
    places, sitting, most = Seats(seats), list[int](), list[int]()

    def work(number: int) -> None:
        for _ in range(3):
            sitting.append(number)
            most.append(len(sitting))
            time.sleep(0.001)
            sitting.remove(number)
            with places.left():
                time.sleep(0.001)

    def seated(number: int) -> None:
        with places.taken():
            work(number)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(seated, range(16)))
    assert max(most) <= seats


@pytest.mark.parametrize(
    ("seated", "up", "free"),
    [
        pytest.param(True, False, False, id="who computes keeps it"),
        pytest.param(True, True, True, id="who waits leaves it"),
        pytest.param(False, True, True, id="who has none leaves none"),
    ],
)
def test_a_seat_is_free_for_as_long_as_its_thread_waits(seated: bool, up: bool, free: bool) -> None:
    """And no longer: who comes back waits for it."""
    seats = Seats()
    seat, wait = seats.taken(), seats.left()
    if seated:
        seat.__enter__()
    if up:
        wait.__enter__()
    assert is_free(seats, 10 if free else 0.05) is free
    if up:
        wait.__exit__(None, None, None)
    assert is_free(seats, 0.05 if seated else 10) is not seated


@pytest.mark.parametrize("waits", [True, False])
def test_a_failure_keeps_no_seat(waits: bool) -> None:
    """Whether it is met in the seat or while Google is waited for."""
    seats = Seats()

    def meet() -> None:
        with seats.taken():
            if waits:
                with seats.left():
                    raise OSError(FAULT)
            raise OSError(FAULT)

    for _ in range(2):
        with pytest.raises(OSError, match=FAULT):
            meet()
    assert is_free(seats, 10)


def test_a_request_is_waited_for_away_from_one_s_seat() -> None:
    """From when it waits for its turn until its answer has come."""
    seats, free = Seats(), list[bool]()

    class Seen(Turnstile):
        def wait(self, request: SheetsRequest) -> None:
            free.append(is_free(seats, 10))
            super().wait(request)

    with LocalGoogle() as server:
        workbook = server.create_workbook("Kabupaten", owner="sekretaris", writers=["sheets-sync"])
        options = GoogleOptions(workbook_pause=0)
        google = GoogleClient(server.account().key_info(), options, server.url, turnstile=Seen(options), seats=seats)
        with seats.taken():
            understand = google.ask(workbook)
            free.append(is_free(seats))
        assert understand().grid.id == workbook
        google.close()
    assert free == [True, False]
