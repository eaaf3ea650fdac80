"""Mail servers that refuse us rather than a message, answer in pieces or without end, or can't be asked at all."""

from __future__ import annotations

from collections.abc import Iterable

import pydantic
import pytest
from scripted_smtp import endless, scripted, slowly

from sheets_sync.errors import MailServerError
from sheets_sync.mail.ledger import DeliveryState
from sheets_sync.mail.options import MailLogin, MailOptions, Security
from sheets_sync.mail.smtp import Result, Smtp

S = DeliveryState
LIMIT = b"550-5.4.5 Daily user sending limit exceeded. For more\r\n550 5.4.5 information see our help\r\n"


def opened(port: int, username: str = "", password: str = "", **changes: object) -> Smtp:
    settings = {"host": "127.0.0.1", "port": port, "security": Security.NONE, "timeout": 0.3, "final_timeout": 0.3}
    login = MailLogin(username=username, password=pydantic.SecretStr(password))
    return Smtp(MailOptions.model_validate(settings | changes), login)


def send(**said: bytes | Iterable[bytes]) -> Result:
    with scripted(**said) as port, opened(port) as transport:
        transport.open()
        return transport.send("ibu@example.org", b"Subject: x\r\n\r\nx\r\n")


@pytest.mark.incident("mail-refuses-us")
@pytest.mark.parametrize(
    ("said", "becomes", "ours"),
    [
        ({"MAIL": b"530 5.7.0 Authentication required\r\n"}, S.DEFERRED, True),
        ({"RCPT": b"530 Authentication required\r\n"}, S.DEFERRED, True),
        ({"RCPT": LIMIT}, S.DEFERRED, True),
        ({"DATA": LIMIT}, S.DEFERRED, True),
        ({"dot": LIMIT}, S.DEFERRED, True),
        ({"RCPT": b"554 5.7.1 Service unavailable; blocked by a list\r\n"}, S.DEFERRED, True),
        ({"dot": b"550 5.7.26 This mail is not authenticated\r\n"}, S.DEFERRED, True),
        ({"RCPT": b"550 5.1.8 Access denied, bad outbound sender\r\n"}, S.DEFERRED, True),
        ({"RCPT": b"550 5.1.1 no such user\r\n"}, S.REFUSED, False),
        ({"RCPT": b"550 5.7.17 the mailbox has another owner\r\n"}, S.REFUSED, False),
        ({"RCPT": b"552 5.2.2 mailbox full\r\n"}, S.REFUSED, False),
        ({"dot": b"554 this looks like spam\r\n"}, S.REFUSED, False),
        ({"MAIL": b"552 5.3.4 too large\r\n"}, S.REFUSED, False),
    ],
    ids=str,
)
def test_who_refuses_us_may_take_it_later(said: dict[str, bytes], becomes: DeliveryState, ours: bool) -> None:
    """A day's limit, a wanted login or a list with our address is no verdict about the message: it is tried again."""
    result = send(**said)
    assert (result.state, result.ours) == (becomes, ours)


@pytest.mark.incident("mail-in-pieces")
@pytest.mark.parametrize(
    ("said", "becomes"),
    [
        ({"RCPT": slowly(b"250 ok\r\n"), "dot": slowly(b"250\r\n")}, S.SENT),
        ({"MAIL": slowly(b"250 " + b"o" * 200 + b"\r\n")}, S.DEFERRED),
        ({"RCPT": endless(b"250-and\r\n")}, S.DEFERRED),
        ({"dot": slowly(b"250 " + b"o" * 200 + b"\r\n")}, S.UNKNOWN),
        ({"dot": endless(b"250-and\r\n")}, S.UNKNOWN),
    ],
    ids=["in pieces", "slow", "endless", "slow in the end", "endless in the end"],
)
def test_an_answer_has_a_deadline_as_a_whole(said: dict[str, Iterable[bytes]], becomes: DeliveryState) -> None:
    """In pieces it counts as soon as it is whole; what is not whole in time is no answer, whatever has come of it."""
    assert send(**said).state is becomes


@pytest.mark.parametrize("login", [("laporan", "abcd\u00a0efgh"), ("laporán", "rahasia"), ("laporan", "kunci🔑")])
def test_a_login_that_can_not_be_sent_is_told(login: tuple[str, str]) -> None:
    """A no-break space copied along with a password is a sentence for the operator, without the password."""
    with scripted() as port, opened(port, *login) as transport, pytest.raises(MailServerError) as error:
        transport.open()
    assert "password_file" in str(error.value)
    assert login[1] not in f"{error.value}{error.value.__cause__}"


@pytest.mark.parametrize("host", ["smtp..example.org", "a" * 70 + ".org"])
def test_what_is_no_name_of_a_computer_is_told(host: str) -> None:
    """A full stop too many in `host` is told as any computer that is not found."""
    with opened(25, host=host, security="starttls") as transport, pytest.raises(MailServerError) as error:
        transport.open()
    assert "no computer of that name was found" in str(error.value)


@pytest.mark.parametrize(
    "said", [{"greeting": b"421 too many connections\r\n"}, {"AUTH": b"454 4.7.0 Temporary authentication failure\r\n"}]
)
def test_what_passes_by_itself_blames_no_setting(said: dict[str, bytes]) -> None:
    """A server that is busy, or can't look at logins for now, sends nobody to change the password."""
    with (
        scripted(**said) as port,
        opened(port, "laporan", "rahasia") as transport,
        pytest.raises(MailServerError) as error,
    ):
        transport.open()
    assert "It is tried again by itself." in str(error.value)
    assert "mail.yaml" not in str(error.value)


def test_doctor_asks_and_hears_that_it_is_about_us() -> None:
    """Asked whether it would take a mail, a server that takes none of ours says nothing about the recipient."""
    with scripted(RCPT=b"554 5.7.1 Relay access denied\r\n") as port, opened(port) as transport:
        transport.open()
        with pytest.raises(MailServerError, match="without a login"):
            transport.ask("ibu@example.org")
