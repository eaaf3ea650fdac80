"""`explain`, `scheme diff` and the exports that are worked out: what a score is made of, seen by who asks for it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from installation import Installation, installation
from places import CONFIG

from sheets_sync.cli.group import run_cli

Said = Callable[..., str]
READY_MADE = CONFIG / "schemes" / "ready-made"


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """The sample, synced once."""
    with installation(tmp_path_factory.mktemp("scores")) as fresh:
        fresh.sync()
        yield fresh


@pytest.fixture
def said(here: Installation, capsysbinary: pytest.CaptureFixture[bytes]) -> Said:
    """Runs a command that ends well; what it printed."""

    def run(*words: str) -> str:
        assert run_cli(["--config", str(here.place.config), "--now", "2024-11-05T08:00", *words]) == 0
        return capsysbinary.readouterr().out.decode()

    return run


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_open_data_are_files_that_describe_each_other(said: Said, tmp_path: Path) -> None:
    """The table, the libraries, the dictionary and the description lie together; nobody else's is written over."""
    said("export", "--what", "open-data", "--period", "2024-10", "--out", str(tmp_path / "angka.csv"))
    package = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    paths = {each["name"]: each["path"] for each in package["resources"]}
    assert paths == {"angka": "angka.csv", "perpustakaan": "angka-perpustakaan.csv", "kamus": "angka-kamus.csv"}
    assert {path.name for path in tmp_path.iterdir()} == {*paths.values(), "datapackage.json"}
    first = rows((tmp_path / "angka.csv").read_text(encoding="utf-8"))[0]
    assert (first["periode"], first["kode_kabupaten"], first["nilai"]) == ("2024-10", "62.13", "118")
    assert rows(said("export", "--what", "open-data", "--period", "2024-10"))[0] == first
    inline = json.loads(said("--json", "export", "--what", "open-data", "--period", "2024-10"))
    assert inline["resources"][0]["data"][0]["nilai"] == 118


def test_open_data_stay_in_their_folder(here: Installation, tmp_path: Path) -> None:
    """A description of other data is left alone, and an .xlsx is no open format."""
    (tmp_path / "datapackage.json").write_text('{"name": "lain"}', encoding="utf-8")
    for words in (["--out", str(tmp_path / "angka.csv")], ["--format", "xlsx", "--out", str(tmp_path / "a.xlsx")]):
        assert run_cli(["--config", str(here.place.config), "export", "--what", "open-data", *words]) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["datapackage.json"]


def test_explain_says_it_all(said: Said) -> None:
    """The text says score, scheme, what each indicator gives and costs, the cells with links, and the next step."""
    text = said("explain", "Tangkum", "2024-10")
    words = ["Skor internal 7,72 dari 10, sedang", "(tpbis-2024.1)", "1,02  (belum diraih 0,48)", "118 (B13)"]
    words += ["range=B4:B13", "range=H", "angka rekaan untuk contoh 2023", "bukan skor resmi"]
    words += ["→ +0,12 (Desember 2024: 7,92, tanpa langkah ini 7,80)"]
    assert [word for word in words if word not in text] == []


def test_explain_says_that_a_month_is_not_over(said: Said) -> None:
    """A month that is still running, or to come, is not explained as if it were done."""
    assert "Desember 2024 belum berakhir" in said("explain", "Tangkum", "2024-12")
    assert "belum berakhir" not in said("explain", "Tangkum", "2024-10")


def test_explain_shows_what_was_not_counted_and_the_range(said: Said) -> None:
    """What can't be read is quoted with its cell, the range of the score beside it."""
    text = said("explain", "Turan Amis", "2024-10", "--lang", "en")
    assert "“sekitar 20” could not be read (I6)" in text
    assert "Once every open question is settled it will be between 5." in text


def test_explain_as_json_leads_to_every_cell(said: Said) -> None:
    """In the document the parts add up to the score as shown, and every figure that counts has a cell with a link."""
    document = json.loads(said("explain", "Tangkum", "2024-10", "--json"))
    parts = [row for group in document["groups"] for row in group["indicators"]]
    assert round(sum(row["shown"]["contribution"] for row in parts), 2) == document["shown"] == 7.72
    counting = [
        month for row in parts for used in row["inputs"] for month in used["months"] if month["value"] is not None
    ]
    assert counting
    assert all(month["cell"]["url"].startswith("https://docs.google.com/spreadsheets/") for month in counting)


