"""The ways by which people are told: each person named for mail has one of their own."""

from __future__ import annotations

import pydantic
import pytest
from scripted_smtp import scripted

from sheets_sync.clock import system_clock
from sheets_sync.errors import DeliveryError
from sheets_sync.mail.options import MailLogin, MailOptions, Security
from sheets_sync.notify.options import Told
from sheets_sync.notify.ways import ways

NAMED = ("Operator <operator@example.org>", "kepala@example.org")


def test_each_person_is_a_way() -> None:
    """What one was told, or could not be, is remembered for them alone; an office's ways bear its code."""
    login = MailLogin(username="", password=pydantic.SecretStr(""))
    told = ways(Told(mail=NAMED), ["ntfys://x", "ntfys://y"], MailOptions(), login, "kapuas")
    assert [each.name for each in told] == ["kapuas mail", "kapuas mail kepala@example.org", "kapuas ntfys", "kapuas ntfys 2"]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "fails"),
    [(b"250 ok\r\n", False), (b"451 4.7.1 greylisted, come back later\r\n", True), (b"550 5.1.1 nobody\r\n", True)],
    ids=str,
)
def test_who_was_put_off_has_not_been_told(said: bytes, fails: bool) -> None:
    """A server that makes the second one wait, or refuses them, has not told them: they are told again later."""
    with scripted(RCPT=said) as port:
        options = MailOptions(host="127.0.0.1", port=port, security=Security.NONE)
        [_, second] = ways(Told(mail=NAMED), [], options, MailLogin(username="", password=pydantic.SecretStr("")))
        if fails:
            with pytest.raises(DeliveryError):
                second.tell("x", "y", system_clock())
        else:
            second.tell("x", "y", system_clock())
