"""`Perlu Dicek`: rows are appended and marked done, reasons are read and never written."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import rekap_sample as sample

from sheets_sync.config.office import Office
from sheets_sync.model import CellRef, Finding, Observation, Period, Severity, State
from sheets_sync.model.grid import GridCell, Tab
from sheets_sync.model.tab_state import TabState
from sheets_sync.rekap import reasons
from sheets_sync.rekap.ids import stable_id
from sheets_sync.rekap.page import Page
from sheets_sync.rekap.pages import plan_questions
from sheets_sync.rekap.questions import (
    COLUMNS,
    LIBRARY,
    QUESTION,
    REASON,
    ROLE,
    STATUS,
    line_code,
    questions,
    view_of,
)
from sheets_sync.rules import register
from sheets_sync.rules.figures import OLD_POPULATION

OCTOBER = Period(2024, 10)
HERE = stable_id("tab", ROLE)


def requests(findings: tuple[Finding, ...], tab: TabState | None) -> list[dict[str, Any]]:
    context = replace(sample.context(), findings=findings)
    planned = plan_questions(questions(context), [tab] if tab else [], HERE, context.t).requests
    return [request for request in planned if "addFilterView" not in request]


def tab_of(findings: tuple[Finding, ...]) -> TabState:
    """The tab as our first write leaves it."""
    page = questions(replace(sample.context(), findings=findings))
    texts = (tuple(page.at(row, column).text for column in range(len(COLUMNS))) for row in range(len(page.rows)))
    return TabState(HERE, "Perlu Dicek", texts=tuple(texts))


FIRST, SECOND = sample.question("pangkan"), sample.question("pangkan", "kira-kira 5", 13)


def test_a_tab_that_says_everything_is_left_alone() -> None:
    """The same findings again send nothing."""
    assert requests((FIRST, SECOND), tab_of((FIRST, SECOND))) == []


def test_a_new_finding_comes_below_the_last_one() -> None:
    """It gets a row of its own there, whatever stands or is only coloured further below, and says nothing under Alasan."""
    tab = tab_of((FIRST,))
    notes = ((), ("", "", "", "Sudah ditelepon"), *((("",) * 12,) * 100))
    inserted, update = requests((FIRST, SECOND), replace(tab, texts=(*tab.texts, *notes)))

    below = len(tab.texts)
    span = {"sheetId": tab.sheet_id, "dimension": "ROWS", "startIndex": below, "endIndex": below + 1}
    assert inserted["insertDimension"]["range"] == span
    assert update["updateCells"]["start"] == {"sheetId": tab.sheet_id, "rowIndex": below, "columnIndex": 0}
    (row,) = update["updateCells"]["rows"]
    assert row["values"][0]["userEnteredValue"] == {"stringValue": SECOND.id}
    assert "userEnteredValue" not in row["values"][REASON]


def test_a_finding_that_is_gone_is_marked_done_where_it_stands() -> None:
    """Only the status of its row is written, wherever people sorted the row to."""
    tab = tab_of((FIRST, SECOND))
    tab = replace(tab, texts=(*tab.texts[:3], tab.texts[4], tab.texts[3]))
    (request,) = requests((SECOND,), tab)

    update = request["updateCells"]
    gone = next(row for row, texts in enumerate(tab.texts) if texts[0] == FIRST.id)
    assert update["start"] == {"sheetId": tab.sheet_id, "rowIndex": gone, "columnIndex": 9}
    assert update["rows"][0]["values"][0]["userEnteredValue"] == {"stringValue": "selesai"}


def test_a_finding_that_comes_back_is_opened_in_its_row() -> None:
    """A row marked done whose question is asked again is no second row."""
    tab = tab_of((FIRST,))
    done = (*tab.texts[-1][:STATUS], "selesai", *tab.texts[-1][STATUS + 1 :])
    (request,) = requests((FIRST,), replace(tab, texts=(*tab.texts[:-1], done)))

    assert request["updateCells"]["rows"][0]["values"][0]["userEnteredValue"] == {"stringValue": "terbuka"}


def test_the_reason_is_never_written_again() -> None:
    """Where people wrote a reason and moved the columns, no request touches that column."""
    tab = tab_of((FIRST, SECOND))
    swapped = tuple((texts[REASON] or "karena libur", *texts[:REASON]) for texts in tab.texts)
    found = requests((SECOND,), replace(tab, texts=swapped))

    assert [request["updateCells"]["start"]["columnIndex"] for request in found] == [STATUS + 1]


@pytest.mark.parametrize(
    ("severity", "reason", "word"),
    [
        (Severity.FATAL, "", "terbuka"),
        (Severity.EXPLAIN, "", "terbuka"),
        (Severity.EXPLAIN, "Pameran", "dijawab"),
        (Severity.FATAL, "Pameran", "terbuka"),
    ],
)
def test_a_status_says_what_is_expected(severity: Severity, reason: str, word: str) -> None:
    """Questions are open until they are put right or, if they only want a reason, answered."""
    page = questions(replace(sample.context(), findings=(replace(FIRST, severity=severity, reason=reason),)))

    assert page.at(len(page.rows) - 1, 9).text == word


def test_the_most_important_comes_first() -> None:
    """Refused values stand above reasons wanted, and both above what is only told."""
    mixed = tuple(replace(FIRST, severity=severity, typed=severity) for severity in reversed(Severity))
    page = questions(replace(sample.context(), findings=mixed))

    assert [row.cells[4].text for row in page.rows[page.header + 1 :]] == ["F", "E", ""]


READ = [
    replace(sample.question("pangkan", f"{hours} jam", hours), severity=Severity.READ_AS, rule_code="R-READ-AS")
    for hours in (4, 5, 6, 7)
]


def test_what_is_only_told_is_one_line_a_library() -> None:
    """However many entries were read in their own way, a library has one line about them, with a few as examples."""
    seen = {(x.library, x.element, x.period): Observation("", "", OCTOBER, State.REPORTED, 6.0, x.cells[0], "") for x in READ}  # fmt: skip
    page = questions(replace(sample.context(), findings=(*READ, FIRST), seen=seen))
    asked, told = page.rows[page.header + 1 :]

    assert (asked.key, told.cells[LIBRARY].text, told.cells[STATUS].text) == (FIRST.id, "Pangkan", "info")
    assert told.key == line_code("pangkan")
    assert told.cells[QUESTION].text == (
        "4 isian kami baca begini: “4 jam” → 6, “5 jam” → 6, “6 jam” → 6 dan 1 lagi. Semuanya ada di tab Rincian. "
        "Tidak perlu apa-apa bila sudah benar."
    )


def test_a_line_that_says_more_is_rewritten_where_it_stands() -> None:
    """A further reading changes the line's text, and no row comes."""
    (request,) = requests(tuple(READ[:2]), tab_of(tuple(READ[:1])))
    assert request["updateCells"]["start"]["columnIndex"] == QUESTION


