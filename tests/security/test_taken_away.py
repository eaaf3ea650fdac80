"""What is taken away is clean: no live formula, no broken file, and enough in it to work a score out again."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import starmap
from pathlib import Path
from typing import Any, cast

import hostile
import numpy as np
import openpyxl
import pandas as pd
import pytest
import stamina
from hypothesis import example, given
from hypothesis import strategies as st
from installation import MONTH, Installation, installation
from sample_months import NOW

from sheets_sync import kpi
from sheets_sync.cli import formats
from sheets_sync.cli.group import run_cli
from sheets_sync.model import CellRef, DatedValue, Horizon, Library, Observation, Period, State
from sheets_sync.reports.xlsx import Book, BookColumn, BookSheet, xlsx

LIVE = "=+-@"
PIECES = st.sampled_from([*"=+-@'\",;|", "\t", "\n", " ", "A1", "cmd", "＝", "－"])
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=12).map("".join), st.sampled_from(hostile.TEXTS))
SEPARATORS = [",", ";", "\t", "|"]


def cells(content: bytes, separator: str) -> list[str]:
    """The cells that a program finds which takes `separator` for one, whatever the file has; it drops blanks in front."""
    text = content.decode("utf-8-sig")
    return [cell.strip(' \t"') for row in csv.reader(io.StringIO(text), delimiter=separator) for cell in row]


@pytest.mark.incident("csv-formulas")
@pytest.mark.parametrize("written", [",", ";", "\t"])
@given(TEXTS)
@example("-2+3+cmd|' /C calc'!A0")
@example('buku";=1+1;"')
@example("buku\n=1+1")
def test_no_cell_of_csv_is_a_formula(written: str, text: str) -> None:
    """However the file is split when it is opened, no cell begins with what would be carried out."""
    content = formats.csv(pd.DataFrame({"name": [text, "x"], "other": ["y", text]}), written)
    for separator in SEPARATORS:
        assert [cell for cell in cells(content, separator) if cell[:1] and cell[0] in LIVE + "＝＋－＠"] == []


_TAMED = re.compile(r"""((?:^|[,;|\t\n])["\s]*)'(?=['=+\-@\uff1d\uff0b\uff0d\uff20])""")


def untamed(text: str) -> str:
    """What `tamed` was given, but for control characters."""
    bare = text[1:] if text[:2] in {"'\t", "'\n"} else text
    return _TAMED.sub(r"\1", bare)


@given(TEXTS)
def test_the_apostrophes_can_be_taken_off_again(text: str) -> None:
    """What was typed comes back, but for characters that can't be seen."""
    from sheets_sync.model.text import printable

    assert untamed(formats.tamed(text)) == printable(text, keep="\t")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"), ("+62 812", "'+62 812"), ("-5", "'-5"), ("@x", "'@x"), ("\t=1", "'\t'=1"), ("\tx", "'\tx"),
        ("'halo", "''halo"), ("Ibu-ibu PKK", "Ibu-ibu PKK"), ("a = b", "a = b"), ("ibu@example.org", "ibu@example.org"),
        ("12 - 3", "12 - 3"), ("buku;=1", "buku;'=1"), ("baca, -", "baca, '-"),
    ],
)  # fmt: skip
def test_only_what_could_be_a_formula_gets_an_apostrophe(text: str, written: str) -> None:
    """Ordinary text stays as it is."""
    assert formats.tamed(text) == written


def test_numbers_stay_numbers() -> None:
    """A negative number is a number; with `;` its fraction has a comma, as programs set to Indonesian expect."""
    frame = pd.DataFrame({"value": [-1.5, np.nan, 2.0], "typed": ["-1,5", None, "2"]})
    assert formats.csv(frame).decode("utf-8-sig") == 'value,typed\n-1.5,"\'-1,5"\n,\n2.0,2\n'
    assert formats.csv(frame, ";").decode("utf-8-sig") == "value;typed\n-1,5;'-1,5\n;\n2,0;2\n"


def test_csv_says_that_it_is_utf8() -> None:
    """The mark at its beginning makes a spreadsheet program read é as é."""
    assert formats.csv(pd.DataFrame({"name": ["Rékaan"]})).startswith(b"\xef\xbb\xbfname")


@pytest.mark.incident("xlsx-control-characters")
def test_an_xlsx_takes_every_text() -> None:
    """An export of whatever was typed opens, every cell of it a text, none a formula, no character lost that can be seen."""
    frame = pd.DataFrame({"name": list(hostile.TEXTS), "at": datetime(2024, 11, 5, tzinfo=UTC), "value": -1.5})
    sheet = openpyxl.load_workbook(io.BytesIO(formats.xlsx(frame, "observations", NOW))).active
    assert sheet is not None
    rows = list(sheet.iter_rows(min_row=2))
    assert len(rows) == len(hostile.TEXTS)
    assert {cell.data_type for row in rows for cell in row} <= {"s", "n", "d"}
    for (name, *_), typed in zip(rows, hostile.TEXTS, strict=True):
        assert [mark for mark in str(name.value) if mark.isalnum()] == [mark for mark in typed if mark.isalnum()]


