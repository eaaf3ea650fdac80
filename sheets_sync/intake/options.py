"""inputs.yaml: which tabs hold figures, what their columns are called, and which words stand for numbers."""

from __future__ import annotations

from enum import StrEnum
from fnmatch import fnmatchcase
from typing import Self

import pydantic

from sheets_sync.config.office import ElementId
from sheets_sync.config.workbook_id import WorkbookId
from sheets_sync.config.yaml_file import Config
from sheets_sync.model import msg

Names = tuple[str, ...]


class Layout(StrEnum):
    """How a table is laid out."""

    AUTO = "auto"
    MONTH_ROWS = "month-rows"  # a row per month (and library), a column per element
    ELEMENT_ROWS = "element-rows"  # a row per element, a column per month
    WIDE = "wide"  # a row per library, a column per element and month
    ACTIVITY_LOG = "activity-log"  # a row per event
    ANSWERS = "answers"  # a row per answer to a form, the moment it came first


class ColumnNames(Config):
    """What the columns that hold no element are called."""

    month: Names = ("Bulan", "Periode", "Bulan/Tahun", "Bulan Tahun", "Month", "Period", "Reporting month")
    year: Names = ("Tahun", "Thn", "Year")
    library: Names = (
        "Perpustakaan", "Nama Perpustakaan", "Perpustakaan Desa", "Perpusdes", "Kode", "Kode Perpustakaan", "NPP",
        "Desa", "Nama Desa", "Library", "Library name", "Library service", "Branch",
    )  # fmt: skip
    note: Names = ("Keterangan", "Ket", "Ket.", "Catatan", "Alasan", "Note", "Notes", "Remarks", "Comment")
    element: Names = (
        "Uraian", "Indikator", "Elemen", "Elemen data", "Jenis data", "Data", "Kategori", "Element", "Data element",
        "Indicator", "Item", "Measure",
    )  # fmt: skip
    date: Names = ("Tanggal", "Tgl", "Tanggal kegiatan", "Waktu", "Hari/Tanggal", "Date", "Event date")
    kind: Names = (
        "Jenis", "Jenis kegiatan", "Kegiatan", "Nama kegiatan", "Bentuk kegiatan", "Type", "Kind", "Event type",
        "Activity", "Event",
    )  # fmt: skip
    timestamp: Names = (
        "Timestamp", "Stempel waktu", "Cap waktu", "Waktu pengisian", "Tanggal pengisian", "Waktu pengiriman",
        "Tanggal pengiriman", "Waktu penyelesaian", "Completion time", "Submitted at", "Submission date",
    )  # fmt: skip
    ignored: Names = (
        "No",
        "No.",
        "Nomor",
        "Kecamatan",
        "Kabupaten",
        "Provinsi",
        "Number",
        "District",
        "Satuan",
        "Unit",
        "Target",
    )


class RegisterNames(Config):
    """What the columns of the register are called."""

    code: Names = ("Kode", "Code", "ID")
    npp: Names = ("NPP", "Nomor Pokok Perpustakaan", "National ID")
    name: Names = ("Nama", "Nama Perpustakaan", "Perpustakaan", "Name", "Library", "Library name", "Library service")
    aliases: Names = ("Alias", "Nama lain", "Aliases", "Also known as")
    tab: Names = ("Tab", "Nama tab", "Sheet")
    kind: Names = ("Jenis", "Jenis Perpustakaan", "Kind", "Type")
    district: Names = ("Kecamatan", "District")
    population: Names = ("Penduduk", "Jumlah Penduduk", "Jumlah Penduduk Desa", "Population")
    population_year: Names = ("Tahun", "Tahun Penduduk", "Year", "Population year")
    population_source: Names = ("Sumber", "Sumber Penduduk", "Source", "Population source")
    pic: Names = ("PIC", "Penanggung Jawab", "Pengelola", "Contact")
    emails: Names = ("E-mail", "Email", "Surel", "Alamat e-mail")
    whatsapp: Names = ("WhatsApp", "WA", "No WA", "No. WhatsApp", "Nomor WhatsApp", "HP", "No HP", "Phone")
    active_since: Names = ("Aktif sejak", "Sejak", "Active since")
    active_until: Names = ("Aktif sampai", "Sampai", "Active until")
    official_score: Names = ("Skor SIM", "Official score", "SIM score")
    official_period: Names = ("Periode SIM", "Periode Skor SIM", "Official period", "SIM period")


class LogCount(Config):
    """Rows of an activity log whose kind holds one of the words `kinds` are counted as `element`.

    Without `kinds` it counts the rows that no other entry counts; with `people` their further figures (participants)
    are added up as well.
    """

    element: ElementId
    kinds: Names = ()
    people: bool = False


