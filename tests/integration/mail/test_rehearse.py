"""Rehearsing a month: everything that would be sent, as files to click through."""

from __future__ import annotations

import re
from pathlib import Path

from sample_months import NOW, everybody, office_month, sample_voice

from sheets_sync.mail.files import rehearse
from sheets_sync.mail.options import MailOptions
from sheets_sync.mail.outbox import Outbox
from sheets_sync.reports.attachments import attachments
from sheets_sync.reports.options import OfficeRecipient, ReportOptions
from sheets_sync.reports.render import Renderer
from sheets_sync.reports.seal import SealedFile


def rehearsal(folder: Path) -> Path:
    month, context = office_month(), sample_voice()
    reports = ReportOptions(office_recipients=(OfficeRecipient(name="Sekretaris", address="sekretaris@example.org"),))
    outbox = Outbox(month, Renderer(context), reports, MailOptions(), version=1, at=NOW, ruling=everybody(month))
    added = attachments(month, context, reports, NOW)
    files = [SealedFile(each.name, each.content) for each in added]
    return rehearse(folder, "Geladi Oktober 2024", files, outbox.planned(added))


def test_every_link_of_the_index_opens(tmp_path: Path) -> None:
    """The index links to the letter, the workbook and every mail with its page, and all of them are there."""
    index = rehearsal(tmp_path).read_text(encoding="utf-8")
    links = re.findall(r'href="([^"]+)"', index)
    assert sorted(links) == sorted(path.name for path in tmp_path.iterdir() if path.name != "index.html")
    assert [link for link in links if link.endswith(".pdf")] == [
        "0001-barito-timur-2024-10.pdf",
        "0003-sekretaris-example.org-barito-timur-2024-10.pdf",
    ]
    assert sum(link.endswith(".eml") for link in links) == 5


def test_a_second_rehearsal_replaces_the_first_and_leaves_other_files(tmp_path: Path) -> None:
    """Rehearsing again gives the same files, and does not touch what somebody else put there."""
    (tmp_path / "catatan.txt").write_text("punya saya", encoding="utf-8")
    rehearsal(tmp_path)
    first = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    rehearsal(tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == first
    assert (tmp_path / "catatan.txt").read_text(encoding="utf-8") == "punya saya"
