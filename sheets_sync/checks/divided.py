"""Elements that are divided, as participants by sex: parts that say more than their whole, and what is still lacking."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sheets_sync.checks.naming import about
from sheets_sync.config.office import Element, Elements
from sheets_sync.config.parts import Division
from sheets_sync.model import Finding, Observation, State
from sheets_sync.model.rounding import equal
from sheets_sync.rules import figures as rules

Seen = Mapping[str, Observation]  # a library's month, by element


@dataclass(frozen=True, slots=True)
class _Month:
    """A whole and its parts in one month: `given` those that count, `blank` those in which nothing stands."""

    whole: Element
    division: Division
    total: Observation | None
    given: tuple[Observation, ...]
    blank: tuple[Element, ...]

    @property
    def sum(self) -> float:
        return sum(each.value or 0.0 for each in self.given)

    def lacks(self, total: float) -> float:
        """How much the parts say less than a total: 0 for as much, below 0 for more."""
        return 0.0 if equal(self.sum, total) else total - self.sum


def parts_above(seen: Seen, elements: Elements) -> Iterator[Finding]:
    """Where only some parts are given and they are more than the whole: which figure is wrong is not known."""
    for month in _months(seen, elements):
        total = month.total
        if total and total.value is not None and month.blank and month.given and month.lacks(total.value) < 0:
            figures = [total, *month.given]
            yield about(rules.PARTS_ABOVE, figures, _typed(figures), total=total.value, **_words(month, elements))


def parts_open(seen: Seen, elements: Elements, kind: str) -> Iterator[Finding]:
    """What a library of this kind has still to fill in; what follows from other figures is proposed, never taken."""
    for month in _months(seen, elements):
        if month.total is None or month.total.state is State.EMPTY:
            yield from _without_whole(month, elements)
        elif month.total.value:
            wanted = month.division.required and any(elements[part].required_for(kind) for part in month.division.ids)
            if month.blank and (month.given or wanted):
                yield from _without_parts(month, month.total, seen, elements)


def _without_whole(month: _Month, elements: Elements) -> Iterator[Finding]:
    if month.sum:
        figures = [*([month.total] if month.total else ()), *month.given]
        proposal = "" if month.blank else _number(month.sum)
        words = _words(month, elements)
        yield about(rules.WHOLE_MISSING, figures, _typed(figures), proposal=proposal, **words)


def _without_parts(month: _Month, total: Observation, seen: Seen, elements: Elements) -> Iterator[Finding]:
    value, words = total.value or 0.0, _words(month, elements)
    figures = [total, *month.given, *(seen[each.id] for each in month.blank if each.id in seen)]
    if not month.given and len(month.blank) == len(month.division.into):
        yield about(rules.UNDIVIDED, figures, total.typed, total=value, by=month.division.by, **words)
    elif month.given and (lacking := month.lacks(value)) > 0:
        proposal = _number(lacking) if len(month.blank) == 1 else ""
        typed = _typed([total, *month.given])
        yield about(rules.PART_MISSING, figures, typed, proposal=proposal, total=value, **words)


def _months(seen: Seen, elements: Elements) -> Iterator[_Month]:
    for whole, division in elements.divisions:
        known = [(elements[part], seen.get(part)) for part in division.ids]
        yield _Month(
            whole,
            division,
            seen.get(whole.id),
            tuple(each for _, each in known if each is not None and each.value is not None),
            tuple(part for part, each in known if each is None or each.state is State.EMPTY),
        )


def _words(month: _Month, elements: Elements) -> dict[str, Any]:
    return {
        "label": month.whole.label,
        "parts": [elements[each.element].label for each in month.given],
        "sum": month.sum,
        "missing": [each.label for each in month.blank],
    }


def _typed(figures: Sequence[Observation]) -> str:
    return " / ".join(each.typed for each in figures if each.typed)


def _number(value: float) -> str:
    return f"{value:.10g}" if value != int(value) else str(int(value))