_LOG = (
    LogCount(element="activities", people=True),
    LogCount(element="advocacy", kinds=("advokasi", "audiensi", "advocacy")),
    LogCount(element="service_improvements", kinds=("peningkatan layanan", "service improvement")),
    LogCount(element="partnerships", kinds=("mou", "kerja sama", "kerjasama", "partnership")),
    LogCount(element="media_publications", kinds=("publikasi media", "berita media", "media publication")),
    LogCount(element="impact_stories", kinds=("cerita impak", "impact story")),
)


_NONE = (
    "nihil", "nol", "kosong", "nil", "none", "tidak ada", "tdk ada", "tidak punya", "tdk punya", "belum ada", "blm ada",
    "belum punya", "tidak tahu", "tdk tahu", "belum tahu", "tidak diketahui", "belum diketahui", "tidak berlaku", "n/a",
    "na", "n.a", "t/a", "t.a", "tak ada", "not applicable", "unknown", "not known", "not yet", "null",
)  # fmt: skip
_UNITS = (
    ("orang", "org", "jiwa", "people", "persons"),
    ("eksemplar", "eks", "eksp", "exp", "buku", "copies", "books"),
    ("judul", "jdl", "titles"),
    ("kali", "x", "times"),
    ("kegiatan", "keg", "kgt", "activities", "events"),
    ("dokumen", "dok", "documents"),
    ("cerita", "stories"),
    ("berita", "articles"),
    ("hari", "hr", "days"),
    ("jam", "hours"),
)


class TabInput(Config):
    """What is said about the tabs whose title fits `title` (`*` stands for anything); the first that fits holds."""

    title: str
    workbook: WorkbookId | None = None
    use: bool = True
    layout: Layout = Layout.AUTO
    year: int | None = None
    library: str | None = None  # the code of the library all of it belongs to

    def fits(self, workbook: str, title: str) -> bool:
        """Whether this is about the tab."""
        return self.workbook in (None, workbook) and fnmatchcase(title.casefold(), self.title.casefold())


class Inputs(Config):
    """inputs.yaml. Everything has a default: most workbooks need none of it."""

    tabs: tuple[TabInput, ...] = ()
    layout: Layout = Layout.AUTO
    year: int | None = None  # the reporting year where neither a column nor the tab says it
    columns: ColumnNames = ColumnNames()
    register_columns: RegisterNames = RegisterNames()
    default_kind: str = "desa"  # of a library whose register row says none
    kinds: Names = ("desa", "kabupaten")  # kinds of library that targets may name although the register has none yet
    log: tuple[LogCount, ...] = _LOG
    zero: Names = (
        "-", "--", "---", "–", "—", "0", "nihil", "nol", "tidak ada", "tdk ada", "tak ada", "kosong", "nil", "none",
    )  # fmt: skip
    not_applicable: Names = ("n/a", "na", "n.a", "t/a", "t.a", "tidak berlaku", "not applicable")
    none: Names = _NONE  # where no figure is asked for: names, phones, addresses, codes, dates
    units: tuple[Names, ...] = (
        _UNITS  # the spellings of one unit each; a unit belongs to the elements that are counted in it
    )
    totals: Names = (
        "Jumlah", "Total", "Grand total", "Subtotal", "Sub total", "Rata-rata", "Rerata", "Average", "Sum", "Setahun",
    )  # fmt: skip
    copies: Names = ("Salinan dari", "Copy of")  # how the title of a duplicated tab begins
    country_code: str = pydantic.Field("62", pattern=r"^\d{1,3}$")

    @property
    def known_kinds(self) -> Names:
        """The kinds of library that need not be in a register."""
        return (self.default_kind, *self.kinds)

    @pydantic.field_validator("zero", "not_applicable", "none")
    @classmethod
    def _lower(cls, words: Names) -> Names:
        return tuple(word.casefold() for word in words)

    @pydantic.field_validator("units")
    @classmethod
    def _lower_spellings(cls, units: tuple[Names, ...]) -> tuple[Names, ...]:
        return tuple(tuple(word.casefold() for word in spellings) for spellings in units)

    @pydantic.model_validator(mode="after")
    def _words_mean_one_thing(self) -> Self:
        both = set(self.zero) & set(self.not_applicable)
        if both:
            raise ValueError(msg("words that mean one thing; zero and not applicable: {words}", words=sorted(both)))
        return self

    def about(self, workbook: str, title: str) -> TabInput:
        """What is said about a tab; the workbook's layout where nothing is said about the tab's."""
        fitting = next((tab for tab in self.tabs if tab.fits(workbook, title)), TabInput(title=title))
        return fitting if fitting.layout is not Layout.AUTO else fitting.model_copy(update={"layout": self.layout})
