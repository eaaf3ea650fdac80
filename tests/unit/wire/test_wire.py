"""An answer has a deadline as a whole, whatever is spoken; what broke before it is told apart from what is late."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import suppress
from threading import Event, Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.wire import PART, TimedFile, parts

PAUSE = 0.01  # seconds between two pieces
Says = Callable[[socket.socket, Event], None]


@pytest.fixture
def ends() -> Iterator[tuple[socket.socket, socket.socket]]:
    near, far = socket.socketpair()
    with near, far:
        near.settimeout(60)
        yield near, far


def in_pieces(far: socket.socket, over: Event) -> None:
    for byte in b"250 ok\r\n":
        far.sendall(bytes([byte]))
        over.wait(PAUSE)


def dripping(far: socket.socket, over: Event) -> None:
    with suppress(BrokenPipeError):
        while not over.wait(PAUSE):
            far.sendall(b"2")


def endless(far: socket.socket, over: Event) -> None:
    with suppress(BrokenPipeError):  # the other side has hung up
        while not over.is_set():
            far.sendall(b"2" * 1000)


def breaking(far: socket.socket, over: Event) -> None:
    far.sendall(b"250")
    over.wait(PAUSE)
    far.shutdown(socket.SHUT_RDWR)


def silent(_far: socket.socket, over: Event) -> None:
    over.wait()


def read_line(
    ends: tuple[socket.socket, socket.socket], says: Says, seconds: float, pause: float | None = None
) -> bytes:
    near, far = ends
    over = Event()
    speaking = Thread(target=says, args=(far, over))
    with TimedFile(near) as file:
        file.within(seconds, pause)
        speaking.start()
        try:
            line = b""
            while not line.endswith(b"\n") and (more := file.readline(1000)):
                line = more
            return line
        finally:
            over.set()
            near.shutdown(socket.SHUT_RDWR)
            speaking.join()


@pytest.mark.parametrize("says", [dripping, endless, silent])
def test_what_is_not_whole_in_time_is_late(ends: tuple[socket.socket, socket.socket], says: Says) -> None:
    """A byte now and then, line upon line or nothing at all: the deadline is the whole answer's."""
    with pytest.raises(TimeoutError):
        read_line(ends, says, 0.2)


def test_a_long_silence_is_late_before_the_answer_is(ends: tuple[socket.socket, socket.socket]) -> None:
    """Of the time for a whole answer nothing may come for a while only."""
    with pytest.raises(TimeoutError):
        read_line(ends, silent, 60, 0.05)


@pytest.mark.parametrize(("says", "line"), [(in_pieces, b"250 ok\r\n"), (breaking, b"250")])
def test_what_comes_in_time_is_what_was_sent(
    ends: tuple[socket.socket, socket.socket], says: Says, line: bytes
) -> None:
    """In pieces it counts as soon as it is whole; a connection that breaks before the deadline has an end, and is not late."""
    assert read_line(ends, says, 60) == line


def test_an_answer_after_another_has_its_own_time(ends: tuple[socket.socket, socket.socket]) -> None:
    """What came along with the first one is not lost, and the second begins anew."""
    near, far = ends
    far.sendall(b"250 one\r\n250 two\r\n")
    with TimedFile(near) as file:
        for said in (b"250 one\r\n", b"250 two\r\n", b"250 three\r\n"):
            file.within(60)
            if said == b"250 three\r\n":
                far.sendall(said)
            assert file.readline() == said


@given(st.integers(0, 3), st.integers(-1, 1))
def test_parts_are_the_whole(count: int, more: int) -> None:
    """Nothing is lost or doubled, and no part is larger than it may be."""
    data = bytes(range(256)) * (PART // 256) * count + bytes(max(0, more))
    made = list(parts(data))
    assert b"".join(made) == data
    assert all(0 < len(part) <= PART for part in made)
