"""Handing messages to a real mail server: TLS, login, and every way in which it can fail."""

from __future__ import annotations

import gc
import socket
import ssl
from contextlib import suppress
from email import message_from_bytes, policy
from pathlib import Path

import pydantic
import pytest
from slow_line import slow_line
from smtp_faults import Faults, FaultyMailbox

from sheets_sync.demo.mailbox import Login, Mailbox
from sheets_sync.errors import MailServerError
from sheets_sync.mail.ledger import DeliveryState
from sheets_sync.mail.options import MailLogin, MailOptions, Security
from sheets_sync.mail.smtp import Result, Smtp

MESSAGE = b"From: a@example.org\r\nSubject: x\r\n\r\n.hidden dot\r\n.\r\n..\r\nend"
SECRET = "rahasia-sekali"
LOGIN = Login("laporan", SECRET)


def options(mailbox: Mailbox, security: Security = Security.NONE, **changes: object) -> MailOptions:
    settings: dict[str, object] = {"port": mailbox.port, "security": security, "ca_file": mailbox.ca_file}
    return MailOptions.model_validate(settings | changes)


def login(password: str = SECRET) -> MailLogin:
    return MailLogin(username="laporan", password=pydantic.SecretStr(password))


def send(mailbox: Mailbox, message: bytes = MESSAGE, **changes: object) -> Result:
    with Smtp(options(mailbox, **changes), MailLogin()) as transport:  # type: ignore[arg-type] # each test names settings that exist
        transport.open()
        return transport.send("ibu@example.org", message)


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
def test_delivers_over_tls_with_a_login(tmp_path: Path, security: Security) -> None:
    """A message goes over a protected connection to a server that wants a login, and arrives byte for byte."""
    with Mailbox(tmp_path, LOGIN, security) as mailbox:
        with Smtp(options(mailbox, security), login()) as transport:
            transport.open()
            results = [transport.send(f"ibu{n}@example.org", MESSAGE) for n in range(3)]
        assert [result.state for result in results] == [DeliveryState.SENT] * 3
        assert [path.read_bytes() for path in mailbox.kept.messages] == [MESSAGE + b"\r\n"] * 3


@pytest.mark.parametrize("security", [Security.NONE, Security.TLS])
def test_a_slow_line_takes_a_long_letter(tmp_path: Path, security: Security) -> None:
    """A letter that needs longer than the server may take for an answer arrives, as long as something goes through."""
    letter = MESSAGE + b"\r\n" + (b"x" * 70 + b"\r\n") * 80_000
    with Mailbox(tmp_path, security=security) as mailbox, slow_line(mailbox.port) as port:
        assert send(mailbox, letter, security=security, port=port, timeout=0.3).state is DeliveryState.SENT
        assert len(mailbox.kept.messages) == 1


@pytest.mark.parametrize("greeted", [True, False])
def test_a_mailbox_that_ends_hangs_up(tmp_path: Path, *, greeted: bool) -> None:
    """Whoever is still connected then is told so, over TLS and before its handshake, too, and nothing stays open."""
    with Mailbox(tmp_path, security=Security.TLS) as mailbox:
        client = socket.create_connection(("127.0.0.1", mailbox.port), 10)
        if greeted:
            trust = ssl.create_default_context(cafile=mailbox.ca_file)
            client = trust.wrap_socket(client, server_hostname="localhost")
            assert client.recv(100).startswith(b"220")
    with client, suppress(OSError):
        assert client.recv(100) == b""
    gc.collect()  # of what was left open Python complains


def test_a_wrong_password_says_which_setting_to_check(tmp_path: Path) -> None:
    """A refused login names the variables to check, and not the password."""
    with (
        Mailbox(tmp_path, LOGIN) as mailbox,
        Smtp(options(mailbox, Security.STARTTLS), login("salah-besar")) as transport,
        pytest.raises(MailServerError) as error,
    ):
        transport.open()
    assert "SHEETS_SYNC_SMTP_PASSWORD" in str(error.value)
    assert "salah-besar" not in str(error.value)


@pytest.mark.incident("starttls-stripped")
def test_an_untrusted_certificate_is_refused(tmp_path: Path) -> None:
    """A server whose certificate nobody vouches for gets no message and no password."""
    with (
        Mailbox(tmp_path, LOGIN) as mailbox,
        Smtp(options(mailbox, Security.STARTTLS, ca_file=None), login()) as transport,
        pytest.raises(MailServerError, match="ca_file"),
    ):
        transport.open()


