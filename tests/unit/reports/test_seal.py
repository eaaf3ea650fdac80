"""Seals: what a report was made of stays as it was, and what changed later is told."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from sample_months import NOW, OCTOBER, cell, library_month, observations, office_month

from sheets_sync.model import Observation, Period, Revision, State
from sheets_sync.reports.seal import Seal, SealedFile, digest_of, figures_of, revisions, seal

JUNE = Period(2024, 6)


def sealed(*seen: Observation) -> Seal:
    return seal(
        office_month([library_month(observations=seen or observations("tangkum"))]),
        1,
        NOW,
        [SealedFile("laporan.html", b"<p>")],
    )


def changed(element: str, period: Period, value: float | None, state: State = State.REPORTED) -> list[Observation]:
    return [
        seen._replace(value=value, state=state) if (seen.element, seen.period) == (element, period) else seen
        for seen in observations("tangkum")
    ]


def test_nothing_changed_nothing_to_tell() -> None:
    """A sheet that says what it said when it was sealed has no revisions."""
    assert revisions(sealed(), observations("tangkum")) == {}


def test_a_changed_figure_is_a_revision() -> None:
    """A figure typed differently after sealing is told with what it was and what it is."""
    assert revisions(sealed(), changed("visits", JUNE, 421)) == {
        "tangkum": (Revision("tangkum", "visits", JUNE, 60.0, 421),)
    }


def test_a_figure_that_comes_after_sealing_is_late() -> None:
    """A figure that was missing when the report was sealed has no *before*."""
    before = sealed(*changed("visits", JUNE, None, State.EMPTY))
    assert revisions(before, observations("tangkum")) == {"tangkum": (Revision("tangkum", "visits", JUNE, None, 60.0),)}


def test_a_figure_that_was_taken_away_is_told() -> None:
    """A figure that is gone after sealing has no *after*."""
    (found,) = revisions(sealed(), changed("visits", JUNE, None, State.UNREADABLE))["tangkum"]
    assert (found.before, found.after) == (60.0, None)


def test_the_next_month_is_no_revision() -> None:
    """Figures of months after the sealed one, or before what it covers, are no revisions of it."""
    later = [Observation("tangkum", "visits", period, State.REPORTED, 5, cell(), "5") for period in (OCTOBER + 1, Period(2023, 12))]  # fmt: skip
    assert revisions(sealed(), [*observations("tangkum"), *later]) == {}


def test_a_moved_column_changes_no_digest() -> None:
    """The digest depends on scheme and figures, not on where they stand or in which order they are read."""
    here = observations("tangkum")
    there = [seen._replace(cell=cell(90, 40), typed=f"{seen.typed} orang") for seen in reversed(here)]
    assert digest_of("s", figures_of(here)) == digest_of("s", figures_of(there))
    assert digest_of("s", figures_of(here)) != digest_of("t", figures_of(here))
    assert digest_of("s", figures_of(here)) != digest_of("s", figures_of(changed("visits", JUNE, 61)))


@given(
    st.dictionaries(st.sampled_from([seen.period for seen in observations("tangkum")]), st.none() | st.floats(0, 1e6))
)
def test_revisions_lead_from_the_sealed_figures_to_the_present_ones(values: dict[Period, float | None]) -> None:
    """Applying the revisions to the sealed figures gives what the sheet says now."""
    now = [
        seen._replace(value=values[seen.period], state=State.EMPTY if values[seen.period] is None else State.REPORTED)
        if seen.element == "loans" and seen.period in values
        else seen
        for seen in observations("tangkum")
    ]
    before = {(figure.element, figure.period): figure.value for figure in sealed().figures}
    for revision in revisions(sealed(), now).get("tangkum", ()):
        assert before[revision.element, revision.period] == revision.before
        before[revision.element, revision.period] = revision.after
    assert before == {(seen.element, seen.period): seen.value for seen in now}
