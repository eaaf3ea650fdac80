"""A province's quarter and year: what its libraries did together, worked out by hand, and the same in whatever groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from demo_memory import demo_memory, demo_settings
from fourteen import NOW, PLACES, QUARTER, REGENCIES, REGION, YEAR, span_given, span_sums, span_view

from sheets_sync.config.places import OrgUnit, Places
from sheets_sync.i18n import language
from sheets_sync.jobs.libraries.part import of_libraries
from sheets_sync.jobs.mailing.seal_span import span_seal
from sheets_sync.jobs.places.members import Given
from sheets_sync.jobs.places.place_sums import span_sums as office_sums
from sheets_sync.jobs.places.region_span import region_span
from sheets_sync.jobs.span import span_view as office_span
from sheets_sync.model import Reporting, Score, SpanSums, TimeSpan, spans_together
from sheets_sync.model.office_span import LibrarySpan


def value(score: Score | None) -> float:
    assert score is not None
    assert score.value is not None
    return score.value


def row(name: str, places: dict[str, Given[SpanSums]] | None = None) -> LibrarySpan:
    return next(each for each in span_view(places).whole.libraries if each.library.name == name)


def test_a_quarter_is_its_loans_over_its_inhabitants() -> None:
    """10 × 10,100 loans / 34,000 inhabitants; by month 4,700 / 34,000 and 5,400 / 32,000; the last month is unknown."""
    whole = span_view().whole
    [kind] = whole.kinds
    [part] = kind.score.parts
    assert (kind.kind, kind.libraries, part.numerator, part.denominator) == ("desa", 18, 10_100, 34_000)
    assert whole.together is not None
    assert value(whole.together.score) == pytest.approx(10 * 10_100 / 34_000)
    assert whole.months == pytest.approx((10 * 4_700 / 34_000, 10 * 5_400 / 32_000, None))


def test_its_figures_add_up() -> None:
    """4,700 loans in January, 5,400 in February, 34 reports of a library's month with a figure; unknown is no zero."""
    [loans] = span_view().whole.elements
    assert (loans.months, loans.total, loans.known) == ((4700.0, 5400.0, None), 10_100.0, 34)


def test_who_reported_is_counted_in_libraries() -> None:
    """18 libraries owe three months each: 18 reported January, 16 February, nobody March."""
    whole = span_view().whole
    assert whole.heard_by_month == ((18, 18), (16, 18), (0, 18))
    assert (whole.heard, whole.due) == (34, 54)
    assert (row("Kapuas").heard, row("Kapuas").due) == (5, 9)
    assert row("Kapuas").reported == (Reporting.COMPLETE, Reporting.PARTIAL, Reporting.NONE)
    assert row("Sukamara").missing == (1, 2)


@pytest.mark.parametrize(("name", "loans", "people"), [("Barito Timur", 600, 3000), ("Kapuas", 1150, 6000)])
def test_a_regency_divides_once(name: str, loans: int, people: int) -> None:
    """Its row has the sums of its libraries' quarter; not the mean of months, nor of libraries."""
    assert value(row(name).score) == pytest.approx(10 * loans / people)


def test_who_gave_nothing_is_named_and_in_no_sum() -> None:
    """Without a file, with a file of a time without the quarter, and under other rules: each is told why."""
    places = span_given()
    del places["62.09"]
    places["62.04"] = Given(None, datetime(2024, 3, 5, tzinfo=UTC))
    other = places["62.11"].sums
    assert other is not None
    places["62.11"] = Given(replace(other, scheme="t9", rules="others"))
    whole = span_view(places).whole
    told = {str(each.title): language("en")(each.reason) for each in whole.stale}
    assert list(told) == ["Gunung Mas", "Lamandau", "Palangka Raya"]
    assert told["Gunung Mas"].startswith("has sent no file with quarter 1 of 2024 yet and is in no sum")
    assert "rules other than" in told["Palangka Raya"]
    assert whole.together is not None
    rest = 10 * (10_100 - 150 - 500 - 3400) / (34_000 - 500 - 500 - 8000)
    assert value(whole.together.score) == pytest.approx(rest)
    assert (whole.heard, whole.due) == (34 - 4, 54 - 6)  # whose rules differ is counted all the same
    lamandau = next(each for each in whole.libraries if each.library.name == "Lamandau")
    assert (lamandau.score, lamandau.due, lamandau.elements) == (None, 0, ())


