"""A cause that many libraries share is one question of the office; a library's own matter is a question of its own."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from figure_series import Values, asked, series
from grids import ELEMENTS, LIBRARIES, OFFICE
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.checks import CheckOptions, check
from sheets_sync.checks.options import Common
from sheets_sync.i18n import language
from sheets_sync.intake.interpretation import RowNote
from sheets_sync.model import CellRef, Finding

FALL, RISE = "E-COMMON-FALL", "E-COMMON-RISE"
TANGKUM = [4000, 4100, 3900, 0, 4, 3500, 4050, 3980]  # closed for two months
PANGKAN = [2000, 2100, 1900, 0, 19, 1700, 2050, 1980]
OPEN = [900, 910, 905, 899, 912, 908, 890, 903]
SMALL = [12, 14, 11, 0, 0, 13, 12, 15]
Office = Mapping[str, Values]


def about_loans(office: Office, options: CheckOptions | None = None) -> list[Finding]:
    return asked(*(series("loans", values, library) for library, values in office.items()), options=options)


def told(findings: list[Finding]) -> list[tuple[str, str | None, str]]:
    """Rule, library and month of each question, none of which may propose anything."""
    assert not any(finding.proposal for finding in findings)
    return [(finding.rule_code, finding.library, str(finding.period)) for finding in findings]


@pytest.mark.parametrize(
    ("office", "expected"),
    [
        ({"T": TANGKUM, "P": PANGKAN}, [(FALL, None, "2024-04")]),
        ({"T": TANGKUM, "P": PANGKAN, "O": OPEN}, [(FALL, None, "2024-04")]),
        # half of them are not most
        ({"T": TANGKUM, "O": OPEN}, [("E-LOW", "T", "2024-04")]),
        (
            {"T": TANGKUM, "P": PANGKAN, "O": OPEN, "Q": [2 * value for value in OPEN]},
            [("E-LOW", "T", "2024-04"), ("E-LOW", "P", "2024-04")],
        ),
        # what is too small to be asked about counts, what is blank does not
        ({"T": TANGKUM, "S": SMALL, "O": OPEN}, [(FALL, None, "2024-04")]),
        ({"T": TANGKUM, "P": PANGKAN, "B": [900, 910, None, None, None, 905, 898, 911]}, [(FALL, None, "2024-04")]),
        ({"T": TANGKUM, "Z": [12, 0, 11, 0, 0, 0, 12, 15], "O": OPEN}, [("E-LOW", "T", "2024-04")]),
        ({"T": TANGKUM, "S": [12, 12, 11, 3, 12, 13, 12, 12], "O": OPEN}, [(FALL, None, "2024-04")]),
        ({"T": TANGKUM, "S": [12, 12, 11, 4, 12, 13, 12, 12], "O": OPEN}, [("E-LOW", "T", "2024-04")]),
        ({"T": TANGKUM, "S": [None, None, None, 0, None, None, None, None], "O": OPEN}, [("E-LOW", "T", "2024-04")]),
        # one closed a month longer, and a month earlier
        ({"T": TANGKUM, "P": [2000, 2100, 1900, 0, 0, 0, 2050, 1980]}, [(FALL, None, "2024-04")]),
        ({"T": TANGKUM, "P": [2000, 2100, 0, 0, 1900, 1950, 2050, 1980]}, [(FALL, None, "2024-04")]),
        # in different months they are different matters
        (
            {"T": [4000, 0, 3900, 4100, 4050, 3980], "P": [2000, 2100, 1900, 0, 2050, 1980]},
            [("E-LOW", "T", "2024-02"), ("E-LOW", "P", "2024-04")],
        ),
        # a fall, not to nothing
        ({"T": [400, 410, 390, 100, 95, 405], "P": [200, 210, 190, 50, 45, 195]}, [(FALL, None, "2024-04")]),
        # like slips: with a common cause nothing is proposed
        ({"T": [4000, 4100, 3900, 400, 4050, 3980], "P": [2000, 2100, 1900, 2, 2050, 1980]}, [(FALL, None, "2024-04")]),
        # two closures are two questions
        (
            {"T": [4000, 0, 3900, 4100, 4050, 0, 3980, 4020], "P": [2000, 0, 1900, 2050, 1980, 0, 2010, 1990]},
            [(FALL, None, "2024-02"), (FALL, None, "2024-06")],
        ),
        # a rise that nothing explains
        ({"T": [400, 410, 390, 1900, 405, 402], "P": [200, 210, 190, 950, 195, 205]}, [(RISE, None, "2024-04")]),
    ],
)
def test_what_most_libraries_share_is_one_question(office: Office, expected: list[tuple[str, str | None, str]]) -> None:
    """The office is asked once where most libraries have it; else each library for itself."""
    assert told(about_loans(office)) == expected


def test_two_zeros_too_many_are_two_slips() -> None:
    """What explains itself at each library is asked there, with its proposal."""
    found = about_loans({"T": [400, 410, 390, 4000, 405, 402], "P": [200, 210, 190, 2000, 195, 205]})

    assert [(finding.rule_code, finding.library, finding.proposal) for finding in found] == [
        ("E-ZERO-MORE", "T", "400"),
        ("E-ZERO-MORE", "P", "200"),
    ]


def test_a_common_cause_is_one_question_for_all_elements() -> None:
    """Libraries that close lose all of their figures; months that are all zero belong to it."""
    elements = ("visits_onsite", "loans", "participants")
    office = [series(e, values, library) for library, values in (("T", TANGKUM), ("P", PANGKAN)) for e in elements]

    [question] = asked(*office)

    assert (question.rule_code, question.library, question.element) == (FALL, None, None)
    assert "Pengunjung di tempat" in language("id")(question.message)


def test_months_that_are_all_zero_everywhere_are_one_question() -> None:
    """Small libraries whose months are all zero at once are not asked one by one."""
    elements = ("visits_onsite", "loans", "participants")
    office = [series(e, [5, 6, 0, 4], library) for library in "TPQ" for e in elements]

    assert told(asked(*office)) == [(FALL, None, "2024-03")]


@pytest.mark.parametrize(
    ("options", "closed", "asked_of_office"),
    [
        (Common(), 2, False),
        (Common(), 3, True),
        (Common(share=0.4), 2, False),
        (Common(share=0.39), 2, True),
        (Common(libraries=4), 3, False),
        (Common(libraries=4), 4, True),
        (Common(share=0), 1, False),
    ],
)
def test_how_many_are_most(options: Common, closed: int, asked_of_office: bool) -> None:
    """More than the share of those that reported, and at least so many; of five libraries two, three or four."""
    office = {f"L{n}": TANGKUM if n < closed else OPEN for n in range(5)}

    rules = {rule for rule, _, _ in told(about_loans(office, CheckOptions(common=options)))}

    assert rules == ({FALL} if asked_of_office else {"E-LOW"})


def test_the_office_is_told_which_months_and_how_many() -> None:
    """The question counts libraries and names none of them, nor any figure or cell of theirs."""
    [question] = about_loans({"T": TANGKUM, "P": PANGKAN, "O": OPEN})
    text = language("id")(question.message)

    assert text.startswith(
        "April 2024 sampai Mei 2024: Peminjaman (eksemplar) nol atau jauh di bawah biasanya di 2 dari 3"
    )
    assert (question.cells, question.typed, question.also_elements) == ((), "", ())


def test_the_question_keeps_its_code_while_figures_come_in() -> None:
    """What the office answered stays answered when a third library reports, and when another element falls too."""
    [two] = about_loans({"T": TANGKUM, "P": PANGKAN})
    [three] = about_loans({"T": TANGKUM, "P": PANGKAN, "S": SMALL})
    [more] = asked(*(series(e, v, x) for x, v in (("T", TANGKUM), ("P", PANGKAN)) for e in ("loans", "visits_onsite")))

    assert two.id == three.id == more.id


def test_a_librarys_note_does_not_answer_for_the_office() -> None:
    """Only the office can say that there was one cause."""
    figures = [*series("loans", TANGKUM, "T"), *series("loans", PANGKAN, "P")]
    notes = [RowNote(CellRef("book", 1, "Tangkum", row, 9), "banjir") for row in range(len(TANGKUM))]

    def questions(reasons: Mapping[str, str]) -> list[Finding]:
        checked = check(
            figures, notes=notes, reasons=reasons, libraries=LIBRARIES, elements=ELEMENTS, options=CheckOptions(),
            office=OFFICE, today=figures[-1].period.last_day,
        )  # fmt: skip
        return [finding for finding in checked.found if finding.severity == "E"]

    [question] = questions({})
    assert question.reason == ""
    assert [found.reason for found in questions({question.id: "libur panjang"})] == ["libur panjang"]


@given(st.integers(2, 6), st.integers(2, 6), st.integers(1, 3))
def test_however_many_close_for_however_long_it_is_one_question(libraries: int, place: int, months: int) -> None:
    """Any closure of all libraries is a single question, at the office, in its first month."""
    office = {}
    for n in range(libraries):
        values: list[float | None] = [900.0 + 100 * n + month for month in range(10)]
        values[place : place + months] = [0.0] * months
        office[f"L{n}"] = values

    assert told(about_loans(office)) == [(FALL, None, f"2024-{place + 1:02}")]
