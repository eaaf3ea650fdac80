"""Google away when reports are to go out: nothing is sealed on old figures, nobody is called late, a person is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from installation import Installation
from office_days import EVERYBODY, OCTOBER, beat, by_hand, it_is, mails, reporting_office, sealed, texts, told
from snapshot import Snapshot, bring_back, snapshot

from sheets_sync.model import Reporting


@pytest.fixture(scope="module")
def evening(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Installation, Snapshot]]:
    """The evening before October's report, kept."""
    with reporting_office(tmp_path_factory.mktemp("office")) as office:
        yield office, snapshot(office, tmp_path_factory.mktemp("evening"))


@pytest.fixture
def here(evening: tuple[Installation, Snapshot]) -> Installation:
    """That evening once more."""
    bring_back(*evening)
    return evening[0]


def type_a_figure(here: Installation) -> int:
    """After the last read, still in time, somebody corrects October's visitors in Tangkum; the new figure."""
    sheet = here.person().worksheet("Tangkum")
    row = next(n for n, values in enumerate(sheet.get_all_values(), 1) if values[0] == "Oktober")
    sheet.update([["987"]], f"B{row}")
    return 987


def figures(here: Installation) -> set[float | None]:
    """What October's report says of October."""
    with here.app() as app:
        found = app.store.latest_seal(here.office(app).code, OCTOBER)
    assert found is not None
    assert found.period == OCTOBER
    return {figure.value for figure in found.figures if figure.period == OCTOBER}


@pytest.mark.incident("google-away")
@pytest.mark.parametrize(
    ("tries", "back", "asked"),
    [
        (["2024-11-06T08:00", "2024-11-06T08:59"], "2024-11-06T09:00", False),
        (["2024-11-06T08:00", "2024-11-07T12:00", "2024-11-08T07:59"], "2024-11-08T08:01", False),
        (["2024-11-06T08:00", "2024-11-09T08:00", "2024-11-11T09:00", "2024-11-16T07:00"], "2024-11-16T08:00", True),
    ],
    ids=["an hour", "two days", "ten days"],
)
def test_the_report_waits_for_google(
    here: Installation,
    tries: list[str],
    back: str,
    asked: bool,
    caplog: pytest.LogCaptureFixture,
    record_property: Callable[[str, object], None],
) -> None:
    """Not sealed, not sent and nobody reminded while Google is away; at once, with the last figures, when it is back."""
    it_is(here, "2024-11-05T21:00")
    typed, before = type_a_figure(here), mails(here)
    here.google_away()
    for moment in tries:
        it_is(here, moment)
        assert not [step for step in beat(here) if step.startswith(("report", "remind"))]
        assert [month for month, _ in sealed(here)] == ["2024-09"]
        assert mails(here) == before
    said = told(here)
    assert any("--as-is" in text for text in said) is asked
    assert any("menunggu" in record.getMessage() for record in caplog.records)
    here.google.conditions.clear()
    it_is(here, back)
    assert "report barito-timur 2024-10" in beat(here)
    assert typed in figures(here)
    assert mails(here) >= before + EVERYBODY
    late = [tab for tab in ("Tangkum", "Pangkan", "Turan Amis") if here.library(tab).on_time is False]
    assert (late, told(here)) == ([], [])
    record_property(
        "happened",
        f"Away from {tries[0]} until {back}: {len(tries)} beats looked at sealed 0 and sent 0; the first beat after it "
        f"sealed October with the last figures and sent {mails(here) - before}; {len(late)} libraries called late.",
    )
    record_property("told", f"sync, status, log (once), meanwhile: {' '.join(said)}")


def test_what_stops_a_report_is_logged_once(here: Installation, caplog: pytest.LogCaptureFixture) -> None:
    """A minute later the same is no news; that a person is asked is."""
    here.google_away()
    counted = []
    for moment in ("2024-11-06T08:00", "2024-11-06T08:01", "2024-11-06T08:02", "2024-11-09T08:00"):
        it_is(here, moment)
        beat(here)
        counted.append(sum("menunggu" in record.getMessage() for record in caplog.records))
    assert counted == [1, 1, 1, 2]


@pytest.mark.incident("by-hand-unread")
def test_a_person_reports_on_what_is_there_and_the_report_says_so(here: Installation) -> None:
    """By hand nothing is sealed unread; with --as-is it is, and every mail names the workbook and its age."""
    here.google_away()
    it_is(here, "2024-11-09T09:00")
    before = mails(here)
    refused = by_hand(here)
    assert (refused.status, refused.planned, mails(here)) == (3, 0, before)
    assert by_hand(here, as_is=True).mailing.sent == EVERYBODY
    said = [" ".join(text.split()) for _, _, text in texts(here, before)]
    assert len(said) == EVERYBODY
    assert all("dibuat dari data per 5 Nov 2024 20.00" in text for text in said)
    here.google.conditions.clear()
    _, requests = here.sync()
    assert requests["sheets.spreadsheets.batchUpdate"] >= 1  # the mark that could not be written then


@pytest.mark.incident("by-hand-unread")
def test_a_report_by_hand_reads_first(here: Installation) -> None:
    """What was typed a minute before is in it."""
    it_is(here, "2024-11-05T22:00")
    typed = type_a_figure(here)
    assert by_hand(here).status == 0
    assert typed in figures(here)


@pytest.mark.incident("by-hand-unread")
def test_a_mark_whose_answer_was_lost_is_found_by_the_next_report(here: Installation) -> None:
    """Sealed and marked, but nobody heard of the mark: mails wait, and the same command once more finds it and mails."""
    it_is(here, "2024-11-06T08:00")
    here.sync()
    here.google.conditions.fail("lost-answer", "sheets.spreadsheets.batchUpdate")
    assert [by_hand(here).mailing.sent for _ in range(2)] == [0, EVERYBODY]
    assert sealed(here)[-1] == ("2024-10", 1)


@pytest.mark.incident("tab-unreadable")
def test_a_library_whose_tab_cannot_be_read_is_not_called_late(here: Installation) -> None:
    """A tab that is lost before the month was typed: not late, not reminded, no *belum lapor*."""
    it_is(here, "2024-12-03T09:00")
    beat(here)
    sheet = here.person()
    sheet.del_worksheet(sheet.worksheet("Tangkum"))
    here.configure("reports.yaml", send_on=9)
    it_is(here, "2024-12-06T09:00")
    before = mails(here)
    beat(here)
    it_is(here, "2024-12-09T09:00")
    beat(here)
    row = here.library("Tangkum", OCTOBER + 1)
    assert (row.reporting, row.on_time) == (Reporting.UNREAD, None)
    new = texts(here, before)
    reminded = [to for to, subject, _ in new if "Pengingat" in subject]
    assert any("pangkan" in to for to in reminded)
    assert not any("tangkum" in to for to in reminded)
    about = [text for to, subject, text in new if "tangkum" in to and "November" in subject]
    assert about
    assert not any("belum kami terima" in text for text in about)


@pytest.mark.incident("undisturbed")
def test_an_undisturbed_report_month_costs_one_write_more(here: Installation) -> None:
    """The report's mark is the only request beside a sync's; the sync after it reads nothing."""
    it_is(here, "2024-11-06T08:00")
    here.google.log.clear()
    beat(here)
    spent = here.requests()
    it_is(here, "2024-11-06T08:15")
    here.google.log.clear()
    beat(here)
    assert spent["drive.files.list"] == 1
    assert spent.get("sheets.spreadsheets.batchUpdate", 0) <= 2
    assert here.requests().get("sheets.spreadsheets.get", 0) == 0
