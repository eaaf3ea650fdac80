"""Talks to the mail server. What failed, and when, decides whether a message may be sent again.

Before the final dot of a message the server can't have taken it: a lost connection means *again*. After the dot only
the server's answer tells; without one the outcome is *unknown* (RFC 5321, 4.2.5 and 6.1).
"""

from __future__ import annotations

import contextlib
import re
import smtplib
import socket
import ssl
from dataclasses import dataclass
from typing import Protocol, Self

from sheets_sync.errors import MailServerError
from sheets_sync.mail.in_time import InTime, InTimeOverTls
from sheets_sync.mail.ledger import DeliveryState
from sheets_sync.mail.options import MailLogin, MailOptions, Security
from sheets_sync.mail.words import about_us, server_said
from sheets_sync.model import Message, msg
from sheets_sync.model.foreign import quoted, said_by

_LEADING_DOT = re.compile(rb"(?m)^\.")


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a message. `broken`: the connection did not survive it; `ours`: no message of ours would be taken."""

    state: DeliveryState
    said: str
    broken: bool = False
    ours: bool = False


class MailTransport(Protocol):
    """Takes messages to recipients."""

    def open(self) -> None:
        """Makes sure that there is a connection.

        Raises:
            MailServerError: there is none to be had.
        """
        ...

    def send(self, recipient: str, message: bytes, sender: str = "") -> Result:
        """Hands over one message from a sender, who hears of it if it can't be brought; "": mail.yaml's."""
        ...


class Smtp:
    """A connection to the mail server, opened when needed and kept for many messages. Used as a context."""

    def __init__(self, options: MailOptions, login: MailLogin) -> None:
        self._options, self._login = options, login
        self._server: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._server is not None:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                self._server.quit()
        self._drop()

    def open(self) -> None:
        """Connects, protects the connection and logs in, unless that is done already.

        Raises:
            MailServerError: says what the operator can do.
        """
        if self._server is None:
            self._server = self._connected()

    @property
    def largest(self) -> int:
        """The largest message that the server says it takes (RFC 1870), in bytes; 0: it sets no limit, or tells none."""
        assert self._server is not None, "open() comes first"
        told = self._server.esmtp_features.get("size", "")
        return int(told) if told.isdecimal() else 0

    def send(self, recipient: str, message: bytes, sender: str = "") -> Result:
        """Hands over one message from a sender; `message` has CRLF line ends."""
        assert self._server is not None, "open() comes first"
        try:
            return self._hand_over(self._server, recipient, message, sender or self._options.from_.address)
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            return Result(DeliveryState.DEFERRED, f"{type(error).__name__}: {error}", broken=True)

    def ask(self, recipient: str) -> Result:
        """Whether a message from us to somebody would be taken; none is sent, and what was said is taken back.

        Raises:
            MailServerError: the server takes nothing from us, as one does that wants a login.
        """
        assert self._server is not None, "open() comes first"
        try:
            code, said = self._server.mail(self._options.from_.address)
            if code != 250:
                raise MailServerError(_sender_refused(self._options, self._login, _said(code, said)))
            code, said = self._server.rcpt(recipient)
            self._server.rset()
            if about_us(_said(code, said)):
                raise MailServerError(_sender_refused(self._options, self._login, _said(code, said)))
        except (OSError, smtplib.SMTPException) as error:
            raise MailServerError(_not_reached(self._options, error)) from error
        return Result(DeliveryState.SENT if code in (250, 251) else _of_message(code, said), _said(code, said))

    def _hand_over(self, server: smtplib.SMTP, recipient: str, message: bytes, sender: str) -> Result:
        size = [f"size={len(message)}"] if server.has_extn("size") else []
        code, said = server.mail(sender, size)
        if code != 250:
            return self._declined(server, code, said, _of_sender(code), ours=code != 552)
        code, said = server.rcpt(recipient)
        if code not in (250, 251):
            return self._declined(server, code, said, _of_message(code, said))
        code, said = server.docmd("DATA")
        if code != 354:
            return self._declined(server, code, said, _of_message(code, said))
        body = _LEADING_DOT.sub(b"..", message if message.endswith(b"\r\n") else message + b"\r\n")
        server.send(body)
        return self._final_dot(server)

    def _final_dot(self, server: smtplib.SMTP) -> Result:
        try:
            code, said = self._answer_to_all(server)
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            return Result(DeliveryState.UNKNOWN, f"{type(error).__name__}: {error}", broken=True)
        if code == 250:
            return Result(DeliveryState.SENT, _said(code, said))
        state = _of_message(code, said) if 400 <= code < 600 else DeliveryState.UNKNOWN
        return self._declined(server, code, said, state)

    def _answer_to_all(self, server: smtplib.SMTP) -> tuple[int, bytes]:
        """Ends the message; the server may take its time to answer, since asking too early costs a person's time."""
        assert server.sock is not None
        server.sock.settimeout(self._options.final_timeout)
        server.send(b".\r\n")
        answer = server.getreply()
        server.sock.settimeout(self._options.timeout)
        return answer

    def _declined(
        self, server: smtplib.SMTP, code: int, said: bytes, state: DeliveryState, *, ours: bool = False
    ) -> Result:
        """The server did not say yes. The connection serves on if that was a plain no and a reset works."""
        try:
            plain = 400 <= code < 600 and code != 421  # after 421 it hangs up
            broken = not plain or server.rset()[0] != 250
        except (OSError, smtplib.SMTPException):
            broken = True
        if broken:
            self._drop()
        return Result(state, _said(code, said), broken, ours or about_us(_said(code, said)))

    def _drop(self) -> None:
        if self._server is not None:
            self._server.close()
        self._server = None

    def _connected(self) -> smtplib.SMTP:
        password = self._login.secret() if self._login.username else ""
        server = self._reached()
        try:
            assert server.sock is not None
            server.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # else each final dot waits 40 ms
            self._protect(server)
            server.ehlo_or_helo_if_needed()
            if self._login.username:
                server.login(self._login.username, password)
        except smtplib.SMTPAuthenticationError as error:
            server.close()
            raise MailServerError(_not_let_in(self._options, self._login, error)) from error
        except UnicodeError:  # its text has the password in it
            server.close()
            raise MailServerError(_no_login(self._options)) from None
        except (OSError, smtplib.SMTPException) as error:
            server.close()
            raise MailServerError(_not_reached(self._options, error)) from error
        return server

    def _reached(self) -> smtplib.SMTP:
        options, hello = self._options, self._options.from_.domain
        try:
            if options.security is Security.TLS:
                context = self._trust()
                return InTimeOverTls(options.host, options.port, hello, timeout=options.timeout, context=context)
            return InTime(options.host, options.port, hello, timeout=options.timeout)
        except (OSError, smtplib.SMTPException) as error:
            raise MailServerError(_not_reached(options, error)) from error
        except UnicodeError as error:  # no name of a computer at all: two full stops, a part of more than 63 letters
            raise MailServerError(_not_reached(options, socket.gaierror(str(error)))) from error

    def _protect(self, server: smtplib.SMTP) -> None:
        """Turns to TLS where that is asked for; a server that can't is no server for us."""
        if self._options.security is Security.STARTTLS:
            server.starttls(context=self._trust())

    def _trust(self) -> ssl.SSLContext:
        context = ssl.create_default_context()
        if self._options.ca_file:
            context.load_verify_locations(self._options.ca_file)
        return context


