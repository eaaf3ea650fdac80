"""Invented months of an invented office, for tests of everything that shows an `OfficeMonth`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from sheets_sync.config.labels import CategoryLabel, IndicatorLabel, Labels
from sheets_sync.config.office import Element, ElementKind, Elements, Letterhead, Office, Signatory
from sheets_sync.config.yaml_file import Text
from sheets_sync.mail.approval import Ruling
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
    Revision,
    Score,
    Severity,
    State,
    Step,
    Timeliness,
    msg,
    periods_between,
)
from sheets_sync.reports.context import ReportContext, report_context

OCTOBER = Period(2024, 10)
NOW = datetime(2024, 11, 6, 1, 0, tzinfo=UTC)

ELEMENTS = Elements(
    elements=(
        Element(id="visits", label=Text(id="Pengunjung di tempat", en="Visits"), unit=Text(id="orang", en="people"), required=True),
        Element(id="loans", label=Text(id="Peminjaman", en="Loans"), unit=Text(id="eksemplar", en="items"), required=True),
        Element(id="activities", label=Text(id="Kegiatan pelibatan masyarakat", en="Community activities"), unit=Text(id="kegiatan", en="activities"), required=True),
        Element(id="titles", label=Text(id="Koleksi (judul)", en="Titles"), unit=Text(id="judul", en="titles"), kind=ElementKind.STOCK),
        Element(id="advocacy", label=Text(id="Kegiatan advokasi", en="Advocacy"), unit=Text(id="kegiatan", en="activities")),
        Element(id="stories", label=Text(id="Cerita impak", en="Impact stories"), unit=Text(id="cerita", en="stories")),
    )
)  # fmt: skip

_SERVICE = Text(id="Peningkatan Layanan Informasi", en="Information services")
_PEOPLE = Text(id="Pelibatan Masyarakat", en="Community engagement")
_ADVOCACY = Text(id="Advokasi", en="Advocacy")

LABELS = Labels(
    indicators={
        "visits_per_head": IndicatorLabel(Text(id="Kunjungan per kapita", en="Visits per head"), Text(id="kunjungan/jiwa", en="visits/head"), 2, _SERVICE),
        "turnover": IndicatorLabel(Text(id="Perputaran koleksi", en="Collection turnover"), Text(id="kali", en="times"), 2, _SERVICE),
        "collection": IndicatorLabel(Text(id="Koleksi", en="Collection"), Text(id="judul", en="titles"), 0, _SERVICE),
        "activities": IndicatorLabel(Text(id="Kegiatan pelibatan masyarakat", en="Community activities"), Text(id="kegiatan/bulan", en="a month"), 1, _PEOPLE),
        "stories": IndicatorLabel(Text(id="Cerita impak", en="Impact stories"), Text(id="cerita/triwulan", en="a quarter"), 1, _PEOPLE),
        "advocacy": IndicatorLabel(Text(id="Advokasi", en="Advocacy"), Text(id="kegiatan/bulan", en="a month"), 2, _ADVOCACY),
    },
    categories={
        "high": CategoryLabel(Text(id="tinggi (hijau)", en="high (green)"), "#1a7f4b"),
        "middle": CategoryLabel(Text(id="sedang (kuning)", en="middle (yellow)"), "#d99a00"),
        "low": CategoryLabel(Text(id="rendah (merah)", en="low (red)"), "#c0392b"),
    },
)  # fmt: skip

_TARGETS = {"visits_per_head": (2.0, 1.0), "turnover": (1.0, 1.0), "collection": (1.0, 1000.0),
            "activities": (3.0, 3.6), "stories": (1.0, 3.0), "advocacy": (2.0, 0.88)}  # fmt: skip


def office(language: str = "id", **changes: object) -> Office:
    """The invented office, with its notice."""
    settings: dict[str, object] = {
        "code": "barito-timur",
        "name": "Dinas Perpustakaan dan Kearsipan Kabupaten Barito Timur",
        "language": language,
        "workbook": "1SampleWorkbookIdForTestsOnly000000000000000",
        "letterhead": Letterhead(
            lines=("PEMERINTAH KABUPATEN BARITO TIMUR", "DINAS PERPUSTAKAAN DAN KEARSIPAN"),
            address="Jalan Nan Sarunai No. 30, Tamiang Layang",
            place="Tamiang Layang",
        ),
        "signatories": (Signatory(name="(nama pejabat)", title=Text(id="Kepala Dinas", en="Head of Office"), nip="(NIP)", acting=True),),
        "notice": Text(id="CONTOH – ANGKA REKAAN", en="SAMPLE – INVENTED FIGURES"),
        "notice_detail": Text(
            id="Angka bulanan dalam laporan ini rekaan dan bukan bukti rumus resmi mana pun.",
            en="The monthly figures of this report are invented and no evidence of any official formula.",
        ),
    }  # fmt: skip
    return Office.model_validate(settings | changes)


def sample_voice(language: str = "id", **changes: object) -> ReportContext:
    """The invented office's context."""
    return report_context(office(language, **changes), ELEMENTS, LABELS)


