"""Laws of the questions: they depend on a library's own figures, and tell nobody another library's."""

from __future__ import annotations

import re
from collections.abc import Mapping

from figure_series import Values, asked, series
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_sync.i18n import language
from sheets_sync.model import Finding, Observation

ELEMENTS = ("visits_onsite", "loans", "participants", "members_total", "members_new")
OFFICE_ASKED = {"E-COMMON-FALL", "E-COMMON-RISE", "E-SWAPPED-ROWS"}  # those that look at several libraries
Rows = Mapping[str, Values]

FIGURES = st.one_of(
    st.none(), st.just(0.0), st.integers(1, 30).map(float), st.integers(90, 130).map(float),
    st.integers(900, 1300).map(float), st.sampled_from([7.0, 70.0, 700.0, 7000.0, 70_000.0]),
)  # fmt: skip
LIBRARY = st.fixed_dictionaries({element: st.lists(FIGURES, min_size=10, max_size=10) for element in ELEMENTS})
CLEAN = {element: [401.0 + 7 * (n % 3) + 11 * k for n in range(10)] for k, element in enumerate(ELEMENTS[:3])}


def figures(rows: Rows, library: str) -> list[list[Observation]]:
    return [series(element, values, library) for element, values in rows.items()]


def known(findings: list[Finding], library: str = "T") -> list[tuple[str, str | None, str, str, str]]:
    """What is asked of a library about nobody but itself."""
    return sorted(
        (f.rule_code, f.element, str(f.period), f.typed, language("en")(f.message))
        for f in findings
        if f.library == library
    )


@settings(max_examples=40)
@given(LIBRARY)
def test_a_clean_library_beside_changes_nothing(rows: Rows) -> None:
    """Where most libraries are well, each is asked the same, whoever reports beside it."""
    alone = asked(*figures(rows, "T"))
    beside = [each for library in "PQ" for each in figures(CLEAN, library)]
    together = [f for f in asked(*figures(rows, "T"), *beside) if f.library == "T"]

    if not {finding.rule_code for finding in together} & OFFICE_ASKED:
        assert known(together) == known(alone)


@settings(max_examples=40)
@given(LIBRARY, LIBRARY)
def test_the_order_of_libraries_says_nothing(here: Rows, there: Rows) -> None:
    """Whichever library stands first, the same questions are asked."""
    one = asked(*figures(here, "T"), *figures(there, "P"))
    other = asked(*figures(there, "P"), *figures(here, "T"))

    def ids(findings: list[Finding]) -> set[str]:
        return {finding.id for finding in findings if finding.rule_code != "E-SWAPPED-ROWS"}

    assert ids(one) == ids(other)


@settings(max_examples=40)
@given(LIBRARY, st.lists(st.integers(3_000_001, 9_999_999).map(float), min_size=10, max_size=10, unique=True))
def test_a_question_never_shows_another_librarys_figures(rows: Rows, others: list[float]) -> None:
    """No figure of another library stands in what a library is asked, nor in a proposal."""
    foreign = {element: [value + 13 * k for value in others] for k, element in enumerate(ELEMENTS)}
    forbidden = {f"{value:.0f}" for values in foreign.values() for value in values}

    for finding in asked(*figures(rows, "T"), *figures(foreign, "P")):
        if finding.library != "P":
            text = " ".join((language("en")(finding.message), finding.typed, finding.proposal)).replace(",", "")
            assert not set(re.findall(r"\d+", text)) & forbidden


@given(
    # Each once: how surprising it is that a figure comes again depends on how large and how round it is.
    st.lists(st.integers(600, 900), min_size=8, max_size=8, unique=True),
    st.integers(0, 7),
    st.sampled_from([0, 5, 10, 12]),
    st.sampled_from([3, 7, 11, 1001]),  # a factor that leaves round figures round and others not
)
def test_the_level_of_large_figures_says_nothing(values: list[int], place: int, odd: int, scale: int) -> None:
    """A steady series with one odd month brings up the same questions at every level."""
    values[place] *= odd

    def told(factor: int) -> list[tuple[str, str]]:
        found = asked(series("visits_onsite", [float(value * factor) for value in values]))
        return [(finding.rule_code, str(finding.period)) for finding in found]

    assert told(1) == told(scale)
