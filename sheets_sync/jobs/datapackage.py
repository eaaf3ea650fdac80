"""The description of open data that programs read: a Data Package with a Table Schema for each table (Frictionless, v1).

https://specs.frictionlessdata.io/tabular-data-package/ . Titles and descriptions are in the reader's language, names of
columns always the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from sheets_sync.config.office import Office
from sheets_sync.i18n import Language
from sheets_sync.jobs.open_data import ELEMENT_COLUMNS, FIGURE_COLUMNS, LIBRARY_COLUMNS, OpenTables, Row
from sheets_sync.model import Message, State, msg
from sheets_sync.model.json import JsonObject

MADE_BY = "sheets-sync"
_NOTHING: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class OpenColumn:
    """A column: its type in Table Schema, what it says, and what holds for every value."""

    type: str
    title: Message
    constraints: Mapping[str, object] = field(default_factory=lambda: _NOTHING)


REQUIRED = MappingProxyType({"required": True})
_CODE = {2: r"\d{2}", 4: r"\d{2}\.\d{2}", 6: r"\d{2}\.\d{2}\.\d{2}", 10: r"\d{2}\.\d{2}\.\d{2}\.\d{4}"}
COLUMNS: Mapping[str, OpenColumn] = {
    "kode_dinas": OpenColumn("string", msg("The office that collects the data, by its code"), REQUIRED),
    "kode_provinsi": OpenColumn("string", msg("Official code of the province"), {"pattern": _CODE[2]}),
    "provinsi": OpenColumn("string", msg("Province")),
    "kode_kabupaten": OpenColumn("string", msg("Official code of the regency"), {"pattern": _CODE[4]}),
    "kabupaten": OpenColumn("string", msg("Regency")),
    "kode_kecamatan": OpenColumn("string", msg("Official code of the district"), {"pattern": _CODE[6]}),
    "kecamatan": OpenColumn("string", msg("District")),
    "kode_desa": OpenColumn("string", msg("Official code of the village"), {"pattern": _CODE[10]}),
    "kode_perpustakaan": OpenColumn("string", msg("The library's code in the office's register"), REQUIRED),
    "npp": OpenColumn("string", msg("The library's national number (NPP)")),
    "perpustakaan": OpenColumn("string", msg("The library's name"), REQUIRED),
    "jenis": OpenColumn("string", msg("Kind of library"), REQUIRED),
    "periode": OpenColumn("yearmonth", msg("Month"), REQUIRED),
    "tahun": OpenColumn("integer", msg("Calendar year"), REQUIRED),
    "bulan": OpenColumn("integer", msg("Month of the year"), {"required": True, "minimum": 1, "maximum": 12}),
    "kode_data": OpenColumn("string", msg("What is counted, as an id"), REQUIRED),
    "data": OpenColumn("string", msg("What is counted"), REQUIRED),
    "nilai": OpenColumn("number", msg("The figure; empty where none counts, which is not zero"), {"minimum": 0}),
    "satuan": OpenColumn("string", msg("Unit")),
    "status": OpenColumn(
        "string",
        msg("Whether a figure is there: reported, zero, empty, not_applicable, unreadable or blocked (under question)"),
        {"required": True, "enum": [state.value for state in State]},
    ),
    "aktif_sejak": OpenColumn("date", msg("In service since")),
    "aktif_sampai": OpenColumn("date", msg("In service until")),
    "penduduk": OpenColumn("integer", msg("Population served"), {"minimum": 0}),
    "tahun_penduduk": OpenColumn("integer", msg("Year of the population")),
    "sumber_penduduk": OpenColumn("string", msg("Source of the population")),
    "konsep": OpenColumn("string", msg("Concept"), REQUIRED),
    "definisi": OpenColumn("string", msg("Definition")),
    "klasifikasi": OpenColumn("string", msg("Classification"), REQUIRED),
    "ukuran": OpenColumn("string", msg("Measure"), REQUIRED),
    "wajib": OpenColumn("string", msg("Whether every library has to report it"), REQUIRED),
}
WHAT_IT_IS = msg(
    "Raw monthly counts as the libraries reported them, without personal data. Missing is not zero: where no figure counts "
    "the value is empty and the status says why."
)
FIGURES, LIBRARIES, ELEMENTS = "angka", "perpustakaan", "kamus"


@dataclass(frozen=True, slots=True)
class OpenResource:
    """One of the tables: its columns, what identifies a row, and which table a column refers to."""

    name: str
    title: Message
    columns: tuple[str, ...]
    key: tuple[str, ...]
    refers: tuple[tuple[str, tuple[str, ...]], ...] = ()  # another table, and the columns that name its row


RESOURCES = (
    OpenResource(
        FIGURES,
        msg("Monthly figures of the libraries"),
        FIGURE_COLUMNS,
        ("kode_dinas", "kode_perpustakaan", "periode", "kode_data"),
        ((LIBRARIES, ("kode_dinas", "kode_perpustakaan")), (ELEMENTS, ("kode_dinas", "kode_data"))),
    ),
    OpenResource(LIBRARIES, msg("The libraries (master data)"), LIBRARY_COLUMNS, ("kode_dinas", "kode_perpustakaan")),
    OpenResource(
        ELEMENTS, msg("What every figure means (data dictionary)"), ELEMENT_COLUMNS, ("kode_dinas", "kode_data")
    ),
)


def rows_of(tables: OpenTables) -> Mapping[str, Sequence[Row]]:
    """The rows by the name of their table."""
    return {FIGURES: tables.figures, LIBRARIES: tables.libraries, ELEMENTS: tables.elements}


def descriptor(
    offices: Sequence[Office],
    tables: OpenTables,
    made_at: datetime,
    t: Language,
    paths: Mapping[str, str] | None = None,
) -> JsonObject:
    """The package's description. `paths` are the files of the tables; None: the rows stand in it."""
    places = [office.regency or office.name for office in offices]
    licences = sorted({office.open_data.license for office in offices} - {""})
    periods = sorted({str(row[FIGURE_COLUMNS.index("periode")]) for row in tables.figures})
    title = t("Village libraries of {places}: monthly figures", places=places)
    return {
        "profile": "tabular-data-package",
        "name": "-".join(["perpustakaan", *(office.code for office in offices)])[:100],
        "title": title,
        "description": " ".join([*_notices(offices, t), t(WHAT_IT_IS)]),
        "created": made_at.isoformat(timespec="seconds"),
        "contributors": [{"title": office.name, "role": "publisher"} for office in offices],
        **({"licenses": [{"name": name} for name in licences]} if licences else {}),
        "generator": MADE_BY,
        "satu_data_indonesia": {
            "produsen_data": [office.name for office in offices],
            "kode_wilayah": [office.open_data.place_code for office in offices if office.open_data.place_code],
            "kode_referensi": "Kode wilayah administrasi pemerintahan (Kementerian Dalam Negeri)",
            "frekuensi": "bulanan",
            "periode": {"mulai": periods[0], "selesai": periods[-1]} if periods else None,
        },
        "resources": [_resource(each, rows_of(tables)[each.name], t, paths) for each in RESOURCES],
    }


