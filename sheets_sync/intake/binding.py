"""A workbook is bound to its libraries: figures for another one in it are asked about there, and change nothing else."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace

from sheets_sync.intake.interpretation import Interpretation
from sheets_sync.model import CellRef, Finding, Library, State
from sheets_sync.rules import tabs as rules


def keep_to(bound: frozenset[str] | None, understood: Interpretation, libraries: Iterable[Library]) -> Interpretation:
    """What a workbook says of the libraries it is bound to (codes; None: of any); the others' figures are questions.

    Nothing of the others stays, neither a figure nor a question that could block one, and no tab is remembered as theirs.
    """
    if bound is None:
        return understood
    names = {library.code: library.name for library in libraries}
    return replace(
        understood,
        observations=tuple(seen for seen in understood.observations if seen.library in bound),
        findings=(
            *(found for found in understood.findings if found.library is None or found.library in bound),
            *_questions(understood, bound, names),
        ),
        tabs=tuple(tab for tab in understood.tabs if tab.library is None or tab.library in bound),
    )


def given_by(understood: Interpretation) -> frozenset[str]:
    """The libraries that a workbook has figures of, or forms for."""
    return frozenset({seen.library for seen in understood.observations})  # gathered in half a generator's time


def _questions(understood: Interpretation, bound: Container[str], names: Mapping[str, str]) -> Iterator[Finding]:
    """One for each other library of each tab, at the first of its cells that says something."""
    libraries = ", ".join(sorted(names[code] for code in names if code in bound)) or "–"
    for library, cell in _strangers(understood, bound).values():
        yield rules.NOT_BOUND.finding(cells=(cell,), typed=names.get(library, library), libraries=libraries)


def _strangers(understood: Interpretation, bound: Container[str]) -> dict[tuple[int, str], tuple[str, CellRef]]:
    """The other libraries' first cells, by tab and library: of figures, else of entries that can't be read."""
    figures = ((seen.library, seen.cell) for seen in understood.observations if seen.state is not State.EMPTY)
    asked = ((found.library, found.cells[0]) for found in understood.findings if found.library and found.cells)
    first: dict[tuple[int, str], tuple[str, CellRef]] = {}
    for library, cell in (*figures, *asked):
        if library and library not in bound:
            first.setdefault((cell.sheet_id, library), (library, cell))
    return first
