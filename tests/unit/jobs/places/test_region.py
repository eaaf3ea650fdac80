"""A place above offices is what its libraries did together, whoever adds it up and in whatever groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from fourteen import FEBRUARY, NOW, PLACES, REGENCIES, REGION, SCHEME, cube_of, given, sums, view
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st
from kpi_samples import cube, figure, indicator, library, scheme

from sheets_sync.config.places import OrgUnit, Places
from sheets_sync.i18n import language
from sheets_sync.jobs.places.gather import _as_one
from sheets_sync.jobs.places.members import Given
from sheets_sync.jobs.places.place_sums import kind_sums, rules_of
from sheets_sync.jobs.places.region import region_view
from sheets_sync.kpi.rollup import roll_up
from sheets_sync.kpi.tally import score_sums
from sheets_sync.model import (
    Horizon,
    IndicatorSums,
    Library,
    LibraryMonth,
    Observation,
    Period,
    PlaceSums,
    Reporting,
    Score,
    Timeliness,
    together,
)

OCTOBER = Period(2024, 10)


def row(name: str, places: dict[str, Given[PlaceSums]] | None = None) -> LibraryMonth:
    return next(each for each in view(places).month.libraries if each.library.name == name)


def whole() -> LibraryMonth:
    found = view().month.together
    assert found is not None
    return found


def value(score: Score | None) -> float:
    assert score is not None
    assert score.value is not None
    return score.value


def test_a_province_is_its_loans_over_its_inhabitants() -> None:
    """10 × 10,100 loans / 34,000 inhabitants, added up by hand from fourteen regencies; not the mean of their scores."""
    score = whole().score
    assert score is not None
    [part] = score.parts
    assert (part.numerator, part.denominator) == (10_100, 34_000)
    assert value(score) == pytest.approx(10 * 10_100 / 34_000)
    mean = sum(value(each.score) for each in view().month.libraries) / 14
    assert mean == pytest.approx(3.0833333, abs=1e-6)


def test_who_did_not_report_is_in_neither_side() -> None:
    """February alone: 5,400 loans of those who reported, over their 32,000 inhabitants; January's 4,700 over 34,000."""
    assert value(whole().month_score) == pytest.approx(10 * 5_400 / 32_000)
    assert view().month.trend[-2:] == pytest.approx((10 * 4_700 / 34_000, 10 * 5_400 / 32_000))
    assert view().month.trend[:-2] == (None,) * 10


@pytest.mark.parametrize(
    ("name", "loans", "people", "reporting"),
    [
        ("Barito Timur", 600, 3000, Reporting.COMPLETE),
        ("Kapuas", 1150, 6000, Reporting.PARTIAL),
        ("Sukamara", 150, 1000, Reporting.NONE),
    ],
)
def test_a_regency_is_its_libraries_together(name: str, loans: int, people: int, reporting: Reporting) -> None:
    """Its row divides once, after adding up, and says how much of the month is there."""
    assert value(row(name).score) == pytest.approx(10 * loans / people)
    assert row(name).reporting is reporting


def test_completeness_and_timeliness_count_libraries() -> None:
    """16 of 18 libraries answered all their 4 cells, in time."""
    month, place = view().month, whole().place
    assert month.completeness == pytest.approx(16 / 18)
    assert month.timeliness == Timeliness(16, 2, 0)
    assert place is not None
    assert (place.libraries, place.heard) == (18, 16)


def test_the_months_before_are_beside_it() -> None:
    """January's year to date and last year's February stand beside each score, all under today's scheme."""
    assert value(whole().previous) == pytest.approx(10 * 4_700 / 34_000)
    place = whole().place
    assert place is not None
    assert place.last_year is None  # nobody was expected before 2024


def test_last_year_is_added_up_the_same_way() -> None:
    """Last year's figures of the libraries of today, over today's goalposts."""
    seen = [figure("loans", month, 100, "01-0") for month in ("2023-02", "2024-02")]
    seen += [figure("loans", "2023-02", 300, "01-1")]
    libraries = (library("01-0", 1000.0), library("01-1", 1000.0))
    kinds = tuple(kind_sums(cube(seen, *libraries, first="2022-01"), SCHEME, FEBRUARY, Period(2022, 1)))
    found = view({"62.01": Given(replace(sums(1, REGENCIES[0][1]), kinds=kinds))})
    together_row = found.month.together
    assert together_row is not None
    assert together_row.place is not None
    assert value(together_row.place.last_year) == pytest.approx(10 * 400 / 2000)
    assert value(together_row.score) == pytest.approx(10 * 100 / 1000)


def told(places: dict[str, Given[PlaceSums]]) -> dict[str, str]:
    said = view(places).month.stale
    return {str(each.title): language("en")(each.reason) for each in said}


