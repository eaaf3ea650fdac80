"""A mail server on this machine for trying out: keeps what it receives as files one can open, and sends nothing on."""

from __future__ import annotations

import asyncio
import logging
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from sheets_sync.demo.mailbox.certificate import write_certificate
from sheets_sync.local_google.serving import accept_no_more
from sheets_sync.mail.files import KeptMail
from sheets_sync.mail.options import Security

logging.getLogger("mail.log").setLevel(logging.ERROR)  # aiosmtpd warns there of what it deprecates itself


@dataclass(frozen=True, slots=True)
class Login:
    """What the mailbox wants to hear before it takes mail."""

    username: str
    password: str


class Mailbox:
    """The server, as a context: listens on `port` while it is entered. `ca_file` is what a client has to trust.

    `protocol` makes the SMTP conversation; tests hand in ones that misbehave.
    """

    def __init__(
        self,
        folder: Path,
        login: Login | None = None,
        security: Security = Security.STARTTLS,
        port: int = 0,
        protocol: Callable[..., SMTP] = SMTP,
    ) -> None:
        self.kept, self.port = KeptMail(folder), port
        self._login, self._security, self._protocol = login, security, protocol
        self.ca_file = write_certificate(folder / "server.pem")

    def __enter__(self) -> Self:
        self._refused: set[str] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="mailbox", daemon=True)
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result()
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        """Wants a login first, if there is one; aiosmtpd's own check takes TLS from the first byte for none."""
        if self._login is not None and not session.authenticated:
            return "530 log in first"
        envelope.mail_from = address
        return "250 OK"

    def refuse(self, address: str) -> None:
        """Takes no more mail for an address, as a server does that does not know it."""
        self._refused.add(address.casefold())

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        """Knows every address but those it was told to refuse."""
        if address.casefold() in self._refused:
            return "550 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """Keeps a message."""
        assert isinstance(envelope.content, bytes)
        self.kept.add(envelope.content, envelope.rcpt_tos)
        return "250 OK"

    async def _listen(self) -> None:
        over_tls = self._security is Security.TLS
        self._server = await self._loop.create_server(
            self._session, "127.0.0.1", self.port, ssl=self._context() if over_tls else None
        )
        self.port = self._server.sockets[0].getsockname()[1]

    def _session(self) -> SMTP:
        starttls = self._security is Security.STARTTLS
        return self._protocol(
            self,
            hostname="localhost",
            tls_context=self._context() if starttls else None,
            require_starttls=starttls,
            auth_require_tls=starttls,
            authenticator=self._authenticate,
            loop=self._loop,
        )

    def _authenticate(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _how: str, said: object
    ) -> AuthResult:
        wanted = self._login
        right = (
            wanted is not None
            and isinstance(said, LoginPassword)
            and (said.login, said.password) == (wanted.username.encode(), wanted.password.encode())
        )
        return AuthResult(success=right, handled=False)

    def _context(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.ca_file)
        return context

    async def _close(self) -> None:
        await accept_no_more([self._server])
        for task in asyncio.all_tasks(self._loop) - {asyncio.current_task(self._loop)}:
            task.cancel()
        # Whoever still hangs on, in the middle of a handshake, too: a loop that ends leaves connections open.
        for transport in list(getattr(self._loop, "_transports", {}).values()):
            transport.abort()
        await asyncio.sleep(0.001)  # until they are closed
