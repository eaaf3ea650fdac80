"""The data as open data: valid against the description that comes with them, and nobody's person in them."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import pydantic
import pytest
from demo_memory import demo_memory, demo_settings

from sheets_sync.cli.open_data import as_json, table
from sheets_sync.config.office import Office
from sheets_sync.config.open_data import OpenDataOptions
from sheets_sync.i18n import language
from sheets_sync.jobs.datapackage import FIGURES, LIBRARIES, RESOURCES, descriptor, rows_of
from sheets_sync.jobs.open_data import FIGURE_COLUMNS, LIBRARY_COLUMNS, OpenTables, open_tables
from sheets_sync.model import DatedValue, Period, State, periods_between

NOW = datetime(2025, 1, 8, tzinfo=UTC)
MONTHS = periods_between(Period(2024, 1), Period(2024, 12))
CODES = OpenDataOptions(
    place_code="62.13",
    places={"Paku": "62.13.09", "perpusdes-tangkum": "62.13.08.2003", "PERPUSDES-PANGKAN": "62.13.09.2001"},
    license="CC-BY-4.0",
)


def office() -> Office:
    return demo_settings()[0].model_copy(update={"open_data": CODES})


def made(code: str = "id", **changes: Any) -> OpenTables:
    memory = replace(demo_memory(MONTHS[-1]), **changes)
    settings = demo_settings()[1]
    return open_tables(office(), settings, memory.libraries, memory.observations, MONTHS, language(code))


@cache
def package() -> tuple[dict[str, Any], dict[str, list[dict[str, str]]]]:
    """The description and the tables as somebody reads them who has only the files."""
    tables, t = made(), language("id")
    paths = {each.name: f"{each.name}.csv" for each in RESOURCES}
    said = json.loads(as_json(descriptor([office()], tables, NOW, t, paths)))
    files = {each.name: table(each.columns, rows_of(tables)[each.name]).decode("utf-8") for each in RESOURCES}
    return said, {name: list(csv.DictReader(io.StringIO(text))) for name, text in files.items()}


TYPES: Mapping[str, re.Pattern[str]] = {
    "string": re.compile(r"(?s).*"),
    "integer": re.compile(r"-?\d+"),
    "number": re.compile(r"-?\d+(\.\d+)?"),
    "yearmonth": re.compile(r"\d{4}-(0[1-9]|1[0-2])"),
    "date": re.compile(r"\d{4}-\d{2}-\d{2}"),
}


def faults(schema: Mapping[str, Any], rows: Sequence[Mapping[str, str]]) -> Iterator[str]:
    """What in a table is not as its Table Schema says."""
    fields = {each["name"]: each for each in schema["fields"]}
    for number, row in enumerate(rows):
        if list(row) != list(fields):
            yield f"{number}: columns {list(row)}"
        for name, value in row.items():
            yield from (f"{number} {name}: {fault}" for fault in wrong(fields[name], value))
    keys = [tuple(row[name] for name in schema["primaryKey"]) for row in rows]
    if len(set(keys)) < len(keys) or not all(all(key) for key in keys):
        yield "the key is not unique, or not there"


def wrong(field: Mapping[str, Any], value: str) -> Iterator[str]:
    rules = field.get("constraints", {})
    if value == "":
        yield from ["missing"] if rules.get("required") else []
        return
    if not TYPES[field["type"]].fullmatch(value):
        yield f"{value!r} is no {field['type']}"
    elif "pattern" in rules and not re.fullmatch(rules["pattern"], value):
        yield f"{value!r} is not like {rules['pattern']}"
    elif "enum" in rules and value not in rules["enum"]:
        yield f"{value!r} is none of {rules['enum']}"
    elif float(rules.get("minimum", "-inf")) > (float(value) if "minimum" in rules else 0):
        yield f"{value} is too small"


@pytest.mark.parametrize("name", [each.name for each in RESOURCES])
def test_each_table_is_as_its_schema_says(name: str) -> None:
    """Columns, types, patterns, required values and keys hold in every row."""
    said, tables = package()
    resource = next(each for each in said["resources"] if each["name"] == name)
    assert tables[name]
    assert list(faults(resource["schema"], tables[name])) == []


def test_the_check_can_fail() -> None:
    """A value of another type, one outside its list, a missing one and a doubled key are found."""
    said, tables = package()
    schema = next(each for each in said["resources"] if each["name"] == FIGURES)["schema"]
    row = dict(tables[FIGURES][0])
    bad = [{**row, "nilai": "110 orang"}, {**row, "status": "ada"}, {**row, "perpustakaan": ""}, {**row, "nilai": "-1"}]
    assert [len(list(faults(schema, [each]))) for each in bad] == [1, 1, 1, 1]
    assert list(faults(schema, [row, row])) == ["the key is not unique, or not there"]


def test_what_a_row_refers_to_is_there() -> None:
    """Every library and every id of the figures stands in the table that describes it."""
    said, tables = package()
    for resource in said["resources"]:
        for key in resource["schema"].get("foreignKeys", ()):
            other = key["reference"]
            known = {tuple(row[name] for name in other["fields"]) for row in tables[other["resource"]]}
            assert {tuple(row[name] for name in key["fields"]) for row in tables[resource["name"]]} <= known


def test_a_figure_stands_with_its_places() -> None:
    """Tangkum's visits in January: codes from the province to the village, the figure and its unit."""
    row = next(each for each in package()[1][FIGURES] if each["kode_perpustakaan"] == "perpusdes-tangkum")
    assert [row[name] for name in FIGURE_COLUMNS] == [
        "barito-timur", "62", "Kalimantan Tengah", "62.13", "Barito Timur", "62.13.08", "Raren Batuah", "62.13.08.2003",
        "perpusdes-tangkum", "", "Perpustakaan Desa Tangkum", "desa", "2024-01", "2024", "1", "visits_onsite",
        "Pengunjung di tempat", "110", "orang", "reported",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("library", "month", "element", "value", "status"),
    [
        ("perpusdes-tangkum", "2024-02", "partnerships", "0", "zero"),  # typed: nihil
        ("perpusdes-turan-amis", "2024-01", "visits_online", "", "not_applicable"),  # typed: t/a
        ("perpusdes-turan-amis", "2024-03", "participants", "", "unreadable"),  # typed: sekitar 20
        ("perpusdes-pangkan", "2024-06", "loans", "", "empty"),  # required and blank
        ("perpusdes-pangkan", "2024-11", "loans", "", "empty"),  # nobody has reported November
        ("6213013B0000001", "2024-01", "open_hours", "7.5", "reported"),  # typed: 08.00-15.30
    ],
)
def test_missing_is_not_zero(library: str, month: str, element: str, value: str, status: str) -> None:
    """Nil, not applicable, refused and blank are four states; only what counts has a value."""
    found = [
        (row["nilai"], row["status"])
        for row in package()[1][FIGURES]
        if (row["kode_perpustakaan"], row["periode"], row["kode_data"]) == (library, month, element)
    ]
    assert found == [(value, status)]


