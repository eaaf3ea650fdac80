"""Which formulas depend on which, and in what order to compute them."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from sheets_sync.local_google.errors import ApiError
from sheets_sync.local_google.formulas.references import Reference
from sheets_sync.local_google.formulas.tree import ArrayLiteral, Binary, Call, Name, Node, ParseError, Unary, parse
from sheets_sync.local_google.ranges import from_grid_range
from sheets_sync.local_google.workbook import Box, Formula, Workbook

DYNAMIC = frozenset({"INDIRECT", "OFFSET"})
"""Functions whose text doesn't tell what they read."""
_VOLATILE = {"TODAY", "NOW"} | DYNAMIC


class Place(NamedTuple):
    """A cell of a workbook."""

    sheet_id: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Needs:
    """What a formula's text says of it.

    Attributes:
        tree: None if it can't be parsed.
        references, names: what it reads.
        volatile: whether it has to be computed at every edit.
        dynamic: whether it reads what its text doesn't tell.
    """

    tree: Node | None
    references: tuple[Reference, ...] = ()
    names: tuple[str, ...] = ()
    volatile: bool = False
    dynamic: bool = False


@lru_cache(maxsize=2**15)
def needs(text: str, decimal: str) -> Needs:
    """Read a formula.

    Args:
        text: the formula with its `=`.
        decimal: the locale's decimal mark.
    """
    try:
        tree = parse(text, decimal)
    except (ParseError, RecursionError):
        return Needs(None)
    found = list(_leaves(tree))
    calls = {leaf.name for leaf in found if isinstance(leaf, Call)}
    return Needs(
        tree,
        tuple(leaf for leaf in found if isinstance(leaf, Reference)),
        tuple(leaf.text.casefold() for leaf in found if isinstance(leaf, Name)),
        not calls.isdisjoint(_VOLATILE),
        not calls.isdisjoint(DYNAMIC),
    )


@dataclass(slots=True)
class Graph:
    """The formulas to look at: what each needs and reads, and which of them each other depends on."""

    needs: dict[Place, Needs] = field(default_factory=dict)
    reads: dict[Place, list[tuple[int, Box]]] = field(default_factory=dict)
    dependents: dict[Place, list[Place]] = field(default_factory=lambda: defaultdict(list))


def graph_of(workbook: Workbook, found: Mapping[Place, Formula], decimal: str) -> Graph:
    """The graph of all formulas.

    Args:
        workbook: where they stand.
        found: every formula.
        decimal: the locale's decimal mark.
    """
    graph = Graph()
    index = _Index(found)
    for place, formula in found.items():
        graph.needs[place] = own = needs(formula.text, decimal)
        graph.reads[place] = list(_reads(workbook, place.sheet_id, own))
        for sheet_id, box in graph.reads[place]:
            for other in index.inside(sheet_id, box):
                graph.dependents[other].append(place)
    return graph


class _Index:
    """Finds the formulas inside a box."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._rows: dict[tuple[int, int], list[int]] = defaultdict(list)
        self._columns: dict[int, set[int]] = defaultdict(set)
        for sheet_id, row, column in sorted(places):
            self._rows[sheet_id, column].append(row)
            self._columns[sheet_id].add(column)

    def inside(self, sheet_id: int, box: Box) -> Iterator[Place]:
        for column in self._columns[sheet_id]:
            if box.left <= column < box.right:
                rows = self._rows[sheet_id, column]
                for row in rows[bisect_left(rows, box.top) : bisect_left(rows, box.bottom)]:
                    yield Place(sheet_id, row, column)


def _reads(workbook: Workbook, own_sheet: int, own: Needs) -> Iterator[tuple[int, Box]]:
    """The boxes that a formula looks at."""
    for reference in own.references:
        sheet = workbook.sheet(own_sheet) if reference.title is None else workbook.sheet_named(reference.title)
        if sheet is not None:
            yield sheet.id, reference.bounds.within(sheet.box)
    for named in workbook.named_ranges if own.names else ():
        if named["name"].casefold() in own.names:
            try:
                area = from_grid_range(workbook, named["range"])
            except ApiError:  # it lies outside its sheet
                continue
            yield area.sheet.id, area.box


def _leaves(node: Node) -> Iterator[Node]:
    """Every node of a tree that has no operands, and every call."""
    pending = [node]
    while pending:
        current = pending.pop()
        match current:
            case Binary(left=left, right=right):
                pending += [left, right]
            case Unary(operand=operand):
                pending.append(operand)
            case ArrayLiteral(rows):
                pending += [item for row in rows for item in row]
            case Call(arguments=arguments):
                pending += arguments
                yield current
            case _:
                yield current


def stale_formulas(graph: Graph, changed: list[tuple[int, Box]]) -> set[Place]:
    """The formulas that stand in or read a changed box, ask for the time, or depend on one that does."""
    stale = {place for place in graph.needs if _touched(graph, place, changed)}
    pending = deque(stale)
    while pending:
        for dependent in graph.dependents.get(pending.popleft(), ()):
            if dependent not in stale:
                stale.add(dependent)
                pending.append(dependent)
    return stale


def _touched(graph: Graph, place: Place, changed: list[tuple[int, Box]]) -> bool:
    if graph.needs[place].volatile:
        return True
    for sheet_id, box in changed:
        if sheet_id == place.sheet_id and box.holds(place.row, place.column):
            return True
        if any(sheet_id == other and not box.overlap(read).empty for other, read in graph.reads[place]):
            return True
    return False


def in_order(graph: Graph, stale: set[Place]) -> tuple[list[Place], list[Place]]:
    """The stale formulas, each after those it depends on; and apart from them those that depend on themselves."""
    forward = {place: [other for other in graph.dependents.get(place, ()) if other in stale] for place in stale}
    order = _peel(forward)
    done = set(order)
    backward: dict[Place, list[Place]] = {place: [] for place in stale if place not in done}
    for place in backward:
        for dependent in forward[place]:
            if dependent in backward:
                backward[dependent].append(place)
    after = _peel(backward)  # these only follow from circles
    return order + after[::-1], sorted(set(backward) - set(after))


def _peel(edges: Mapping[Place, list[Place]]) -> list[Place]:
    """Places in an order in which no edge leads back, as far as there is one."""
    waiting = dict.fromkeys(edges, 0)
    for targets in edges.values():
        for target in targets:
            waiting[target] += 1
    order = [place for place, count in waiting.items() if not count]
    for place in order:  # grows while it is walked through
        for target in edges[place]:
            waiting[target] -= 1
            if not waiting[target]:
                order.append(target)
    return order