def test_who_gave_nothing_is_named_and_in_no_sum() -> None:
    """A regency without figures is not zero: it has not reported, and its row has no score."""
    places = given()
    places["62.04"] = Given(None, datetime(2024, 2, 5, tzinfo=UTC))
    del places["62.09"]
    assert row("Gunung Mas", places).score is None
    assert row("Gunung Mas", places).reporting is Reporting.NONE
    assert told(places) == {
        "Gunung Mas": "has sent no file with February 2024 yet and is in no sum; its newest one was made 5 February 2024.",
        "Lamandau": "has given no figures for February 2024 yet and is in no sum.",
    }
    all_of_it = view(places).month.together
    assert all_of_it is not None
    assert value(all_of_it.score) == pytest.approx(10 * (10_100 - 150 - 500) / (34_000 - 500 - 500))


def test_an_old_file_is_told_with_its_age() -> None:
    """Its figures count; who reads them knows how old they are."""
    places = given()
    places["62.05"] = Given(places["62.05"].sums, datetime(2024, 1, 20, 1, tzinfo=UTC))
    assert told(places) == {"Kapuas": "is brought in by a file of 20 January 2024, 48 days old. Ask for a new one."}
    assert row("Kapuas", places).score == row("Kapuas").score


def test_a_file_made_before_the_month_was_over_is_told() -> None:
    """By the province's clock: what was still to be reported is not in it. The morning after is late enough."""
    places = given()
    places["62.05"] = Given(places["62.05"].sums, datetime(2024, 2, 29, 16, tzinfo=UTC))
    places["62.06"] = Given(places["62.06"].sums, datetime(2024, 2, 29, 18, tzinfo=UTC))
    assert told(places) == {
        "Kapuas": "is brought in by a file of 29 February 2024, when February 2024 was not over. Ask for a new one."
    }


def test_sums_under_other_rules_are_not_added() -> None:
    """A regency that scores by another scheme counts among who reported, its sums in none."""
    places = given()
    other = places["62.11"].sums
    assert other is not None
    places["62.11"] = Given(replace(other, scheme="t9", rules="others"))
    assert row("Palangka Raya", places).score is None
    assert row("Palangka Raya", places).reporting is Reporting.COMPLETE
    assert list(told(places)) == ["Palangka Raya"]
    assert view(places).month.timeliness == Timeliness(16, 2, 0)


def test_kinds_are_never_added_to_each_other() -> None:
    """A regency's own library serves the people of the village libraries: the score is of the kind that most are."""
    seen = [figure("loans", "2024-02", loans, code) for code, loans in (("a", 100), ("b", 100), ("k", 900))]
    libraries = (library("a", 1000.0), library("b", 1000.0), library("k", 2000.0, kind="kabupaten"))
    kinds = tuple(kind_sums(cube(seen, *libraries, first="2022-01"), SCHEME, FEBRUARY, FEBRUARY))
    places = {"62.01": Given(replace(sums(1, REGENCIES[0][1]), kinds=kinds))}
    found = view(places)
    assert (found.kind, dict(found.kinds)) == ("desa", {"desa": 2, "kabupaten": 1})
    asked = region_view(REGION.model_copy(update={"kind": "kabupaten"}), PLACES, places, SCHEME, FEBRUARY, NOW)
    scored = [value(each.month.together.score) for each in (found, asked) if each.month.together]
    assert scored == pytest.approx([10 * 200 / 2000, 10 * 900 / 2000])


# --- The laws: one office of all libraries, or any grouping of them, comes to the same ---------------------------------

_LIBRARIES = st.lists(
    st.tuples(
        st.one_of(st.none(), st.integers(1, 5000)),
        st.lists(st.one_of(st.none(), st.integers(0, 900)), min_size=3, max_size=3),
        st.integers(0, 3),
    ),
    min_size=1,
    max_size=6,
)
LAWS = scheme(
    indicator("loans", numerator="loans", denominator="population", target=2, factor=1),
    indicator("visits", target=40),
    indicator("turnover", numerator="loans", denominator="visits", target=1, floor=0.1),
    coverage_floor=0,
)


def _office(
    drawn: Sequence[tuple[int | None, Sequence[int | None], int]], only: int | None = None
) -> tuple[list[Observation], list[Library]]:
    seen, libraries = [], []
    for n, (people, figures, group) in enumerate(drawn):
        if only is None or group == only:
            libraries.append(library(f"L{n}", None if people is None else float(people)))
            seen += [figure("loans", f"2024-{8 + m:02}", each, f"L{n}") for m, each in enumerate(figures)]
            seen += [figure("visits", f"2024-{8 + m:02}", each and 2 * each, f"L{n}") for m, each in enumerate(figures)]
    return seen, libraries


def _given(
    drawn: Sequence[tuple[int | None, Sequence[int | None], int]], only: int | None = None
) -> Given[PlaceSums] | None:
    seen, libraries = _office(drawn, only)
    if not libraries:
        return None
    kinds = tuple(kind_sums(cube(seen, *libraries, first="2022-01"), LAWS, OCTOBER, Period(2024, 1)))
    return Given(replace(sums(1, REGENCIES[0][1]), period=OCTOBER, scheme="t1", kinds=kinds))


