"""Quarters and years of reporting."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.i18n import language
from sheets_sync.model import Period, SpanKind, TimeSpan
from sheets_sync.model.office_span import best_of

SPANS = st.builds(TimeSpan, st.integers(1900, 2200), st.integers(0, 4), st.integers(1, 12))
PERIODS = st.builds(Period, st.integers(1900, 2200), st.integers(1, 12))


@pytest.mark.parametrize(
    ("text", "starts_in", "first", "last"),
    [
        ("2024", 1, "2024-01", "2024-12"),
        ("2024-Q1", 1, "2024-01", "2024-03"),
        ("2024-q4", 1, "2024-10", "2024-12"),
        ("2024", 4, "2024-04", "2025-03"),
        ("2024-Q4", 4, "2025-01", "2025-03"),
        ("2024-Q1", 12, "2024-12", "2025-02"),
    ],
)
def test_a_span_is_of_a_reporting_year(text: str, starts_in: int, first: str, last: str) -> None:
    """A year is named by the calendar year in which it begins; its quarters are counted from there."""
    span = TimeSpan.parse(text, starts_in)
    assert (str(span.first), str(span.last)) == (first, last)


@pytest.mark.parametrize("text", ["2024-Q5", "2024-Q0", "2024-10", "24", "2024Q1", "Q1-2024", ""])
def test_other_texts_are_no_span(text: str) -> None:
    """Only 2024-Q3 and 2024 are spans."""
    with pytest.raises(ValueError, match="neither a quarter"):
        TimeSpan.parse(text)


@given(SPANS)
def test_a_span_is_read_back_from_its_text(span: TimeSpan) -> None:
    """What is written is read as the same span."""
    assert TimeSpan.parse(str(span), span.starts_in) == span


@given(SPANS)
def test_the_one_before_ends_where_it_begins(span: TimeSpan) -> None:
    """No month lies between a span and the one before, and none is in both."""
    assert span.before.last + 1 == span.first
    assert span.before.kind is span.kind


@given(PERIODS, st.sampled_from(SpanKind), st.integers(1, 12))
def test_every_month_is_in_one_quarter_and_one_year(month: Period, kind: SpanKind, starts_in: int) -> None:
    """The span around a month holds it, and has the months of its kind."""
    span = TimeSpan.around(month, kind, starts_in)
    assert span.holds(month)
    assert len(span.months) == (3 if kind is SpanKind.QUARTER else 12)
    assert span.kind is kind


@pytest.mark.parametrize(
    ("span", "indonesian", "english"),
    [
        (TimeSpan(2024, 3), "triwulan III 2024", "quarter 3 of 2024"),
        (TimeSpan(2024), "tahun 2024", "the year 2024"),
        (TimeSpan(2024, 0, 4), "tahun 2024/2025", "the year 2024/2025"),
    ],
)
def test_a_span_has_a_name(span: TimeSpan, indonesian: str, english: str) -> None:
    """It is called as people call it, in either language."""
    assert (language("id").show(span), language("en").show(span)) == (indonesian, english)


@pytest.mark.parametrize(
    ("values", "best"),
    [
        ((1.0, 3.0, 2.0), (1,)),
        ((3.0, None, 3.0, 1.0), (0, 2)),
        ((None, 5.0, None), ()),
        ((4.0, 4.0), ()),
        ((0.0, 0.0, None), ()),
        ((), ()),
    ],
)
def test_the_best_of_one_or_of_equals_is_none(values: tuple[float | None, ...], best: tuple[int, ...]) -> None:
    """A best month needs another one that was known and lower; equals share it."""
    assert best_of(values) == best
