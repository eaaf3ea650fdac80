"""Checks over what was read: what clashes is blocked, what is odd is asked about, what was answered is not asked again."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

import pytest
from grids import ELEMENTS, LIBRARIES, OFFICE, Typed, figures, read, tab

from sheets_sync.checks import Checked, CheckOptions, check
from sheets_sync.checks.options import Gathering
from sheets_sync.model import CellRef, Finding, Period, State
from sheets_sync.model.grid import Tab

VISITS = "Pengunjung di tempat"
HEADER = ["Bulan", VISITS, "Peminjaman", "Keterangan"]


def checked(
    *tabs: Tab, reasons: Mapping[str, str] = MappingProxyType({}), options: CheckOptions | None = None
) -> Checked:
    """What is left after checking these tabs on 1 December 2024."""
    seen = read(*tabs)
    return check(
        seen.observations,
        read=seen.findings,
        notes=(*seen.notes, *seen.note_columns),
        reasons=reasons,
        libraries=LIBRARIES,
        elements=ELEMENTS,
        options=options or CheckOptions(),
        office=OFFICE,
        today=date(2024, 12, 1),
    )


def tangkum(*rows: list[Typed], sheet_id: int = 1, title: str = "Tangkum") -> Tab:
    """Tangkum's tab with visits, loans and a note."""
    return tab(title, HEADER, *rows, sheet_id=sheet_id)


def questions(result: Checked) -> list[str]:
    """The rules of open questions."""
    return sorted(f.rule_code for f in result.findings if f.severity in "FE" and not f.reason)


def test_two_rows_that_differ_in_one_figure_block_only_that() -> None:
    """Of two rows of a tab for one month that differ in one figure only this one is blocked; both its cells are named."""
    result = checked(tangkum(["Januari 2024", 10, 5], ["Januari 2024", 12, 5], ["Februari 2024", 9, 4]))

    assert figures(result.observations) == {
        ("T", "loans", "2024-01"): 5,
        ("T", "visits_onsite", "2024-02"): 9,
        ("T", "loans", "2024-02"): 4,
    }
    assert questions(result) == ["F-TWICE"]
    (question,) = (finding for finding in result.findings if finding.rule_code == "F-TWICE")
    assert "Tangkum!B2, Tangkum!B3" in str(question.message)


@pytest.mark.parametrize(("needs", "asked"), [({"T"}, ["E-NO-POPULATION"]), ((), [])])
def test_a_population_is_asked_for_where_the_score_needs_it(needs: Collection[str], asked: list[str]) -> None:
    """A library without population in the register is asked about where its scheme divides by it, and only there."""
    library = replace(LIBRARIES[0], population=(), cell=CellRef("book", 9, "Perpustakaan", 1, 1))
    result = check(
        (),
        libraries=[library],
        elements=ELEMENTS,
        options=CheckOptions(),
        office=OFFICE,
        today=date(2024, 12, 1),
        per_inhabitant=needs,
    )
    assert (library.code, questions(result)) == ("T", asked)


def test_two_identical_rows_count_once() -> None:
    """Identical rows are told of and count once."""
    result = checked(tangkum(["Januari 2024", 10, 5], ["Januari 2024", 10, 5]))

    assert figures(result.observations) == {("T", "visits_onsite", "2024-01"): 10, ("T", "loans", "2024-01"): 5}
    assert questions(result) == []
    assert "W-TWICE" in {finding.rule_code for finding in result.findings}
    assert len(result.observations) == 2


def test_a_blank_row_does_not_compete() -> None:
    """A row that is not filled in yet says nothing against one that is."""
    result = checked(tangkum(["Januari 2024", None, None], ["Januari 2024", 10, 5]))

    assert len(figures(result.observations)) == 2
    assert questions(result) == []


def test_two_places_clash_only_where_they_differ() -> None:
    """In two tabs only the element with different figures is blocked."""
    other = tangkum(["Januari 2024", 12, 5], sheet_id=2, title="Perpusdes Tangkum")

    result = checked(tangkum(["Januari 2024", 10, 5]), other)

    assert figures(result.observations) == {("T", "loans", "2024-01"): 5}