def test_the_population_is_traced_to_its_own_cell(here: Installation, said: Said) -> None:
    """The cell named for the population is the register's cell that holds it."""
    document = json.loads(said("explain", "Tangkum", "2024-10", "--json"))
    inputs = document["groups"][0]["indicators"][0]["inputs"]
    (month,) = next(used for used in inputs if used["element"] == "population")["months"]
    tab, cell = month["cell"]["a1"].split("!")
    typed: Any = here.person().worksheet(tab).acell(cell).value
    assert (typed, month["value"]) == ("1146", 1146.0)


@pytest.mark.parametrize(
    ("scheme", "library", "after", "line"),
    [
        ("iso11620.yaml", "Tangkum", "7,72    6,77   -0,95  sedang", "Peminjaman per kapita (loans_per_capita)"),
        ("snp-desa.yaml", "Dinas", "6,32       –       –  sedang → tidak berlaku", "(opening_hours): baru"),
    ],
)
def test_scheme_diff_shows_every_library(said: Said, scheme: str, library: str, after: str, line: str) -> None:
    """A ready-made scheme is shown beside the present one, library by library, and which indicators differ."""
    text = said("scheme", "diff", str(READY_MADE / scheme), "--period", "2024-10")
    (row,) = [line for line in text.splitlines() if library in line]
    assert row.endswith(after)
    assert line in text


def test_the_ranking_is_off(here: Installation, capfd: pytest.CaptureFixture[str]) -> None:
    """Asked for a ranking nobody switched on, the program says that it is off and how to switch it on."""
    status = run_cli(["--config", str(here.place.config), "export", "--what", "ranking"])
    told = capfd.readouterr()
    assert (status, told.out) == (2, "")
    assert "`ranking: true`" in told.err
    assert "ISO 11620" in told.err


def test_the_ranking_comes_with_its_doubts(here: Installation, said: Said) -> None:
    """Switched on, each place has the places open questions and other weights leave, within its kind of library."""
    here.place.configure("office.yaml", {"ranking": True})
    order = rows(said("export", "--what", "ranking", "--period", "2024-10"))
    here.place.configure("office.yaml", {"ranking": False})
    assert [(row["kind"], row["place"]) for row in order] == [
        ("desa", "1"),
        ("desa", "2"),
        ("desa", "3"),
        ("kabupaten", "1"),
    ]
    doubts = [[int(row[name]) for name in ("best", "place", "worst", "highest", "lowest")] for row in order]
    assert all(best <= place <= worst and up <= place <= down for best, place, worst, up, down in doubts)
    assert any(float(row["low"]) < float(row["high"]) for row in order)


def test_places_add_up_before_they_divide(said: Said) -> None:
    """A kabupaten's visits and people are those of its villages together; the kabupaten's own library is apart."""
    table = [row for row in rows(said("export", "--what", "places")) if row["indicator"] == "visits_per_capita"]
    villages = [row for row in table if (row["kind"], row["level"]) == ("desa", "library")]
    (whole,) = [row for row in table if (row["kind"], row["level"]) == ("desa", "regency")]
    visits, people = (sum(float(row[side]) for row in villages) for side in ("numerator", "denominator"))
    assert (whole["place"], whole["libraries"]) == ("Kalimantan Tengah/Barito Timur", "3")
    assert float(whole["numerator"]) == pytest.approx(visits)
    assert float(whole["denominator"]) == people == 1146 + 973 + 1389
    assert float(whole["actual"]) == pytest.approx(12 * visits / people)


def test_iplm_says_on_how_many_months_a_sum_rests(said: Said) -> None:
    """Nine figures a library over twelve months; the month that can't be read is missing from Turan Amis's count."""
    table = rows(said("export", "--what", "iplm", "--period", "2024-10"))
    months = {row["name"]: float(row["months"]) for row in table if row["article"] == "15(2)a"}
    assert len(table) == 4 * 9
    assert (months["Perpustakaan Desa Tangkum"], months["Perpustakaan Desa Turan Amis"]) == (10.0, 9.0)
