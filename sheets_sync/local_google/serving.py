"""The HTTP server's loop, which ends as soon as it is told to."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Iterable
from contextlib import suppress

import uvicorn

LOOK = 0.005
"""Seconds between two looks whether the last connections have ended."""


class Serving(uvicorn.Server):
    """uvicorn's server. Its own loop looks ten times a second whether it shall end, and then waits as long again."""

    _wake: Callable[[], object] | None = None

    def end(self) -> None:
        """Take no more requests and finish those under way; from any thread, at any time."""
        self.should_exit = True
        if self._wake:
            with suppress(RuntimeError):  # it has ended
                self._wake()

    async def main_loop(self) -> None:
        told, loop = asyncio.Event(), asyncio.get_running_loop()
        self._wake = lambda: loop.call_soon_threadsafe(told.set)
        if not await self.on_tick(0):
            await told.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await accept_no_more(self.servers)
        for listening in sockets or ():
            listening.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        while self.server_state.connections or self.server_state.tasks:  # noqa: ASYNC110 - uvicorn tells nobody of their end
            await asyncio.sleep(LOOK)
        for server in self.servers:
            await server.wait_closed()


async def accept_no_more(servers: Iterable[asyncio.Server]) -> None:
    """Closes servers of the running loop; whoever was just being accepted is known to his server by then.

    A server that closes before leaves him open, and whoever counts its connections waits for him without end.
    """
    loop, servers = asyncio.get_running_loop(), list(servers)
    for listening in [each for server in servers for each in server.sockets]:
        loop.remove_reader(listening.fileno())
    await asyncio.sleep(LOOK)
    for server in servers:
        server.close()
