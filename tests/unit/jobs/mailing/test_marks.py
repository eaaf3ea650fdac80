"""The marks of months, quarters and years: each tells of its own report."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sample_months import office

from sheets_sync.google.changes import Seen
from sheets_sync.google.marks import create, marks_of
from sheets_sync.jobs.mailing.gate import Reason
from sheets_sync.jobs.mailing.marks import Marking, marking_from
from sheets_sync.mail.ledger import DeliveryKey
from sheets_sync.model import Period, Reported, TimeSpan
from sheets_sync.model.mark import ReportMark
from sheets_sync.store import ReportMemory, SealStub, WorkbookRecord

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


def metadata(number: int, text: str) -> dict[str, object]:
    return {"metadataId": number, "metadataKey": "sheets-sync", "metadataValue": text}


def said(**words: object) -> str:
    return json.dumps({"office": "o", "store": "s", "period": "2024-12", "version": 1, **words})


@pytest.mark.incident("forged-marks")
@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        '"period"',
        "{",
        "[" * 900 + "]" * 900,
        '{"office":' + "[" * 1_000_000,
        said(version=10**30),
        said(version=float("inf")),
        said(version=float("nan")),
        said(version=-1),
        said(version=0),
        said(version=None),
        said(deliveries=10**9),
        said(period="2024-13"),
        said(period=7),
        said(span="\x1b[31m"),
        said(span={"a": 1}),
        said(token="x" * 3000),
    ],
)
def test_what_can_not_be_read_as_a_mark_is_none(text: str) -> None:
    """Whatever an editor of the workbook writes under our key, the marks beside it are read."""
    owner = create(ReportMark("o", "s"))["createDeveloperMetadata"]["developerMetadata"]
    assert marks_of({"developerMetadata": [metadata(7, text), owner]}) == (ReportMark("o", "s"),)


@pytest.mark.incident("forged-marks")
def test_of_two_marks_of_a_report_the_one_with_its_number_is_believed() -> None:
    """A second owner, or a second mark of a month, does not stop the one that the program wrote; alone it counts."""
    ours, theirs = ReportMark("o", "s"), metadata(7, json.dumps({"office": "o", "store": "other", "version": 4}))
    genuine = create(ours)["createDeveloperMetadata"]["developerMetadata"]
    assert marks_of({"developerMetadata": [theirs, genuine]}) == (ours,)
    assert marks_of({"developerMetadata": [genuine, theirs]}) == (ours,)
    assert marks_of({"developerMetadata": [theirs]}) == (ReportMark("o", "other"),)


@pytest.mark.incident("forged-marks")
def test_nobody_has_reported_a_month_that_is_not_over() -> None:
    """A mark from the future neither stops a report nor says, once it was accepted, that all months have been reported."""
    east = office(code="o", time_zone="Asia/Jayapura")
    told = (ReportMark("o", "s"), mark(DECEMBER), replace(mark(DECEMBER), period=Period(2999, 1)))
    home = WorkbookRecord(east.workbook, "", "", Seen(None, False, None), "", None, None, {}, None, marks=told)
    known = ReportMemory(store="s", workbooks={east.workbook: home})

    def seen(now: datetime) -> tuple[ReportMark, ...]:
        return marking_from(known, east, now).seen

    assert seen(datetime(2024, 12, 31, 14, tzinfo=UTC)) == told[:1]
    assert seen(datetime(2024, 12, 31, 16, tzinfo=UTC)) == told[:2]


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