def _of_message(code: int, said: bytes) -> DeliveryState:
    """5xx is for good, unless it is said of us: that can be put right. Anything else may change."""
    for_good = 500 <= code < 600 and not about_us(_said(code, said))
    return DeliveryState.REFUSED if for_good else DeliveryState.DEFERRED


def _of_sender(code: int) -> DeliveryState:
    """Who refuses the sender refuses every message: that can be put right. Only 552 is about this one: too large."""
    return DeliveryState.REFUSED if code == 552 else DeliveryState.DEFERRED


def _said(code: int, text: bytes) -> str:
    """A reply as it is kept; the character NUL, which no PostgreSQL keeps, as one that could not be read."""
    return f"{code} {text.decode('utf-8', 'replace')}".replace("\0", "\ufffd")[:300]


def _not_reached(options: MailOptions, error: Exception) -> Message:
    if isinstance(error, ssl.SSLCertVerificationError):
        return msg(
            "The certificate of the mail server {host} is not trusted ({problem}). Name its issuer's certificate as ca_file in mail.yaml.",
            host=options.host, problem=quoted(msg("its issuer is not known here"), error.verify_message),
        )  # fmt: skip
    if isinstance(error, smtplib.SMTPResponseException) and 400 <= error.smtp_code < 500:
        return _not_now(options, error)
    return msg(
        "The mail server {host}:{port} can't be reached, or not with the protection asked for ({problem}). Check host, port and security in mail.yaml.",
        host=options.host, port=str(options.port), problem=_problem(error),
    )  # fmt: skip


def _not_now(options: MailOptions, error: smtplib.SMTPResponseException) -> Message:
    return msg(
        "The mail server {host} can't serve us just now ({problem}). It is tried again by itself.",
        host=options.host, problem=_problem(error),
    )  # fmt: skip


def _sender_refused(options: MailOptions, login: MailLogin, said: str) -> Message:
    if not login.username:
        return msg(
            "The mail server {host} takes no mail from {sender} without a login ({said}). Write username and password_file in mail.yaml, or set SHEETS_SYNC_SMTP_USERNAME and SHEETS_SYNC_SMTP_PASSWORD.",
            host=options.host, sender=options.from_.address, said=server_said(said),
        )  # fmt: skip
    return msg(
        "The mail server {host} takes no mail from {sender} ({said}). Let sender in mail.yaml be an address of this login.",
        host=options.host, sender=options.from_.address, said=server_said(said),
    )  # fmt: skip


def _no_login(options: MailOptions) -> Message:
    return msg(
        "The user name or the password for the mail server {host} has a sign in it that no login takes, such as a blank that was copied along from a page. Type it anew: username and password_file in mail.yaml, or SHEETS_SYNC_SMTP_USERNAME and SHEETS_SYNC_SMTP_PASSWORD.",
        host=options.host,
    )  # fmt: skip


def _not_let_in(options: MailOptions, login: MailLogin, error: smtplib.SMTPAuthenticationError) -> Message:
    if 400 <= error.smtp_code < 500:
        return _not_now(options, error)
    return msg(
        "The mail server {host} does not accept the user name {user} with this password ({code}). Check username and password_file in mail.yaml, or SHEETS_SYNC_SMTP_USERNAME and SHEETS_SYNC_SMTP_PASSWORD.",
        host=options.host, user=login.username, code=server_said(_said(error.smtp_code, _bytes(error.smtp_error))),
    )  # fmt: skip


def _problem(error: Exception) -> Message:
    """What kept us from the server: its answer, else what the network or the system says."""
    if isinstance(error, smtplib.SMTPResponseException):
        return server_said(_said(error.smtp_code, _bytes(error.smtp_error)))
    return server_said(str(error)) if isinstance(error, smtplib.SMTPException) else said_by(error)


def _bytes(text: bytes | str) -> bytes:
    return text if isinstance(text, bytes) else text.encode()