def _close(one: Sequence[IndicatorSums], other: Sequence[IndicatorSums]) -> bool:
    pairs = zip(one, other, strict=True)
    return all(a.indicator == b.indicator and a.values == pytest.approx(b.values) for a, b in pairs)


@settings(deadline=None, max_examples=40)
@for_all(_LIBRARIES)
def test_a_province_is_an_office_that_has_all_its_libraries(
    drawn: list[tuple[int | None, list[int | None], int]],
) -> None:
    """Rolled up from its regencies, or by one office with every library: the same score, and in any grouping."""
    groups = [each for n in range(4) if (each := _given(drawn, n)) is not None]
    parts = [each.sums for each in groups if each.sums]
    seen, libraries = _office(drawn)
    everybody = cube(seen, *libraries, first="2022-01")
    tree = {each.code: ["all"] for each in libraries}
    wanted = roll_up(everybody, LAWS, OCTOBER, tree).score("all")
    for added in (together(parts), together([parts[0], together(parts[1:])]) if len(parts) > 1 else together(parts)):
        [kind] = added.kinds
        found = score_sums(LAWS, OCTOBER, Horizon.YEAR_TO_DATE, {"all": kind.year}).score("all")
        assert found.value == pytest.approx(wanted.value)
        assert [part.state for part in found.parts] == [part.state for part in wanted.parts]
        assert [part.target for part in found.parts] == pytest.approx([part.target for part in wanted.parts])
        [alone] = kind_sums(everybody, LAWS, OCTOBER, Period(2024, 1))
        assert _close(kind.year, alone.year)


def test_a_nation_of_provinces_is_a_nation_of_regencies() -> None:
    """Two levels or one: what stands at the top is the same."""
    above = Places(
        places=(
            OrgUnit(code="id", name="Indonesia", level="nation"),
            *(each.model_copy(update={"parent": "id"}) if each.code == "62" else each for each in PLACES.places),
        )
    )
    nation = REGION.model_copy(update={"code": "id"})
    found = region_view(nation, above, given(), SCHEME, FEBRUARY, NOW).month
    [province] = found.libraries
    assert province.score is not None
    assert value(province.score) == pytest.approx(value(whole().score))
    assert found.together is not None
    assert value(found.together.score) == pytest.approx(value(whole().score))
    assert found.timeliness == view().month.timeliness


def test_an_office_scored_alone_is_its_own_roll_up() -> None:
    """A regency's row is what the office's own sums by place say of it."""
    whole_cube = cube_of(5, REGENCIES[4][1])
    tree = {each.code: ["Kapuas"] for each in whole_cube.libraries}
    assert value(row("Kapuas").score) == pytest.approx(
        roll_up(whole_cube, SCHEME, FEBRUARY, tree).score("Kapuas").value
    )


def told_of_katingan(**changes: object) -> str:
    """What the province says of the second regency whose sums are changed so."""
    places = given()
    code = next(each.code for each in PLACES.places if each.name == "Katingan")
    places[code] = replace(places[code], **changes)  # type: ignore[arg-type] # names of its fields
    return " ".join(language("en")(each.reason) for each in view(places).month.stale if each.title == "Katingan")


def test_a_year_that_starts_in_another_month_is_in_no_sum() -> None:
    """Seven months of one are not added to ten of another; that it is the year and not the scheme is said."""
    sign = rules_of(SCHEME, 4)
    assert sign != rules_of(SCHEME, 1) != rules_of(SCHEME, 10)
    theirs = replace(sums(6, REGENCIES[5][1]), rules=sign)
    assert "has a year that starts in another month" in told_of_katingan(sums=theirs)
    april = REGION.model_copy(update={"year_starts_in": 4})
    found = region_view(april, PLACES, {"62.06": Given(theirs)}, SCHEME, FEBRUARY, NOW).month
    assert [each.score is not None for each in found.libraries if each.library.name == "Katingan"] == [True]


def test_of_several_rules_in_a_place_those_of_the_province_count() -> None:
    """Wherever they stand among the others; what is scored apart still counts as reported, and is told."""
    ours, other = sums(1, REGENCIES[0][1]), replace(sums(2, REGENCIES[1][1]), scheme="own", rules="own")
    for order in ([ours, other], [other, ours], [other, other, ours]):
        one = _as_one(together, rules_of(SCHEME, 1), order)
        assert one.sums is not None
        assert (one.sums.rules, one.apart) == (ours.rules, "own")
        assert one.sums.kinds == ours.kinds
        assert one.sums.libraries == sum(each.libraries for each in order)
    alone, nobodys = _as_one(together, "x", [other, ours, ours]), _as_one(together, "x", [])
    assert (alone.sums and alone.sums.rules, nobodys) == (ours.rules, Given())
    assert "is in part scored by other rules (scheme own)" in told_of_katingan(apart="own")
