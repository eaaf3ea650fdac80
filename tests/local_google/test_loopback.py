"""Only programs on this machine are answered: a page in a browser can't reach the server by another name."""

from __future__ import annotations

import socket

import pytest
from local_http import Http

from sheets_sync.local_google import LocalGoogle
from sheets_sync.local_google.loopback import is_local

LOCAL = ["127.0.0.1", "127.0.0.1:8080", "localhost", "LocalHost:1", "localhost.", "127.8.9.1", "[::1]", "[::1]:8080"]
FOREIGN = [
    *("evil.example", "evil.example:8080", "localhost.evil.example", "127.0.0.1.evil.example", "127.0.0.1.nip.io"),
    *(
        "0.0.0.0",
        "192.168.1.5",
        "2130706433",
        "127.1",
        "[::]",
        "::1",
        "localhost@evil.example",
        "evil.example@localhost",
    ),
    *("localhost:evil", "localhost/evil", "localhost evil", "", "lоcalhost", "169.254.169.254", "x.localhost"),
]


@pytest.mark.parametrize("host", LOCAL)
def test_this_machine_is_known_by_its_names(host: str) -> None:
    """Its name and its loopback addresses, at whatever port."""
    assert is_local(host)


@pytest.mark.parametrize("host", FOREIGN)
def test_every_other_name_is_foreign(host: str) -> None:
    """Also where a name only looks like ours."""
    assert not is_local(host)


@pytest.mark.incident("rebound-name")
@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("Host", "evil.example"),
        ("Host", "localhost.evil.example:80"),
        ("Origin", "https://evil.example"),
        ("Origin", "null"),
        ("Origin", "chrome-extension://abcdef"),
        ("Origin", "http://localhost@evil.example"),
        ("Origin", "file://"),
    ],
)
@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/drive/v3/files"), ("POST", "/token"), ("OPTIONS", "/v4/spreadsheets"), ("POST", "/batch")],
)
def test_a_foreign_page_is_refused(
    shared_google: LocalGoogle, robot: Http, header: str, value: str, method: str, path: str
) -> None:
    """Even with a good token; it is told who was meant, and the log of calls stays as it was."""
    before = len(shared_google.log)
    answer = robot.session.request(method, shared_google.url + path, headers={header: value}, timeout=20)
    assert answer.status_code == 403
    assert f"{header}: {value}" in answer.json()["error"]["message"]
    assert len(shared_google.log) == before


def test_a_page_of_this_machine_may_ask(shared_google: LocalGoogle, robot: Http) -> None:
    """Whatever port it came from."""
    headers = {"Host": "localhost:1234", "Origin": "http://127.0.0.1:3000"}
    assert robot.session.get(f"{shared_google.url}/drive/v3/files", headers=headers, timeout=20).ok


@pytest.mark.incident("rebound-name")
def test_nothing_of_a_foreign_request_is_carried_out(shared_google: LocalGoogle, robot: Http) -> None:
    """A workbook that it would make is not made."""
    url, headers = f"{shared_google.url}/drive/v3/files", {"Origin": "https://evil.example"}
    refused = robot.session.post(url, json={"name": "Buatan orang lain"}, headers=headers, timeout=20)
    assert refused.status_code == 403
    listed = robot.ok("GET", "/drive/v3/files", q="name = 'Buatan orang lain'")
    assert listed["files"] == []


def test_without_a_host_there_is_nothing_to_refuse(shared_google: LocalGoogle) -> None:
    """Browsers always send one; a bare HTTP/1.0 client need not."""
    port = int(shared_google.url.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(b"GET /drive/v3/files HTTP/1.0\r\n\r\n")
        assert connection.recv(65536).startswith(b"HTTP/1.1 401 ")
