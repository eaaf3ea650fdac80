"""A person is told: once for a cause, by every way they gave, with the remedy; and once when it is well again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from installation import US, Installation
from message_catcher import MessageCatcher, message_catcher
from office_days import beat, it_is, reporting_office, texts

OPERATOR = "operator@dinas.example"


@pytest.fixture
def phone() -> Iterator[MessageCatcher]:
    """The operator's phone."""
    with message_catcher() as catcher:
        yield catcher


@pytest.fixture
def here(tmp_path: Path, phone: MessageCatcher, monkeypatch: pytest.MonkeyPatch) -> Iterator[Installation]:
    """An office that has been reporting, whose operator is told by mail and by phone."""
    monkeypatch.setenv("SHEETS_SYNC_NOTIFY_WAYS", phone.address)
    with reporting_office(tmp_path, "2024-11-18T08:00+07:00") as office:
        office.configure("service.yaml", notify={"mail": [f"Operator <{OPERATOR}>"]})
        office.configure("reports.yaml", reminders={"send": False})
        beat(office)  # what the first report left to say is told
        office.clock.now += timedelta(hours=1)
        beat(office)
        phone.told.clear()
        yield office


def beats(here: Installation, *hours: float) -> None:
    """A beat after each of these spans, one after the other."""
    for span in hours:
        here.clock.now += timedelta(hours=span)
        beat(here)


def to_operator(here: Installation) -> list[tuple[str, str]]:
    """Subject and text of the mails that the operator got."""
    return [(subject, text) for to, subject, text in texts(here) if OPERATOR in to]


def test_five_days_without_google_are_told_once_and_their_end_once(here: Installation, phone: MessageCatcher) -> None:
    """After some hours one message says so and what becomes of the figures; one when Google is back, by both ways."""
    before = len(to_operator(here))
    here.google_away()
    beats(here, 1, 6, 24, 96)
    assert ["tidak dapat dihubungi" in title for title in phone.titles] == [True]
    assert "tetap ada di Rekap" in phone.told[0][1]
    here.google.conditions.clear()
    beats(here, 1, 1)
    assert [("kembali normal" in title) for title in phone.titles] == [False, True]
    assert [subject for subject, _ in to_operator(here)[before:]] == phone.titles


def test_google_away_for_an_hour_is_no_news(here: Installation, phone: MessageCatcher) -> None:
    """What passes by itself within hours is in the log and in `status` only."""
    here.google_away()
    beats(here, 0.5, 0.5)
    here.google.conditions.clear()
    beats(here, 1, 1)
    assert phone.told == []


def test_a_workbook_that_is_unshared_is_told_with_what_to_do(here: Installation, phone: MessageCatcher) -> None:
    """The second look tells, and names the account it has to be shared with."""
    ours = here.google.account(US).email
    here.person().remove_permissions(ours, role="any")
    beats(here, 0.5, 0.5, 6)
    assert len(phone.told) == 1
    title, text = phone.told[0]
    assert "Tidak diizinkan" in title
    assert ours in text
    assert "Bagikan" in text


def test_mail_down_is_told_by_the_other_way_and_in_rekap(here: Installation, phone: MessageCatcher) -> None:
    """The phone says that no mail gets through, Rekap too; when it is back mail is told what it missed only if it lasts."""
    here.configure("mail.yaml", port=1)
    it_is(here, "2024-12-06T08:00")
    beat(here)  # November's report can't be sent
    beats(here, 6, 0.5, 12)
    assert sum("Surel tidak terkirim" in title for title in phone.titles) == 1
    rekap = here.person().worksheet("Rekap").get_all_values()
    assert any("Surel tidak terkirim" in cell for row in rekap for cell in row)
    here.configure("mail.yaml", port=here.mailbox.port)
    beats(here, 1, 1)
    assert sum("kembali normal" in title for title in phone.titles) == 1
    rekap = here.person().worksheet("Rekap").get_all_values()
    assert not any("Surel tidak terkirim" in cell for row in rekap for cell in row)


@pytest.mark.incident("job-fails")
def test_a_report_that_can_not_be_made_is_told(here: Installation, phone: MessageCatcher, tmp_path: Path) -> None:
    """A sentence of the office's own that says nothing: told once with the place, once when it is well, and then it goes."""
    (tmp_path / "texts.id.yaml").write_text('library_subject: ""\n', encoding="utf-8")
    here.configure("reports.yaml", templates=str(tmp_path))
    it_is(here, "2024-12-06T08:00")
    beat(here)
    phone.told.clear()  # the year ends, too
    beats(here, 0.3, 0.3, 5)
    assert [title for title in phone.titles if "laporan November 2024" in title] == phone.titles[:1]
    assert "texts.id.yaml" in phone.told[0][1]
    (tmp_path / "texts.id.yaml").unlink()
    beats(here, 0.1, 1)
    assert ["kembali normal" in title for title in phone.titles] == [False, True]
    assert any("November 2024" in subject for to, subject, _ in texts(here) if "tangkum" in to)


def test_a_way_that_is_away_costs_the_other_nothing_and_hears_later(here: Installation, phone: MessageCatcher) -> None:
    """Mail tells while the phone's service is away, that too; the phone hears of what still lasts when it is back."""
    phone.away = True
    before = len(to_operator(here))
    here.google_away()
    beats(here, 1, 6, 24)
    subjects = [subject for subject, _ in to_operator(here)[before:]]
    assert sum("tidak dapat dihubungi" in subject for subject in subjects) == 1
    assert sum("json" in subject for subject in subjects) == 1
    phone.away = False
    beats(here, 1, 1)
    assert len(phone.told) == 1
    assert "tidak dapat dihubungi" in phone.titles[0]