@pytest.mark.incident("xlsx-control-characters")
@given(TEXTS)
def test_a_months_workbook_takes_every_text(text: str) -> None:
    """So does the report's workbook, in its title, its author, its lines, its heads and its cells."""
    sheet = BookSheet("Skor", (BookColumn(text, 10),), [(text,)])
    made = openpyxl.load_workbook(io.BytesIO(xlsx(Book(text, text, NOW, (text,), (sheet,)))))
    assert {cell.data_type for row in made["Skor"].iter_rows() for cell in row} <= {"s", "n", "inlineStr"}


def test_a_text_too_long_for_a_cell_says_so() -> None:
    """What had to be cut ends in an ellipsis."""
    made = openpyxl.load_workbook(io.BytesIO(formats.xlsx(pd.DataFrame({"typed": ["x" * 50_000]}), "x", NOW)))
    assert str(made.active["A2"].value).endswith("x…")  # type: ignore[index] # a worksheet


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """The sample, with hostile texts among the names and the figures, and one figure that the checks block."""
    with stamina.set_testing(True, attempts=2), installation(tmp_path_factory.mktemp("taken") / "here") as fresh:
        book = fresh.person()
        register, tab = book.worksheet("Perpustakaan"), book.worksheet("Tangkum")
        column = register.row_values(2).index("Nama") + 1
        register.update([['=HYPERLINK("http://x.example")']], f"{chr(64 + column)}4", raw=True)
        tab.update([["\x1b[31m=1+1"]], "E5", raw=True)
        book.worksheet("Pangkan").update([[0, 25]], "H5:I5", raw=True)  # people came, but to nothing
        fresh.sync()
        yield fresh


def exported(here: Installation, name: str, *words: str) -> Path:
    out = here.place.folder / name
    status = run_cli(
        ["--config", str(here.place.config), "--now", "2024-11-05T08:00", "export", *words, "--out", str(out)]
    )
    assert status == 0
    return out


@pytest.mark.incident("xlsx-control-characters")
@pytest.mark.parametrize("what", ["observations", "scores", "findings", "places", "iplm"])
@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
def test_every_export_can_be_opened(here: Installation, what: str, kind: str) -> None:
    """With a formula for a name and control characters in a cell, every export in every format is whole and tame."""
    out = exported(here, f"{what}.{kind}", "--what", what, "--format", kind)
    if kind == "csv":
        assert [
            cell for separator in SEPARATORS for cell in cells(out.read_bytes(), separator) if cell[:1] == "="
        ] == []
    elif kind == "xlsx":
        sheet = openpyxl.load_workbook(out).active
        assert sheet is not None
        assert sheet.max_row > 1
        assert "f" not in {cell.data_type for row in sheet.iter_rows() for cell in row}
    else:
        assert len(pd.read_json(out)) > 0


def records(frame: pd.DataFrame) -> dict[str, list[dict[str, Any]]]:
    """The rows of an export by library."""
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in cast("list[dict[str, Any]]", frame.to_dict("records")):
        groups[row["library"]].append(row)
    return groups


def figure(row: dict[str, Any]) -> Observation:
    """A row of the export as the scoring takes it: the state after the checks."""
    value = None if np.isnan(row["value"]) else float(row["value"])
    state, cell = State(row["checked_state"]), CellRef("", 0, row["tab"], 0, 0)
    return Observation(row["library"], row["element"], Period.parse(row["period"]), state, value, cell, "")


def test_a_score_can_be_worked_out_again_from_the_export(here: Installation) -> None:
    """Figures with their states after the checks, the libraries' kinds and populations give the scores we show."""
    frame = pd.read_csv(exported(here, "again.csv"), keep_default_na=False, na_values=[""], encoding="utf-8-sig")
    assert set(frame["checked_state"]) > {"reported", "unreadable", "blocked"}
    libraries, observations = [], []
    for code, rows in records(frame).items():
        people = {(int(row["population_year"]), row["population"]) for row in rows if not np.isnan(row["population"])}
        libraries.append(Library(code, "", rows[0]["kind"], population=tuple(starmap(DatedValue, sorted(people)))))
        observations += [figure(row) for row in rows]
    whole = here.settings()
    settings = whole.of(whole.offices[0])
    cube = kpi.Cube.from_observations(observations, libraries, settings.elements.elements, MONTH - 35, MONTH)
    again = kpi.score(cube, settings.scheme(MONTH), MONTH, Horizon.YEAR_TO_DATE)
    shown = pd.read_csv(exported(here, "scores.csv", "--what", "scores", "--period", "2024-10"), encoding="utf-8-sig")
    wanted = shown[shown["horizon"] == "ytd"].set_index("library")["score"].dropna()
    assert len(wanted) >= 3
    assert {code: again.score(code).value for code in wanted.index} == pytest.approx(wanted.to_dict(), abs=1e-9)


def test_blocked_figures_are_told_from_counted_ones(here: Installation) -> None:
    """`state` is what the cell says, `checked_state` what counts; the population has its year and source beside it."""
    frame = pd.read_csv(exported(here, "states.csv"), encoding="utf-8-sig")
    assert {"kind", "population", "population_year", "population_source", "part_of", "divided_by"} <= set(frame.columns)
    assert set(frame.loc[frame["state"] != frame["checked_state"], "checked_state"]) == {"blocked"}
    assert frame["kind"].notna().all()
