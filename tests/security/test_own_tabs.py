"""A tab is the program's own by the id that it made, never by a title or a mark that anybody can set."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import gspread
import pytest
from gspread.urls import DRIVE_FILES_API_V3_URL
from gspread.utils import ValueInputOption, ValueRenderOption, rowcol_to_a1
from installation import US, Installation, installation
from ready_store import emptied
from tab_changes import copied, deleted, formulas, moved, own_ids, renamed

from sheets_sync.demo import people
from sheets_sync.jobs.month import load, view_of
from sheets_sync.model import Finding
from sheets_sync.model.grid import CommentThread

TYPED = ValueInputOption.user_entered
ROLES = {"rekap": "Rekap", "questions": "Perlu Dicek", "details": "Rincian", "indicators": "Indikator"}
Cells = dict[int, list[list[str]]]


def cells(here: Installation) -> Cells:
    """Every tab's cells as they were typed, by sheetId."""
    return {tab.id: formulas(tab) for tab in here.person().worksheets()}


def findings(here: Installation, rule: str) -> list[Finding]:
    with here.app() as app:
        return [found for found in view_of(app, here.office(app)).checked.findings if found.rule_code == rule]


def threads(here: Installation) -> tuple[CommentThread, ...]:
    with here.app() as app:
        return app.google(app.settings.key_file(here.office(app))).read(here.workbook).grid.comments


def mark(tab: gspread.Worksheet, role: str) -> None:
    """What anybody can do: a protection called like ours."""
    protected = {"range": {"sheetId": tab.id}, "description": f"sheets-sync: {role}", "warningOnly": True}
    tab.spreadsheet.batch_update({"requests": [{"addProtectedRange": {"protectedRange": protected}}]})


@pytest.mark.incident("mark-on-inputs")
def test_a_mark_on_an_input_tab_makes_nothing_be_written_on_it(here: Installation) -> None:
    """Whoever marks another library's tab as ours reaches nothing: it keeps every cell and is read; the office is told."""
    tab = here.person().worksheet("Pangkan")
    before, ids, figures = formulas(tab), own_ids(here), here.library("Pangkan").observations
    for role in ROLES:
        mark(tab, role)
    tab.update_index(0)
    outcome, _ = here.sync()
    here.sync()
    assert outcome.status == 0
    assert formulas(tab) == before
    assert own_ids(here) == ids
    assert here.library("Pangkan").observations == figures
    assert [found.typed for found in findings(here, "W-MARK")] == ["Pangkan"]


@pytest.mark.incident("mark-on-inputs")
def test_a_mark_before_the_first_sync_reaches_nothing(tmp_path: Path) -> None:
    """Not even in a workbook of which nothing is remembered yet."""
    with installation(tmp_path) as here:
        tab = here.person().worksheet("Pangkan")
        for role in ROLES:
            mark(tab, role)
        before = formulas(tab)
        outcome, _ = here.sync()
        assert outcome.status == 0
        assert formulas(tab) == before
        assert {tab.title for tab in here.person().worksheets()} >= set(ROLES.values())


@pytest.mark.incident("false-pages")
def test_false_pages_are_asked_about_once_and_the_true_ones_stay_ours(here: Installation) -> None:
    """The real pages renamed and false ones put in their place: the office is asked once for each, the real ones go on."""
    ids, book = own_ids(here), here.person()
    for title in ROLES.values():
        book.worksheet(title).update_title(f"Arsip {title}")
        book.add_worksheet(title, 20, 5).update([["Skor palsu", "9,99"]], "A1")
    outcome, _ = here.sync()
    here.sync()
    asked = {found.id: found for found in findings(here, "F-SECOND-PAGE")}
    listed = here.person().get_worksheet_by_id(ids["questions"]).get_all_values()
    assert outcome.status == 0
    assert own_ids(here) == ids
    assert all(formulas(here.person().worksheet(title))[0] == ["Skor palsu", "9,99"] for title in ROLES.values())
    assert {(found.typed, found.library) for found in asked.values()} == {(title, None) for title in ROLES.values()}
    assert sorted(row[4] for row in listed if row[0] in asked and f"Arsip {row[4]}" in row[6]) == sorted(ROLES.values())