def test_no_person_is_in_it() -> None:
    """Neither who looks after a library, nor how to reach them, nor a word that was typed."""
    people = tuple(
        replace(each, pic="Ibu Rahasia", emails=("ibu@example.org",), whatsapp="+62 812 3456 7890")
        for each in demo_memory(MONTHS[-1]).libraries
    )
    tables = made(libraries=people)
    text = as_json(descriptor([office()], tables, NOW, language("id"))).decode()
    assert [word for word in ("Rahasia", "example.org", "812", "sekitar", "orang dibaca") if word in text] == []


def test_two_cells_for_one_figure_are_one_row() -> None:
    """What stands alike in two workbooks is one row; what differs counts in neither."""
    seen = demo_memory(MONTHS[-1]).observations
    first = next(each for each in seen if each.state is State.REPORTED)
    twin = first._replace(cell=first.cell._replace(workbook="other"))
    other = twin._replace(value=(first.value or 0) + 1)
    for more, status in ((twin, "reported"), (other, "blocked")):
        rows = made(observations=(*seen, more)).figures
        assert len(rows) == len(made().figures)
        assert rows[0][-1] == status


def test_a_library_s_own_data() -> None:
    """The population that holds, with its year and source; the days between which it was in service."""
    first, *rest = demo_memory(MONTHS[-1]).libraries
    closed = replace(
        first, active_until=date(2024, 6, 30), population=(DatedValue(2020, 900), DatedValue(2024, 1200, "BPS"))
    )
    tables = made(libraries=(closed, *rest))
    row = dict(zip(LIBRARY_COLUMNS, tables.libraries[0], strict=True))
    assert [row[name] for name in ("aktif_sampai", "penduduk", "tahun_penduduk", "sumber_penduduk")] == [
        "2024-06-30", 1200, 2024, "BPS",
    ]  # fmt: skip
    months = {row[12] for row in tables.figures if row[8] == first.known_as and row[-1] == "empty"}
    assert months == set()  # closed: nothing is awaited any more


