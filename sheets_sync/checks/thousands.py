"""A fraction that the past explains: 12.5 among figures of 12,000 was typed as 12.500 in a sheet with decimal points."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from statistics import median

from sheets_sync.checks.figures import Figures
from sheets_sync.checks.relations import CheckContext
from sheets_sync.checks.series import alike
from sheets_sync.model import Finding
from sheets_sync.rules.entries import FRACTION

MIN_FIGURES = 3  # figures that say what is usual


def with_thousands(findings: Iterable[Finding], figures: Figures, around: CheckContext) -> Iterator[Finding]:
    """The findings, with a proposal for each refused fraction whose thousandfold is usual for its series."""
    for finding in findings:
        meant = _meant(finding, figures, around)
        if meant is None:
            yield finding
            continue
        yield FRACTION.finding(
            library=finding.library,
            element=finding.element,
            period=finding.period,
            cells=finding.cells,
            typed=finding.typed,
            proposal=f"{meant:.0f}",
            label=around.label(finding.element or ""),
        )


def _meant(finding: Finding, figures: Figures, around: CheckContext) -> float | None:
    if finding.rule_code != FRACTION.code or finding.proposal or not finding.library or not finding.element:
        return None
    try:
        meant = float(finding.typed.replace(",", ".")) * 1000
    except ValueError:
        return None
    series = figures.series.get((finding.library, finding.element))
    known = [value for value in series.values if value] if series else []
    usual = len(known) >= MIN_FIGURES and alike(meant, median(known), around.options.slips.far_fit)
    return meant if usual and meant == round(meant) else None
