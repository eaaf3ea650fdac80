"""What was read before and is not there any more: kept as it was last read, until it comes back or a person confirms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sheets_sync.config.office import Elements
from sheets_sync.intake.interpretation import Interpretation
from sheets_sync.intake.words import fold
from sheets_sync.model import Finding, Message, Observation, Period, Severity, State, msg
from sheets_sync.rules.accounting import GONE

MANY = 3  # figures emptied or failed at once; fewer a person empties on purpose
_SEVERAL = 2  # columns that fail together have one cause
MANY_MONTHS = 3  # figures that go to another month, of so many months at once, were not corrected one by one
MOST_NAMED = 6  # figures shown in a question
_DENIALS = ("tidak", "bukan", "belum", "jangan", "salah", "no", "not", "wrong", "tdk", "nggak", "gak")

Key = tuple[str, str, Period]
Scope = tuple[
    Callable[[Observation], Hashable], Callable[[Observation], object]
]  # what goes together, how it is called


@dataclass(frozen=True, slots=True)
class Before:
    """What is known of a workbook from its earlier reads.

    `asked` are its findings then, `reasons` what people answered by the finding's id, `there` the sheetIds it has now.
    """

    observations: tuple[Observation, ...]
    asked: tuple[Finding, ...] = ()
    reasons: Mapping[str, str] | None = None
    read_at: datetime | None = None
    there: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Kept:
    """What a workbook says, with what is kept of before; `believed` are the tabs confirmed to be gone as a whole."""

    understood: Interpretation
    believed: frozenset[int] = frozenset()
    errors: int = 0  # figures that turned into errors


def keep_gone(before: Before, now: Interpretation, elements: Elements, names: Mapping[str, str]) -> Kept:
    """The interpretation with the figures that are gone in its place, and one question for each column, month or tab.

    A single cell that was emptied is simply empty. `names` are those of the libraries by code.
    """
    missing = _missing(before.observations, now.observations)
    if not missing:
        return Kept(now)
    reasons = before.reasons or {}
    kept: list[Observation] = []
    questions: list[Finding] = []
    believed: set[int] = set()
    for what, group in _groups(before, missing, _absent(missing, now), now, elements, names):
        question = _question(what, group, before)
        if confirms(reasons.get(question.id, "")):
            believed |= (
                {seen.cell.sheet_id for seen in group}
                if isinstance(what, str) or _about_whole(what, group, before)
                else set()
            )
            continue
        kept += group
        questions.append(question)
    errors = sum(seen.state is State.UNREADABLE and failed(seen) for seen in _replaced(kept, now.observations))
    return Kept(_with_kept(now, kept, questions), frozenset(believed), errors)


def _about_whole(what: object, group: Sequence[Observation], before: Before) -> bool:
    """Whether an earlier question is about all that its tabs held."""
    sheets = {seen.cell.sheet_id for seen in group}
    held = sum(seen.state.counts and seen.cell.sheet_id in sheets for seen in before.observations)
    return isinstance(what, Finding) and held == len(group)


def confirms(reason: str) -> bool:
    """Whether a person's answer says that the figures are meant to be gone; any that does not begin with a no."""
    words = fold(reason).split()
    return bool(words) and words[0] not in _DENIALS


def failed(seen: Observation) -> bool:
    """Whether a formula failed, or was still loading, where a figure should stand."""
    return seen.typed.startswith(("#", "Loading"))


def _key(seen: Observation) -> Key:
    return seen[:3]


def _missing(before: Iterable[Observation], now: Sequence[Observation]) -> list[Observation]:
    """The figures of before that no cell says or refuses now, in the order they stood."""
    stood = [seen for seen in before if seen.state.counts]
    if not stood:
        return []
    said = {seen[:3] for seen in now if seen.state.answers or _says_something(seen)}
    missing = [seen for seen in stood if seen[:3] not in said]
    moved = _relabelled(missing, now, {_key(seen) for seen in before}) if missing else ()
    return [seen for seen in missing if seen not in moved]


def _says_something(seen: Observation) -> bool:
    """Whether a cell says or refuses a figure; a formula that failed does neither."""
    return seen.state is not State.EMPTY and not (_refused(seen) and failed(seen))


def _refused(seen: Observation) -> bool:
    return seen.state is State.UNREADABLE


def _relabelled(missing: Iterable[Observation], now: Iterable[Observation], known: Collection[Key]) -> set[Observation]:
    """The figures that stand there under another month, library or element: a few of them were corrected by hand."""
    new = {
        (typed, *part)
        for seen in now
        if seen.state.counts and _key(seen) not in known
        for typed, part in ((seen.typed, part) for part in _parts(seen))
    }
    moved = [seen for seen in missing if any((seen.typed, *part) in new for part in _parts(seen))]
    return set(moved) if len({seen.period for seen in moved}) < MANY_MONTHS else set()


def _parts(seen: Observation) -> Iterator[tuple[object, ...]]:
    """What stays of a figure's place when one part of it is corrected."""
    yield "month", seen.library, seen.element
    yield "element", seen.library, seen.period
    yield "library", seen.element, seen.period


def _absent(missing: Iterable[Observation], now: Interpretation) -> frozenset[Key]:
    """The keys that no cell of the workbook is for any more."""
    return frozenset(map(_key, missing)) - frozenset(map(_key, now.observations))


