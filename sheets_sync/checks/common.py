"""A cause that many libraries share, like a closure of all of them, is one question of the office."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median

from sheets_sync.checks.figures import Figures
from sheets_sync.checks.options import Common
from sheets_sync.checks.questions import ABOVE, BELOW, Figure, Question
from sheets_sync.checks.relations import CheckContext
from sheets_sync.checks.series import Series, mostly_alike
from sheets_sync.model import Finding, Period, msg
from sheets_sync.rules import figures as rules
from sheets_sync.rules.rule import Rule

Where = tuple[str, Period]  # element and month
Libraries = Mapping[Where, set[str]]


@dataclass(frozen=True, slots=True)
class _Cause:
    """Months that follow each other in which most libraries have the same, and the elements in which they have it."""

    months: Sequence[Period]
    wheres: Collection[Where]

    def touches(self, question: Question) -> bool:
        return any((element, month) in self.wheres for _, element, month in question.explains)


def with_common_causes(questions: Sequence[Question], figures: Figures, around: CheckContext) -> Iterator[Finding]:
    """The questions, those replaced by one of the office that most libraries raise alike in the same months.

    What lies below the usual is such a matter however it was explained, and what is too small to be asked about by
    itself counts. What lies above is one only where nothing explains it: a zero too many at two libraries is two slips.
    """
    rest = list(questions)
    for rule, direction in ((rules.COMMON_FALL, BELOW), (rules.COMMON_RISE, ABOVE)):
        alike = [each for each in rest if each.direction == direction and _may_be_common(each)]
        off = _by_place(figure for question in alike for figure in question.explains)
        reported = _reported(off, figures)
        if rule is rules.COMMON_FALL:
            factor = around.options.change.factor
            off = {at: those | _also_low(at, reported[at] - those, figures, factor) for at, those in off.items()}
        causes = list(_causes(off, reported, around.options.common))
        yield from (_question(rule, cause, off, reported, around) for cause in causes)
        common = {id(each) for each in alike if any(cause.touches(each) for cause in causes)}
        rest = [each for each in rest if id(each) not in common]
    yield from (question.finding for question in rest)


def _also_low(where: Where, libraries: Iterable[str], figures: Figures, factor: float) -> set[str]:
    """Those of the libraries whose figure is far below what is usual for it, however small that is."""
    element, month = where
    return {library for library in libraries if _is_low(figures.series[library, element], month, factor)}


def _is_low(series: Series, month: Period, factor: float) -> bool:
    position = series.months.index(month.ordinal)
    value = series.values[position]
    if value * factor >= max(series.values):
        return False  # by far the most of them, told without a look at the others
    others = series.others(position)
    usual = median(others) if others else value
    return value * factor < usual and mostly_alike(others, usual)


def _may_be_common(question: Question) -> bool:
    return question.direction == BELOW or question.finding.rule_code == rules.CHANGE.code


def _by_place(figures: Iterable[Figure]) -> Libraries:
    """The libraries whose figures are among these, by element and month."""
    libraries: dict[Where, set[str]] = defaultdict(set)
    for library, element, month in figures:
        libraries[element, month].add(library)
    return libraries


def _reported(wheres: Iterable[Where], figures: Figures) -> Libraries:
    """The libraries that have a figure of each element and month."""
    elements: dict[Period, list[str]] = defaultdict(list)
    for element, month in wheres:
        elements[month].append(element)
    return _by_place(
        (library, element, month)
        for (library, month), seen in figures.months.items()
        for element in elements.get(month, ())
        if element in seen and seen[element].value is not None
    )


def _causes(off: Libraries, reported: Libraries, options: Common) -> Iterator[_Cause]:
    shared = {
        where
        for where, libraries in off.items()
        if len(libraries) >= options.libraries and len(libraries) > options.share * len(reported[where])
    }
    months = sorted({month for _, month in shared}, key=lambda month: month.ordinal)
    for _, run in groupby(enumerate(months), lambda item: item[1].ordinal - item[0]):
        together = [month for _, month in run]
        yield _Cause(together, {(element, month) for element, month in shared if month in together})


def _question(rule: Rule, cause: _Cause, off: Libraries, reported: Libraries, around: CheckContext) -> Finding:
    """Names no cell, for it is no single library's matter, and so none of their notes answers it."""
    first, last = cause.months[0], cause.months[-1]
    return rule.finding(
        period=first,
        months=first if first == last else msg("{first} to {last}", first=first, last=last),
        labels=[around.label(element) for element in sorted({element for element, _ in cause.wheres})],
        count=len(set().union(*(off[where] for where in cause.wheres))),
        total=len(set().union(*(reported[where] for where in cause.wheres))),
    )
