"""A report's files in as many mails as it takes."""

from __future__ import annotations

from email import message_from_bytes, policy
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from memory_ledger import MemoryLedger
from sample_months import NOW, everybody, library_month, office_month, sample_voice

from sheets_sync.mail.ledger import DeliveryKey, Planned
from sheets_sync.mail.options import MailOptions
from sheets_sync.mail.outbox import Outbox
from sheets_sync.model import Period
from sheets_sync.reports.options import OfficeRecipient, ReportOptions
from sheets_sync.reports.parcels import parcels, sent_size
from sheets_sync.reports.render import Renderer
from sheets_sync.reports.rendered import Attachment
from sheets_sync.reports.spool import Spool

CONTEXT = sample_voice()
PDF = "application/pdf"
REPORTS = ReportOptions(
    to_libraries=False,
    office_recipients=tuple(OfficeRecipient(name=name, address=f"{name}@example.org") for name in ("sekretaris", "kepala")),
)  # fmt: skip


def files(*sizes: int) -> list[Attachment]:
    return [Attachment(f"{n}.pdf", PDF, bytes(size), f"Jilid {n}") for n, size in enumerate(sizes)]


def mails(attached: list[Attachment], **changes: object) -> list[Planned]:
    options = MailOptions.model_validate({"largest_mb": 1, **changes})
    month = office_month()
    return list(Outbox(month, Renderer(CONTEXT), REPORTS, options, 1, NOW, everybody(month)).planned(attached))


@given(st.lists(st.integers(0, 3000), max_size=12), st.integers(1, 9000))
def test_every_file_goes_once_in_its_order(sizes: list[int], room: int) -> None:
    """No mail is larger than there is room, but for a file that is so by itself; none but the first is empty."""
    made = parcels(files(*sizes), room, CONTEXT)
    assert [each for mail in made for each in mail.files] == files(*sizes)
    assert all(len(mail.files) == 1 or sum(map(sent_size, mail.files)) <= room for mail in made)
    assert all(mail.files for mail in made[1:])
    assert [(mail.number, mail.total) for mail in made] == [(n + 1, len(made)) for n in range(len(made))]


@pytest.mark.parametrize(
    ("sizes", "room", "listed"),
    [
        ([10] * 3, 10_000, [()]),
        ([10] * 4, 10_000, [tuple(f"Jilid {n} – {n}.pdf" for n in range(4))]),
        ([10, 900], 1500, [("Jilid 0 – 0.pdf", "Jilid 1 – 1.pdf (di surel 2)"), ("Jilid 1 – 1.pdf",)]),
    ],
)
def test_a_mail_says_what_it_brings(sizes: list[int], room: int, listed: list[tuple[str, ...]]) -> None:
    """Three files speak for themselves; of more, and of several mails, the first tells all and the others their own."""
    assert [mail.listed for mail in parcels(files(*sizes), room, CONTEXT)] == listed


def test_each_recipient_gets_every_mail_once() -> None:
    """Two recipients, files for three mails: six deliveries of their own ids, each message below the limit."""
    planned = mails(files(60_000, 400_000, 400_000, 10))
    ledger = MemoryLedger()
    assert (ledger.plan(planned, NOW), ledger.plan(planned, NOW)) == (6, 0)
    assert [(each.key.recipient, each.key.report) for each in planned] == [
        (f"{name}@example.org", report) for name in ("sekretaris", "kepala") for report in ("office", "office.2", "office.3")
    ]  # fmt: skip
    assert max(len(each.message) for each in planned) <= 1_000_000
    read = [message_from_bytes(each.message, policy=policy.default) for each in planned[:3]]
    attached = [[part.get_filename() for part in mail.iter_attachments()] for mail in read]
    assert attached == [["0.pdf"], ["1.pdf"], ["2.pdf", "3.pdf"]]
    assert [str(mail["Subject"]).rpartition(" (")[2] for mail in read] == [f"surel {n} dari 3)" for n in (1, 2, 3)]
    for mail, line in zip(read, ("Jilid 2 – 2.pdf (di surel 3)", "Jilid 1 – 1.pdf", "Jilid 3 – 3.pdf"), strict=True):
        text, page = (mail.get_body((kind,)) for kind in ("plain", "html"))
        assert text is not None
        assert page is not None
        assert line in text.get_content()
        assert line in " ".join(page.get_content().split())


@pytest.mark.parametrize(
    ("report", "kind", "span", "part"),
    [
        ("office", "office", "", 1), ("office.2", "office", "", 2), ("office-year", "office", "year", 1),
        ("office-quarter.12", "office", "quarter", 12), ("library-year", "library", "year", 1), ("reminder-2", "reminder", "", 1),
    ],
)  # fmt: skip
def test_a_further_mail_belongs_to_its_report(report: str, kind: str, span: str, part: int) -> None:
    """Its delivery is of the same report as the first one: they are marked, held and sent again together."""
    key = DeliveryKey("barito-timur", report, Period(2024, 12), "", "kepala@example.org")
    assert (key.kind, key.of_report, key.part) == (kind, (span, Period(2024, 12), 1), part)


def test_what_is_put_by_is_read_again(tmp_path: Path) -> None:
    """In any order, also while more is put by; nothing stays in the folder."""
    contents = [b"", b"a", bytes(70_000), b"\r\n"]
    with Spool(tmp_path / "data") as spool:
        kept = [spool.keep(content) for content in contents]
        assert [bytes(each) for each in reversed(kept)] == contents[::-1]
        more = spool.keep(b"more")
        assert [bytes(each) for each in (*kept, more)] == [*contents, b"more"]
        assert list(map(len, kept)) == list(map(len, contents))
    assert list((tmp_path / "data").iterdir()) == []


@pytest.mark.incident("disk-full-while-made")
def test_a_full_disk_leaves_no_library_out() -> None:
    """The mails of the libraries behind the one at which the disk was full are no less wanted: nothing is sealed."""
    kept = list[bytes]()

    def keep(content: bytes) -> bytes:
        if kept:
            raise OSError(28, "No space left on device")
        kept.append(content)
        return content

    month = office_month([library_month(), library_month(name="Perpustakaan Desa Pangkan")])
    outbox = Outbox(month, Renderer(CONTEXT), ReportOptions(), MailOptions(), 1, NOW, everybody(month), keep=keep)
    with pytest.raises(OSError, match="No space left"):
        list(outbox.planned())