def test_what_lacks_a_code_is_named() -> None:
    """A regency without a code is told first; then districts, then villages with a library."""
    assert made().without_code == ("Dusun Timur", "Perpustakaan Desa Turan Amis")
    bare = demo_settings()[0].model_copy(update={"open_data": OpenDataOptions()})
    memory, settings = demo_memory(MONTHS[-1]), demo_settings()[1]
    tables = open_tables(bare, settings, memory.libraries, memory.observations, MONTHS, language("id"))
    assert tables.without_code == ("Barito Timur",)


def test_the_description_says_who_what_when() -> None:
    """Producer, code, months, licence, that the sample's figures are invented; nothing to read for an office without figures."""
    said = package()[0]
    assert said["satu_data_indonesia"]["kode_wilayah"] == ["62.13"]
    assert said["satu_data_indonesia"]["periode"] == {"mulai": "2024-01", "selesai": "2024-12"}
    assert said["licenses"] == [{"name": "CC-BY-4.0"}]
    assert said["description"].startswith("CONTOH – ANGKA REKAAN.")
    nothing = descriptor([office()], OpenTables((), (), ()), NOW, language("en"))
    assert nothing["satu_data_indonesia"]["periode"] is None
    inline = descriptor([office()], made("en"), NOW, language("en"))
    libraries = next(each for each in inline["resources"] if each["name"] == LIBRARIES)
    assert len(libraries["data"]) == 4


def test_nothing_typed_becomes_a_formula() -> None:
    """A library called like a formula is text in the table."""
    first, *rest = demo_memory(MONTHS[-1]).libraries
    tables = made(libraries=(replace(first, name='=HYPERLINK("http://x")'), *rest))
    assert b",'=HYPERLINK" in table(FIGURE_COLUMNS, tables.figures).replace(b'"', b"")


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"place_code": "6213"}, "place_code"),
        ({"place_code": "62.13", "places": {"Paku": "62.13"}}, "places.Paku"),
        ({"place_code": "62.13", "places": {"Paku": "62.13.9"}}, "places.Paku"),
        ({"place_code": "62.13", "places": {"Paku": "62.12.09"}}, "62.12.09"),
        ({"places": {"Paku": "62.12.09"}}, "62.12.09"),
    ],
)
def test_codes_are_looked_at(settings: dict[str, Any], told: str) -> None:
    """A code has the ministry's form, and lies in the regency."""
    with pytest.raises(pydantic.ValidationError) as error:
        OpenDataOptions.model_validate(settings)
    assert told in str(error.value)
