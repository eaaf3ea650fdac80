"""What decides that a page is written, and what is looked at again: from literal values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from grids import tab
from kpi_samples import figure
from office_memory import (
    FIGURES,
    HOME,
    LIBRARIES,
    NOW,
    OCTOBER,
    OFFICE,
    READ_AT,
    SECOND,
    TWO_WORKBOOKS,
    glance,
    home_tabs,
    memory,
    record,
    settings,
    shown,
    was_read,
)

from sheets_sync.checks import CheckOptions
from sheets_sync.checks.timeliness import due_moment
from sheets_sync.comments import CommentChange
from sheets_sync.comments.options import CommentOptions
from sheets_sync.comments.wording import comment
from sheets_sync.config.office import Office
from sheets_sync.google import ReadWorkbook, Written
from sheets_sync.i18n import language
from sheets_sync.jobs.inputs import fingerprint, untouched
from sheets_sync.jobs.month import MonthView, month_view
from sheets_sync.jobs.plan import Plan, plan_pages, plan_writes
from sheets_sync.jobs.publish import inputs_digest, look_again, pages_stand
from sheets_sync.jobs.send import Sent, WritePart
from sheets_sync.model import CellRef, Finding, Severity, msg
from sheets_sync.model.grid import CommentThread
from sheets_sync.store import Glance, Memory, PageState

PAGES = ["rekap", "questions", "details", "indicators"]
ASKED = Finding(
    "F-TEXT",
    Severity.FATAL,
    msg("not a number"),
    "Anggrek",
    "visits",
    OCTOBER,
    (CellRef(HOME, 2, "Anggrek", 3, 1),),
    "9",
    "",
)


def view(known: Memory | None = None, office: Office = OFFICE) -> MonthView:
    return month_view(office, known or memory(), settings(), NOW)


def written_before() -> Memory:
    """The pages as they were written, and their tabs as they stand since."""
    planned, _ = plan_pages(view(), memory(), OFFICE, settings())
    hashes = {each.page.role: each.digest for each in planned}
    return memory(pages=hashes, layouts={HOME: tuple(shown(each) for each in planned)})


def planned(known: Memory, read: dict[str, ReadWorkbook] | None = None, office: Office = OFFICE) -> list[Plan]:
    return plan_writes(view(known, office), known, office, settings(), read or {}, NOW)


def roles(plans: list[Plan]) -> list[str]:
    return [page.page.role for plan in plans for page in plan.pages]


def test_a_first_sync_writes_every_page() -> None:
    """Nothing was written yet: all four pages, in one write of the home workbook."""
    [plan] = planned(memory())
    assert (plan.workbook, roles([plan]), plan.comments) == (HOME, PAGES, ())
    assert plan.requests


def test_pages_that_stand_are_not_written() -> None:
    """Where every tab shows what was written and nothing is new, nothing is sent."""
    assert planned(written_before()) == []


def another_figure(known: Memory) -> Memory:
    return replace(known, observations=(*FIGURES[:-1], figure("visits", "2024-09", 16, "Bakung")))


def a_lost_write(known: Memory) -> Memory:
    """The tab of Rekap shows something else than was written."""
    rekap, *others = known.layouts[HOME]
    return replace(known, layouts={HOME: (replace(rekap, texts=(("lain",),)), *others)})


def a_deleted_tab(known: Memory) -> Memory:
    return replace(known, layouts={HOME: known.layouts[HOME][1:]})


def never_written(known: Memory) -> Memory:
    """The tab shows the page, but nothing is known of a write."""
    return replace(known, pages={role: digest for role, digest in known.pages.items() if role != "rekap"})


@pytest.mark.parametrize(
    ("change", "pages"),
    [
        pytest.param(another_figure, ["rekap", "details"], id="a figure"),
        pytest.param(a_lost_write, ["rekap"], id="another text on its tab"),
        pytest.param(a_deleted_tab, ["rekap"], id="its tab is gone"),
        pytest.param(never_written, ["rekap"], id="not known as written"),
    ],
)
def test_a_page_is_written_where_it_says_something_new(change: Callable[[Memory], Memory], pages: list[str]) -> None:
    """Or where its tab does not show it; a page that stands is left alone."""
    assert roles(planned(change(written_before()))) == pages


def test_a_home_workbook_that_was_never_read_gets_no_page() -> None:
    """Nobody knows what stands there: it is read first."""
    assert planned(memory(glance=glance(record(read_at=None)))) == []


def test_only_a_workbook_that_was_read_gets_comments() -> None:
    """Comments go beside the question's cell in the workbook it stands in, and only with what this run has read."""
    asked = replace(written_before(), findings=(replace(ASKED, cells=(CellRef(SECOND, 2, "Anggrek", 3, 1),)),))
    second = was_read(*home_tabs()[1:], workbook=SECOND)
    [plan] = [each for each in planned(asked, {SECOND: second}, TWO_WORKBOOKS) if each.workbook == SECOND]
    assert (len(plan.comments), plan.pages) == (1, ())
    assert SECOND not in {each.workbook for each in planned(asked, {}, TWO_WORKBOOKS)}


