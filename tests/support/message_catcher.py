"""A local service that Apprise's `json://` talks to: keeps what it was told, and refuses while it is to be away."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class MessageCatcher:
    """What a person has on their phone: title and text of each message."""

    port: int = 0
    away: bool = False
    told: list[tuple[str, str]] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"json://127.0.0.1:{self.port}/"

    @property
    def titles(self) -> list[str]:
        return [title for title, _ in self.told]


@contextmanager
def message_catcher() -> Iterator[MessageCatcher]:
    """The service, while it is entered."""
    catcher = MessageCatcher()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if not catcher.away:
                catcher.told.append((said["title"], said["message"]))
            self.send_response(503 if catcher.away else 200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        catcher.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield catcher
        server.shutdown()
