"""What gave figures and is gone: kept with its age until a person says that it is meant to go, or until it is back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta

import gspread
import pytest
import stamina
from gspread.utils import ValueRenderOption
from installation import Installation, installation
from snapshot import Kept

from sheets_sync.google import GoogleClient
from sheets_sync.jobs import sync as job
from sheets_sync.jobs.fetch import Fetched, fetch
from sheets_sync.rules.accounting import GONE

HEADS, FIRST, LAST = 3, 4, 15  # rows of a tab of the sample
Change = Callable[[gspread.Spreadsheet], None]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    """An installation with the sample, read once; time has gone on since."""
    with stamina.set_testing(True, attempts=2), installation(tmp_path_factory.mktemp("office")) as fresh:
        fresh.sync()
        fresh.clock.now += timedelta(hours=1)
        yield Kept.of(fresh)


def tangkum(book: gspread.Spreadsheet) -> gspread.Worksheet:
    return book.worksheet("Tangkum")


def heading_renamed(book: gspread.Spreadsheet) -> None:
    tangkum(book).update([["Buku yang keluar"]], f"F{HEADS}")


def column_emptied(book: gspread.Spreadsheet) -> None:
    tangkum(book).batch_clear([f"F{FIRST}:F{LAST}"])


def column_deleted(book: gspread.Spreadsheet) -> None:
    tangkum(book).delete_columns(6)


def column_of_errors(book: gspread.Spreadsheet) -> None:
    tangkum(book).update([["=1/0"]] * (LAST - FIRST + 1), f"F{FIRST}", raw=False)


def column_that_loads(book: gspread.Spreadsheet) -> None:
    tangkum(book).update([["Loading..."]] * (LAST - FIRST + 1), f"F{FIRST}")


def row_deleted(book: gspread.Spreadsheet) -> None:
    tangkum(book).delete_rows(FIRST + 2)


def row_emptied(book: gspread.Spreadsheet) -> None:
    tangkum(book).batch_clear([f"A{FIRST + 2}:Z{FIRST + 2}"])


def form_emptied(book: gspread.Spreadsheet) -> None:
    tangkum(book).batch_clear([f"B{FIRST}:Z{LAST}"])


def form_in_its_place(book: gspread.Spreadsheet) -> None:
    heads = tangkum(book).row_values(HEADS)
    months = tangkum(book).get(f"A{FIRST}:A{LAST}")
    book.del_worksheet(tangkum(book))
    fresh = book.add_worksheet("Tangkum", 20, 30)
    fresh.update([["Laporan bulanan Perpustakaan Desa Tangkum – Tahun 2024"], heads, *months], "A2")


def all_references_broken(book: gspread.Spreadsheet) -> None:
    cells = [["=NA()"] * 14] * (LAST - FIRST + 1)
    tangkum(book).update(cells, f"B{FIRST}", raw=False)


def every_heading_renamed(book: gspread.Spreadsheet) -> None:
    tangkum(book).update([[f"Isian {number}" for number in range(1, 18)]], f"A{HEADS}")


CHANGES: Mapping[str, Change] = {
    change.__name__: change
    for change in (
        heading_renamed, column_emptied, column_deleted, column_of_errors, column_that_loads, row_deleted, row_emptied,
        form_emptied, form_in_its_place, all_references_broken, every_heading_renamed,
    )
}  # fmt: skip


def counted(here: Installation) -> dict[tuple[str, str], float | None]:
    """What counts for Tangkum up to October: element and month → figure."""
    seen = here.library("Tangkum").observations
    return {(each.element, str(each.period)): each.value for each in seen if each.state.counts}


def questions(here: Installation) -> list[dict[str, str]]:
    """The lines in `Perlu Dicek` about what is gone that are not done yet, by the headings of its columns."""
    _, heads, *lines = _from_heads(here)
    shown = [dict(zip(heads, line, strict=True)) for line in lines]
    return [line for line in shown if line["Kode"].startswith(GONE.code) and line["Status"] != "selesai"]


def _from_heads(here: Installation) -> list[list[str]]:
    """The lines of `Perlu Dicek` from the one above its headings on."""
    lines = here.person().worksheet("Perlu Dicek").get_all_values()
    return lines[next(n for n, line in enumerate(lines) if line[0] == "Kode") - 1 :]


def answered(here: Installation, reason: str) -> None:
    """The reason typed beside the question in `Perlu Dicek`."""
    sheet = here.person().worksheet("Perlu Dicek")
    found, heads = sheet.find(questions(here)[0]["Kode"]), sheet.find("Alasan")
    assert found is not None
    assert heads is not None
    sheet.update_cell(found.row, heads.col, reason)


@pytest.mark.parametrize("name", CHANGES)
def test_what_is_gone_is_kept_with_its_age(here: Installation, name: str) -> None:
    """Figures and score stay, with one question that says since when they are not there."""
    before, score = counted(here), here.score("Tangkum")
    CHANGES[name](here.person())
    here.sync()
    assert (counted(here), here.score("Tangkum")) == (before, score)
    (line,) = questions(here)
    assert "(5 Nov 2024 08.00)" in line["Pertanyaan"]  # by the office's clock


@pytest.mark.parametrize("name", ["heading_renamed", "form_in_its_place"])
def test_a_persons_word_in_the_list_decides(here: Installation, name: str) -> None:
    """Beside the question, a no changes nothing; `benar` is believed, and the question is done."""
    before = counted(here)
    CHANGES[name](here.person())
    here.sync()
    answered(here, "tidak, ini salah hapus")
    here.sync()
    assert (counted(here), len(questions(here))) == (before, 1)
    answered(here, "benar")
    here.sync()
    assert questions(here) == []
    assert before.keys() - counted(here).keys() >= {("loans", "2024-10")}


@pytest.mark.parametrize("name", ["column_emptied", "all_references_broken"])
def test_what_comes_back_is_no_question_any_more(here: Installation, name: str) -> None:
    """Typed again, also with other figures, it is what the cells say and nobody is asked."""
    before = counted(here)
    stood = tangkum(here.person()).get(f"B{FIRST}:O{LAST}")
    CHANGES[name](here.person())
    here.sync()
    assert len(questions(here)) == 1
    tangkum(here.person()).update(stood, f"B{FIRST}", raw=False)
    tangkum(here.person()).update([[61]], "F13", raw=False)
    here.sync()
    assert questions(here) == []
    assert counted(here) == before | {("loans", "2024-10"): 61}


def test_a_renamed_tab_is_found_again(here: Installation) -> None:
    """Its id is remembered: under another title it is the same library's, and nothing is asked."""
    before = counted(here)
    tangkum(here.person()).update_title("Lembar kerja 7")
    here.sync()
    assert (counted(here), questions(here)) == (before, [])


