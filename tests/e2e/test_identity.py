"""Whatever is typed over in the register: history, reasons, revisions and approvals of its libraries go on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import gspread
import pytest
from installation import MONTH, Installation, installation

from sheets_sync.jobs.month import view_of
from sheets_sync.jobs.run import report_job

Rows = list[list[str]]
CHANGED, TWICE, NAMELESS = "E-REGISTER-CHANGED", "F-CODE-TWICE", "F-REGISTER-NAME"
TANGKUM, PANGKAN = "Perpustakaan Desa Tangkum", "Perpustakaan Desa Pangkan"


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An office with NPPs that has reported; Tangkum gave a reason and corrected a figure that was reported."""
    with installation(tmp_path_factory.mktemp("office")) as fresh:
        fresh.configure("reports.yaml", letter=False, workbook=False)
        rows = register(fresh).get_all_values()
        npp = rows[1].index("NPP") + 1
        for row in (3, 4, 5):
            register(fresh).update_cell(row, npp, f"6213013D000000{row}")
        figures = fresh.person().worksheet("Tangkum")
        figures.update_cell(12, 2, "900")
        fresh.sync()
        with fresh.app() as app:
            report_job(app, fresh.office(app), MONTH)
        figures.update_cell(11, 2, str(int(figures.cell(11, 2).value or 0) + 1))
        figures.update_cell(12, len(rows[1]), "")
        answer(fresh)
        fresh.sync()
        fresh.sync()
        yield fresh


def register(here: Installation) -> gspread.Worksheet:
    """The register as the secretary has it open."""
    return here.person().worksheet("Perpustakaan")


def answer(here: Installation) -> None:
    """Tangkum's question about its 900 visitors gets its reason in the list of questions."""
    page = here.person().worksheet("Perlu Dicek")
    rows = page.get_all_values()
    head = next(n for n, row in enumerate(rows) if "Alasan" in row)
    asked = next(n for n, row in enumerate(rows) if any("Tangkum" in text for text in row) and n > head)
    page.update_cell(asked + 1, rows[head].index("Alasan") + 1, "pameran buku")


def state(here: Installation) -> dict[str, Any]:
    """By the library's first name: all that has to go on whatever its row says."""
    with here.app() as app:
        office = here.office(app)
        view = view_of(app, office)
        approved = {each.address for each in app.store.approvals(office.code).known if each.approved_at}
    return {
        row.library.emails[0]: (
            row.library.code,
            row.score and row.score.value,
            row.trend,
            row.on_time,
            [(found.id, found.reason) for found in row.findings if found.element],
            [(each.element, each.period, each.before, each.after) for each in row.revisions],
            {*row.library.emails} <= approved,
        )
        for row in view.month.libraries
    }


def asked(here: Installation) -> list[str]:
    """The rules of the questions about the register."""
    with here.app() as app:
        month = view_of(app, here.office(app)).month
    found = [*month.findings, *(each for row in month.libraries for each in row.findings)]
    return sorted({each.id: each.rule_code for each in found if each.rule_code in (CHANGED, TWICE, NAMELESS)}.values())


def in_rekap(here: Installation) -> int:
    """How many of the four libraries stand in Rekap."""
    words = {text for row in here.person().worksheet("Rekap").get_all_values() for text in row}
    return sum(any(name in text for text in words) for name in ("Tangkum", "Pangkan", "Turan Amis", "Dinas Perpus"))


def over(row: int, heading: str, text: str) -> Callable[[Rows], Rows]:
    """The register with something else typed in one of its cells."""

    def typed(rows: Rows) -> Rows:
        column = rows[1].index(heading)
        return [[text if (n, m) == (row, column) else old for m, old in enumerate(line)] for n, line in enumerate(rows)]

    return typed


def swapped(rows: Rows) -> Rows:
    """The register with two rows that changed places."""
    return [*rows[:2], rows[3], rows[2], *rows[4:]]


