"""A mail server that misbehaves the way real ones do on a bad day."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session, syntax

from sheets_sync.demo.mailbox import Login, Mailbox
from sheets_sync.mail.options import Security


@dataclass(frozen=True, slots=True)
class Faults:
    """What goes wrong, by recipient."""

    refuse: frozenset[str] = frozenset()  # 550 at RCPT
    defer: frozenset[str] = frozenset()  # 451 at RCPT, as greylisting does
    busy: frozenset[str] = frozenset()  # 421 at RCPT, then hangs up
    full: frozenset[str] = frozenset()  # 452 after the final dot
    reject: frozenset[str] = frozenset()  # 554 after the final dot
    drop_before_dot: frozenset[str] = frozenset()
    drop_after_dot: frozenset[str] = frozenset()  # the message is kept, the answer is lost
    hang_after_dot: frozenset[str] = frozenset()  # likewise
    babble_after_dot: frozenset[str] = frozenset()  # answers something that is no answer
    refuse_sender: bool = False

    def __str__(self) -> str:
        """What goes wrong, as a test is called by it."""
        return ", ".join(each.name for each in fields(self) if getattr(self, each.name)) or "none"


class FaultyMailbox(Mailbox):
    """A `Mailbox` with faults, which may be changed while it runs."""

    def __init__(
        self,
        folder: Path,
        faults: Faults,
        login: Login | None = None,
        security: Security = Security.NONE,
        port: int = 0,
    ) -> None:
        super().__init__(folder, login, security, port, protocol=_HangsUp)
        self.faults = faults

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        if self.faults.refuse_sender:
            return "553 sender not allowed"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        if address in self.faults.refuse:
            return "550 no such user here"
        if address in self.faults.defer:
            return "451 greylisted, please come back later"
        if address in self.faults.busy:
            await server.push("421 too busy")
            _abort(server)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        (address,) = envelope.rcpt_tos
        if address in self.faults.full:
            return "452 the disk is full"
        if address in self.faults.reject:
            return "554 this looks like \0 spam"  # what no text of PostgreSQL can hold
        answer = await super().handle_DATA(server, session, envelope)
        if address in self.faults.drop_after_dot:
            _abort(server)
        if address in self.faults.hang_after_dot:
            await asyncio.sleep(3600)
        return "hello?" if address in self.faults.babble_after_dot else answer


class _HangsUp(SMTP):
    """Drops the connection once it has asked for the message."""

    @syntax("DATA")
    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 - aiosmtpd's name
        assert self.envelope is not None
        assert isinstance(self.event_handler, FaultyMailbox)
        if self.event_handler.faults.drop_before_dot.isdisjoint(self.envelope.rcpt_tos):
            await super().smtp_DATA(arg)
        else:
            await self.push("354 go on")
            _abort(self)


def _abort(server: SMTP) -> None:
    assert isinstance(server.transport, asyncio.WriteTransport)
    server.transport.abort()
