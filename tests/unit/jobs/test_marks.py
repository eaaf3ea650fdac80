"""The marks of months, quarters and years: each tells of its own report."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sheets_sync.google.marks import create, marks_of
from sheets_sync.jobs.gate import Reason
from sheets_sync.jobs.marks import Marking
from sheets_sync.mail.ledger import DeliveryKey
from sheets_sync.model import Period, Reported, TimeSpan
from sheets_sync.model.mark import ReportMark
from sheets_sync.store import SealStub

DECEMBER, Q4, YEAR = Period(2024, 12), TimeSpan(2024, 4), TimeSpan(2024)
AT = datetime(2025, 1, 8, tzinfo=UTC)
ALIKE: tuple[Reported, ...] = (DECEMBER, Q4, YEAR)  # they end with one month


def mark(of: Reported, version: int = 1, token: str = "t") -> ReportMark:
    span = of.kind.value if isinstance(of, TimeSpan) else ""
    return ReportMark("o", "s", DECEMBER, version, 4, "d", token, span)


def stub(of: Reported, version: int = 1) -> SealStub:
    span = of.kind.value if isinstance(of, TimeSpan) else ""
    return SealStub(DECEMBER, version, "d", AT, "t", marked=False, mail_waits=True, span=span)


def test_each_report_has_a_number_of_its_own() -> None:
    """A month, the quarter and the year that it ends are three reports; a month's number is what it always was."""
    assert len({mark(of).id for of in ALIKE}) == 3
    assert mark(DECEMBER).id == 848158400


@pytest.mark.parametrize("of", ALIKE)
def test_a_mark_is_read_back(of: Reported) -> None:
    """What is written into a workbook is read as the same mark."""
    written = create(mark(of))["createDeveloperMetadata"]["developerMetadata"]
    assert marks_of({"developerMetadata": [written]}) == (mark(of),)


@pytest.mark.parametrize("of", ALIKE)
def test_a_seal_is_of_one_report_alone(of: Reported) -> None:
    """Whether something was reported, and in which version, is asked of each for itself."""
    months, spans = ((stub(of, 2),), ()) if of is DECEMBER else ((), (stub(of, 2),))
    marking = Marking("s", "o", seals=months, spans=spans)
    assert [each for each in ALIKE if marking.is_sealed(each)] == [of]
    assert [marking.newest_version(each) for each in ALIKE] == [2 * (each is of) for each in ALIKE]
    assert marking.reported == (DECEMBER if of is DECEMBER else None)
    assert len(marking.unmarked) == 1


def test_a_year_that_another_copy_reported_stops_this_one() -> None:
    """A mark of a year whose seal is not here is a lost report, as a month's is; one's own is none."""
    owner = ReportMark("o", "s")
    ours = Marking("s", "o", seen=(owner, mark(YEAR)), spans=(stub(YEAR),))
    assert ours.conflict is None
    theirs = Marking("s", "o", seen=(owner, mark(YEAR, token="other")), spans=(stub(YEAR),))
    assert theirs.conflict is Reason.OLDER_STORE
    assert Marking("s", "o", seen=(owner, mark(YEAR))).reported_of([Q4, YEAR]) == {YEAR}


@pytest.mark.parametrize(
    ("report", "span"),
    [("office", ""), ("library", ""), ("reminder-1", ""), ("office-year", "year"), ("library-quarter", "quarter")],
)
def test_a_delivery_belongs_to_one_report(report: str, span: str) -> None:
    """By its name a delivery is of a month, a quarter or a year."""
    assert DeliveryKey("o", report, DECEMBER, "", "a@example.org", 3).of_report == (span, DECEMBER, 3)
