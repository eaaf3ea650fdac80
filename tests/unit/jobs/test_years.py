"""What grows old is asked for: schemes and population figures, as tables of what is known and of moments."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from grids import OFFICE

from sheets_sync.config.office import Elements
from sheets_sync.config.shipped import shipped
from sheets_sync.config.yaml_file import read_yaml
from sheets_sync.i18n import language
from sheets_sync.jobs.years import population_cause, scheme_cause
from sheets_sync.kpi.scheme import Scheme, read_scheme
from sheets_sync.model import Period
from sheets_sync.notify.causes import Cause
from sheets_sync.notify.options import NotifyOptions
from sheets_sync.notify.telling import Before, what_to_tell
from sheets_sync.store.register import Inhabited

TODAY = date(2026, 11, 27)


@pytest.fixture(scope="module")
def scheme() -> Scheme:
    """The shipped one, of January 2024."""
    config = shipped("config")
    elements = read_yaml(config / "elements.yaml", Elements).elements
    return read_scheme(next(iter(sorted((config / "schemes").glob("*.yaml")))), elements)


@pytest.mark.parametrize(
    ("years", "reviewed", "first", "month", "asks"),
    [
        (2, None, "2024-01", "2025-12", False),
        (2, None, "2024-01", "2026-01", True),
        (3, None, "2024-01", "2026-12", False),
        (3, None, "2024-01", "2027-01", True),
        # Whoever begins with the shipped scheme has not had it for long.
        (2, None, "2026-01", "2026-11", False),
        (2, None, "2026-01", "2028-01", True),
        # Somebody looked at it and let it be.
        (2, "2026-02", "2024-01", "2026-11", False),
        (2, "2026-02", "2024-01", "2028-02", True),
        # A look before it began is none at it.
        (2, "2023-01", "2023-01", "2025-12", False),
    ],
)
def test_a_scheme_nobody_has_looked_at_for_years_is_asked_about(
    scheme: Scheme, years: int, reviewed: str | None, first: str, month: str, asks: bool
) -> None:
    """Counted from its beginning, the office's, or the last look, whichever is the latest."""
    office = OFFICE.model_copy(update={"scheme_years": years, "scheme_reviewed": reviewed})
    assert bool(list(scheme_cause(office, scheme, Period.parse(first), Period.parse(month)))) is asks


@pytest.mark.parametrize(
    ("known", "years", "old"),
    [
        ([], 3, []),
        ([Inhabited("A", 2023)], 3, []),
        ([Inhabited("A", 2022)], 3, ["A"]),
        ([Inhabited("A", 2022)], 4, []),
        ([Inhabited("A", 2022), Inhabited("B", 2024), Inhabited("C", 2010)], 3, ["A", "C"]),
        ([Inhabited("A", 0)], 3, ["A"]),  # of a year nobody knows
        ([Inhabited("A", None)], 3, []),  # asked about in the sheet
        ([Inhabited("A", 2010, date(2025, 12, 31))], 3, []),  # closed
        ([Inhabited("A", 2010, TODAY)], 3, ["A"]),
    ],
)
def test_old_population_figures_are_asked_for(known: list[Inhabited], years: int, old: list[str]) -> None:
    """Of the libraries at work, those whose newest figure is older than so many years, by name."""
    causes = list(population_cause(OFFICE, known, years, TODAY))
    assert [cause.said[0].params["names"] for cause in causes if not isinstance(cause.said[0], str)] == (
        [old] if old else []
    )
    assert not any(cause.pressing for cause in causes)


def test_many_old_figures_are_one_cause_that_names_some() -> None:
    """Ten names and how many more, in both languages, with where the new figure goes."""
    [cause] = population_cause(OFFICE, [Inhabited(f"Desa {n}", 2010) for n in range(30)], 3, TODAY)
    for code in ("id", "en"):
        t = language(code)
        said = " ".join(t(line) for line in cause.said if not isinstance(line, str))
        assert "Desa 9" in said
        assert "Desa 10" not in said
        assert "20" in said
        assert OFFICE.tabs.libraries in said


def test_it_is_told_once_a_year_and_once_when_it_is_well_again() -> None:
    """A further library that grows old in the same year is no news; the next year is, and so is a register that is up to date."""
    told: list[str] = []
    before: Before = {}
    known = [Inhabited("A", 2022)]
    for day, change in (
        (date(2026, 1, 2), known),
        (date(2026, 5, 2), [*known, Inhabited("B", 2019)]),
        (date(2027, 1, 3), known),
        (date(2027, 3, 1), [Inhabited("A", 2026)]),
        (date(2027, 3, 2), [Inhabited("A", 2026)]),
        (date(2027, 9, 1), [Inhabited("A", 2026)]),
    ):
        causes: list[Cause] = list(population_cause(OFFICE, change, 3, day))
        now = datetime(day.year, day.month, day.day, tzinfo=UTC)
        notice, before = what_to_tell(causes, before, now, NotifyOptions())
        told += [f"{day} asked"] * bool(notice and notice.news) + [f"{day} well"] * bool(notice and notice.over)
        assert notice is None or notice.offices == {OFFICE.code}
    assert told == ["2026-01-02 asked", "2027-01-03 asked", "2027-03-02 well"]
    assert timedelta(minutes=NotifyOptions().calm_minutes) < timedelta(days=1)