def test_a_month_that_has_not_begun_is_blocked() -> None:
    """Figures of the future do not count; a prepared blank row is fine."""
    result = checked(tangkum(["Desember 2024", 10, 5], ["Januari 2025", 11, 6], ["Februari 2025", None, None]))

    assert {str(seen.period) for seen in result.observations if seen.state is State.BLOCKED} == {"2025-01"}
    assert questions(result) == ["F-FUTURE"]


def test_people_without_an_event_block_both_figures() -> None:
    """Participants beside no activities: which one is wrong is not known, so neither counts."""
    result = checked(tab("Tangkum", ["Bulan", "Kegiatan", "Peserta", VISITS], ["Januari 2024", 0, 25, 9]))

    assert figures(result.observations) == {("T", "visits_onsite", "2024-01"): 9}


def test_a_total_must_be_the_sum_of_its_parts() -> None:
    """A total is compared only where all its parts are given."""
    header: list[Typed] = ["Bulan", VISITS, "Pengunjung daring", "Total pengunjung"]

    assert questions(checked(tab("Tangkum", header, ["Januari 2024", 10, 5, 15]))) == []
    assert questions(checked(tab("Tangkum", header, ["Januari 2024", 10, None, 15]))) == []
    assert questions(checked(tab("Tangkum", header, ["Januari 2024", 10, 5, 16]))) == ["F-SUM"]


@pytest.mark.parametrize(("people", "rules"), [(2, ["E-PER-EVENT"]), (6, []), (400, []), (401, ["E-PER-EVENT"])])
def test_participants_per_activity_have_limits(people: float, rules: list[str]) -> None:
    """Three to two hundred participants an activity are plausible, the limits included."""
    assert questions(checked(tab("Tangkum", ["Bulan", "Kegiatan", "Peserta"], ["Januari 2024", 2, people]))) == rules


def test_an_open_question_counts_meanwhile() -> None:
    """A figure with an E is asked about and counts."""
    result = checked(tab("Tangkum", ["Bulan", "Hari buka"], ["Februari 2024", 30]))

    assert figures(result.observations) == {("T", "open_days", "2024-02"): 30}
    assert questions(result) == ["E-DAYS"]


def test_thresholds_come_from_the_configuration() -> None:
    """A rule can be switched off, and limits can be moved."""
    page = tab("Tangkum", ["Bulan", "Kegiatan", "Peserta"], ["Januari 2024", 2, 500])
    wide = CheckOptions(gatherings=(Gathering(events="activities", people="participants", high=250),))

    assert questions(checked(page, options=CheckOptions(off=("E-PER-EVENT",)))) == []
    assert questions(checked(page, options=wide)) == []
    with pytest.raises(ValueError, match="E-NONSENSE"):
        CheckOptions(off=("E-NONSENSE",))


MONTHS = ["Januari", "Februari", "Maret", "April", "Mei", "Juni"]
STEADY: list[list[Typed]] = [[f"{month} 2024", 100 + n, 50] for n, month in enumerate(MONTHS)]


def with_july(visits: float, note: str | None = None) -> Tab:
    """Half a steady year and a July."""
    return tangkum(*STEADY, ["Juli 2024", visits, 51, note])


def test_a_note_in_the_row_answers_its_questions() -> None:
    """What stands in Keterangan answers the E of its row, and is kept with the finding."""
    result = checked(with_july(420, "perpustakaan pindah ke balai desa"))

    assert questions(result) == []
    [answered] = [finding for finding in result.findings if finding.rule_code == "E-CHANGE"]
    assert answered.reason == "perpustakaan pindah ke balai desa"


def test_a_changed_value_is_asked_about_again() -> None:
    """The old note does not answer for a new figure; a new note does."""
    remembered = checked(with_july(420, "pindah")).remember

    assert questions(checked(with_july(420, "pindah"), reasons=remembered)) == []
    assert questions(checked(with_july(450, "pindah"), reasons=remembered)) == ["E-CHANGE"]
    assert questions(checked(with_july(450, "pindah, dan ada lomba"), reasons=remembered)) == []


