"""Kinds of library: a word of the configuration names the same kind however it is written, and one that names none is told."""

from __future__ import annotations

from typing import Any

import pytest
from grids import tab
from hypothesis import given
from hypothesis import strategies as st
from kpi_samples import ELEMENTS, OCTOBER, cube, indicator, library, scheme, year

from sheets_sync.config.office import Element
from sheets_sync.i18n import language
from sheets_sync.intake import Inputs, read_register
from sheets_sync.kpi import completeness, labels, score, unmatched_words
from sheets_sync.kpi.goal import Goal
from sheets_sync.model import Horizon, Library, Period
from sheets_sync.model.text import fold

TYPED = ("TBM", "tbm", "Tbm", " TBM ", "ＴＢＭ", "T\u200bBM", "TBM.")
YEAR = Horizon.YEAR_TO_DATE


def read_as(kind: str | None, **inputs: Any) -> Library:
    """The library of a register in which the kind is typed so."""
    sheet = tab("Perpustakaan", ["Kode", "Nama", "Jenis"], ["A", "A", kind])
    (found,) = read_register(sheet, "book", Inputs(**inputs)).libraries
    return found


def required_by(word: str) -> Element:
    return ELEMENTS[0].model_copy(update={"required": (word,)})


@pytest.mark.incident("kinds")
@pytest.mark.parametrize("typed", TYPED)
@pytest.mark.parametrize("word", TYPED)
def test_a_kind_is_found_however_it_is_written(word: str, typed: str) -> None:
    """Targets, floors, `applies_to` and `required` name a kind in the spelling of anybody."""
    row = indicator(target={word: 4, "other": 1}, floor={word: 2, "other": 0}, applies_to=[word])
    whole = cube(year("visits", [3.0], start="2024-10"), read_as(typed))
    part = score(whole, scheme(row), OCTOBER).score("A").parts[0]
    assert (part.target, part.attainment) == (4.0, 0.5)
    assert completeness(whole, [required_by(word)], OCTOBER) == {"A": 0.1}
    assert unmatched_words([scheme(row)], [required_by(word)], whole.libraries) == ()


@pytest.mark.parametrize("default", ["TBM", "tbm"])
def test_the_default_kind_is_read_like_a_typed_one(default: str) -> None:
    """A library whose row says no kind is of the default one, in whatever spelling that is configured."""
    assert read_as(None, default_kind=default).kind == read_as("Tbm").kind


@given(st.text(min_size=1, max_size=12))
def test_any_spelling_of_a_word_is_the_same_kind(word: str) -> None:
    """Capitals, blanks and signs around a word change nothing, and what was read once is read the same again."""
    for spelling in (word, f"  {word}\u00a0", fold(word)):
        assert fold(spelling) == fold(fold(word))


@pytest.mark.parametrize("other", ["other", "Other", "OTHER "])
@pytest.mark.parametrize("horizon", ["month", "Month", "MONTH"])
def test_words_of_the_language_are_found_however_they_are_written(other: str, horizon: str) -> None:
    """`other` and the horizons mean the same in capitals; they are no kinds of library."""
    goal = Goal.model_validate({"desa": 4, other: {horizon: 1, "ytd": 2}})
    assert [goal.at(kind, OCTOBER, YEAR) for kind in ("desa", "tbm")] == [4.0, 2.0]
    assert goal.at("tbm", OCTOBER, Horizon.MONTH) == 1.0
    assert goal.kinds() == ("desa", "")


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ({"TBM": 4, "tbm": 5}, "a word is there twice"),
        ({"other": 4, "Other": 5}, "a word is there twice"),
        ({"desa": {"ytd": 4, "YTD": 5}}, "a word is there twice"),
        ({"2025-1": 4}, "a month like 2024-10"),
        ({2025: 4}, "a month like 2024-10"),
        ({"01/2025": 4}, "a month like 2024-10"),
    ],
)
def test_a_goal_says_one_thing(target: dict[object, object], told: str) -> None:
    """Two numbers for one kind in two spellings are refused, and so is a month that would be taken for a kind."""
    with pytest.raises(ValueError, match=told):
        Goal.model_validate(target)


def test_a_kind_is_shown_as_the_scheme_writes_it() -> None:
    """Readers see the scheme's own spelling, once."""
    target = {"TBM": {"2024-01": 4}, "tbm": {"2025-01": 5}, "3T": 1}
    shown = labels(scheme(indicator(target=target)), Period(2025, 2))
    assert shown.indicators["visits"].targets == {"TBM": 5.0, "3T": 1.0}


@pytest.mark.incident("kinds")
@pytest.mark.parametrize(
    ("settings", "place"),
    [
        ({"target": {"tmb": 4, "other": 1}}, "t1: visits.target"),
        ({"floor": {"tmb": 4, "other": 1}}, "t1: visits.floor"),
        ({"applies_to": ["desa", "tmb"]}, "t1: visits.applies_to"),
    ],
)
def test_a_word_that_names_no_kind_is_told(settings: dict[str, Any], place: str) -> None:
    """It is told with the word, where it stands, and the kind that was meant."""
    (said,) = unmatched_words([scheme(indicator(**settings))], ELEMENTS, [library(), read_as("TBM")])
    english, indonesian = language("en")(said), language("id")(said)
    assert english.startswith(f"“tmb” is the kind of no library (did you mean tbm?); it stands in {place}. Correct it")
    assert indonesian.startswith(
        f"“tmb” bukan jenis perpustakaan mana pun (maksud Anda tbm?); tertulis di {place}. Betulkan"
    )


def test_a_word_is_told_once_with_all_its_places() -> None:
    """One message a word, however often it stands in the schemes and the elements."""
    both = scheme(indicator(target={"sekolah": 4, "other": 1}), indicator("loans", applies_to=["sekolah"]))
    (said,) = unmatched_words([both, both], [required_by("sekolah")], [library()])
    places = "t1: visits.target, t1: loans.applies_to, elements.yaml: visits.required"
    assert f"it stands in {places}. Correct" in language("en")(said)


@pytest.mark.parametrize(
    ("libraries", "kinds"),
    [([], ()), ([library(kind="sekolah")], ()), ([library()], ("Sekolah",))],
    ids=["no register yet", "in the register", "configured"],
)
def test_a_word_that_may_be_right_is_not_told(libraries: list[Library], kinds: tuple[str, ...]) -> None:
    """Nothing is told of kinds that a library has, that are configured, or while there is no library at all."""
    assert unmatched_words([scheme(indicator(target={"sekolah": 4, "other": 1}))], ELEMENTS, libraries, kinds) == ()
