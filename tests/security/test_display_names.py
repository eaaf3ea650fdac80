"""A name that somebody typed can't become an address: whoever reads the message finds the one recipient that was meant."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.utils import getaddresses

import hostile
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sample_months import NOW

from sheets_sync.mail.message import Envelope, compose
from sheets_sync.model.address import Recipient
from sheets_sync.reports.rendered import Rendered

OFFICE = Recipient("laporan@example.org", "Laporan Perpustakaan")
ENVELOPE = Envelope("0123456789abcdef0123", Recipient("ibu@example.org"), OFFICE, OFFICE, NOW, "id", unsubscribe=True)
PIECES = st.sampled_from(
    [",", '"', "@", "<", ">", ";", ":", "(", ")", "\\", " ", "x@example.net", "Ani", "é", "=?", "?=", "\r\n"]
)
NAMES = st.one_of(st.text(), st.lists(PIECES, max_size=80).map("".join), st.sampled_from(hostile.TEXTS))


def sent(name: str, address: str = "ibu@example.org") -> bytes:
    """The message to a person of that name, from and to an office of that name too."""
    office = replace(OFFICE, name=name)
    everybody = replace(ENVELOPE, recipient=Recipient(address, name), sender=office, reply_to=office)
    return compose(Rendered("Laporan", "<p>x</p>", "x"), everybody)


def addresses(content: bytes) -> dict[str, set[frozenset[str]]]:
    """By header, the sets of addresses that a strict reader, an old one, and one that unfolds by itself find in it."""
    strict, old = message_from_bytes(content, policy=policy.default), message_from_bytes(content)
    return {
        name: {
            frozenset(each.addr_spec for each in strict[name].addresses),
            frozenset(address for _, address in getaddresses([old[name]])),
            frozenset(address for _, address in getaddresses([old[name].replace("\r\n", "")])),
        }
        for name in ("From", "To", "Reply-To")
    }


@pytest.mark.incident("names-as-addresses")
@given(NAMES)
@example("Ani, Budi, " * 12 + "x@example.net, Lala")
def test_a_name_is_never_an_address(name: str) -> None:
    """Whatever the name, every reader finds exactly the address that was meant, in To, From and Reply-To."""
    office = {frozenset({"laporan@example.org"})}
    assert addresses(sent(name)) == {"From": office, "To": {frozenset({"ibu@example.org"})}, "Reply-To": office}


@pytest.mark.incident("header-injection")
@given(NAMES)
def test_a_name_adds_no_header_and_no_long_line(name: str) -> None:
    """The head stays in ASCII, in short lines, and has the headers we wrote alone."""
    head = sent(name).partition(b"\r\n\r\n")[0]
    names = {line.partition(b":")[0].decode("ascii") for line in head.split(b"\r\n") if line[:1] not in b" \t"}
    assert names == {
        "From", "To", "Subject", "Date", "Message-ID", "Reply-To", "Auto-Submitted", "List-Unsubscribe", "Content-Type", "MIME-Version",
    }  # fmt: skip
    assert max(map(len, head.split(b"\r\n"))) < 200


@pytest.mark.parametrize(
    "name", ["Ibu Rékaan", "Ani, S.Pd.", "Budi (Pak Kades)", 'Siti "Iti" Aminah', "Nama " * 15 + "X"]
)
def test_a_name_is_shown_as_it_was_typed(name: str) -> None:
    """Encoding a name loses nothing of it for whoever reads the mail."""
    [(shown, _)] = getaddresses([message_from_bytes(sent(name))["To"]])
    assert str(make_header(decode_header(shown))) == name


@pytest.mark.incident("names-as-addresses")
def test_a_name_of_thousands_of_characters_is_cut() -> None:
    """A cell may hold a novel; the header does not."""
    assert len(sent("Ani, " * 10_000).partition(b"\r\nSubject")[0]) < 2_000
