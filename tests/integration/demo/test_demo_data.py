"""The sample sheets: reproducible, marked as invented, and read by intake they give the reported scores."""

import runpy

import pytest
from demo_memory import TITLES, demo_workbook, typed_rows
from places import ROOT

from sheets_sync.config.office import Elements, Office
from sheets_sync.config.yaml_file import read_yaml
from sheets_sync.intake.interpret import interpret
from sheets_sync.intake.options import Inputs
from sheets_sync.intake.register import read_register
from sheets_sync.kpi import Cube, ScoreTable, read_scheme, score
from sheets_sync.model import Period, State
from sheets_sync.model.rounding import round_half_up


@pytest.fixture(scope="module")
def table() -> ScoreTable:
    """The scores of the year to October, through intake's readings."""
    elements = read_yaml(ROOT / "config" / "elements.yaml", Elements)
    office, inputs = Office(code="demo", name="demo", workbook="demo"), Inputs()
    workbook = demo_workbook("demo")
    libraries = read_register(workbook.tabs[0], workbook.id, inputs).libraries
    observations = interpret(workbook, libraries, elements, inputs, office).observations
    cube = Cube.from_observations(observations, libraries, elements.elements, Period(2024, 1), Period(2024, 10))
    scheme = read_scheme(ROOT / "config" / "schemes" / "tpbis.yaml", elements.elements)
    return score(cube, scheme, Period(2024, 10))


@pytest.mark.parametrize(
    ("code", "reported"),
    [
        ("perpusdes-tangkum", 7.72),
        ("perpusdes-pangkan", 6.00),
        ("perpusdes-turan-amis", 5.20),
        ("6213013B0000001", 6.32),
    ],
)
def test_scores_as_reported(table: ScoreTable, code: str, reported: float) -> None:
    """The shipped scheme gives the score that was reported for each library, to the two decimals shown."""
    assert round_half_up(table.score(code).value or 0, 2) == reported


def test_refused_cell_is_not_counted(table: ScoreTable) -> None:
    """`sekitar 20` is left out, so participants are a mean of nine months, and the score has a range."""
    result = table.score("perpusdes-turan-amis")
    participants = next(part for part in result.parts if part.indicator == "participants")
    typed = [43, 44, 21, 53, 41, 53, 78, 59, 48]
    assert pytest.approx(sum(typed) / 9) == participants.numerator
    assert participants.state is State.REPORTED
    assert result.low is not None
    assert result.high is not None
    assert result.low < result.high


def test_reproducible() -> None:
    """Running the generator again gives the committed files, to the letter."""
    made = runpy.run_path(str(ROOT / "scripts" / "demo_data.py"))["tabs"]()
    assert {title: typed_rows(title) for title in TITLES} == made


def test_marked_as_invented() -> None:
    """Every tab says in its first row that its figures are invented."""
    assert all("CONTOH – ANGKA REKAAN" in typed_rows(title)[0][0] for title in TITLES)


def test_names_nobody() -> None:
    """No phone number, no address but example.org's, no official score."""
    header, *rows = typed_rows("Perpustakaan")[1:]
    for row in rows:
        known = dict(zip(header, row, strict=True))
        assert known["E-mail"].endswith("@example.org")
        assert known["WhatsApp"] == known["Skor SIM"] == ""
