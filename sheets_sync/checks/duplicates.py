"""The same figure in two places: identical ones count once, different ones block each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from sheets_sync.checks.columns import Month
from sheets_sync.checks.figures import Figures, block
from sheets_sync.model import Finding, Observation, State
from sheets_sync.rules import figures as rules

MANY_ROWS = 30  # for one month of a library
Content = dict[str, tuple[State, float | None]]


@dataclass(frozen=True, slots=True)
class Settled:
    """One observation for each element of each library's month, and what is to be asked."""

    figures: Figures
    findings: tuple[Finding, ...]


def settle(observations: Iterable[Observation]) -> Settled:
    """Chooses among observations of the same figure; blank cells never compete with filled ones."""
    figures, repeated = _sorted(observations)
    findings: list[Finding] = []
    for month in figures.months if repeated else ():
        elements, groups = figures.months[month], repeated.get(month, {})
        twice = {element: groups[element] for element in elements if element in groups}
        clashing = _clashing(twice) if twice else set()
        elements |= {element: _chosen(group, element in clashing) for element, group in twice.items()}
        findings += _questions(twice, clashing)
    return Settled(figures, tuple(findings))


def _sorted(observations: Iterable[Observation]) -> tuple[Figures, dict[Month, dict[str, list[Observation]]]]:
    """The first observation of each figure, and by month and element all of those that are there more than once."""
    figures, repeated = Figures(()), dict[Month, dict[str, list[Observation]]]()
    library = period = None
    elements: dict[str, Observation] = {}
    for seen in observations:
        if seen.period is not period or seen.library is not library:  # most of a month stand together
            library, period = seen.library, seen.period
            elements = figures.months.setdefault((library, period), {})
        first = elements.setdefault(seen.element, seen)
        if first is not seen:
            repeated.setdefault((library, period), {}).setdefault(seen.element, [first]).append(seen)
    return figures, repeated


def _chosen(group: Sequence[Observation], clashes: bool) -> Observation:
    filled = [seen for seen in group if seen.state is not State.EMPTY]
    chosen = filled[0] if filled else group[0]
    return block(chosen) if clashes else chosen


def _clashing(twice: dict[str, list[Observation]]) -> set[str]:
    """The elements whose places differ; where two rows of a tab differ in several, every figure of both is in doubt."""
    clashing = {element for element, group in twice.items() if len(_contents(group)) > 1}
    tabs: dict[tuple[str, int], dict[int, list[Observation]]] = defaultdict(lambda: defaultdict(list))
    for seen in (seen for group in twice.values() for seen in group):
        tabs[seen.cell.workbook, seen.cell.sheet_id][seen.cell.row].append(seen)
    for rows in tabs.values():
        for one, other in _pairs(list(rows.values())):
            if _contradict(one, other):
                clashing |= {seen.element for seen in (*one, *other)}
    return clashing


def _pairs(rows: Sequence[list[Observation]]) -> Iterable[tuple[list[Observation], list[Observation]]]:
    """The rows to compare: each with each, of very many all with the first, so that it takes no time by the square."""
    return combinations(rows, 2) if len(rows) <= MANY_ROWS else ((rows[0], row) for row in rows[1:])


def _contradict(one: Sequence[Observation], other: Sequence[Observation]) -> bool:
    """Whether two rows of a tab are two different reports and not one with a slip: they differ in several figures.

    A figure that only one of them has makes a difference too.
    """
    about_the_same = {seen.element for seen in one} & {seen.element for seen in other}
    mine, theirs = _content(one), _content(other)
    differing = [element for element in mine | theirs if mine.get(element) != theirs.get(element)]
    one_slip = len(differing) == 1 and {*differing} <= mine.keys() & theirs.keys()
    return bool(about_the_same and mine and theirs and differing) and not one_slip


def _content(row: Iterable[Observation]) -> Content:
    return {seen.element: (seen.state, seen.value) for seen in row if seen.state is not State.EMPTY}


def _contents(group: Iterable[Observation]) -> set[tuple[State, float | None]]:
    return {(seen.state, seen.value) for seen in group if seen.state is not State.EMPTY}


def _questions(twice: dict[str, list[Observation]], clashing: set[str]) -> Iterator[Finding]:
    """One question for the figures that clash, else one remark for those that are the same: a month is told once."""
    for rule, wanted in ((rules.TWICE, True), (rules.SAME_TWICE, False)):
        places = [
            seen
            for element, group in twice.items()
            if (element in clashing) is wanted
            for seen in group
            if seen.state is not State.EMPTY
        ]
        elements = list(dict.fromkeys(seen.element for seen in places))
        if len(places) > len(elements):
            yield rule.finding(
                library=places[0].library,
                element=elements[0],
                period=places[0].period,
                cells=tuple(seen.cell for seen in places),
                typed=" · ".join(seen.typed for seen in places if seen.element == elements[0]),
                names=tuple(elements[1:]),
                month=places[0].period,
                places=", ".join(dict.fromkeys(str(seen.cell) for seen in places if seen.element == elements[0])),
            )
            return
