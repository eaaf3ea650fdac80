"""A small invented office and its October, for tests of the pages: one library of each kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta, timezone

from sheets_sync.config.labels import COLOURS, CategoryLabel, IndicatorLabel, Labels
from sheets_sync.config.office import Element, Elements, Office
from sheets_sync.config.yaml_file import Text
from sheets_sync.model import (
    CellRef,
    Finding,
    Horizon,
    Library,
    LibraryMonth,
    Observation,
    OfficeMonth,
    Part,
    Period,
    Reporting,
    Score,
    Severity,
    State,
    Step,
    Timeliness,
    msg,
)
from sheets_sync.model.tab_state import TabState
from sheets_sync.rekap import Context, tab_links

OCTOBER = Period(2024, 10)
WIB = timezone(timedelta(hours=7))
CHECKED = datetime(2024, 11, 5, 8, 10, tzinfo=WIB)

OFFICE = Office(
    code="barito-timur",
    name="Dinas Perpustakaan dan Kearsipan Kabupaten Barito Timur",
    workbook="WB",
    start="2024-01",
    notice=Text(id="CONTOH – ANGKA REKAAN", en="EXAMPLE – INVENTED FIGURES"),
)
ELEMENTS = Elements(
    elements=(
        Element(
            id="visits_onsite", label=Text(id="Pengunjung di tempat", en="Visits"), unit=Text(id="orang", en="people")
        ),
        Element(id="loans", label=Text(id="Peminjaman", en="Loans"), unit=Text(id="eksemplar", en="copies")),
    )
)
_GROUP = Text(id="Peningkatan Layanan Informasi", en="Information services")
LABELS = Labels(
    indicators={
        "visits": IndicatorLabel(
            Text(id="Kunjungan per kapita", en="Visits per head"),
            Text(id="kali", en="visits"),
            group=_GROUP,
            measures=Text(id="kunjungan / penduduk", en="visits / population"),
            targets={"": 2.0, "kabupaten": 0.5},
            weight_share=0.6,
            elements=("visits_onsite",),
            source=Text(id="Colorado LRS", en="Colorado LRS"),
        ),
        "loans": IndicatorLabel(
            Text(id="Peminjaman per kapita", en="Loans per head"),
            Text(id="eksemplar", en="copies"),
            group=_GROUP,
            targets={"": 1.0},
            weight_share=0.4,
            benchmark=Text(id="0,9 teramati di Jawa Timur; bukan target", en="0.9 observed in East Java; not a target"),
            local=Text(id="target dan bobot", en="target and weight"),
            elements=("loans",),
        ),
    },
    categories={
        "high": CategoryLabel(Text(id="tinggi", en="high"), COLOURS["green"], 7.0),
        "middle": CategoryLabel(Text(id="sedang", en="middle"), COLOURS["yellow"], 5.5),
        "low": CategoryLabel(Text(id="rendah", en="low"), COLOURS["red"], 0.0),
    },
)


def score(library: str, value: float | None, category: str | None, *, provisional: bool = False) -> Score:
    """A score with the two parts of the sample's scheme."""
    parts = (
        Part("visits", State.REPORTED, 1200, 1500, 0.8, 2.0, 0.4, 0.4, 60, 2.4, 3.6),
        Part("loans", State.EMPTY, None, 1500, None, 1.0, None, None, 40, 0, 4),
    )
    low, high = (None, None) if value is None else (value - 0.5, value + 0.5) if provisional else (value, value)
    return Score(library, OCTOBER, Horizon.YEAR_TO_DATE, "tpbis-1", value, category, provisional, 1.0, low, high, parts)


def library_month(code: str, name: str, value: float | None, category: str | None) -> LibraryMonth:
    """A library that reported everything and has no open question."""
    now = score(code, value, category)
    cell = CellRef("WB", 7, name, 12, 3)
    return LibraryMonth(
        library=Library(code, name, district="Dusun Timur", pic="Ibu A", whatsapp="+62 812 3456 7890"),
        reporting=Reporting.COMPLETE,
        score=now,
        month_score=now,
        previous=replace(now, value=None if value is None else value - 0.12),
        trend=(None, None, *(float(n) / 2 for n in range(9, 19))),
        completeness=1.0,
        on_time=True,
        findings=(),
        steps=(Step("visits", "visits_onsite", 38, per_month=True, score=8.0, without=7.72, until=Period(2024, 12)),),
        revisions=(),
        observations=(Observation(code, "visits_onsite", OCTOBER, State.REPORTED, 120.0, cell, "120"),),
    )


def question(library: str, typed: str = "sekitar 20", row: int = 12) -> Finding:
    """A refused count in the month's row of the library's tab."""
    return Finding(
        "F01",
        Severity.FATAL,
        msg("{typed} is not a number", typed=typed),
        library,
        "visits_onsite",
        OCTOBER,
        (CellRef("WB", 7, library.title(), row, 3),),
        typed,
        "20",
    )


def office_month() -> OfficeMonth:
    """Four libraries: high, middle with a question, low and provisional, one that has not reported."""
    asked = replace(library_month("pangkan", "Pangkan", 6.0, "middle"), findings=(question("pangkan"),))
    weak = replace(
        library_month("turan", "Turan Amis", 5.2, "low"),
        reporting=Reporting.PARTIAL,
        score=score("turan", 5.2, "low", provisional=True),
        completeness=0.8,
        on_time=False,
    )
    silent = replace(
        library_month("lelu", "Lelu", None, None),
        reporting=Reporting.NONE,
        score=score("lelu", None, None),
        month_score=None,
        previous=None,
        trend=(None,) * 12,
        completeness=0.0,
        on_time=None,
        steps=(),
    )
    return OfficeMonth(
        office=OFFICE.code,
        period=OCTOBER,
        scheme="tpbis-1",
        data_as_of=CHECKED - timedelta(minutes=10),
        checked_at=CHECKED,
        libraries=(library_month("tangkum", "Tangkum", 7.72, "high"), asked, weak, silent),
        completeness=0.7,
        timeliness=Timeliness(1, 1, 1),
        findings=(),
        trend=(None, None, *(float(n) / 2 for n in range(8, 18))),
    )


def empty_month() -> OfficeMonth:
    """Before anything is registered."""
    return replace(
        office_month(),
        libraries=(),
        data_as_of=None,
        completeness=None,
        timeliness=Timeliness(0, 0, 0),
        trend=(None,) * 12,
    )


def context(month: OfficeMonth | None = None, office: Office = OFFICE, tabs: Sequence[TabState] = ()) -> Context:
    """All that the pages are made of, on a workbook with these tabs."""
    month = month or office_month()
    findings = tuple(finding for row in month.libraries for finding in row.findings)
    return Context(month, office, ELEMENTS, LABELS, tab_links(office, tabs), findings)
