"""A part of an office: without the libraries for which something can't be computed. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from sheets_sync.checks import Checked
from sheets_sync.model import Finding, Library, Message, Observation
from sheets_sync.model.left_out import LeftOut
from sheets_sync.rules.tabs import LEFT_OUT, SCORES, left_out_of
from sheets_sync.store import Memory

Owned = TypeVar("Owned", Observation, Finding)


def of_libraries(memory: Memory, active: Collection[Library], wanted: Sequence[Library]) -> Memory:
    """What is remembered, without the figures and findings of the active libraries that are not wanted."""
    dropped = {each.code for each in active} - {each.code for each in wanted}
    if not dropped:
        return memory
    return replace(
        memory,
        libraries=tuple(each for each in memory.libraries if each.code not in dropped),
        observations=tuple(seen for seen in memory.observations if seen.library not in dropped),
        findings=tuple(found for found in memory.findings if found.library not in dropped),
    )


def told_of(gone: Sequence[LeftOut], checked: Checked) -> Checked:
    """What the checks found, and of whom nothing could be computed."""
    told = (LEFT_OUT.finding(typed=each.library.name, what=SCORES, problem=each.problem) for each in gone)
    return replace(checked, findings=(*told, *checked.findings)) if gone else checked


def without_scores(gone: Sequence[LeftOut]) -> Iterator[Message]:
    """What to tell the operator of libraries for which something can't be computed."""
    for each in gone:
        yield left_out_of(each.library.name, SCORES, each.problem)


def by_library(items: Iterable[Owned]) -> Mapping[str, Sequence[Owned]]:
    """What is about each library, by code."""
    groups: dict[str, list[Owned]] = defaultdict(list)
    for item in items:
        if item.library is not None:
            groups[item.library].append(item)
    return groups