@pytest.mark.parametrize("change", [renamed, deleted, copied, moved])
def test_pages_live_through_what_people_do_to_them(
    here: Installation, change: Callable[[gspread.Spreadsheet, str], None]
) -> None:
    """Renamed, moved or copied they stay the pages of ours; deleted they are made anew; nobody's cells are touched."""
    ids, before = own_ids(here), cells(here)
    for title in ROLES.values():
        change(here.person(), title)
    first, _ = here.sync()
    second, _ = here.sync()
    after = cells(here)
    theirs = before.keys() - set(ids.values())
    assert (first.status, second.status, second.written) == (0, 0, {})
    assert own_ids(here) == ids
    assert {sheet: after[sheet] for sheet in theirs} == {sheet: before[sheet] for sheet in theirs}
    assert all(len(after[ids[role]]) >= len(before[ids[role]]) - 1 for role in ("rekap", "details", "indicators"))
    assert len(findings(here, "W-MARK")) == (4 if change is copied else 0)


@pytest.mark.incident("formula-like-figures")
def test_a_formula_that_shows_the_same_is_written_over(here: Installation) -> None:
    """A figure of ours can't be kept alive by a formula that shows the same digits today and others tomorrow."""
    rekap = here.person().worksheet("Rekap")
    row = next(number for number, texts in enumerate(rekap.get_all_values(), 1) if texts[0].endswith("Tangkum"))
    shown = rekap.row_values(row)[:8]
    typed = [f"=1*{text}" if text.replace(",", "").isdigit() else f'=IF(TRUE;"{text}";"")' for text in shown]
    assert {text[:3] for text in typed} == {"=1*", "=IF"}
    rekap.update([typed], f"A{row}", value_input_option=TYPED)
    assert rekap.row_values(row)[:8] == shown
    here.sync()
    outcome, _ = here.sync()
    assert [text for text in map(str, formulas(rekap)[row - 1]) if text.startswith("=")] == []
    assert rekap.row_values(row)[:8] == shown
    assert outcome.written == {}


@pytest.mark.incident("formula-like-figures")
def test_a_formula_in_the_list_of_questions_is_written_over(here: Installation) -> None:
    """Neither can what a question says; the code, which is written once, is put back too."""
    tab = here.person().worksheet("Perlu Dicek")
    row = next(number for number, texts in enumerate(tab.get_all_values(), 1) if texts[0].startswith("F"))
    before = formulas(tab)[row - 1]
    for column in (0, 4, 6, 9):
        text = str(before[column]).replace('"', '""')
        tab.update([[f'=IF(TRUE;"{text}";"")']], rowcol_to_a1(row, column + 1), value_input_option=TYPED)
    here.sync()
    assert formulas(tab)[row - 1] == before
    assert here.sync()[0].written == {}


def test_a_formula_beside_our_columns_stays(here: Installation) -> None:
    """What people calculate beside the table is theirs."""
    rekap = here.person().worksheet("Rekap")
    rekap.update([["=1+1"]], "T5", value_input_option=TYPED)
    outcome, _ = here.sync()
    assert rekap.cell(5, 20, value_render_option=ValueRenderOption.formula).value == "=1+1"
    assert outcome.written == {}


def copy_of(here: Installation) -> str:
    """A copy of the workbook as Drive makes it, shared with us; its id."""
    drive = here.person().client
    url = f"{DRIVE_FILES_API_V3_URL}/{here.workbook}/copy"
    new = str(drive.request("post", url, json={"name": "2025"}).json()["id"])
    allowed = {"type": "user", "role": "writer", "emailAddress": here.google.account(US).email}
    drive.request("post", f"{DRIVE_FILES_API_V3_URL}/{new}/permissions", json=allowed)
    return new


def test_a_copied_workbook_keeps_its_pages_as_pages(here: Installation) -> None:
    """A new year's copy has the same sheetIds and no memory: its pages go on, its input tabs keep every cell."""
    new = copy_of(here)
    here.configure("office.yaml", workbook=new)
    before = {tab.id: formulas(tab) for tab in here.person(new).worksheets()}
    outcome, _ = here.sync()
    after, ids = {tab.id: formulas(tab) for tab in here.person(new).worksheets()}, own_ids(here, new)
    theirs = before.keys() - set(ids.values())
    assert outcome.status == 0
    assert ids == own_ids(here)
    assert after.keys() == before.keys()
    assert {sheet: after[sheet] for sheet in theirs} == {sheet: before[sheet] for sheet in theirs}


