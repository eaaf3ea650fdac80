"""A finding about several figures of one month."""

from __future__ import annotations

from collections.abc import Sequence

from sheets_sync.model import Finding, Observation
from sheets_sync.rules.rule import Rule


def about(rule: Rule, seen: Sequence[Observation], typed: str, *, proposal: str = "", **params: object) -> Finding:
    """A finding that names several figures of one month, the first of them as its element."""
    return rule.finding(
        library=seen[0].library,
        element=seen[0].element,
        period=seen[0].period,
        cells=tuple(observation.cell for observation in seen),
        typed=typed,
        proposal=proposal,
        names=tuple(observation.element for observation in seen[1:]),
        **params,
    )
