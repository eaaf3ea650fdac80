"""The month's reports: sealed once, sent once, well-formed, and the same whatever the sheet says later."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from installation import MONTH, Installation, installation

from sheets_sync.jobs.outcome import ReportOutcome
from sheets_sync.jobs.preview import rehearse_report
from sheets_sync.jobs.run import report_job
from sheets_sync.model import Period


@pytest.fixture(scope="module")
def reported(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation whose October has been reported."""
    with installation(tmp_path_factory.mktemp("reported")) as here:
        here.sync()
        report(here)
        yield here


def report(here: Installation, period: Period = MONTH, resend: tuple[str, ...] = ()) -> ReportOutcome:
    with here.app() as app:
        return report_job(app, here.office(app), period, resend)


def mails(here: Installation) -> list[EmailMessage]:
    return [message_from_bytes(path.read_bytes(), policy=policy.default) for path in here.mailbox.kept.messages]


def test_everybody_gets_one_mail(reported: Installation) -> None:
    """Each library's address and each recipient of the office gets one mail."""
    assert sorted(mail["To"].addresses[0].addr_spec for mail in mails(reported)) == [
        "dinas@example.org",
        "kepala@example.org",
        "pangkan@example.org",
        "sekretaris@example.org",
        "tangkum@example.org",
        "turan.amis@example.org",
    ]


def test_the_mails_are_well_formed(reported: Installation) -> None:
    """Every mail has a text and an HTML part in UTF-8, and every picture the HTML shows is in it."""
    for mail in mails(reported):
        text, html = mail.get_body(("plain",)), mail.get_body(("html",))
        assert text is not None
        assert html is not None
        assert {text.get_content_charset(), html.get_content_charset()} == {"utf-8"}
        shown = {source.split('"')[0] for source in html.get_content().split('src="cid:')[1:]}
        there = {str(part["Content-ID"]).strip("<>") for part in mail.walk() if part["Content-ID"]}
        assert shown <= there
        assert not mail.defects
        assert mail["Message-ID"]
        assert mail["Auto-Submitted"] == "auto-generated"


def test_the_mail_says_the_score_and_that_it_is_internal_and_invented(reported: Installation) -> None:
    """A library's mail shows its score, that it is internal, and that the sample's figures are invented."""
    mail = next(each for each in mails(reported) if "tangkum" in str(each["To"]))
    body = mail.get_body(("plain",))
    assert body is not None
    text = body.get_content()
    assert "7,72" in text
    assert "internal" in text
    assert "CONTOH – ANGKA REKAAN" in text
    assert "CONTOH – ANGKA REKAAN" in mail["Subject"]


def test_the_office_gets_the_letter_and_the_figures(reported: Installation) -> None:
    """The office's mail carries a PDF and an .xlsx."""
    mail = next(each for each in mails(reported) if "kepala" in str(each["To"]))
    starts = [part.get_content()[:4] for part in mail.iter_attachments()]
    assert sorted(starts) == [b"%PDF", b"PK\x03\x04"]


def test_a_report_goes_out_once(reported: Installation) -> None:
    """Asking for the same report again sends nothing."""
    before = len(mails(reported))
    again = report(reported)
    assert (again.planned, again.mailing.sent, len(mails(reported))) == (0, 0, before)


def test_a_sealed_month_stays_as_it_was_and_the_next_report_tells_the_revision(tmp_path: Path) -> None:
    """A figure corrected after sealing changes no sealed byte; the next month's mail says what it was and is."""
    with installation(tmp_path, now="2024-11-06T09:00+07:00") as here:
        here.sync()
        report(here)
        with here.app() as app:
            sealed = app.store.latest_seal("barito-timur", MONTH)
        before = _correct_june(here)
        here.clock.now = here.clock.now.replace(month=12)
        here.sync()
        with here.app() as app:
            untouched = app.store.latest_seal("barito-timur", MONTH)
        report(here, Period(2024, 11))
        mail = [each for each in mails(here) if "turan.amis" in str(each["To"])][-1]
        body = mail.get_body(("plain",))
        assert body is not None
        assert sealed == untouched
        assert f"{before} → {before + 9}" in body.get_content()


def _correct_june(here: Installation) -> int:
    """Somebody adds nine to June's participants in Turan Amis; what it was before."""
    sheet = here.person().worksheet("Turan Amis")
    found = sheet.find("Peserta kegiatan")
    assert found is not None
    row = next(n for n, values in enumerate(sheet.get_all_values(), 1) if values[0] == "Juni")
    before = int(str(sheet.cell(row, found.col).value))
    sheet.update_cell(row, found.col, before + 9)
    return before


def test_a_resend_goes_to_the_named_recipient_as_a_new_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Resending makes the next version, for the named recipient only; all of its mails, where it comes in several."""
    with installation(tmp_path) as here:
        here.sync()
        report(here)
        again = report(here, resend=("tangkum@example.org",))
        with here.app() as app:
            versions = [line.key.version for line in app.store.deliveries.of() if "tangkum" in line.key.recipient]
        assert (again.planned, again.mailing.sent, sorted(versions)) == (1, 1, [1, 2])

        monkeypatch.setattr("sheets_sync.mail.options.WORDS", 920_000)
        here.configure("mail.yaml", largest_mb=1)
        here.configure("reports.yaml", letter_annexes_up_to=2)
        several = report(here, resend=("kepala@example.org",))
        sent = mails(here)[-several.planned :]
        attached = [[str(part.get_filename()) for part in mail.iter_attachments()] for mail in sent]
        assert several.planned == several.mailing.sent > 1
        assert {mail["To"].addresses[0].addr_spec for mail in sent} == {"kepala@example.org"}
        assert sorted(name for names in attached for name in names) == [
            "barito-timur-2024-10-lampiran-1-dari-2.pdf",
            "barito-timur-2024-10-lampiran-2-dari-2.pdf",
            "barito-timur-2024-10.pdf",
            "barito-timur-2024-10.xlsx",
        ]
        assert report(here).mailing.sent == 0
        with here.app() as app:
            index = rehearse_report(app, here.office(app), MONTH, tmp_path / "out")
        assert all(
            name in "".join(each.name for each in index.parent.iterdir()) for names in attached for name in names
        )


def test_a_sealed_month_keeps_its_scheme(tmp_path: Path) -> None:
    """A scheme changed after sealing scores later months; the sealed month is explained as it was scored."""
    with installation(tmp_path, now="2024-11-06T09:00+07:00") as here:
        here.sync()
        report(here)
        before = here.score("Tangkum")
        path = here.place.config / "schemes" / "tpbis.yaml"
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("target: {desa: 2,", "target: {desa: 4,").replace("tpbis-2024.1", "tpbis-2024.2"))
        september = here.library("Tangkum", Period(2024, 9)).score
        assert here.score("Tangkum") == before
        assert september is not None
        assert september.scheme == "tpbis-2024.2"