def resorted(rows: Rows) -> Rows:
    """The register from its last row to the first."""
    return [*rows[:2], *reversed(rows[2:6]), *rows[6:]]


@dataclass(frozen=True)
class Case:
    """What is done to the register, and what is asked about it."""

    name: str
    done: Callable[[Rows], Rows]
    asked: tuple[str, ...] = ()


CASES = (
    Case("the code changed", over(2, "Kode", "PD-001"), (CHANGED,)),
    Case("the NPP changed", over(2, "NPP", "6213013D0000099"), (CHANGED,)),
    Case("the name changed", over(2, "Nama", "Perpustakaan Desa Tangkum Raya"), (CHANGED,)),
    Case("two rows swapped", swapped),
    Case("sorted", resorted),
    Case("the name emptied", over(2, "Nama", ""), (NAMELESS,)),
    Case("the NPP of another", over(3, "NPP", "6213013D0000003"), (TWICE,)),
    Case("the NPP of another, above it", lambda rows: over(2, "NPP", "6213013D0000003")(swapped(rows)), (TWICE,)),
    Case("an NPP that says none", over(2, "NPP", "tidak tahu")),
    Case("code, NPP and name emptied, and moved",
         lambda rows: resorted(over(2, "Nama", "")(over(2, "NPP", "")(over(2, "Kode", "")(rows)))), (NAMELESS,)),
    Case("only the codes sorted", lambda rows: over(2, "Kode", rows[3][0])(over(3, "Kode", rows[2][0])(rows)), (CHANGED, CHANGED)),
    Case("a section and a total", lambda rows: [*rows[:4], ["", "", "Kecamatan Paku"], *rows[4:6], ["", "", "Jumlah", "4"], *rows[7:]]),
)  # fmt: skip


def type_register(here: Installation, rows: Rows) -> None:
    """Types the whole register over."""
    page = register(here)
    page.clear()
    width = max(map(len, rows))
    padded = [[*row, *[""] * (width - len(row))] for row in rows]
    page.update(padded, "A1", value_input_option=gspread.utils.ValueInputOption.raw)


def test_there_is_something_to_lose(here: Installation) -> None:
    """Tangkum has a score, a reason, a revision and an approved address."""
    code, score, _, _, findings, revisions, approved = state(here)["tangkum@example.org"]
    assert (code, bool(score), approved) == ("6213013D0000003", True, True)
    assert "pameran buku" in dict(findings).values()
    assert len(revisions) == 1


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_all_goes_on(here: Installation, case: Case) -> None:
    """Each library stays one with all that is kept of it, stands in Rekap, and what is doubtful is asked once."""
    before, typed = state(here), register(here).get_all_values()
    type_register(here, case.done(typed))
    here.sync()
    now = (state(here), asked(here), in_rekap(here))
    here.sync()
    again = (state(here), asked(here))
    type_register(here, typed)
    here.sync()
    assert now == (before, list(case.asked), 4)
    assert again == now[:2]
    assert (state(here), asked(here)) == (before, [])


def test_a_reason_settles_what_changed(here: Installation) -> None:
    """Once the office says that it is right, nothing is asked; the old code finds the library still, and a new one too."""
    typed = register(here).get_all_values()
    type_register(here, over(2, "Kode", "PD-001")(typed))
    here.sync()
    page = here.person().worksheet("Perlu Dicek")
    rows = page.get_all_values()
    head = next(n for n, row in enumerate(rows) if "Alasan" in row)
    row = next(n for n, texts in enumerate(rows) if any("PD-001" in text for text in texts))
    page.update_cell(row + 1, rows[head].index("Alasan") + 1, "kode baru dari dinas")
    here.sync()
    settled = asked(here)
    type_register(here, over(2, "Kode", "PD-002")(typed))
    here.sync()
    assert (settled, asked(here)) == ([], [CHANGED])