def after(*tabs: object, threads: tuple[CommentThread, ...] = (), saved: bool = True) -> Sent:
    """The answer to a write of everything."""
    return Sent(Written(was_read(*tabs, comments=threads), NOW, saved))  # type: ignore[arg-type] # tabs


def thread(quote: str) -> CommentThread:
    """Our comment at a cell that shows this."""
    text = comment(ASKED, language("id"))
    return CommentThread("c", 2, 3, 1, resolved=False, by_me=True, text=text, quote=quote, replies=0, answered=False)


COMMENT = (CommentChange("Anggrek", {"insertComment": {}}),)
MOVED = (*home_tabs()[:2], tab("Bakung", ("Bulan", "visits"), ("Agustus 2024", 5), sheet_id=3))


@pytest.mark.parametrize(
    ("comments", "written", "expected"),
    [
        pytest.param((), after(), False, id="pages only, nobody typed"),
        pytest.param(COMMENT, after(), False, id="comments too"),
        pytest.param((), after(*MOVED), True, id="somebody typed in between"),
        pytest.param(COMMENT, after(saved=False), True, id="comments that were not saved"),
        pytest.param((), replace(after(), waiting=(WritePart(()),)), True, id="a part that was not tried any more"),
    ],
)
def test_a_workbook_is_read_again_where_something_is_left(
    comments: tuple[CommentChange, ...], written: Sent, expected: bool
) -> None:
    """Where somebody typed between our read and our write, and where comments were not saved."""
    plan = Plan(HOME, (), comments)
    before = fingerprint(was_read().grid, {})
    assert look_again(plan, written, before, {}, view(), {HOME: was_read()}) is expected


def test_a_comment_at_a_wrong_cell_is_looked_at_again() -> None:
    """Rows had moved: the thread landed on a cell that shows something else than was asked about."""
    asked = view(memory(findings=(ASKED,)))
    before, plan = fingerprint(was_read().grid, {}), Plan(HOME, (), COMMENT)
    right, wrong = after(threads=(thread("9"),)), after(threads=(thread("10"),))
    assert not look_again(plan, right, before, {}, asked, {HOME: was_read()})
    assert look_again(plan, wrong, before, {}, asked, {HOME: was_read()})


def standing(known: Glance) -> Glance:
    """What is remembered once the pages were found right."""
    return replace(known, page_state=PageState(inputs_digest(settings(), OFFICE, known, NOW), {"F": 1}))


def test_pages_stand_until_something_changes() -> None:
    """The findings that were counted then are told, without making the pages."""
    state = pages_stand(settings(), OFFICE, standing(glance()), NOW + timedelta(hours=1))
    assert state is not None
    assert state.findings == {"F": 1}


def test_pages_that_were_never_found_right_are_made() -> None:
    """The first time, and after a write that failed."""
    assert pages_stand(settings(), OFFICE, glance(), NOW) is None


