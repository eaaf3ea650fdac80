"""The message a mail server gets, and the addresses it goes to."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta, timezone
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pydantic
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_months import NOW, library_month, office_month, sample_voice

from sheets_sync.errors import ConfigError
from sheets_sync.mail.message import Envelope, compose
from sheets_sync.mail.options import MailLogin, MailOptions
from sheets_sync.model.address import Recipient, recipient
from sheets_sync.reports.render import Renderer
from sheets_sync.reports.rendered import Attachment, Parcel, Rendered

ENVELOPE = Envelope(
    key="0123456789abcdef0123",
    recipient=recipient("Ibu Rékaan <ibu@example.org>"),
    sender=recipient("Laporan Perpustakaan <laporan@example.org>"),
    reply_to=recipient("dinas.perpustakaan.dan.kearsipan@kabupaten-barito-timur.example.org"),
    sent_at=NOW.astimezone(timezone(timedelta(hours=7))),
    language="id",
    unsubscribe=True,
)


def sample() -> Rendered:
    return Renderer(sample_voice()).office(
        office_month([library_month()]),
        "Kepala Dinas",
        Parcel((Attachment("laporan.pdf", "application/pdf", b"%PDF-1.7"),)),
    )


def parsed(content: bytes) -> EmailMessage:
    return message_from_bytes(content, policy=policy.default)


def test_headers_are_sober() -> None:
    """The message names sender, recipient, reply address, a derived id, its moment, and that a program made it."""
    message = parsed(compose(sample(), ENVELOPE))
    assert message["From"] == "Laporan Perpustakaan <laporan@example.org>"
    assert message["To"] == "Ibu Rékaan <ibu@example.org>"
    assert message["Reply-To"] == "dinas.perpustakaan.dan.kearsipan@kabupaten-barito-timur.example.org"
    assert message["Message-ID"] == "<0123456789abcdef0123@example.org>"
    assert message["Date"] == "Wed, 06 Nov 2024 08:00:00 +0700"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Subject"].startswith("[CONTOH – ANGKA REKAAN] Laporan Oktober 2024 – Dinas")


def test_a_long_unsubscribe_address_stays_in_one_piece() -> None:
    """List-Unsubscribe is not folded or encoded, however long the office's address is."""
    (line,) = [line for line in compose(sample(), ENVELOPE).split(b"\r\n") if line.startswith(b"List-Unsubscribe")]
    assert line.endswith(b"?subject=unsubscribe%20ibu%40example.org>")
    assert b"List-Unsubscribe" not in compose(sample(), replace(ENVELOPE, unsubscribe=False))


def test_parts_are_in_the_order_clients_expect() -> None:
    """Text first, then HTML with its pictures, then attachments; every part whole and in UTF-8."""
    message = parsed(compose(sample(), ENVELOPE))
    kinds = [part.get_content_type() for part in message.walk()]
    assert kinds == [
        "multipart/mixed", "multipart/alternative", "text/plain", "multipart/related", "text/html",
        "image/png", "image/png", "application/pdf",
    ]  # fmt: skip
    assert all(part.defects == [] for part in message.walk())
    html, text = message.get_body(("html",)), message.get_body(("plain",))
    assert html is not None
    assert text is not None
    assert html.get_content().replace("\r\n", "\n") == sample().html
    assert text.get_content().replace("\r\n", "\n") == sample().text
    assert html["Content-Language"] == "id"


def test_every_cid_has_its_part() -> None:
    """Every picture the HTML shows is in the message, so that no client shows a broken one."""
    message = parsed(compose(sample(), ENVELOPE))
    ids = {part["content-id"].strip("<>") for part in message.walk() if part["content-id"]}
    html = message.get_body(("html",))
    assert html is not None
    assert ids == {piece.partition('"')[0] for piece in html.get_content().split('src="cid:')[1:]}


def test_the_same_report_gives_the_same_bytes() -> None:
    """Nothing in a message is drawn at random."""
    assert compose(sample(), ENVELOPE) == compose(sample(), ENVELOPE)


