"""Codes, names and scores that nobody can mean: refused at their row of the register, and no other library feels them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from doors import addressees, mails
from gspread.utils import ValueInputOption
from installation import MONTH, Installation, installation

from sheets_sync.jobs.month import view_of
from sheets_sync.jobs.run import report_job

CODE, NAME, POPULATION, SCORE = "Kode", "Nama", "Penduduk", "Skor SIM"
OTHERS = ("Tangkum", "Turan Amis")
ABSURD = {
    "2,100 characters": (CODE, "x" * 2100),
    "50,000 characters": (CODE, "x" * 50_000),
    "25,000 characters that count twice": (CODE, "😀" * 25_000),
    "brackets": (CODE, "[perpus] [lain]"),
    "only brackets": (CODE, "[]"),
    "our own mark": (CODE, "[F-VALUE-abc12345]"),
    "line breaks": (CODE, "a\nb\r\nc"),
    "a code of signs": (CODE, "'; DROP TABLE libraries; --"),
    "a path": (CODE, "../../x"),
    "a score of 1E+30": (SCORE, 1e30),
    "a score below nothing": (SCORE, -1e15),
    "a score of text": (SCORE, "9,9,9"),
    "a population of 1E+300": (POPULATION, 1e300),
    "a name of 40,000 characters": (NAME, "Perpustakaan " * 3077),
    "a name of 50,000 characters": (NAME, "Perpustakaan" + " a" * 24_994),
}


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation that has been read once."""
    with installation(tmp_path_factory.mktemp("codes")) as fresh:
        fresh.configure("reports.yaml", letter=False, workbook=False)
        fresh.sync()
        yield fresh


def type_over(here: Installation, column: str, typed: str | float) -> str:
    """Types over a cell of Pangkan's row; gives what stood there."""
    register = here.person().worksheet("Perpustakaan")
    values = register.get_all_values()
    head = next(number for number, row in enumerate(values) if "Nama" in row)
    row = next(number for number, cells in enumerate(values) if "Pangkan" in cells or "pangkan@example.org" in cells)
    place = values[head].index(column)
    register.update([[typed]], f"{chr(65 + place)}{row + 1}", value_input_option=ValueInputOption.raw)
    return str(values[row][place])


@pytest.mark.incident("absurd-code")
@pytest.mark.parametrize(("column", "typed"), ABSURD.values(), ids=ABSURD.keys())
def test_an_absurd_cell_of_the_register_costs_nobody_else(here: Installation, column: str, typed: str | float) -> None:
    """The others' rows, comments and threads stay; it is asked about once; put right, all is as before."""
    before = here.rows_on_rekap(OTHERS)
    stood = type_over(here, column, typed)
    first, second = here.sync()[0], here.sync()[0]
    with here.app() as app:
        asked = [
            found
            for found in view_of(app, here.office(app)).checked.findings
            if found.cells and str(typed)[:20] in found.typed
        ]
    after = here.rows_on_rekap(OTHERS)
    type_over(here, column, stood)
    again = here.sync()[0]
    assert (*first.failures, *second.failures, *again.failures) == ()
    assert second.written == {}
    assert after == before
    assert asked or isinstance(typed, float) or column == NAME or "\n" in str(typed)


@pytest.mark.incident("absurd-code")
def test_the_report_goes_to_the_others(here: Installation) -> None:
    """With an absurd code beside them the others get their mails."""
    stood = type_over(here, CODE, "[x]" * 700)
    with here.app() as app:
        outcome = report_job(app, here.office(app), MONTH)
    type_over(here, CODE, stood)
    arrived = {address for message in mails(here) for address in addressees(message)}
    assert outcome.left_out == ()
    assert {"tangkum@example.org", "turan.amis@example.org"} <= arrived
