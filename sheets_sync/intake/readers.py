"""Reads each element's cells the way the element is counted; equal cells are read once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from types import MappingProxyType

from sheets_sync.config.office import Element, Elements, Reading
from sheets_sync.intake.entry import Entry
from sheets_sync.intake.options import Inputs
from sheets_sync.intake.values.counts import read_count
from sheets_sync.intake.values.decimals import read_decimal
from sheets_sync.intake.values.figures import Words
from sheets_sync.intake.values.hours import read_hours
from sheets_sync.model.grid import GridCell, NumberKind

_FUNCTIONS: Mapping[Reading, Callable[[GridCell, Words], Entry[float]]] = MappingProxyType(
    {Reading.COUNT: read_count, Reading.DECIMAL: read_decimal, Reading.HOURS: read_hours}
)


class Readers:
    """One reading function per element, each with what it has read so far."""

    def __init__(self, elements: Elements, inputs: Inputs) -> None:
        words = element_words(elements.elements, inputs)
        self._read = {each.id: partial(_read, _FUNCTIONS[each.reading], words[each.id]) for each in elements.elements}
        self._done: dict[str, dict[object, Entry[float]]] = {element.id: {} for element in elements.elements}

    def read(self, element: str, cell: GridCell) -> Entry[float]:
        """What the cell says of the element."""
        done = self._done[element]
        # Most cells are plain numbers: one number is quicker to look up than a cell.
        plain = type(cell.value) in (float, int) and cell.kind is NumberKind.PLAIN
        key = cell.value if plain else cell
        entry = done.get(key)
        if entry is None:
            entry = done[key] = self._read[element](cell)
        return entry


def element_words(elements: Iterable[Element], inputs: Inputs) -> Mapping[str, Words]:
    """The words of each element: its unit in all its spellings is its own, every other unit is another element's."""
    own = {element.id: unit_words(element, inputs) for element in elements}
    all_units = frozenset().union(*own.values(), *map(frozenset, inputs.units))
    zero, not_applicable = frozenset(inputs.zero), frozenset(inputs.not_applicable)
    return {each: Words(zero, not_applicable, units, all_units - units) for each, units in own.items()}


def unit_words(element: Element, inputs: Inputs) -> frozenset[str]:
    """What may follow a number of the element: its unit, the unit's other spellings, the element's further words."""
    unit = {element.unit.id.casefold(), element.unit.en.casefold()}
    spellings = (spelling for spelling in inputs.units if not unit.isdisjoint(spelling))
    return frozenset(unit.union({word.casefold() for word in element.units}, *spellings))


def _read(function: Callable[[GridCell, Words], Entry[float]], words: Words, cell: GridCell) -> Entry[float]:
    return function(cell, words)
