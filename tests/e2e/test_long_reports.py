"""A year's and a quarter's report on the main road: after the month's, once, sealed, marked, held like a month's."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes, policy

import pytest
from installation import Installation, installation
from office_days import beat, by_hand, it_is, mails, sealed, texts

from sheets_sync.errors import UsageError
from sheets_sync.jobs.outcome import ReportOutcome
from sheets_sync.jobs.preview import rehearse_report
from sheets_sync.jobs.run import report_job
from sheets_sync.mail.ledger import DeliveryState
from sheets_sync.model import Period, Reported, TimeSpan

NOVEMBER, DECEMBER = Period(2024, 11), Period(2024, 12)
Q4, YEAR = TimeSpan(2024, 4), TimeSpan(2024)


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An office that reported November by hand; its quarters go out too. January's eighth morning has come."""
    with installation(tmp_path_factory.mktemp("years"), now="2025-01-05T20:00+07:00") as opened:
        opened.place.configure("reports.yaml", {"quarterly": True, "reminders": {"send": False}})
        opened.sync()
        with pytest.raises(UsageError, match="no month yet"):
            report(opened, YEAR)
        by_hand(opened, NOVEMBER)
        it_is(opened, "2025-01-08T08:01")
        yield opened


def report(here: Installation, of: Reported, resend: tuple[str, ...] = ()) -> ReportOutcome:
    with here.app() as app:
        return report_job(app, here.office(app), of, resend)


def test_the_year_follows_its_last_month(here: Installation) -> None:
    """One after the other: December, the fourth quarter, the year; each once, six mails each, all marked."""
    before = mails(here)
    assert [[step for step in beat(here) if step.startswith("report")] for _ in range(4)] == [
        ["report barito-timur 2024-12"],
        ["report barito-timur 2024-Q4"],
        ["report barito-timur 2024"],
        [],
    ]
    assert mails(here) - before == 18
    assert sealed(here) == [("2024-11", 1), ("2024-12", 1)]
    with here.app() as app:
        spans = app.store.reporting("barito-timur", app.clock()).spans
        assert {(seal.span, str(seal.period), seal.marked) for seal in spans} == {
            ("quarter", "2024-12", True),
            ("year", "2024-12", True),
        }
        marked = app.store.workbooks("barito-timur")[here.workbook].marks
        assert sorted(mark.span for mark in marked if mark.period == DECEMBER) == ["", "quarter", "year"]
        assert {mark.deliveries for mark in marked if mark.period == DECEMBER} == {6}


def test_what_the_year_s_mails_bring(here: Installation) -> None:
    """The office gets letter, wall page, figures and a paragraph to pass on; a library its wall page."""
    found = [message_from_bytes(p.read_bytes(), policy=policy.default) for p in here.mailbox.kept.messages[-6:]]
    attached = {
        str(mail["To"].addresses[0].addr_spec): [part.get_filename() for part in mail.iter_attachments()]
        for mail in found
    }
    office = ["barito-timur-2024.pdf", "barito-timur-2024-dinding.pdf", "barito-timur-2024.xlsx"]
    assert attached["sekretaris@example.org"] == attached["kepala@example.org"] == office
    assert attached["tangkum@example.org"] == ["barito-timur-2024-perpusdes-tangkum.pdf"]
    subjects = {subject for _, subject, _ in texts(here, mails(here) - 6)}
    assert "[CONTOH – ANGKA REKAAN] Laporan tahun 2024 – Perpustakaan Desa Tangkum" in subjects
    text = next(said for to, _, said in texts(here, mails(here) - 6) if "sekretaris" in to)
    assert "40 sudah masuk" in text
    assert "Siap diteruskan" in text


def test_asked_for_again_nothing_is_sent(here: Installation) -> None:
    """A report that is sealed goes out no second time; a rehearsal seals and sends nothing."""
    before = mails(here)
    assert (report(here, YEAR).planned, mails(here)) == (0, before)
    with here.app() as app:
        index = rehearse_report(app, here.office(app), YEAR, here.place.folder / "out")
        assert len(app.store.reporting("barito-timur", app.clock()).spans) == 2
    assert (index.parent.name, mails(here)) == ("2024", before)


def test_a_later_version_tells_what_was_revised(here: Installation) -> None:
    """September is reported, then a figure of it changes: a new version of its quarter says what it was."""
    report(here, Period(2024, 9))
    sheet = here.person().worksheet("Tangkum")
    row = next(n for n, values in enumerate(sheet.get_all_values(), 1) if values[0] == "September")
    sheet.update_cell(row, 2, 144)
    outcome = report(here, TimeSpan(2024, 3), ("kepala@example.org",))
    assert outcome.planned == 1
    assert "September 2024 direvisi: Pengunjung di tempat 134 → 144" in texts(here)[-1][2]


def test_a_new_address_is_held(here: Installation) -> None:
    """Nobody has approved it: its copy of the year waits, and nothing else does."""
    register = here.person().worksheet("Perpustakaan")
    cell = register.find("pangkan@example.org")
    assert cell is not None
    register.update_cell(cell.row, cell.col, "baru@example.org")
    here.sync()
    here.clock.now = here.clock.now.replace(month=4, day=9)
    report(here, Period(2025, 3))
    report(here, TimeSpan(2025, 1))
    with here.app() as app:
        lines = [
            d for d in app.store.deliveries.of("barito-timur", Period(2025, 3)) if d.key.report.endswith("quarter")
        ]
    assert {line.key.recipient for line in lines if line.state is DeliveryState.HELD} == {"baru@example.org"}
    assert sum(line.state is DeliveryState.SENT for line in lines) == 5
