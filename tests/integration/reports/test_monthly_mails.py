"""A month's reports from values to a mailbox: rendered, planned, delivered over TLS, kept as files."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes, policy
from pathlib import Path

import pydantic
from memory_ledger import MemoryLedger
from sample_months import NOW, everybody, library_month, office_month, sample_voice

from sheets_sync.demo.mailbox import Login, Mailbox
from sheets_sync.mail.approval import Ruling
from sheets_sync.mail.deliver import mail_due
from sheets_sync.mail.ledger import DeliveryState
from sheets_sync.mail.options import MailLogin, MailOptions
from sheets_sync.mail.outbox import Outbox, library_recipients
from sheets_sync.mail.smtp import Smtp
from sheets_sync.model import Library
from sheets_sync.model.approval import HoldReason
from sheets_sync.reports.options import OfficeRecipient, ReportOptions
from sheets_sync.reports.render import Renderer


def test_a_month_arrives(tmp_path: Path) -> None:
    """The office and every library with an address find their report in the mailbox, once."""
    entry = library_month()
    silent = library_month("Perpustakaan Desa Tanpa Surel")
    month = office_month([entry, replace(silent, library=replace(silent.library, emails=()))])
    reports = ReportOptions(
        office_recipients=(OfficeRecipient(name="Sekretaris Dinas", address="sekretaris@example.org"),)
    )
    login = MailLogin(username="laporan", password=pydantic.SecretStr("rahasia"))
    ledger = MemoryLedger()
    with Mailbox(tmp_path, Login("laporan", "rahasia")) as mailbox:
        mail = MailOptions(port=mailbox.port, ca_file=mailbox.ca_file, reply_to="dinas@example.org")
        outbox = Outbox(month, Renderer(sample_voice()), reports, mail, version=1, at=NOW, ruling=everybody(month))
        for _ in range(2):
            ledger.plan(outbox.planned(), NOW)
            with Smtp(mail, login) as transport:
                mail_due(ledger, transport, mail, lambda: NOW)
        messages = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in mailbox.kept.messages]
    assert [message["To"] for message in messages] == ["Sekretaris Dinas <sekretaris@example.org>", "Ibu Rekaan <pustaka@example.org>"]  # fmt: skip
    assert {delivery.state for delivery in ledger.deliveries.values()} == {DeliveryState.SENT}
    page = (tmp_path / "0002-pustaka-example.org.html").read_text(encoding="utf-8")
    assert "data:image/png;base64," in page
    assert "cid:" not in page


def test_an_address_is_written_to_once() -> None:
    """Of a library's addresses those that can't be written to are left out, and none is used twice."""
    library = Library("x", "X", emails=("ibu@example.org", "IBU@example.org", "salah", "bapak@example.org"))
    assert [to.address for to in library_recipients(library)] == ["IBU@example.org", "bapak@example.org"]


def test_who_is_not_approved_waits_for_the_office() -> None:
    """A report to an address that nobody approved for the library is held; nothing is made for a crowd of them."""
    ledger, entry = MemoryLedger(), library_month()
    others = tuple(f"orang{number}@example.org" for number in range(6))
    moved = replace(entry, library=replace(entry.library, emails=("Pustaka@example.org", "orang.lain@example.org")))
    crowd = replace(entry, library=replace(entry.library, code="lain", emails=others))
    may = Ruling(
        frozenset({(entry.library.code, "pustaka@example.org")}),
        {("lain", address): HoldReason.TOO_MANY for address in others},
    )
    month = office_month([moved, crowd])
    ledger.plan(Outbox(month, Renderer(sample_voice()), ReportOptions(), MailOptions(), 1, NOW, may).planned(), NOW)
    assert {each.key.recipient: each.state for each in ledger.deliveries.values()} == {
        "Pustaka@example.org": DeliveryState.PLANNED,
        "orang.lain@example.org": DeliveryState.HELD,
    }
    assert [each.key.recipient for each in ledger.due(NOW)] == ["Pustaka@example.org"]