def test_a_deleted_tab_keeps_its_figures(here: Installation) -> None:
    """All its figures stay, with one question; confirmed, they are gone and the tab is not missed any more."""
    before = counted(here)
    here.person().del_worksheet(tangkum(here.person()))
    here.sync()
    assert (counted(here), len(questions(here))) == (before, 1)
    answered(here, "benar, dihapus")
    outcome, _ = here.sync()
    again, _ = here.sync()
    assert (counted(here), questions(here), again.failures) == ({}, [], ())
    assert outcome.status == 0


def test_a_single_emptied_cell_is_empty(here: Installation) -> None:
    """A person takes one figure back: it is empty, and nobody is asked."""
    before = counted(here)
    tangkum(here.person()).batch_clear(["F13"])
    here.sync()
    assert questions(here) == []
    assert before.keys() - counted(here).keys() == {("loans", "2024-10")}


def test_many_errors_at_once_are_read_again(here: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cells that fail at one read and are well at the next, a moment later: only the second is believed."""
    before, reads = counted(here), []
    stood = tangkum(here.person()).get(f"B{FIRST}:O{LAST}", value_render_option=ValueRenderOption.formula)
    all_references_broken(here.person())

    def well_after(google: GoogleClient, workbooks: tuple[str, ...], *more: object) -> Mapping[str, Fetched]:
        reads.append(workbooks)
        fetched = fetch(google, workbooks, *more)  # type: ignore[arg-type] # handed on as they came
        if len(reads) == 1:
            tangkum(here.person()).update(stood, f"B{FIRST}", raw=False)
        return fetched

    monkeypatch.setattr(job, "fetch", well_after)
    here.sync()
    assert (counted(here), questions(here), len(reads)) == (before, [], 2)


def test_errors_that_stay_are_read_twice_and_no_more(here: Installation) -> None:
    """The second read says the same: the last good figures stay, and the next run asks Google no oftener than before."""
    all_references_broken(here.person())
    _, first = here.sync()
    _, second = here.sync()
    assert (first["sheets.spreadsheets.get"], second.get("sheets.spreadsheets.get", 0)) == (2, 0)
    assert len(questions(here)) == 1
