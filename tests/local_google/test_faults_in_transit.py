"""What faults do to a connection, and what the log tells of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import requests
from local_http import Http, sign_in

from sheets_sync.local_google import LocalGoogle


@pytest.fixture(scope="module")
def faulty() -> Iterator[LocalGoogle]:
    with LocalGoogle() as server:
        yield server


@pytest.fixture
def client(faulty: LocalGoogle) -> Iterator[Http]:
    yield sign_in(faulty)
    faulty.conditions.clear()


@pytest.fixture
def path(faulty: LocalGoogle) -> str:
    return f"/v4/spreadsheets/{faulty.create_workbook('Cuaca', writers=['sheets-sync'])}"


@pytest.mark.parametrize(("kind", "code"), [("429", 429), ("500", 500), ("503", 503)])
def test_faults_answer_in_googles_words(faulty: LocalGoogle, client: Http, path: str, kind: str, code: int) -> None:
    """The fault befalls one call; nothing is carried out."""
    faulty.conditions.fail(kind, "sheets.spreadsheets.batchUpdate")
    response = client.send("POST", f"{path}:batchUpdate", {"requests": [{"addSheet": {}}]})
    assert response.status_code == code
    assert response.json()["error"]["code"] == code
    assert len(client.ok("GET", path)["sheets"]) == 1


def test_a_bad_gateway_is_a_page_of_html(faulty: LocalGoogle, client: Http, path: str) -> None:
    """502 comes from the front end."""
    faulty.conditions.fail("502")
    response = client.send("GET", path)
    assert response.status_code == 502
    assert "<title>Error 502" in response.text


def test_an_answer_can_be_cut_off_in_the_middle(faulty: LocalGoogle, client: Http, path: str) -> None:
    """The client sees a broken connection; the write was carried out."""
    faulty.conditions.fail("reset", "sheets.spreadsheets.batchUpdate")
    with pytest.raises(requests.exceptions.RequestException):
        client.send("POST", f"{path}:batchUpdate", {"requests": [{"addSheet": {}}]})
    assert len(client.ok("GET", path)["sheets"]) == 2


def test_an_answer_can_be_lost_though_the_write_was_applied(faulty: LocalGoogle, client: Http, path: str) -> None:
    """No byte of an answer comes, the log has status 0, the tab is there."""
    faulty.conditions.fail("lost-answer", "sheets.spreadsheets.batchUpdate")
    with pytest.raises(requests.exceptions.ConnectionError):
        client.send("POST", f"{path}:batchUpdate", {"requests": [{"addSheet": {}}]})
    assert faulty.log.of("sheets.spreadsheets.batchUpdate")[-1].status == 0
    assert len(client.ok("GET", path)["sheets"]) == 2


def test_a_stalled_call_does_nothing_and_others_go_on(faulty: LocalGoogle, client: Http, path: str) -> None:
    """While one call hangs the next is answered; the hanging one ends without an answer."""
    faulty.conditions.fail("stall", "sheets.spreadsheets.batchUpdate").seconds = 0.2
    with pytest.raises(requests.exceptions.ConnectionError):
        client.send("POST", f"{path}:batchUpdate", {"requests": [{"addSheet": {}}]})
    assert len(client.ok("GET", path)["sheets"]) == 1


def test_a_slow_call_is_carried_out(faulty: LocalGoogle, client: Http, path: str) -> None:
    """The answer comes late, and says what a quick one would."""
    faulty.conditions.fail("slow", "sheets.spreadsheets.batchUpdate").seconds = 0.1
    client.ok("POST", f"{path}:batchUpdate", {"requests": [{"addSheet": {}}]})
    assert faulty.log.entries[-1].fault == "slow"
    assert len(client.ok("GET", path)["sheets"]) == 2


def test_the_log_tells_who_asked_what(faulty: LocalGoogle, client: Http, path: str) -> None:
    """Method id, account, status, and the body of writes."""
    faulty.log.clear()
    client.ok("POST", f"{path}:batchUpdate", {"requests": [{"addSheet": {}}]})
    (entry,) = faulty.log.entries
    assert (entry.method, entry.account, entry.status) == ("sheets.spreadsheets.batchUpdate", client.email, 200)
    assert entry.body == {"requests": [{"addSheet": {}}]}


def test_stopping_does_not_wait_for_a_stall() -> None:
    """A stall ends with its server, and a client that left first leaves no trace."""
    with LocalGoogle() as google:
        client = sign_in(google)
        google.conditions.fail("stall").seconds = 3600
        with pytest.raises(requests.exceptions.ReadTimeout):
            client.session.get(f"{google.url}/v4/spreadsheets/x", timeout=0.2)
    assert google.log.entries[-1].fault == "stall"