def _scopes(elements: Elements, names: Mapping[str, str]) -> tuple[Scope, ...]:
    """What can vanish together, the widest first: a tab, a column, a library, a month."""

    def label(seen: Observation) -> object:
        return elements[seen.element].label if seen.element in elements.by_id else seen.element

    return (
        (lambda seen: seen.cell.sheet_id, lambda seen: seen.cell.tab),
        (lambda seen: (seen.cell.sheet_id, seen.element), label),
        (lambda seen: (seen.cell.sheet_id, seen.library), lambda seen: names.get(seen.library, seen.library)),
        (lambda seen: (seen.cell.sheet_id, seen.period), lambda seen: seen.period),
        (lambda seen: (seen.cell.sheet_id, seen.library, seen.element), label),
        (lambda seen: (seen.cell.sheet_id, seen.library, seen.period), lambda seen: seen.period),
    )


def _groups(
    before: Before,
    missing: Sequence[Observation],
    absent: frozenset[Key],
    now: Interpretation,
    elements: Elements,
    names: Mapping[str, str],
) -> Iterator[tuple[object, list[Observation]]]:
    """What vanished together, with what to call it: an earlier question, a tab (its title), or a part of one."""
    rest = dict.fromkeys(missing)
    whole = [seen for seen in before.observations if seen.state.counts]
    for finding in (each for each in before.asked if each.rule_code == GONE.code):
        cells = frozenset(finding.cells)
        group = [seen for seen in whole if seen.cell in cells]
        if group and all(seen in rest for seen in group):
            yield finding, _taken(group, rest)
    for n, (scope, called) in enumerate(_scopes(elements, names)):
        if n == 1:  # what is no whole tab, but more than a column, and failed together
            yield from _failed_groups(rest, now, columns=_SEVERAL)
        for group in _whole_groups(scope, whole, rest):
            if len(group) >= MANY or all(_key(seen) in absent for seen in group):
                name = called(group[0])
                tab = group[0].cell.tab
                what = name if name == tab else msg("{what} (tab “{tab}”)", what=name, tab=tab)
                yield what, _taken(group, rest)
        whole = [seen for seen in whole if seen in rest or seen not in missing]
    yield from _failed_groups(rest, now, columns=1)


def _whole_groups(
    scope: Callable[[Observation], Hashable], whole: Iterable[Observation], rest: Mapping[Observation, None]
) -> list[list[Observation]]:
    """The groups of which no figure is left."""
    groups: dict[Hashable, list[Observation]] = defaultdict(list)
    for seen in whole:
        groups[scope(seen)].append(seen)
    return [group for group in groups.values() if all(seen in rest for seen in group)]


def _taken(group: list[Observation], rest: dict[Observation, None]) -> list[Observation]:
    for seen in group:
        rest.pop(seen, None)
    return group


def _failed_groups(
    rest: dict[Observation, None], now: Interpretation, columns: int
) -> Iterator[tuple[object, list[Observation]]]:
    """The figures of a tab, in at least so many columns, that turned into errors together, though others stand."""
    errors = {_key(seen) for seen in now.observations if _refused(seen) and failed(seen)}
    groups: dict[int, list[Observation]] = defaultdict(list)
    for seen in rest:
        if _key(seen) in errors:
            groups[seen.cell.sheet_id].append(seen)
    for group in groups.values():
        if len(group) >= MANY and len({seen.element for seen in group}) >= columns:
            yield msg("{what} (tab “{tab}”)", what=msg("failed formulas"), tab=group[0].cell.tab), _taken(group, rest)


def _question(what: object, group: Sequence[Observation], before: Before) -> Finding:
    """The one question about a group; one that was asked before stays as it was, with the age it told."""
    if isinstance(what, Finding):
        return what
    libraries = {seen.library for seen in group}
    shown = [seen.typed for seen in group]
    question = GONE.finding(
        library=libraries.pop() if len(libraries) == 1 else None,
        cells=tuple(seen.cell for seen in group) if group[0].cell.sheet_id in before.there else (),
        typed=", ".join(shown[:MOST_NAMED]) + (" …" if len(shown) > MOST_NAMED else ""),
        count=len(group),
        what=what if isinstance(what, Message) else msg("the tab “{tab}”", tab=what),
        moment=before.read_at or "–",
    )
    return next((each for each in before.asked if each.id == question.id), question)


def _replaced(kept: Iterable[Observation], now: Iterable[Observation]) -> list[Observation]:
    keys = {_key(seen) for seen in kept}
    return [seen for seen in now if _key(seen) in keys]


def _with_kept(now: Interpretation, kept: Sequence[Observation], questions: Sequence[Finding]) -> Interpretation:
    """What is kept stands in the place of what the cells say now, and of the questions about just those cells."""
    replaced = _replaced(kept, now.observations)
    cells = {seen.cell for seen in replaced}
    others = (f for f in now.findings if f.severity is not Severity.FATAL or not f.cells or set(f.cells) - cells)
    gone = set(map(id, replaced))
    return replace(
        now,
        observations=(*(seen for seen in now.observations if id(seen) not in gone), *kept),
        findings=(*others, *questions),
    )
