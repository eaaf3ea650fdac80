"""The tab `Rincian`: each library's indicators, with what they were calculated from and where that stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from math import fsum
from operator import attrgetter, itemgetter

from msgspec.structs import replace

from sheets_sync.config.labels import IndicatorLabel, step_message
from sheets_sync.config.office import Element, ElementKind
from sheets_sync.i18n import Language, language
from sheets_sync.model import (
    CellRef,
    LibraryMonth,
    Observation,
    Part,
    Period,
    Revision,
    Score,
    State,
    msg,
)
from sheets_sync.model.cell import a1, range_url
from sheets_sync.model.rounding import shown_points
from sheets_sync.rekap import style
from sheets_sync.rekap.context import Context, blank, figure, footer, head, headline, share
from sheets_sync.rekap.divided import parts_of
from sheets_sync.rekap.moves import moved_by
from sheets_sync.rekap.page import Page, PageCell, PageColumn, Row, TextRun, joined, line
from sheets_sync.rules.redact import redact

Seen = Mapping[str, Sequence[Observation]]  # a library's observations by element

ROLE = "details"
COLUMNS = (
    PageColumn(msg("Library and indicator"), 270),
    PageColumn(msg("Actual"), 85),
    PageColumn(msg("Unit"), 150),
    PageColumn(msg("Target"), 80),
    PageColumn(msg("Attainment"), 80),
    PageColumn(msg("Weight"), 70),
    PageColumn(msg("Contribution"), 100),
    PageColumn(msg("Possible gain"), 90),
    PageColumn(msg("State"), 120),
    PageColumn(msg("Numerator"), 90),
    PageColumn(msg("Denominator"), 90),
    PageColumn(msg("Inputs and their cells"), 520),
    PageColumn(msg("Code"), 190),
)
_NAME = replace(style.SECTION, wrap=True)  # the score stands beside it: a long name would be cut
_SCORE = replace(style.STRONG, align=style.NUMBER.align)
_MONTH = attrgetter("period.ordinal")
_TAB = itemgetter(slice(3))  # of a cell: its workbook, its sheetId, its title
_NUMBERS = frozenset({1, 3, 4, 5, 6, 7, 9, 10})


def details(context: Context) -> Page:
    """The page: a block a library, a row an indicator."""
    t = context.t
    text = t("How each score came about. Points lost to open questions or empty cells are under “possible gain”.")
    top = [*headline(context.office.tabs.details, context), line(text, style.SUBTITLE), blank()]
    same = {name: _SameForAll.of(label, t) for name, label in context.labels.indicators.items()}
    blocks = [row for library in context.month.libraries for row in _block(library, same, context)]
    return Page(
        role=ROLE,
        title=context.office.tabs.details,
        columns=COLUMNS,
        rows=(*top, head(COLUMNS, t, _NUMBERS), *blocks, footer(t)),
        header=len(top),
        frozen_columns=1,
        tab_colour=style.ACCENT,
    )


@dataclass(frozen=True, slots=True)
class _SameForAll:
    """What an indicator's row says for every library: its name, its unit, its weight."""

    label: IndicatorLabel | None
    name: PageCell
    unit: PageCell
    weight: PageCell
    decimals: int = 2

    @classmethod
    def of(cls, label: IndicatorLabel, t: Language) -> _SameForAll:
        name, unit = (
            PageCell(label.label.in_(t.code), style=style.TEXT),
            PageCell(label.unit.in_(t.code), style=style.WRAPPED),
        )
        return cls(label, name, unit, share(label.weight_share, t), label.decimals)

    @classmethod
    def unknown(cls, indicator: str, t: Language) -> _SameForAll:
        """Of one that the scheme no longer has."""
        return cls(None, PageCell(indicator, style=style.TEXT), PageCell(style=style.WRAPPED), share(None, t))


def _block(row: LibraryMonth, same: Mapping[str, _SameForAll], context: Context) -> Iterator[Row]:
    t = context.t
    yield Row((PageCell(row.library.name, style=_NAME), *_summary(row, context)), key=row.library.code)
    seen = _by_element(row.observations)
    for part, given, lost in _points(row.score) if row.score else ():
        known = same.get(part.indicator) or _SameForAll.unknown(part.indicator, t)
        yield _indicator(part, given, lost, known, row.library.code, seen, context)
    remarks = (*parts_of(row.observations, context.elements, t), *_remarks(row, context))
    for number, text in enumerate(remarks):
        yield Row((PageCell(text, style=style.SUBTITLE),), key=f"{row.library.code}/{number + 1}")
    yield blank()


def _points(score: Score) -> Iterator[tuple[Part, float | None, float | None]]:
    """What each part gives and loses, so that they add up to the shown score, to the last digit. No score, no points."""
    known = score.value is not None
    for part, (given, lost) in zip(score.parts, shown_points(score), strict=True):
        yield part, given if known and part.points is not None else None, lost if known else None


def _summary(row: LibraryMonth, context: Context) -> tuple[PageCell, ...]:
    """Beside the name: the score, and how much of the scheme it rests on."""
    score, t = row.score, context.t
    if not score or score.value is None:
        return (PageCell(context.labels.unscored.label.in_(t.code), style=style.SUBTITLE),)
    text = t("of 10; rests on {coverage} of the weights", coverage=t.percent(score.coverage))
    return figure(score.value, t, look=_SCORE), PageCell(text, style=style.SUBTITLE)


def _by_element(observations: Iterable[Observation]) -> Seen:
    seen: dict[str, list[Observation]] = defaultdict(list)
    for each in observations:
        seen[each.element].append(each)
    return seen