def test_an_answer_outlives_its_note() -> None:
    """A reason once given stays with the figure when the note is gone, and when rows move."""
    remembered = checked(with_july(420, "pindah")).remember
    moved = tangkum([], *STEADY, [], ["Juli 2024", 420, 51])

    assert questions(checked(moved, reasons=remembered)) == []


def test_an_answer_holds_however_the_question_looks_later() -> None:
    """A figure that was explained as a slip is not asked about again when later months make it a change of level."""
    slip = with_july(1050)
    [asked] = [finding for finding in checked(slip).findings if finding.severity == "E"]
    once = checked(slip, reasons={asked.id: "gedung baru"})
    remembered = {asked.id: "gedung baru", **once.remember}
    later = tangkum(*STEADY, ["Juli 2024", 1050, 51], ["Agustus 2024", 1020, 50], ["September 2024", 1070, 52],
                    ["Oktober 2024", 1090, 52])  # fmt: skip

    assert asked.rule_code == "E-ZERO-MORE"
    assert [f.rule_code for f in checked(later).findings if f.severity == "E"] == ["E-CHANGE"]
    assert questions(checked(later, reasons=remembered)) == []


def test_a_reason_does_not_unblock() -> None:
    """An F stays one, whatever the note says."""
    assert questions(checked(tangkum(["Januari 2024", "sekitar 20", 5, "kurang lebih"]))) == ["F-NUMBER"]


@pytest.mark.parametrize(("typed", "proposal"), [(12.5, "12500"), (1.25, ""), (12.345, "12345")])
def test_the_past_explains_a_swallowed_thousands_mark(typed: float, proposal: str) -> None:
    """A fraction whose thousandfold is usual was typed with a thousands mark; it is proposed, and still refused."""
    rows: list[list[Typed]] = [[f"{month} 2024", 12_000 + n, 50] for n, month in enumerate(MONTHS)]

    result = checked(tangkum(*rows, ["Juli 2024", typed, 51]))

    [refused] = [finding for finding in result.findings if finding.rule_code == "F-FRACTION"]
    assert refused.proposal == proposal
    assert ("T", "visits_onsite", "2024-07") not in figures(result.observations)


def test_codes_tell_values_apart() -> None:
    """A question keeps its code while its value stays, wherever the row moves, and gets a new one with a new value."""

    def codes(result: Checked) -> set[str]:
        return {finding.id for finding in result.findings if finding.severity == "E"}

    assert codes(checked(with_july(420))) == codes(checked(tangkum([], *STEADY, ["Juli 2024", 420, 51])))
    assert codes(checked(with_july(420))) != codes(checked(with_july(430)))


def test_history_is_compared_with_and_never_asked_about() -> None:
    """Figures that no workbook shows any more say what is usual."""
    rows: list[list[Typed]] = [[f"{month} 2023", 104, 50] for month in ("Agustus", "September", "Oktober", "Desember")]
    past = read(tangkum(*rows)).observations
    now = read(tangkum(["Januari 2024", 410, 50]))

    result = check(
        now.observations,
        history=past,
        libraries=LIBRARIES,
        elements=ELEMENTS,
        options=CheckOptions(),
        office=OFFICE,
        today=date(2024, 12, 1),
    )

    found: list[Finding] = [finding for finding in result.findings if finding.severity == "E"]
    assert [(finding.rule_code, finding.period) for finding in found] == [("E-CHANGE", Period(2024, 1))]
    assert len(result.observations) == 2


def test_arrival_after_the_due_date_is_told() -> None:
    """A month that came after its due date brings a kind remark; one in time none."""
    seen = read(tangkum(["Januari 2024", 10, 5]))
    for came, rules in ((date(2024, 2, 5), []), (date(2024, 2, 6), ["W-LATE"])):
        result = check(
            seen.observations,
            libraries=LIBRARIES,
            elements=ELEMENTS,
            options=CheckOptions(),
            office=OFFICE,
            today=date(2024, 12, 1),
            arrivals={("T", Period(2024, 1)): came},
        )
        assert [finding.rule_code for finding in result.findings] == rules
