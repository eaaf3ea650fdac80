"""A mail server that says what it is told to say, to the letter and in whatever pieces."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import cycle
from threading import Event, Thread

USUAL: Mapping[str, bytes] = {
    "greeting": b"220 here\r\n",
    "EHLO": b"250-here\r\n250 AUTH PLAIN LOGIN\r\n",
    "AUTH": b"235 come in\r\n",
    "MAIL": b"250 ok\r\n",
    "RCPT": b"250 ok\r\n",
    "DATA": b"354 go on\r\n",
    "dot": b"250 queued\r\n",
    "RSET": b"250 ok\r\n",
    "QUIT": b"221 bye\r\n",
}
PAUSE = 0.02  # seconds between two pieces of an answer


def slowly(answer: bytes) -> Iterable[bytes]:
    """An answer that comes byte by byte."""
    return [bytes([byte]) for byte in answer]


def endless(line: bytes) -> Iterable[bytes]:
    """An answer that never ends."""
    return cycle([line])


@contextmanager
def scripted(**said: bytes | Iterable[bytes]) -> Iterator[int]:
    """The port of a server on this machine; what is not `said` is what servers usually say."""
    over = Event()
    with socket.create_server(("127.0.0.1", 0)) as door:
        guests = Thread(target=_serve, args=(door, {**USUAL, **said}, over), daemon=True)
        guests.start()
        yield door.getsockname()[1]
        over.set()
        door.shutdown(socket.SHUT_RDWR)
        guests.join()


def _serve(door: socket.socket, said: Mapping[str, bytes | Iterable[bytes]], over: Event) -> None:
    while not over.is_set():
        try:
            guest, _ = door.accept()
        except OSError:
            return
        with guest:
            try:
                _talk(guest, said, over)
            except OSError:  # the guest has gone
                continue


def _talk(guest: socket.socket, said: Mapping[str, bytes | Iterable[bytes]], over: Event) -> None:
    _say(guest, said["greeting"], over)
    message = False
    for line in guest.makefile("rb"):
        if not message:
            verb = line[:4].decode("ascii").upper()
            message = verb == "DATA"
            _say(guest, said.get(verb, b"500 what?\r\n"), over)
        elif line == b".\r\n":
            message = False
            _say(guest, said["dot"], over)


def _say(guest: socket.socket, answer: bytes | Iterable[bytes], over: Event) -> None:
    if isinstance(answer, bytes):
        guest.sendall(answer)
        return
    for piece in answer:
        if over.is_set():
            return
        guest.sendall(piece)
        time.sleep(PAUSE)
