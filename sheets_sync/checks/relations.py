"""Figures of one month that must fit together: events and people, totals and parts, parts and wholes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sheets_sync.checks.columns import SILENTLY, Columns, Flags, Floats, Month
from sheets_sync.checks.divided import parts_above, parts_open
from sheets_sync.checks.figures import Figures
from sheets_sync.checks.naming import about
from sheets_sync.checks.options import CheckOptions, Gathering, PartOfTotal, Total
from sheets_sync.config.office import ElementKind, Elements
from sheets_sync.config.yaml_file import Text
from sheets_sync.model import Finding, Library, Observation
from sheets_sync.model.rounding import equal
from sheets_sync.rules import figures as rules
from sheets_sync.rules.rule import Rule

POPULATION = "population"


@dataclass(frozen=True)
class CheckContext:
    """What the checks know beside the figures."""

    elements: Elements
    libraries: Mapping[str, Library]  # by code
    options: CheckOptions
    year_starts_in: int = 1

    def label(self, element: str) -> Text | str:
        """How an element is called in messages."""
        known = self.elements.by_id.get(element)
        return known.label if known else element

    def is_flow(self, element: str) -> bool:
        """Whether figures of an element add up over months."""
        return element in self.flows

    @cached_property
    def flows(self) -> frozenset[str]:
        """The elements whose figures add up over months."""
        return frozenset(each.id for each in self.elements.elements if each.kind is ElementKind.FLOW)


def blocking(figures: Figures, around: CheckContext) -> Iterator[Finding]:
    """People without an event, and totals that are not the sum of their parts: which figure is wrong is not known."""
    gatherings, every = around.options.gatherings, tuple(totals(around))
    for _, seen in figures.columns.where(_may_clash(figures.columns, every, around)):
        for gathering in gatherings:
            if found := _people_without_event(seen, gathering, around):
                yield found
        for total in every:
            if found := _sum(seen, total, around):
                yield found
        yield from parts_above(seen, around.elements)


def _may_clash(columns: Columns, every: Iterable[Total], around: CheckContext) -> Flags:
    """The months in which any of it may be found, looked at together; in all others there is none of it."""
    found = _divided(columns, around)
    for each in around.options.gatherings:
        found |= (columns.of_element(each.events) == 0) & (np.abs(columns.of_element(each.people)) > 0)
    for total in every:
        added = np.sum([columns.of_element(part) for part in total.parts], axis=0)
        found |= np.abs(columns.of_element(total.total) - added) > 0
    return found


@SILENTLY
def _may_doubt(columns: Columns, around: CheckContext) -> Flags:
    """The same of what may be right."""
    found = _divided(columns, around)
    for each in around.options.gatherings:
        events, people = columns.of_element(each.events), columns.of_element(each.people)
        ratio = people / np.where(events, events, np.nan)
        found |= (ratio < each.low) | (ratio > each.high) | (ratio == 0)
    for part in around.options.parts:
        whole = columns.of_element(part.whole)
        whole = np.where(np.isnan(whole), _least(columns, around), whole) if part.whole == POPULATION else whole
        found |= columns.of_element(part.part) > whole
    return found


def _divided(columns: Columns, around: CheckContext) -> Flags:
    """The months in which parts of something divided are given, or should be."""
    found = np.zeros(len(columns.months), np.bool_)
    for whole, division in around.elements.divisions:
        found |= ~np.isnan(columns.of_elements(division.ids)).all(axis=0)
        if division.required:
            found |= np.abs(columns.of_element(whole.id)) > 0
    return found


def _least(columns: Columns, around: CheckContext) -> Floats:
    """By month, the least population that the register has for the library in any year."""
    least = {each.code: min(f.value for f in each.population) for each in around.libraries.values() if each.population}
    return np.array([least.get(library, np.nan) for library, _ in columns.months])


def totals(around: CheckContext) -> Iterator[Total]:
    """The sums that the checks know and those that elements are divided into, each once."""
    yield from around.options.totals
    known = {(each.total, frozenset(each.parts)) for each in around.options.totals}
    for whole, division in around.elements.divisions:
        if (whole.id, frozenset(division.ids)) not in known:
            yield Total(total=whole.id, parts=division.ids)


def doubtful(figures: Figures, around: CheckContext) -> Iterator[Finding]:
    """Figures that fit together badly, but may be right."""
    gatherings, parts = around.options.gatherings, around.options.parts
    for month, seen in figures.columns.where(_may_doubt(figures.columns, around)):
        for gathering in gatherings:
            if found := _event(seen, gathering, around):
                yield found
        for part in parts:
            if found := _part(month, seen, part, around):
                yield found
        library = around.libraries.get(month[0])
        yield from parts_open(seen, around.elements, library.kind if library else "")


def _counted(seen: Mapping[str, Observation], element: str) -> Observation | None:
    found = seen.get(element)
    return found if found is not None and found.value is not None else None


def _people_without_event(
    seen: Mapping[str, Observation], gathering: Gathering, around: CheckContext
) -> Finding | None:
    events = _counted(seen, gathering.events)
    people = _counted(seen, gathering.people) if events and not events.value else None
    if events and people and people.value:
        return _gathering(rules.PEOPLE_WITHOUT_EVENT, events, people, gathering, around)
    return None


def _event(seen: Mapping[str, Observation], gathering: Gathering, around: CheckContext) -> Finding | None:
    events, people = _counted(seen, gathering.events), _counted(seen, gathering.people)
    if not events or not people or not events.value:
        return None
    if not people.value:
        return _gathering(rules.EVENT_WITHOUT_PEOPLE, events, people, gathering, around)
    if not gathering.low <= people.value / events.value <= gathering.high:
        return _gathering(rules.PEOPLE_PER_EVENT, events, people, gathering, around)
    return None


def _gathering(
    rule: Rule, events: Observation, people: Observation, gathering: Gathering, around: CheckContext
) -> Finding:
    return about(
        rule,
        [people, events],
        f"{people.typed} / {events.typed}",
        people=people.value,
        events=events.value,
        people_label=around.label(people.element),
        events_label=around.label(events.element),
        low=gathering.low,
        high=gathering.high,
        ratio=round((people.value or 0) / (events.value or 1), 1),
    )


def _sum(seen: Mapping[str, Observation], total: Total, around: CheckContext) -> Finding | None:
    whole = _counted(seen, total.total)
    if not whole or whole.value is None:
        return None
    parts = [part for element in total.parts if (part := _counted(seen, element))]
    if len(parts) < len(total.parts):
        return None
    added = sum(part.value or 0 for part in parts)
    if equal(whole.value, added):
        return None
    labels = [around.label(part.element) for part in parts]
    typed = " / ".join(each.typed for each in (whole, *parts))
    label = around.label(total.total)
    return about(rules.SUM, [whole, *parts], typed, label=label, total=whole.value, parts=labels, sum=added)


def _part(month: Month, seen: Mapping[str, Observation], part: PartOfTotal, around: CheckContext) -> Finding | None:
    smaller = _counted(seen, part.part)
    if not smaller or smaller.value is None:
        return None
    larger = _counted(seen, part.whole)
    whole = larger.value if larger else _population(month, part, around)
    if whole is None or smaller.value <= whole:
        return None
    figures = [smaller, larger] if larger else [smaller]
    label, above = around.label(part.part), around.label(part.whole)
    return about(rules.PART_ABOVE_WHOLE, figures, smaller.typed, label=label, whole_label=above, whole=whole)


def _population(month: Month, part: PartOfTotal, around: CheckContext) -> float | None:
    library = around.libraries.get(month[0])
    known = library.population_in(month[1]) if library and part.whole == POPULATION else None
    return known.value if known else None