@pytest.mark.parametrize(
    ("severity", "words"),
    [(Severity.FATAL, "belum dihitung"), (Severity.EXPLAIN, "diberi alasan")],
)
def test_what_is_asked_for_is_said_in_words(severity: Severity, words: str) -> None:
    """Nobody has to know what F and E stand for."""
    page = questions(replace(sample.context(), findings=(replace(FIRST, severity=severity),)))
    assert words in page.at(len(page.rows) - 1, STATUS + 1).text


def test_each_library_that_is_asked_something_has_a_view_of_its_own() -> None:
    """The view shows the library's open rows, and the link in Rekap opens it."""
    context = replace(sample.context(), findings=(FIRST,))
    planned = plan_questions(questions(context), [tab_of((FIRST,))], HERE, context.t).requests
    views = [request["addFilterView"]["filter"] for request in planned if "addFilterView" in request]
    columns = [
        [(each["columnIndex"], each["filterCriteria"]["condition"]["values"][0]["userEnteredValue"]) for each in view["filterSpecs"]]
        for view in views
    ]  # fmt: skip
    assert columns == [[(STATUS, "terbuka")], [(LIBRARY, "Pangkan"), (STATUS, "terbuka")]]
    assert context.links.to_view(ROLE, view_of("pangkan")).endswith(f"&fvid={views[1]['filterViewId']}")