def test_a_year_stands_next_to_the_last_one() -> None:
    """Its score moves against the year before, added up over the same places."""
    places = span_given(YEAR)
    for code, each in places.items():
        assert each.sums is not None
        [kind] = each.sums.kinds
        half = tuple(replace(sums, values=(sums.values[0] / 2, *sums.values[1:])) for sums in kind.whole)
        places[code] = Given(replace(each.sums, kinds=(replace(kind, before=half, last_year=half),)))
    whole = span_view(places, YEAR).whole
    assert whole.together is not None
    assert value(whole.together.score) == pytest.approx(10 * 10_100 / 34_000)
    assert value(whole.together.previous) == pytest.approx(10 * 5_050 / 34_000)


def test_its_seal_names_what_it_was_made_of() -> None:
    """Each place's numerators: another figure is another digest."""
    one, places = span_seal(span_view(), 1, NOW), span_given()
    places["62.01"] = Given(span_sums(1, ((1000, 100, 151),)))
    other = span_seal(span_view(places), 1, NOW)
    assert {figure.library for figure in one.figures} == {f"62.{n:02}" for n in range(1, 15)}
    assert one.digest != other.digest


@pytest.mark.parametrize("span", [TimeSpan(2024, 3), TimeSpan(2024)], ids=str)
@pytest.mark.parametrize("cut", [(4,), (1, 3), (2, 2), (1, 1, 2)])
def test_a_province_of_an_office_s_parts_is_the_office(span: TimeSpan, cut: Sequence[int]) -> None:
    """The demo's office as one, or as regencies of some of its libraries each: the province says what the office said."""
    office, settings = demo_settings()
    memory = demo_memory(span.last)

    def view(codes: frozenset[str]) -> SpanSums:
        part = of_libraries(memory, memory.libraries, [each for each in memory.libraries if each.code in codes])
        return office_sums(office_span(office, part, settings, NOW, span), settings.first_period)

    starts = [sum(cut[:n]) for n in range(len(cut))]
    groups = [memory.libraries[start : start + n] for start, n in zip(starts, cut, strict=True)]
    given = [view(frozenset(each.code for each in group)) for group in groups]
    places = Places(
        places=(
            OrgUnit(code="62", name="Kalimantan Tengah", level="province"),
            *(OrgUnit(code=f"62.{n}", name=str(n), parent="62", offices=(f"o{n}",)) for n in range(len(cut))),
        )
    )
    by_code = {f"62.{n}": Given(each) for n, each in enumerate(given)}
    found = region_span(REGION, places, by_code, settings.scheme(span.last), span, NOW).whole
    wanted = office_span(office, memory, settings, NOW, span).whole
    assert found.heard_by_month == wanted.heard_by_month
    assert {e.element: (e.months, e.total, e.known) for e in found.elements} == {
        e.element: (e.months, e.total, e.known) for e in wanted.elements
    }
    scores = {each.kind: each.score for each in found.kinds}
    for kind in wanted.kinds:
        same = scores[kind.kind]
        assert same.value == pytest.approx(kind.score.value)  # a score of too little is none in both
        assert [part.numerator for part in same.parts] == pytest.approx([part.numerator for part in kind.score.parts])


def test_groups_may_be_added_in_any_way() -> None:
    """All fourteen at once, or one after the other."""
    given = [span_sums(n, libraries) for n, (_, libraries) in enumerate(REGENCIES, start=1)]
    whole, rest = spans_together(given), given[0]
    for each in given[1:]:
        rest = spans_together([rest, each])
    assert (whole.heard, whole.due, whole.flows) == (rest.heard, rest.due, rest.flows)
    for one, other in zip(whole.kinds[0].whole, rest.kinds[0].whole, strict=True):
        assert one.values == pytest.approx(other.values)


def test_a_nation_of_provinces_is_a_nation_of_regencies() -> None:
    """Two levels or one: what stands at the top is the same."""
    above = Places(
        places=(
            OrgUnit(code="id", name="Indonesia", level="nation"),
            *(each.model_copy(update={"parent": "id"}) if each.code == "62" else each for each in PLACES.places),
        )
    )
    nation = REGION.model_copy(update={"code": "id"})
    scheme = span_view().scheme
    found = region_span(nation, above, span_given(), scheme, QUARTER, NOW).whole
    [province] = found.libraries
    together = span_view().whole.together
    assert together is not None
    assert value(province.score) == pytest.approx(value(together.score))
    assert province.counted == together.counted
