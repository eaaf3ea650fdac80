"""The HTTP connection: headers and body leave in one write, and a fault may cut it off."""

from __future__ import annotations

import asyncio
import socket
import struct
from typing import Any, cast

from starlette.responses import Response
from starlette.types import Scope, Send
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

TRANSPORT = "local_google.transport"


class OneWrite:
    """A transport that keeps an answer's headers until its body comes, so that both travel in one packet."""

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self._kept = b""

    def write(self, data: bytes) -> None:
        if data.startswith(b"HTTP/1.1 ") and data.endswith(b"\r\n\r\n") and b"content-length: 0\r\n" not in data:
            self._kept = data
            return
        kept, self._kept = self._kept, b""
        self._transport.write(kept + data if kept else data)

    def close(self) -> None:
        self.flush()
        self._transport.close()

    def flush(self) -> None:
        """Send headers that no body has followed."""
        if self._kept:
            self._transport.write(self._kept)
            self._kept = b""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)


class Connection(HttpToolsProtocol):
    """uvicorn's connection, with its transport in each request's scope."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(cast("asyncio.Transport", OneWrite(transport)))

    def on_message_begin(self) -> None:
        super().on_message_begin()
        cast("dict[str, Any]", self.scope)[TRANSPORT] = self.transport

    def on_response_complete(self) -> None:
        cast("OneWrite", self.transport).flush()
        super().on_response_complete()


async def cut_off(scope: Scope, response: Response | None, send: Send, *, reset: bool = True) -> None:
    """End the connection, by a reset or in good order: in the middle of the body, or before a byte if there is none."""
    transport: OneWrite = scope[TRANSPORT]
    if response is not None:
        await send({"type": "http.response.start", "status": response.status_code, "headers": response.raw_headers})
        half = bytes(response.body)[: len(response.body) // 2]
        await send({"type": "http.response.body", "body": half, "more_body": True})
        transport.flush()
    if transport.is_closing():  # the client was faster
        return
    if not reset:
        transport.close()
        return
    sock = transport.get_extra_info("socket")
    # Lingering for no time makes the close a reset, as when a machine on the way fails.
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()