@pytest.mark.parametrize(
    ("now", "stands"),
    [
        pytest.param("2024-11-08T23:59+07:00", True, id="the same evening"),
        pytest.param("2024-11-09T00:00+07:00", False, id="the next day, where the office is"),
        pytest.param("2024-11-08T17:01+00:00", False, id="the next day there, not yet in Greenwich"),
        pytest.param("2024-12-08T08:00+07:00", False, id="the next month"),
    ],
)
def test_the_next_day_makes_the_pages_new(now: str, stands: bool) -> None:
    """A page says how old its figures are, and its month changes with the calendar."""
    state = pages_stand(settings(), OFFICE, standing(glance()), datetime.fromisoformat(now))
    assert (state is not None) is stands


def something_recorded(known: Glance) -> Glance:
    return replace(known, revision="r2")


def somebody_looked(known: Glance) -> Glance:
    """After the due moment, by the first good sync since."""
    return replace(known, first_looks={due_moment(OFFICE, OCTOBER): NOW})


@pytest.mark.parametrize("change", [something_recorded, somebody_looked])
def test_what_is_remembered_makes_the_pages_new(change: Callable[[Glance], Glance]) -> None:
    """Another revision, or the first look after the month was due, from which on late months are told as such."""
    not_read_since_due = glance(record(read_at=due_moment(OFFICE, OCTOBER)))
    assert pages_stand(settings(), OFFICE, change(standing(not_read_since_due)), NOW) is None


def test_a_look_tells_nothing_new_where_everything_was_read_since() -> None:
    """What was read after the due moment was looked for already: the sync after our own write makes no page again."""
    assert due_moment(OFFICE, OCTOBER) < READ_AT
    assert pages_stand(settings(), OFFICE, somebody_looked(standing(glance())), NOW) is not None


ANOTHER_SCHEME = settings().schemes[0].model_copy(update={"version": "t2"})


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"checks": CheckOptions(off=("W-ROUND",))}, id="a check"),
        pytest.param({"comments": CommentOptions(assign=False)}, id="comments"),
        pytest.param({"schemes": (ANOTHER_SCHEME,)}, id="the scheme"),
    ],
)
def test_another_setting_makes_the_pages_new(change: dict[str, Any]) -> None:
    """Whatever of the configuration the pages are made from."""
    assert pages_stand(replace(settings(), **change), OFFICE, standing(glance()), NOW) is None


def test_another_office_setting_makes_the_pages_new() -> None:
    """Its due day, its language, its name."""
    changed = OFFICE.model_copy(update={"due_day": 7})
    assert pages_stand(settings(), changed, standing(glance()), NOW) is None


def test_the_libraries_of_a_plan_are_those_of_the_register() -> None:
    """Every library of the register has its row on Rekap."""
    [plan] = planned(memory())
    rekap = plan.pages[0].page
    texts = {rekap.at(row, column).text for row in range(len(rekap.rows)) for column in range(len(rekap.columns))}
    assert {library.name for library in LIBRARIES} <= texts


def test_tabs_taken_from_the_read_need_no_closer_look() -> None:
    """The very rows of the read: nobody typed. Equal ones that are others, a tab more, another title are looked at."""
    before = was_read().grid
    other = replace(before, tabs=tuple(replace(tab, rows=(*tab.rows[:-1], tab.rows[-1])) for tab in before.tabs))
    copied = replace(before, tabs=tuple(replace(tab, rows=(*tab.rows, ())) for tab in before.tabs))
    renamed = replace(before, tabs=(replace(before.tabs[0], title="Lain"), *before.tabs[1:]))
    fewer = replace(before, tabs=before.tabs[1:])
    said = [untouched(before, {}, now, {}) for now in (before, other, copied, renamed, fewer)]
    assert said == [True, False, False, False, False]
    assert untouched(before, {}, fewer, {}) is untouched(fewer, {}, before, {}) is False
    assert untouched(before, {"summary": before.tabs[0].sheet_id}, fewer, {})