def test_a_lost_memory_makes_no_second_page_and_writes_on_no_input(here: Installation) -> None:
    """With an empty store the pages are known by their ids and headings; a tab with our id and figures is not ours."""
    ids, book = own_ids(here), here.person()
    book.del_worksheet(book.get_worksheet_by_id(ids["details"]))
    copy = {"sourceSheetId": book.worksheet("Pangkan").id, "newSheetId": ids["details"], "newSheetName": "Catatan"}
    book.batch_update({"requests": [{"duplicateSheet": copy}]})
    false = book.get_worksheet_by_id(ids["details"])
    before = formulas(false)
    emptied(here.settings().store_url)
    here.sync()
    again = own_ids(here)
    assert formulas(false) == before
    assert {role: again[role] for role in ids if role != "details"} == {r: ids[r] for r in ids if r != "details"}
    assert again["details"] != ids["details"]
    assert [tab.title for tab in here.person().worksheets() if tab.title.startswith("Re")] == ["Rekap"]


@pytest.mark.incident("tab-deleted")
@pytest.mark.parametrize("title", ["Rincian", "Pangkan"])
def test_a_tab_taken_away_stops_no_comments_of_others(here: Installation, title: str) -> None:
    """A page of ours or a library's tab is deleted: everybody else is still answered at the cell."""
    book = here.person()
    asked = book.worksheet(title)
    if title == "Pangkan":  # what the checks ask stays, and no comment can stand at its cell any more
        asked.update([["99999"]], "B12", value_input_option=TYPED)
        here.configure("comments.yaml", comments=False)
        here.sync()
        here.configure("comments.yaml", comments=True)
    book.del_worksheet(asked)
    book.worksheet("Tangkum").update([["kira-kira 9"]], "B6", value_input_option=TYPED)
    outcome, _ = here.sync()
    assert not [failure for failure in outcome.failures if "grid" in str(failure.message)]
    assert any(thread.quote == "kira-kira 9" for thread in threads(here))


@pytest.mark.incident("protected-page")
@pytest.mark.parametrize("title", ["Perlu Dicek", "Indikator"])
def test_a_protected_page_stops_none_of_the_others(here: Installation, title: str) -> None:
    """Somebody protects a page: the others are written, the tab is named with what to do; afterwards all is well again."""
    tab = here.person().worksheet(title)
    owner = here.google.account(people.SECRETARY, person=True).email
    protected = {"range": {"sheetId": tab.id}, "editors": {"users": [owner]}, "description": "jangan diubah"}
    answer = tab.spreadsheet.batch_update({"requests": [{"addProtectedRange": {"protectedRange": protected}}]})
    before = {name: formulas(here.person().worksheet(name)) for name in ROLES.values()}
    here.configure("office.yaml", notice={"id": "LATIHAN", "en": "EXERCISE"})
    here.person().worksheet("Tangkum").update([["kira-kira 9"]], "B6", value_input_option=TYPED)
    outcome, counted = here.sync()
    (told,) = (str(failure.message) for failure in outcome.failures)
    written = {name for name in ROLES.values() if formulas(here.person().worksheet(name)) != before[name]}
    assert outcome.status == 3
    assert title in told
    assert here.google.account(US).email in told
    assert written == set(ROLES.values()) - {title}
    assert any(thread.quote == "kira-kira 9" for thread in threads(here))
    assert counted["sheets.spreadsheets.batchUpdate"] <= 4

    kept = answer["replies"][0]["addProtectedRange"]["protectedRange"]["protectedRangeId"]
    tab.spreadsheet.batch_update({"requests": [{"deleteProtectedRange": {"protectedRangeId": kept}}]})
    assert here.sync()[0].status == 0
    assert formulas(tab) != before[title]


def test_of_other_tabs_nothing_is_kept(here: Installation) -> None:
    """What is remembered for writing holds neither texts nor formulas of tabs that are not ours."""
    here.person().worksheet("Tangkum").update([["=1+1"]], "T9", value_input_option=TYPED)
    here.sync()
    with here.app() as app:
        layout = load(app, here.office(app)).layouts[here.workbook]
    ids = own_ids(here).values()
    assert [tab.title for tab in layout if tab.sheet_id not in ids and (tab.texts or tab.formulas)] == []
