"""A Google Form over its workbook: answers become Rekap, a second answer supersedes the first, nothing is forgotten."""

from __future__ import annotations

from collections.abc import Iterator

import gspread
import pytest
from installation import MONTH, Installation, installation

from sheets_sync.jobs.month import view_of

FIGURES = ("Pengunjung di tempat", "Peminjaman (eksemplar)", "Kegiatan pelibatan masyarakat", "Peserta kegiatan")
LIBRARIES = ("Perpustakaan Desa Tangkum", "Perpusdes Pangkan", "Perpusdes Turan Amis", "Dinas")


@pytest.fixture(scope="module", params=["Timestamp", "Stempel waktu", "Cap waktu"])
def here(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An office whose libraries answer a form, up to October; the program has read it once."""
    with installation(tmp_path_factory.mktemp("form")) as fresh:
        book = fresh.person()
        page = book.add_worksheet("Form Responses 1", rows=100, cols=12)
        for title in ("Tangkum", "Pangkan", "Turan Amis", "Dinas"):
            book.del_worksheet(book.worksheet(title))
        rows = [[request.param, "Alamat Email", "Nama Perpustakaan", "Bulan", *FIGURES]]
        for number, month in enumerate(("September", "Oktober"), 10):
            rows += [
                [f"02/{number}/2024 09.1{n}.00", f"petugas{n}@example.org", name, month, "40", "30", "3", "45"]
                for n, name in enumerate(LIBRARIES)
            ]
        page.update(rows, "A1", value_input_option=gspread.utils.ValueInputOption.user_entered)
        fresh.sync()
        yield fresh


def visits(here: Installation) -> dict[str, float | None]:
    """The visits of October, by the tab that the register names."""
    with here.app() as app:
        month = view_of(app, here.office(app)).month
    found = {row.library.tab: row.observations for row in month.libraries}
    wanted = ("visits_onsite", MONTH)
    return {
        tab: next((each.value for each in seen if (each.element, each.period) == wanted), None)
        for tab, seen in found.items()
    }


def told(here: Installation, rule: str) -> list[str]:
    """What was typed about which a rule says something."""
    with here.app() as app:
        month = view_of(app, here.office(app)).month
    return [each.typed for row in month.libraries for each in row.findings if each.rule_code == rule]


def test_answers_become_rekap(here: Installation) -> None:
    """Every library that answered stands in Rekap with its figures, and no tab is left without a word."""
    outcome, _ = here.sync()
    rekap = " ".join(text for row in here.person().worksheet("Rekap").get_all_values() for text in row)
    assert visits(here) == {"Tangkum": 40, "Pangkan": 40, "Turan Amis": 40, "Dinas": 40}
    assert all(name in rekap for name in ("Tangkum", "Pangkan", "Turan Amis", "Dinas"))
    assert here.library("Tangkum").completeness > 0
    assert (outcome.failures, told(here, "W-BESIDE")) == ((), [])


def test_a_second_answer_supersedes(here: Installation) -> None:
    """The later answer counts, what it corrects is told, the first is still in the sheet; taken back, the first counts."""
    page = here.person().worksheet("Form Responses 1")
    typed = page.get_all_values()
    again = ["03/11/2024 08.01.15", "lain@example.org", "Perpusdes Tangkum", "Oktober", "44", "", "3", "45"]
    page.append_row(again, value_input_option=gspread.utils.ValueInputOption.user_entered)
    here.sync()
    corrected, said = visits(here)["Tangkum"], told(here, "W-ANSWERED-AGAIN")
    loans = next(
        seen.value for seen in here.library("Tangkum").observations if (seen.element, seen.period) == ("loans", MONTH)
    )
    after = page.get_all_values()
    page.delete_rows(len(typed) + 1)
    here.sync()
    assert (corrected, said, loans) == (44, ["Pengunjung di tempat: 40 → 44"], 30)
    assert [row[:8] for row in after[: len(typed)]] == [row[:8] for row in typed]
    assert (visits(here)["Tangkum"], told(here, "W-ANSWERED-AGAIN")) == (40, [])


def test_an_answer_that_cannot_be_placed_is_asked_about(here: Installation) -> None:
    """An answer of an unknown library costs no other; its question stands in the list."""
    page = here.person().worksheet("Form Responses 1")
    row = len(page.get_all_values()) + 1
    unknown = ["03/11/2024 08.01.15", "", "Perpusdes Tangkam", "Oktober", "44", "1", "3", "45"]
    page.append_row(unknown, value_input_option=gspread.utils.ValueInputOption.user_entered)
    here.sync()
    asked = " ".join(text for line in here.person().worksheet("Perlu Dicek").get_all_values() for text in line)
    found = visits(here)
    page.delete_rows(row)
    here.sync()
    assert found == {"Tangkum": 40, "Pangkan": 40, "Turan Amis": 40, "Dinas": 40}
    assert "Perpusdes Tangkam" in asked
