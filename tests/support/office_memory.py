"""An office's memory written out by hand: two libraries, three months, one workbook for figures. No file, no database.

Anggrek reports 5, 10 and 9 visits in August, September and October 2024, Bakung 4 and 6 and nothing for October. Forty
visits a year earn ten points.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from grids import Typed, tab
from kpi_samples import ELEMENTS, figure, indicator, library, scheme

from sheets_sync.checks import CheckOptions
from sheets_sync.comments.options import CommentOptions
from sheets_sync.config.office import Elements, Office
from sheets_sync.google import FileVersion, ReadWorkbook, Seen
from sheets_sync.intake.options import Inputs
from sheets_sync.mail.options import MailOptions
from sheets_sync.model import Message, Period
from sheets_sync.model.grid import CommentThread, Tab, Workbook
from sheets_sync.model.tab_state import TabState
from sheets_sync.rekap import PlannedPage
from sheets_sync.reports.options import ReportOptions
from sheets_sync.settings import OfficeSettings
from sheets_sync.store import Glance, KnownTab, Memory, WorkbookRecord

SEPTEMBER, OCTOBER = Period(2024, 9), Period(2024, 10)
HOME, SECOND = "home", "second"
OFFICE = Office(code="contoh", name="Contoh", workbook=HOME, start="2024-08", time_zone="Asia/Pontianak")
TWO_WORKBOOKS = OFFICE.model_copy(update={"input_workbooks": (SECOND,)})
LIBRARIES = tuple(library(each, tab=each, own_code=each) for each in ("Anggrek", "Bakung"))
FIGURES = (
    *(figure("visits", month, value, "Anggrek") for month, value in (("2024-08", 5), ("2024-09", 10), ("2024-10", 9))),
    *(figure("visits", month, value, "Bakung") for month, value in (("2024-08", 4), ("2024-09", 6))),
)
LONG_AGO = datetime(2024, 1, 2, tzinfo=UTC)
NOW = datetime(2024, 11, 8, 1, 0, tzinfo=UTC)  # 8 a.m. in Pontianak; October was due at the end of the 5th
READ_AT = datetime(2024, 11, 8, 0, 50, tzinfo=UTC)
CHANGED_AT = datetime(2024, 11, 4, 3, 0, tzinfo=UTC)
REGISTER: tuple[tuple[Typed, ...], ...] = (
    ("Kode", "Nama", "Tab", "Jenis", "Penduduk", "Tahun", "Sumber"),
    ("Anggrek", "Anggrek", "Anggrek", "desa", 1000, 2020, None),
    ("Bakung", "Bakung", "Bakung", "desa", 1000, 2020, None),
)


def settings() -> OfficeSettings:
    """What the office works by: one indicator, everything else as it comes."""
    return OfficeSettings(
        elements=Elements(elements=ELEMENTS),
        inputs=Inputs(),
        checks=CheckOptions(),
        schemes=(scheme(indicator("visits", target=40), coverage_floor=0),),
        comments=CommentOptions(),
        mail=MailOptions(),
        reports=ReportOptions(),
        start=OFFICE.first_period,
    )


def record(
    workbook: str = HOME,
    read_at: datetime | None = READ_AT,
    *,
    changed_at: datetime = CHANGED_AT,
    problem: Message | None = None,
    tabs: Mapping[int, KnownTab] | None = None,
    version: str = "7",
    fingerprint: str = "f",
) -> WorkbookRecord:
    """A workbook's row."""
    seen = Seen(version, dirty=False, wrote_until=None)
    return WorkbookRecord(
        workbook, workbook.title(), "in_ID", seen, fingerprint, read_at, changed_at, tabs or {}, problem
    )


def glance(*records: WorkbookRecord) -> Glance:
    """What decides whether there is anything to do; without records the home workbook's."""
    return Glance({each.workbook: each for each in records or (record(),)}, revision="r1")


def memory(**changes: object) -> Memory:
    """All that is remembered of the office for the sake of October."""
    answers = {("Anggrek", OCTOBER): {"visits": datetime(2024, 11, 4, 3, 0, tzinfo=UTC)}}
    known = Memory(
        OCTOBER,
        glance(),
        LIBRARIES,
        added={each.code: LONG_AGO for each in LIBRARIES},
        observations=FIGURES,
        answers=answers,
    )
    return replace(known, **changes)  # type: ignore[arg-type] # each test names fields that exist


def rows_of(code: str) -> tuple[tuple[Typed, ...], ...]:
    """What a library's tab says, a row a month."""
    months = ((seen.period, seen.value) for seen in FIGURES if seen.library == code)
    return (
        ("Bulan", "visits"),
        *((f"{('Agustus', 'September', 'Oktober')[m.month - 8]} {m.year}", v) for m, v in months),
    )


def home_tabs() -> tuple[Tab, ...]:
    """The tabs of the home workbook as people fill them in."""
    return (
        tab("Perpustakaan", *REGISTER, sheet_id=1),
        tab("Anggrek", *rows_of("Anggrek"), sheet_id=2),
        tab("Bakung", *rows_of("Bakung"), sheet_id=3),
    )


def was_read(
    *tabs: Tab, workbook: str = HOME, locale: str = "in_ID", comments: tuple[CommentThread, ...] = ()
) -> ReadWorkbook:
    """A workbook as it was read, with these tabs; without tabs the home workbook's."""
    tabs = tabs or home_tabs()
    grid = Workbook(workbook, workbook.title(), locale, "Asia/Pontianak", tabs, comments)
    states = tuple(TabState(each.sheet_id, each.title, texts=texts_of(each)) for each in tabs)
    return ReadWorkbook(grid, states)


def texts_of(of: Tab) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(cell.text for cell in row) for row in of.rows)


def listed(workbook: str = HOME, version: str = "7") -> FileVersion:
    """A workbook in Drive's list, last changed by a person."""
    return FileVersion(workbook, workbook.title(), version, CHANGED_AT, "ibu@example.org", by_me=False)


def shown(planned: PlannedPage) -> TabState:
    """A page's tab as it stands once the page was written."""
    page = planned.page
    texts = tuple(
        tuple(page.at(row, column).text for column in range(len(page.columns))) for row in range(len(page.rows))
    )
    rows, columns, mark = len(page.rows) + 50, len(page.columns) + 10, f"sheets-sync: {page.role}"
    return TabState(planned.sheet_id, page.title, rows, columns, texts, marks=(mark,))
