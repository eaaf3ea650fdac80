"""Which library a tab belongs to: the settings, the register, what was remembered of it, its title; else a question."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sheets_sync.intake.directory import Directory
from sheets_sync.intake.options import Inputs, TabInput
from sheets_sync.intake.words import fold
from sheets_sync.model import CellRef, Finding
from sheets_sync.model.grid import Tab
from sheets_sync.rules import places


@dataclass(frozen=True, slots=True)
class Ownership:
    """The library of a tab, None if there is none, or the question that keeps the tab from being read."""

    library: str | None = None
    question: Finding | None = None


def contradicted(
    tab: Tab, owner: str | None, lines: Iterable[str], directory: Directory, workbook: str
) -> Finding | None:
    """The question where the lines above a table name another library than the tab's title.

    One of another kind is no contradiction: the office's name stands above the reports of all.
    """
    titled = directory.find_by_title(tab.title) if directory.named_in_register(tab.title) is None else None
    other = directory.find_in_titles(lines) if owner and titled == owner else None
    if other in (None, owner) or directory.kinds[str(other)] != directory.kinds[str(owner)]:
        return None
    where = (CellRef(workbook, tab.sheet_id, tab.title, 0, 0),)
    return places.TAB_TITLE.finding(library=owner, cells=where, typed=tab.title, owner=owner, other=other)


def owner_of(
    tab: Tab, about: TabInput, directory: Directory, inputs: Inputs, workbook: str, remembered: str | None
) -> Ownership:
    """Whose tab it is. A copy is asked about, as is a tab that was one library's and now has another one's name."""
    where = (CellRef(workbook, tab.sheet_id, tab.title, 0, 0),)
    named = about.library and (directory.find(about.library) or about.library)
    certain = named or directory.named_in_register(tab.title)
    if certain is not None:
        return Ownership(certain)
    if fold(tab.title).startswith(tuple(fold(word) for word in inputs.copies)):
        return Ownership(question=places.TAB_COPY.finding(cells=where, typed=tab.title))
    titled = directory.find_by_title(tab.title)
    if titled and remembered and titled != remembered:
        question = places.TAB_MOVED.finding(cells=where, typed=tab.title, before=remembered, now=titled)
        return Ownership(question=question)
    return Ownership(titled or remembered)
