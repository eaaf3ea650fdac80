"""How long Google is waited for: what it asks, never endlessly, and not at each workbook anew."""

from __future__ import annotations

import gzip
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
import requests
from slow_line import PART, slow_line

from sheets_sync.errors import StoppedError
from sheets_sync.google import GoogleOptions
from sheets_sync.google.deadline import DeadlineAdapter
from sheets_sync.google.pace import RequestKind, SheetsRequest
from sheets_sync.google.patience import Breaker, Turnstile, asked_to_wait, take_in
from sheets_sync.google.token_door import token_session

BODY = b'{"sheets": []}' * 1000
Answer = Callable[[BaseHTTPRequestHandler], None]


@contextmanager
def server(answer: Answer) -> Iterator[str]:
    """A server that answers in its own way; gives its address."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            answer(self)

        def do_POST(self) -> None:
            answer(self)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_address[1]}/"
        running.shutdown()


def head(handler: BaseHTTPRequestHandler, **headers: str) -> None:
    handler.send_response(200)
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()


def plain(handler: BaseHTTPRequestHandler) -> None:
    head(handler, Content_Length=str(len(BODY)))
    handler.wfile.write(BODY)


def zipped(handler: BaseHTTPRequestHandler) -> None:
    content = gzip.compress(BODY)
    head(handler, Content_Length=str(len(content)), Content_Encoding="gzip")
    handler.wfile.write(content)


def in_pieces(handler: BaseHTTPRequestHandler) -> None:
    content = gzip.compress(BODY)
    head(handler, Transfer_Encoding="chunked", Content_Encoding="gzip")
    for start in range(0, len(content), 7):
        piece = content[start : start + 7]
        handler.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
    handler.wfile.write(b"0\r\n\r\n")


def cut_off(handler: BaseHTTPRequestHandler) -> None:
    head(handler, Content_Length=str(len(BODY)))
    handler.wfile.write(BODY[:100])
    handler.connection.shutdown(socket.SHUT_RDWR)


def trickling(handler: BaseHTTPRequestHandler) -> None:
    head(handler, Content_Length="1000000")
    never = threading.Event()
    try:
        while not never.wait(0.02):
            handler.wfile.write(b"x")
    except OSError:
        pass


def got(address: str, seconds: float) -> requests.Response:
    with requests.Session() as session:
        session.mount("http://", DeadlineAdapter(seconds))
        session.hooks["response"].append(take_in)
        return session.get(address, timeout=10)


@pytest.mark.parametrize("answer", [plain, zipped, in_pieces])
def test_a_whole_answer_is_what_it_was(answer: Answer) -> None:
    """Plain, compressed or in pieces: the body is the one that was sent."""
    with server(answer) as address:
        assert got(address, 60).content == BODY


def trickling_head(handler: BaseHTTPRequestHandler) -> None:
    never = threading.Event()
    try:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
        while not never.wait(0.02):
            handler.wfile.write(b"x")
    except OSError:
        pass


def silent(handler: BaseHTTPRequestHandler) -> None:
    handler.rfile.read(1)  # until the other side hangs up


def hangs_up(handler: BaseHTTPRequestHandler) -> None:
    handler.connection.shutdown(socket.SHUT_RDWR)


def length(handler: BaseHTTPRequestHandler) -> None:
    taken = str(len(handler.rfile.read(int(handler.headers["Content-Length"])))).encode()
    head(handler, Content_Length=str(len(taken)))
    handler.wfile.write(taken)


def test_a_slow_line_takes_a_long_request() -> None:
    """As long as something goes through, a long request may take longer than connecting: a slow office writes, too."""
    body = bytes(5_000_000)
    with server(length) as address, slow_line(int(address.rsplit(":")[-1].strip("/"))) as port:
        with requests.Session() as session:
            session.mount("http://", adapter := DeadlineAdapter(10))
            small = (socket.SOL_SOCKET, socket.SO_SNDBUF, PART)  # else the kernel takes nearly all at once
            adapter.poolmanager.connection_pool_kw["socket_options"] = [small]
            taken = session.post(
                f"http://127.0.0.1:{port}/", data=body, timeout=(0.5, 10)
            ).content  # an answer keeps its line
        assert int(taken) == len(body)


@pytest.mark.parametrize(
    ("answer", "becomes"),
    [
        (cut_off, requests.exceptions.ChunkedEncodingError),
        (trickling, requests.ReadTimeout),
        (trickling_head, requests.ReadTimeout),
        (silent, requests.ReadTimeout),
        (hangs_up, requests.ConnectionError),
    ],
)
def test_an_answer_that_never_ends_is_given_up(answer: Answer, becomes: type[Exception]) -> None:
    """Cut off, or a byte now and then for ever, of a header as of the body: a failure that is tried again, no endless wait."""
    with server(answer) as address, pytest.raises(becomes):
        got(address, 0.3)


@pytest.mark.parametrize("answer", [trickling, trickling_head])
def test_a_login_that_never_ends_is_given_up(answer: Answer) -> None:
    """Token servers are on the same wire."""
    options = GoogleOptions(answer_timeout=0.3)
    with (
        server(answer) as address,
        token_session(address, options) as session,
        pytest.raises(requests.RequestException),
    ):
        session.post(address)


def response(status: int, **headers: str) -> requests.Response:
    made = requests.Response()
    made.status_code = status
    made.headers.update({name.replace("_", "-"): value for name, value in headers.items()})
    return made


@pytest.mark.parametrize(
    ("answer", "seconds"),
    [
        (response(429, Retry_After="7"), 7.0),
        (response(503, Retry_After="30"), 30.0),
        (response(429), None),
        (response(429, Retry_After="Wed, 21 Oct 2026 07:28:00 GMT"), None),
        (response(429, Retry_After="-3"), None),
        (response(429, Retry_After="99999999"), 3600.0),
        (response(200, Retry_After="7"), None),
    ],
)
def test_google_says_how_long_to_wait(answer: requests.Response, seconds: float | None) -> None:
    """A number of seconds is believed within reason; anything else leaves it to our own pauses."""
    assert asked_to_wait(answer) == seconds


def outcomes(breaker: Breaker, tries: list[Any]) -> list[str]:
    """What became of one request after the other."""
    became = []
    for fails in tries:
        try:
            breaker.check()
        except OSError:
            became.append("not tried")
            continue
        became.append("failed" if fails else "well")
        (breaker.failed(OSError()) if fails else breaker.went_well())
    return became


def test_after_some_failures_in_a_row_the_rest_is_not_tried() -> None:
    """The third failure in a row spares the others the wait; one that goes well in between begins the count anew."""
    assert outcomes(Breaker(), [1, 1, 1, 1, 1]) == ["failed"] * 3 + ["not tried"] * 2
    assert outcomes(Breaker(), [1, 1, 0, 1, 1, 0]) == ["failed", "failed", "well", "failed", "failed", "well"]


def test_after_a_rest_it_is_tried_again() -> None:
    """Once it goes well all is as before."""
    breaker = Breaker(rest=0.0)
    assert outcomes(breaker, [1, 1, 1, 1, 0, 1]) == ["failed"] * 4 + ["well", "failed"]


@pytest.mark.parametrize(("fails", "then"), [(True, "not tried"), (False, "tried")])
def test_after_a_rest_one_is_tried_for_all(fails: bool, then: str) -> None:
    """While nobody knows what became of that one, the others fail at once; what became of it holds for them all."""
    seconds = [0.0]
    breaker = Breaker(rest=60.0, clock=lambda: seconds[0])
    outcomes(breaker, [1, 1, 1])
    seconds[0] = 60.0
    breaker.check()  # the one that is tried
    assert outcomes(breaker, [0]) == ["not tried"]
    (breaker.failed(OSError()) if fails else breaker.went_well())
    assert outcomes(breaker, [0]) == ["well" if then == "tried" else then]


def request(workbook: str = "a") -> SheetsRequest:
    return SheetsRequest(RequestKind.READ, "me@p", "p", workbook)


def test_a_stop_ends_the_wait_for_one_s_turn() -> None:
    """Who may go at once still goes; who would have to wait is told to stop."""
    stopping = threading.Event()
    stopping.set()
    turnstile = Turnstile(GoogleOptions(reads_per_minute=1), stopping, lambda: 0.0)
    turnstile.wait(request())
    with pytest.raises(StoppedError):
        turnstile.wait(request("b"))