def score(
    library: str, points: Sequence[float | None], period: Period = OCTOBER, horizon: Horizon = Horizon.YEAR_TO_DATE
) -> Score:
    """A score whose indicators have these points, in the order of the labels; None is a missing one."""
    named = list(zip(_TARGETS.items(), points, strict=True))
    total = sum(weight for (_, (weight, _)), point in named if point is not None)
    parts = tuple(_part(name, weight, target, point, total) for (name, (weight, target)), point in named)
    value = sum(part.contribution for part in parts) if total else None
    coverage = total / sum(weight for weight, _ in _TARGETS.values())
    return Score(
        library=library,
        period=period,
        horizon=horizon,
        scheme="tpbis-2024.1",
        value=value,
        category=None if value is None else "high" if value >= 7 else "middle" if value >= 5.5 else "low",
        provisional=coverage < 1,
        coverage=coverage,
        low=None if value is None else value * coverage,
        high=None if value is None else value * coverage + 10 * (1 - coverage),
        parts=parts,
    )


def _part(name: str, weight: float, target: float, points: float | None, total: float) -> Part:
    if points is None:
        return Part(name, State.EMPTY, None, None, None, target, None, None, weight, 0.0, 0.0)
    share = 10 * weight / total
    return Part(
        name,
        State.REPORTED,
        points * target,
        1.0,
        points * target,
        target,
        points,
        points,
        weight,
        share * points,
        share * (1 - points),
    )


def cell(row: int = 11, column: int = 2, tab: str = "Tangkum") -> CellRef:
    return CellRef("1SampleWorkbookIdForTestsOnly000000000000000", 77, tab, row, column)


def findings(library: str) -> tuple[Finding, ...]:
    """One refused value, one explained jump, one unusual spelling."""
    return (
        Finding("F01", Severity.FATAL, msg("“{typed}” is not a number; please type a figure like 1234.", typed="sekitar 20"), library, "stories", OCTOBER, (cell(11, 5),), "sekitar 20"),
        Finding("E05", Severity.EXPLAIN, msg("Loans went from {before} to {after}; is that right?", before=41, after=160), library, "loans", OCTOBER, (cell(11, 3),), "160", reason="Pekan literasi sekolah"),
        Finding("R01", Severity.READ_AS, msg("“{typed}” was read as {value}.", typed="1.234 orang", value=1234), library, "visits", OCTOBER, (cell(11, 2),), "1.234 orang"),
    )  # fmt: skip


def observations(library: str, last: Period = OCTOBER) -> tuple[Observation, ...]:
    """Every element of every month of the year, the stories of the last month refused."""
    return tuple(
        _observation(library, element.id, period, last)
        for period in periods_between(Period(last.year, 1), last)
        for element in ELEMENTS.elements
    )