def test_lines_are_short_and_in_ascii() -> None:
    """Any mail server takes the message: ASCII, CRLF, no line over 998 characters."""
    content = compose(sample(), ENVELOPE)
    content.decode("ascii")
    assert content.count(b"\n") == content.count(b"\r\n")
    assert max(map(len, content.split(b"\r\n"))) < 200


def test_an_encoded_word_stays_what_was_typed() -> None:
    """A name that hides a line break and a header in an encoded word adds no header: it is shown as it was typed."""
    typed = "=?utf-8?q?x=0D=0ABcc:_y@example.org?="
    message = parsed(
        compose(Rendered(typed, "<p>x</p>", "x"), replace(ENVELOPE, recipient=Recipient("ibu@example.org", typed)))
    )
    assert "Bcc" not in message
    assert message["Subject"] == "= ?utf-8?q?x=0D=0ABcc:_y@example.org?="


@given(st.text(), st.text())
def test_what_is_typed_adds_no_header(name: str, subject: str) -> None:
    """Whatever a name or a subject holds, the message has the headers we wrote and no other."""
    rendered = Rendered(" ".join(subject.split()), "<p>x</p>", "x")
    try:
        somebody = replace(ENVELOPE, recipient=Recipient("ibu@example.org", name))
        message = parsed(compose(rendered, somebody))
    except ValueError:
        return  # refused is safe too
    wanted = {"From", "To", "Subject", "Date", "Message-ID", "Reply-To", "Auto-Submitted", "List-Unsubscribe", "MIME-Version", "Content-Type"}  # fmt: skip
    assert set(message.keys()) == wanted
    assert [address.addr_spec for address in message["To"].addresses] == ["ibu@example.org"]


@pytest.mark.parametrize(
    ("typed", "address", "name"),
    [
        ("ibu@example.org", "ibu@example.org", ""),
        ("Ibu Rekaan <ibu.rekaan+pustaka@Example.ORG>", "ibu.rekaan+pustaka@example.org", "Ibu Rekaan"),
        ("pustaka@désa.example", "pustaka@xn--dsa-bma.example", ""),
    ],
)
def test_reads_an_address(typed: str, address: str, name: str) -> None:
    """An address is read with its name, its domain in ASCII and lower case."""
    assert recipient(typed) == Recipient(address, name)


@pytest.mark.parametrize(
    "typed",
    ["", "ibu", "ibu@", "@example.org", "ibu@example..org", "ibu @example.org", "a@b.org, c@d.org", "ibu@example.org\r\nBcc: x@y.org",
     "ib\u00fa@example.org", "i..b@example.org", "x" * 65 + "@example.org", '"a b"@example.org', "ibu@-example.org"],
)  # fmt: skip
def test_refuses_what_is_no_address(typed: str) -> None:
    """What can't be written to is refused, two addresses in one and attempts at further headers among it."""
    with pytest.raises(ValueError, match="an e-mail address like"):
        recipient(typed)


def test_the_password_never_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The password comes from the environment or from a file, and no way of printing the login shows it."""
    monkeypatch.setenv("SHEETS_SYNC_SMTP_PASSWORD", "rahasia")
    assert MailLogin().secret() == "rahasia"
    assert "rahasia" not in repr(MailLogin()) + str(MailLogin().model_dump())
    (tmp_path / "secret").write_text("dari berkas\n", encoding="utf-8")
    assert MailLogin(password_file=tmp_path / "secret").secret() == "dari berkas"
    with pytest.raises(ConfigError, match="missing"):
        MailLogin(password_file=tmp_path / "missing").secret()


def test_no_password_in_the_clear_to_another_machine() -> None:
    """An unprotected connection is only allowed to this machine."""
    assert MailOptions(host="localhost", security="none").security == "none"
    with pytest.raises(pydantic.ValidationError, match="unless the mail server is localhost"):
        MailOptions(host="smtp.example.org", security="none")
