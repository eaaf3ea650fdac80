"""What was read is understood: from literal workbooks, and from what is remembered."""

from __future__ import annotations

from dataclasses import replace

import pytest
from grids import tab
from kpi_samples import library
from office_memory import (
    FIGURES,
    HOME,
    LIBRARIES,
    NOW,
    OFFICE,
    READ_AT,
    REGISTER,
    SECOND,
    TWO_WORKBOOKS,
    glance,
    home_tabs,
    listed,
    memory,
    record,
    rows_of,
    settings,
    was_read,
)

from sheets_sync.config.office import Office
from sheets_sync.errors import NotSharedError, SheetsSyncError
from sheets_sync.google import ReadWorkbook
from sheets_sync.jobs.ingest import Ingested, accepted, ingest
from sheets_sync.jobs.inputs import fingerprint
from sheets_sync.model import Observation, msg
from sheets_sync.model.decision import DecisionKind, DecisionRecord
from sheets_sync.model.grid import FormulaError, GridCell, NumberKind, Tab, Workbook
from sheets_sync.rules.register import MANY_LEFT
from sheets_sync.store import KnownTab, Memory

REFUSED = NotSharedError(msg("not shared"))
ANGGREK = KnownTab("Anggrek", "Anggrek")


def ingested(*read: ReadWorkbook | SheetsSyncError, known: Memory | None = None, office: Office = OFFICE) -> Ingested:
    """What the office's workbooks say, home first."""
    fetched = dict(zip(office.workbooks, read, strict=False))
    return ingest(fetched, known or memory(), office, settings(), {HOME: listed()})


def said(observations: tuple[Observation, ...]) -> set[tuple[str, str, float | None]]:
    return {(seen.library, str(seen.period), seen.value) for seen in observations}


def test_a_workbook_says_its_register_and_its_figures() -> None:
    """The home workbook gives the libraries, every figure with its library and month, and the tabs that hold them."""
    result = ingested(was_read())
    assert result.register is not None
    assert [each.code for each in result.register.libraries] == ["Anggrek", "Bakung"]
    [reading] = result.readings
    assert said(reading.observations) == said(FIGURES)
    assert (reading.title, reading.version, reading.tabs[2]) == ("Home", "7", ANGGREK)
    assert (dict(result.problems), result.warnings, reading.lost) == ({}, (), {})


@pytest.mark.parametrize(
    ("libraries", "changed"),
    [
        pytest.param(LIBRARIES, False, id="the same"),
        pytest.param(LIBRARIES[::-1], False, id="in another order"),
        pytest.param(tuple(replace(each, cell=None) for each in LIBRARIES), False, id="on other rows"),
        pytest.param((*LIBRARIES, library("Cempaka")), True, id="one has gone"),
        pytest.param(LIBRARIES[:1], True, id="one is new"),
        pytest.param(
            (LIBRARIES[0], library("Bakung", tab="Bakung", own_code="Bakung", population=900)),
            True,
            id="another population",
        ),
    ],
)
def test_a_register_that_says_something_else_is_told(libraries: tuple[object, ...], changed: bool) -> None:
    """Only what a register says counts, not where its rows stand: then the other tabs may belong to others."""
    assert ingested(was_read(), known=memory(libraries=libraries)).register_changed is changed


def test_a_register_that_cannot_be_read_costs_no_figure() -> None:
    """Without its register tab the home workbook is not read at all, so what was read before stays; others are read."""
    second = was_read(tab("Anggrek", *rows_of("Anggrek"), sheet_id=2), workbook=SECOND)
    result = ingested(was_read(*home_tabs()[1:]), second, office=TWO_WORKBOOKS)
    assert (set(result.problems), set(result.read)) == ({HOME}, {SECOND})
    assert [(reading.workbook, len(reading.observations)) for reading in result.readings] == [(SECOND, 3)]
    assert result.register is None
    assert not result.register_changed


def test_a_workbook_that_could_not_be_read_stops_no_other() -> None:
    """Each workbook that met an error is named with it; the others are understood by the libraries known before."""
    second = was_read(tab("Anggrek", *rows_of("Anggrek"), sheet_id=2), workbook=SECOND)
    result = ingested(REFUSED, second, office=TWO_WORKBOOKS)
    assert dict(result.problems) == {HOME: REFUSED}
    assert said(result.readings[0].observations) == {each for each in said(FIGURES) if each[0] == "Anggrek"}
    assert (result.outcome.read, [each.about for each in result.outcome.failures]) == ((SECOND,), [HOME])


@pytest.mark.parametrize(
    ("tabs", "changed"),
    [
        pytest.param(home_tabs(), False, id="the same"),
        pytest.param((*home_tabs()[:2], tab("Bakung", *rows_of("Bakung")[:2], sheet_id=3)), True, id="a row less"),
        pytest.param((*home_tabs()[:2], replace(home_tabs()[2], title="Bakung 2024")), True, id="another title"),
    ],
)
def test_only_what_people_typed_changes_a_workbook(tabs: tuple[Tab, ...], changed: bool) -> None:
    """A read that finds what it found before is no change: `data as of` stays where it was."""
    before = record(fingerprint=fingerprint(was_read().grid, {}))
    [reading] = ingested(was_read(*tabs), known=memory(glance=glance(before))).readings
    assert reading.changed is changed