def _indicator(
    part: Part, given: float | None, lost: float | None, same: _SameForAll, library: str, seen: Seen, context: Context
) -> Row:
    t = context.t
    return Row(
        (
            same.name,
            figure(part.actual, t, same.decimals),
            same.unit,
            figure(part.target, t, same.decimals),
            share(part.attainment, t),
            same.weight,
            figure(given, t),
            figure(lost, t),
            _state(part, same.label, context),
            figure(part.numerator, t, _decimals(part.numerator)),
            figure(part.denominator, t, _decimals(part.denominator)),
            joined(tuple(_inputs(same.label, seen, context)), style.WRAPPED),
        ),
        key=f"{library}/{part.indicator}",
    )


def _state(part: Part, label: IndicatorLabel | None, context: Context) -> PageCell:
    """What is known of an indicator; where only what it is divided by is lacking, that by name."""
    if not (label and part.lacks_denominator):
        return _state_cell(part.state, context.t.code)
    known = context.elements.by_id
    what = [known[name].label if name in known else name for name in label.divided_by]
    return PageCell(context.t("{what} missing", what=what), style=style.WRAPPED)


@cache
def _state_cell(state: State, code: str) -> PageCell:
    return PageCell(state_word(state, language(code)), style=style.WRAPPED)


def _decimals(value: float | None) -> int:
    return 0 if value is None or value == round(value) else 2


def state_word(state: State, t: Language) -> str:
    """A state as people call it."""
    match state:
        case State.REPORTED:
            return t("filled in")
        case State.ZERO:
            return t("zero")
        case State.EMPTY:
            return t("empty")
        case State.NOT_APPLICABLE:
            return t("not applicable")
        case State.UNREADABLE:
            return t("unreadable")
        case State.BLOCKED:
            return t("held back")


def _inputs(label: IndicatorLabel | None, by_element: Seen, context: Context) -> Iterator[TextRun]:
    """Each element's figure over the months, and links to the cells they stand in."""
    before = ""
    for name in label.elements if label else ():
        if known := by_element.get(name):
            yield from _input(before, name, known, context)
            before = "\n"


def _input(before: str, name: str, known: Sequence[Observation], context: Context) -> Iterator[TextRun]:
    t, values = context.t, [seen.value for seen in known if seen.value is not None]
    before += _figure(context.elements.by_id[name], values, known, t) + ": "
    for text, link in cell_ranges([seen.cell for seen in known]):
        yield TextRun(before)
        yield TextRun(text, link)
        before = ", "
    if len(values) < len(known):
        missing = [t.month(seen.period, short=True) for seen in known if seen.value is None]
        yield TextRun(t(" (not counted: {months})", months=missing))


def _figure(element: Element, values: Sequence[float], known: Sequence[Observation], t: Language) -> str:
    """An element's name with its total, or with its last value if it is a stock."""
    label = element.label.in_(t.code)
    if not values:
        return label
    if element.kind is ElementKind.FLOW:
        return f"{label} {t.number(fsum(values))}"
    return f"{label} {t.number(max((seen for seen in known if seen.value is not None), key=_MONTH).value)}"


def cell_ranges(cells: Sequence[CellRef]) -> Iterator[tuple[str, str]]:
    """The smallest range of each tab that holds the cells: its name and its link."""
    for here in _by_tab(sorted(cells)):
        (workbook, sheet_id, title, top, _), bottom = here[0], here[-1].row
        columns = [cell.column for cell in here]
        first, last = a1(top, min(columns)), a1(bottom, max(columns))
        span = first if first == last else f"{first}:{last}"
        yield f"{title}!{span}", range_url(workbook, sheet_id, span)


def _by_tab(cells: Sequence[CellRef]) -> Iterator[Sequence[CellRef]]:
    """Each tab's cells, of sorted ones; most stand on one."""
    if cells[0][:3] == cells[-1][:3]:
        yield cells
        return
    for _, here in groupby(cells, _TAB):
        yield tuple(here)


def _remarks(row: LibraryMonth, context: Context) -> Iterator[str]:
    """What moved the score, the population used, further steps, figures revised after sealing, reasons given."""
    t, code = context.t, context.office.language
    if moved := moved_by(row, context):
        yield moved
    if population := row.library.population_in(context.month.period):
        yield t(
            "Population: {value} ({year}, {source})",
            value=population.value,
            year=str(population.year),
            source=population.source or "–",
        )
    for step in row.steps:
        yield t("Next step: {step}", step=step_message(step, context.elements, code))
    for revision in row.revisions:
        yield _revision(revision, context)
    for finding in row.findings:
        if finding.reason:
            yield t("Explained: {question} – {reason}", question=finding.message, reason=finding.reason)
    yield from _to_know(row, context)


def _to_know(row: LibraryMonth, context: Context) -> Iterator[str]:
    """How entries were read and what was left out, each text once with its cells."""
    alike: dict[str, list[CellRef]] = {}
    for finding in row.findings:
        if finding.is_for_information:
            alike.setdefault(context.t(redact(finding, context.office).message), []).extend(finding.cells[:1])
    for text, cells in alike.items():
        names = ", ".join(str(cell) for cell in cells)
        yield f"{text} ({names})" if names else text


def _revision(revision: Revision, context: Context) -> str:
    t, label = context.t, context.elements[revision.element].label.in_(context.office.language)
    month: Period = revision.period
    if revision.before is None:
        return t("Came late: {element} of {month}: {after}", element=label, month=month, after=revision.after)
    if revision.after is None:
        return t(
            "Revised: {element} of {month}: {before}, now empty", element=label, month=month, before=revision.before
        )
    return t(
        "Revised: {element} of {month}: {before} → {after}",
        element=label,
        month=month,
        before=revision.before,
        after=revision.after,
    )
