"""The checks, on one page: what clashes or can't be is blocked, what is odd is asked about, what was answered is not."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from sheets_sync.checks.columns import Month
from sheets_sync.checks.common import with_common_causes
from sheets_sync.checks.duplicates import settle
from sheets_sync.checks.figures import Figures
from sheets_sync.checks.history import over_time
from sheets_sync.checks.months import odd_months
from sheets_sync.checks.naming import about
from sheets_sync.checks.options import CheckOptions
from sheets_sync.checks.questions import BELOW, Figure, Question
from sheets_sync.checks.reasons import answer
from sheets_sync.checks.relations import POPULATION, CheckContext, blocking, doubtful
from sheets_sync.checks.thousands import with_thousands
from sheets_sync.checks.wording import saying_where
from sheets_sync.config.office import Elements, Office
from sheets_sync.intake.interpretation import RowNote
from sheets_sync.model import Finding, Library, Observation, Period, msg
from sheets_sync.rules import figures as rules
from sheets_sync.rules import places

_ON_TIME: Mapping[Month, date] = MappingProxyType({})
_NONE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Checked:
    """One observation for each figure, BLOCKED where an F names it, and everything to ask or tell.

    `findings` are those of the reading and `found`, the ones raised here; an E that was answered carries its reason.
    `remember` holds reasons by finding code, and notes by key, that were not known before; given back as `reasons`
    next time, an answer lasts as long as the values it was given for.
    """

    observations: tuple[Observation, ...]
    findings: tuple[Finding, ...]
    found: tuple[Finding, ...]
    remember: Mapping[str, str] = field(default_factory=lambda: _NONE)


def check(
    observations: Iterable[Observation],
    *,
    libraries: Iterable[Library],
    elements: Elements,
    options: CheckOptions,
    office: Office,
    today: date,
    read: Sequence[Finding] = (),
    history: Iterable[Observation] = (),
    notes: Iterable[RowNote] = (),
    reasons: Mapping[str, str] = _NONE,
    arrivals: Mapping[Month, date] = _ON_TIME,
    per_inhabitant: Collection[str] = (),
) -> Checked:
    """Checks all that an office's sheets say, together.

    Args:
        observations: What every workbook says now.
        libraries: The register.
        elements: The data elements.
        options: Thresholds, and which elements belong together.
        office: The office, for the start of its reporting year.
        today: The day where the office is; later months have not begun.
        read: The findings of the reading, to be handed on.
        history: Earlier figures that no workbook shows any more; they are compared with, never asked about.
        notes: What rows say in *Keterangan*, and the headings of such columns: where to ask for a reason.
        arrivals: The day on which a library's month was first seen with figures, where it is known.
        per_inhabitant: The codes of the libraries whose scores are measured against their population.
        reasons: What was answered before, by finding code, and the notes known by key (`Checked.remember`).
    """
    notes, said = tuple(notes), tuple(observations)
    around = CheckContext(elements, {each.code: each for each in libraries}, options, office.year_starts_in)
    settled = settle(said)
    figures = settled.figures
    fatal = [*_future(figures, today), *blocking(figures, around)]
    figures = figures.without(_named(fatal)) if fatal else figures
    odd = list(doubtful(figures, around))
    questions = [*odd, *_unusual(figures, history, around, odd), *_old_population(around, today)]
    questions += [*_no_population(figures, around, per_inhabitant), *_late(figures, arrivals, office)]
    told = [finding for finding in with_thousands(read, figures, around) if finding.rule_code not in options.off]
    asked = saying_where((*settled.findings, *fatal, *questions), notes, office)
    found = [finding for finding in asked if finding.rule_code not in options.off]
    answers = answer((*told, *found), notes, said, reasons)
    return Checked(tuple(figures.all()), answers.findings, answers.findings[len(told) :], answers.remember)


def _named(findings: Iterable[Finding]) -> set[tuple[str | None, Period | None, str | None]]:
    """The figures that findings name."""
    return {(f.library, f.period, element) for f in findings for element in (f.element, *f.also_elements)}


def _future(figures: Figures, today: date) -> Iterator[Finding]:
    now = Period.of(today)
    for (_, period), elements in figures.months.items():
        filled = [seen for seen in elements.values() if seen.value is not None] if period > now else []
        if filled:
            yield about(places.FUTURE, filled, filled[0].typed, month=period)


def _unusual(
    figures: Figures, history: Iterable[Observation], around: CheckContext, odd: Iterable[Finding]
) -> Iterator[Finding]:
    """Questions about months as a whole and about figures over time; what only the history holds is not asked about."""
    months = [_about_month(finding) for finding in odd_months(figures, around)]
    asked = _figures_of(finding for finding in odd if finding.rule_code == rules.EVENT_WITHOUT_PEOPLE.code)
    asked |= {figure for question in months for figure in question.explains}
    past = [seen for seen in history if (seen.library, seen.period) not in figures.months]
    series = over_time(Figures((*past, *figures.all())) if past else figures, around, asked)
    present = [each for each in series if (each.finding.library, each.finding.period) in figures.months]
    yield from with_common_causes([*months, *present], figures, around)


def _about_month(finding: Finding) -> Question:
    """All zero lies below the usual; what is copied or zero is no matter of single figures as well."""
    explains = _figures_of([finding]) if finding.rule_code in (rules.ALL_ZERO.code, rules.COPIED.code) else set()
    return Question(finding, frozenset(explains), BELOW if finding.rule_code == rules.ALL_ZERO.code else 0)


def _figures_of(findings: Iterable[Finding]) -> set[Figure]:
    named = _named(findings)
    return {(library, element, month) for library, month, element in named if library and element and month}


def _old_population(around: CheckContext, today: date) -> Iterator[Finding]:
    for library in around.libraries.values():
        newest = max(library.population, default=None)
        if newest and library.cell and today.year - newest.year > around.options.population_years:
            yield rules.OLD_POPULATION.finding(
                library=library.code,
                element=POPULATION,
                cells=(library.cell,),
                typed=f"{newest.value:.0f}",
                library_name=library.name,
                year=str(newest.year) if newest.year else msg("an unknown year"),
            )


def _no_population(figures: Figures, around: CheckContext, per_inhabitant: Collection[str]) -> Iterator[Finding]:
    """Libraries whose population neither the register nor a cell gives, though their score needs it."""
    given = {library for (library, _), elements in figures.months.items() if POPULATION in elements}
    for library in around.libraries.values():
        if library.code in per_inhabitant and library.cell and not library.population and library.code not in given:
            yield rules.NO_POPULATION.finding(
                library=library.code, element=POPULATION, cells=(library.cell,), library_name=library.name
            )


def _late(figures: Figures, arrivals: Mapping[Month, date], office: Office) -> Iterator[Finding]:
    for (library, period), came in arrivals.items():
        due, seen = office.due(period), figures.months.get((library, period))
        if seen and came > due:
            first = next(iter(seen.values()))
            yield rules.LATE.finding(
                library=library, period=period, cells=(first.cell,), month=period, due=due, came=came
            )