def test_two_cells_that_differ_in_anything_give_two_fingerprints() -> None:
    """A number and its text, a tick and a one, an error and its words, a format, a formula: each is another cell."""
    values = (None, "", 1, "1", True, 1.5, 2**70, 2**70 + 1, "#REF!", FormulaError("#REF!"), '"', "\0", "é", "e\u0301")
    cells = [
        *(GridCell(value, "1") for value in values),
        *(GridCell(1, "1", kind) for kind in NumberKind if kind is not NumberKind.PLAIN),
        *(GridCell(1, text, formula=formula) for text, formula in (("1", "=A1"), ("=A1", ""), ("1,0", ""))),
    ]
    rows = [((cell,),) for cell in cells] + [((cells[2], cells[3]),), ((cells[2],), (cells[3],))]
    found = {fingerprint(Workbook("w", "", "", "", (Tab(1, "Data", each),)), {}) for each in rows}
    assert len(found) == len(rows)


@pytest.mark.parametrize(
    ("before", "lost"),
    [
        pytest.param({2: ANGGREK}, {}, id="it is there"),
        pytest.param({9: KnownTab("Lama", "Anggrek")}, {9: KnownTab("Lama", "Anggrek", READ_AT)}, id="it is gone"),
        pytest.param({9: KnownTab("Lama", "Cempaka")}, {}, id="its library left the register"),
        pytest.param({9: KnownTab("Bersama", "")}, {9: KnownTab("Bersama", "", READ_AT)}, id="it held several"),
    ],
)
def test_a_tab_that_held_figures_and_is_gone_is_told(before: dict[int, KnownTab], lost: dict[int, KnownTab]) -> None:
    """It is remembered with when it was last read, and told as a failure; nobody takes its figures back for it."""
    result = ingested(was_read(), known=memory(glance=glance(record(tabs=before))))
    assert result.readings[0].lost == lost
    assert len(result.outcome.failures) == len(lost)


def test_a_tab_stays_lost_since_it_was_last_read() -> None:
    """A second read that doesn't find it either does not make its figures younger."""
    gone = KnownTab("Lama", "Anggrek", READ_AT.replace(month=6))
    result = ingested(was_read(), known=memory(glance=glance(record(tabs={9: gone}))))
    assert result.readings[0].lost == {9: gone}


def test_a_renamed_tab_is_found_again_by_its_sheet() -> None:
    """A tab whose title no longer names its library keeps the one it had."""
    renamed = (tab("Perpustakaan", *REGISTER, sheet_id=1), tab("Lembar X", *rows_of("Anggrek"), sheet_id=2))
    [reading] = ingested(was_read(*renamed), known=memory(glance=glance(record(tabs={2: ANGGREK})))).readings
    assert {seen.library for seen in reading.observations} == {"Anggrek"}
    assert reading.tabs[2] == KnownTab("Lembar X", "Anggrek")


def test_another_locale_is_warned_of() -> None:
    """Where a workbook's locale is not the office's, 1.000 may have been stored as 1: everybody is told."""
    assert len(ingested(was_read(locale="en_US")).warnings) == 1


def test_workbooks_read_later_are_added() -> None:
    """When the register changed, the others are read too: together they are one value."""
    second = was_read(tab("Anggrek", *rows_of("Anggrek"), sheet_id=2), workbook=SECOND)
    first, more = ingested(was_read(), office=TWO_WORKBOOKS), ingested(REFUSED, second, office=TWO_WORKBOOKS)
    both = first.with_more(more)
    assert [reading.workbook for reading in both.readings] == [HOME, SECOND]
    assert (set(both.read), both.register) == ({HOME, SECOND}, first.register)


def test_what_the_office_lets_go_is_a_reason() -> None:
    """Its yes stands for a reason, by the id of the question: figures and libraries that vanished are believed gone."""
    answers: tuple[tuple[str, bool | None], ...] = (("a", True), ("b", None), ("c", False))
    given = tuple(DecisionRecord(each, DecisionKind.GONE, NOW, detail=each, said=said) for each, said in answers)
    assert accepted(memory(decisions=given)) == {"a": "ya"}


def test_libraries_that_left_together_go_with_the_office_s_yes() -> None:
    """Until then they stay; the question on the office's tab is the one that the reading asks."""
    alone = (REGISTER[0], ("Cempaka", "Cempaka", "Cempaka", "desa", 1000, 2020, None))
    home = was_read(tab("Perpustakaan", *alone, sheet_id=1), *home_tabs()[1:])
    register = ingested(home).register
    assert register is not None
    question = next(each for each in register.findings if each.rule_code == MANY_LEFT.code)
    yes = DecisionRecord("D-1", DecisionKind.GONE, NOW, detail=question.id, said=True)
    believed = ingested(home, known=memory(decisions=(yes,))).register
    assert believed is not None
    assert {each.code for each in register.libraries} == {"Anggrek", "Bakung", "Cempaka"}
    assert [each.code for each in believed.libraries] == ["Cempaka"]