@pytest.mark.incident("starttls-stripped")
def test_never_goes_on_in_the_clear(tmp_path: Path) -> None:
    """Where STARTTLS is asked for and the server has none, nothing is sent."""
    with (
        Mailbox(tmp_path, security=Security.NONE) as mailbox,
        Smtp(options(mailbox, Security.STARTTLS), MailLogin()) as transport,
        pytest.raises(MailServerError, match="protection asked for"),
    ):
        transport.open()


@pytest.mark.incident("mail-away")
def test_a_server_that_is_away_says_so(tmp_path: Path) -> None:
    """A port where nobody listens is an error that names host and port."""
    with Mailbox(tmp_path) as mailbox:
        away = options(mailbox)
    with Smtp(away, MailLogin()) as transport, pytest.raises(MailServerError, match=f"localhost:{away.port}"):
        transport.open()


IBU = frozenset({"ibu@example.org"})


@pytest.mark.parametrize(
    ("faults", "state", "broken"),
    [
        (Faults(), DeliveryState.SENT, False),
        (Faults(refuse=IBU), DeliveryState.REFUSED, False),
        (Faults(defer=IBU), DeliveryState.DEFERRED, False),
        (Faults(busy=IBU), DeliveryState.DEFERRED, True),
        (Faults(full=IBU), DeliveryState.DEFERRED, False),
        (Faults(reject=IBU), DeliveryState.REFUSED, False),
        (Faults(drop_after_dot=IBU), DeliveryState.UNKNOWN, True),
        (Faults(hang_after_dot=IBU), DeliveryState.UNKNOWN, True),
        (Faults(babble_after_dot=IBU), DeliveryState.UNKNOWN, True),
        (Faults(refuse_sender=True), DeliveryState.DEFERRED, False),
    ],
    ids=str,
)
def test_what_failed_and_when_decides(tmp_path: Path, faults: Faults, state: DeliveryState, broken: bool) -> None:
    """Refusals are for good, what came before the final dot may be repeated, what came after without an answer may not.

    What the server says is kept as a text that every store can hold.
    """
    with FaultyMailbox(tmp_path, faults) as mailbox:
        result = send(mailbox, timeout=5, final_timeout=0.3)
    assert (result.state, result.broken) == (state, broken), result.said
    assert "\0" not in result.said


def test_a_connection_lost_before_the_final_dot_may_be_tried_again(tmp_path: Path) -> None:
    """A message too large for the network's buffers can't have been ended when the connection broke: it may go again."""
    with FaultyMailbox(tmp_path, Faults(drop_before_dot=IBU)) as mailbox:
        result = send(mailbox, (b"x" * 70 + b"\r\n") * 200_000)
    assert (result.state, result.broken) == (DeliveryState.DEFERRED, True), result.said


def test_goes_on_after_a_broken_connection(tmp_path: Path) -> None:
    """After a lost connection the next message goes over a new one."""
    with FaultyMailbox(tmp_path, Faults(busy=IBU)) as mailbox, Smtp(options(mailbox), MailLogin()) as transport:
        states = []
        for recipient in ("ibu@example.org", "bapak@example.org"):
            transport.open()
            states.append(transport.send(recipient, MESSAGE).state)
        assert states == [DeliveryState.DEFERRED, DeliveryState.SENT]
        assert len(mailbox.kept.messages) == 1


def test_keeps_pages_one_can_open(tmp_path: Path) -> None:
    """The mailbox keeps each message as it came, as a page, and in an index."""
    with Mailbox(tmp_path, security=Security.NONE) as mailbox:
        assert send(mailbox).state is DeliveryState.SENT
    (path,) = mailbox.kept.messages
    assert message_from_bytes(path.read_bytes(), policy=policy.default)["subject"] == "x"
    assert "hidden dot" in path.with_suffix(".html").read_text(encoding="utf-8")
    assert path.name in mailbox.kept.index.read_text(encoding="utf-8")


def test_the_key_of_the_mailbox_is_private(tmp_path: Path) -> None:
    """The mailbox's key can be read by its owner only."""
    assert Mailbox(tmp_path).ca_file.stat().st_mode & 0o077 == 0