def _notices(offices: Sequence[Office], t: Language) -> list[str]:
    """What the offices say on every page, for instance that the figures are invented; each once."""
    texts = (text for office in offices for text in (office.notice, office.notice_detail) if text)
    return list(dict.fromkeys(f"{text.in_(t.code).strip().rstrip('.')}." for text in texts))


def _resource(resource: OpenResource, rows: Sequence[Row], t: Language, paths: Mapping[str, str] | None) -> JsonObject:
    where: JsonObject
    if paths is None:
        where = {"data": [dict(zip(resource.columns, row, strict=True)) for row in rows]}
    else:
        where = {"path": paths[resource.name], "format": "csv", "mediatype": "text/csv", "encoding": "utf-8"}
    return {
        "profile": "tabular-data-resource",
        "name": resource.name,
        "title": t(resource.title),
        **where,
        "schema": _schema(resource, t),
    }


def _schema(resource: OpenResource, t: Language) -> JsonObject:
    fields = [_field(name, COLUMNS[name], t) for name in resource.columns]
    schema: JsonObject = {"fields": fields, "primaryKey": list(resource.key), "missingValues": [""]}
    if resource.refers:
        schema["foreignKeys"] = [
            {"fields": list(columns), "reference": {"resource": other, "fields": list(columns)}}
            for other, columns in resource.refers
        ]
    return schema


def _field(name: str, column: OpenColumn, t: Language) -> JsonObject:
    constraints = {"constraints": dict(column.constraints)} if column.constraints else {}
    return {"name": name, "type": column.type, "title": t(column.title), **constraints}
