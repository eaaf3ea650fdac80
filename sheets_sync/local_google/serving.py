"""The HTTP server's loop, which ends as soon as it is told to."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
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
        loop = asyncio.get_running_loop()
        for listening in [each for server in self.servers for each in server.sockets]:
            loop.remove_reader(listening.fileno())  # nobody is accepted any more
        await asyncio.sleep(LOOK)  # and whoever was just accepted is known: a server that closes before leaves him open
        for each in (*self.servers, *(sockets or ())):
            each.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        while self.server_state.connections or self.server_state.tasks:  # noqa: ASYNC110 - uvicorn tells nobody of their end
            await asyncio.sleep(LOOK)
        for server in self.servers:
            await server.wait_closed()
