"""Series of figures for the checks, and what is asked about them."""

from __future__ import annotations

from collections.abc import Sequence

from grids import ELEMENTS_AND_HOURS, OFFICE

from sheets_sync.checks import CheckOptions, check
from sheets_sync.model import CellRef, Finding, Library, Observation, Period, State

START = Period(2024, 1)
Values = Sequence[float | None]


def series(element: str, values: Values, library: str = "T", start: Period = START) -> list[Observation]:
    """A series of figures, month by month; None is blank."""
    return [
        Observation(
            library,
            element,
            start + n,
            State.EMPTY if value is None else State.REPORTED if value else State.ZERO,
            value,
            CellRef("book", 1, "Tangkum", n, 1),
            "" if value is None else f"{value:g}",
        )
        for n, value in enumerate(values)
    ]


def asked(*observations: list[Observation], options: CheckOptions | None = None) -> list[Finding]:
    """The questions about these figures."""
    seen = [observation for some in observations for observation in some]
    libraries = [Library(code, code) for code in {observation.library for observation in seen}]
    checked = check(
        seen,
        libraries=libraries,
        elements=ELEMENTS_AND_HOURS,
        options=options or CheckOptions(),
        office=OFFICE,
        today=Period(2026, 12).last_day,
    )
    return [finding for finding in checked.found if finding.severity in "FE"]


def outcomes(findings: list[Finding]) -> list[tuple[str, str, str]]:
    """Rule, month and proposal of each question."""
    return [(finding.rule_code, str(finding.period), finding.proposal) for finding in findings]


def about_visits(values: Values) -> list[tuple[str, str, str]]:
    """What is asked about a series of visits."""
    return outcomes(asked(series("visits_onsite", values)))