def test_the_whole_row_is_in_sight_on_a_laptop() -> None:
    """From the code to the place for the reason nothing has to be scrolled to at 1,280 pixels."""
    assert sum(column.width for column in COLUMNS) <= 1280 - 50


@pytest.mark.parametrize("missing", range(1, 12))
def test_a_column_that_is_missing_comes_back_with_its_title(missing: int) -> None:
    """Deleted by somebody, or new in this version: the title stands over it again, and the next run finds it."""
    tab = tab_of((FIRST,))
    without = tuple((*texts[:missing], *texts[missing + 1 :]) for texts in tab.texts)
    inserted, title, *_ = requests((FIRST,), replace(tab, texts=without, column_count=30))

    assert inserted["insertDimension"]["range"]["startIndex"] == missing
    head = next(row for row, texts in enumerate(tab.texts) if texts[0] == "Kode")
    assert title["updateCells"]["start"] == {"sheetId": HERE, "rowIndex": head, "columnIndex": missing}
    text = title["updateCells"]["rows"][0]["values"][0]["userEnteredValue"]["stringValue"]
    assert text == tab.texts[head][missing]


def test_reasons_are_read_wherever_columns_and_rows_stand() -> None:
    """A reason belongs to the code in its row; headings may be in another language and order."""
    rows = (("Catatan kami",), ("Reason", "x", "Code"), ("Pameran buku", "", FIRST.id), ("", "", SECOND.id))
    tab = Tab(5, "Perlu Dicek", tuple(tuple(GridCell(text, text) for text in row) for row in rows))

    assert reasons(tab) == {FIRST.id: "Pameran buku"}


def test_a_tab_without_our_headings_gives_no_reasons() -> None:
    """A tab somebody made by that name is no list of ours."""
    assert reasons(Tab(5, "Perlu Dicek", ((GridCell("a", "a"),),))) == {}


def test_what_a_value_was_read_as_is_shown_for_any_month() -> None:
    """Also of a month before the reporting year the page says what became of the typed value."""
    year_ago = replace(FIRST, period=Period(2023, 1), element="loans")
    cell = year_ago.cells[0]
    seen = Observation(str(year_ago.library), "loans", Period(2023, 1), State.BLOCKED, None, cell, "12")
    key = (year_ago.library, year_ago.element, year_ago.period)
    page = questions(replace(sample.context(), findings=(year_ago,), seen={key: seen}))

    assert page.at(len(page.rows) - 1, 5).text == "ditahan"


def test_what_is_typed_in_a_register_kept_apart_is_not_told() -> None:
    """`Perlu Dicek` is everybody's; of a private register it says where to look, and not what stands there."""
    cell = CellRef("private", 0, "Perpustakaan", 3, 4)
    found = register.VALUE.finding(cells=(cell,), typed="0812 3456", column="WhatsApp")
    shared, apart = (
        questions(replace(sample.context(office=replace_office(register)), findings=(found,)))
        for register in (None, "private")
    )
    assert "0812 3456" in text_of(shared)
    assert "0812 3456" not in text_of(apart)
    assert "“…”" in text_of(apart)
    assert "WhatsApp" in text_of(apart)


def test_a_figure_of_a_register_kept_apart_is_not_told_either() -> None:
    """A population typed in a private register is hidden however it is written."""
    cell = CellRef("private", 0, "Perpustakaan", 3, 4)
    found = OLD_POPULATION.finding(cells=(cell,), typed="1451", library_name="Tangkum", year="2019")
    shared, apart = (
        text_of(questions(replace(sample.context(office=replace_office(register)), findings=(found,))))
        for register in (None, "private")
    )
    assert "(1.451)" in shared
    assert "1.451" not in apart


def replace_office(register: str | None) -> Office:
    return sample.OFFICE.model_copy(update={"register_workbook": register})


def text_of(page: Page) -> str:
    return " ".join(str(cell.text) for row in page.rows for cell in row.cells)