def _observation(library: str, element: str, period: Period, last: Period) -> Observation:
    where = cell(period.month + 1, 2 + [known.id for known in ELEMENTS.elements].index(element))
    if element == "stories" and period == last:
        return Observation(library, element, period, State.UNREADABLE, None, where, "sekitar 20")
    return Observation(library, element, period, State.REPORTED, 10.0 * period.month, where, str(10 * period.month))


def library_month(
    name: str = "Perpustakaan Desa Tangkum",
    points: Sequence[float | None] = (0.93, 0.6, 1.0, 0.7, 0.55, 0.8),
    before: Sequence[float | None] = (0.81, 0.6, 1.0, 0.7, 0.4, 0.8),
    **changes: object,
) -> LibraryMonth:
    """A library that reported everything and has something to be asked, unless told otherwise."""
    library = Library(
        code=name.rsplit(" ", 1)[-1].lower(),
        name=name,
        pic="Ibu Rekaan",
        emails=("pustaka@example.org",),
        district="Paku",
    )
    entry = LibraryMonth(
        library=library,
        reporting=Reporting.COMPLETE,
        score=score(library.code, points),
        month_score=score(library.code, points, horizon=Horizon.MONTH),
        previous=score(library.code, before, OCTOBER - 1),
        trend=(None, None, 6.1, 6.4, None, 6.2, 6.9, 7.0, 7.1, 7.25, 7.4, 7.64),
        completeness=0.97,
        on_time=True,
        findings=findings(library.code),
        steps=(Step("visits_per_head", "visits", 38, per_month=True, score=8.0, without=7.72, until=Period(2024, 12)), Step("stories", "stories", 2, per_month=False, score=7.9, without=7.72, until=Period(2024, 12))),
        revisions=(Revision(library.code, "visits", Period(2024, 6), 412, 421), Revision(library.code, "loans", Period(2024, 5), None, 37)),
        observations=observations(library.code),
    )  # fmt: skip
    return replace(entry, **changes)  # type: ignore[arg-type] # each test names fields that exist


def silent_month(name: str = "Perpustakaan Desa Turan Amis") -> LibraryMonth:
    """A library that has reported nothing yet."""
    return library_month(
        name,
        reporting=Reporting.NONE,
        score=None,
        month_score=None,
        previous=None,
        trend=(None,) * 12,
        completeness=0.0,
        on_time=None,
        findings=(),
        steps=(),
        revisions=(),
        observations=(),
    )


def office_month(libraries: Sequence[LibraryMonth] | None = None, **changes: object) -> OfficeMonth:
    """October 2024: three libraries reported, one did not."""
    entries = libraries or (
        library_month(),
        library_month("Perpustakaan Desa Pangkan", (0.6, 0.5, 0.8, 0.6, None, 0.6), (0.6, 0.55, 0.8, 0.6, None, 0.6), reporting=Reporting.PARTIAL, findings=(), revisions=()),
        silent_month(),
        library_month("Perpustakaan Kabupaten", (0.6, 0.6, 1.0, 0.5, 0.5, 0.4), (0.6, 0.6, 1.0, 0.5, 0.5, 0.4), findings=(), revisions=()),
    )  # fmt: skip
    month = OfficeMonth(
        office="barito-timur",
        period=OCTOBER,
        scheme="tpbis-2024.1",
        data_as_of=datetime(2024, 11, 5, 7, 12, tzinfo=UTC),
        checked_at=NOW,
        libraries=tuple(entries),
        completeness=0.74,
        timeliness=Timeliness(3, 1, 0),
        findings=(),
        trend=(None, None, 5.6, 5.7, 5.9, 5.8, 6.0, 6.1, 6.2, 6.2, 6.3, 6.4),
    )
    return replace(month, **changes)  # type: ignore[arg-type] # as above


def everybody(month: OfficeMonth) -> Ruling:
    """All of a month's addresses are approved."""
    rows = (entry.library for entry in month.libraries)
    return Ruling(frozenset((library.code, address.casefold()) for library in rows for address in library.emails))
