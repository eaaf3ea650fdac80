"""Reads each element's cells the way the element is counted; equal cells are read once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache, partial
from operator import itemgetter
from types import MappingProxyType

from sheets_sync.config.office import Element, Elements, Reading
from sheets_sync.intake.entry import Entry
from sheets_sync.intake.options import Inputs
from sheets_sync.intake.values.counts import read_count
from sheets_sync.intake.values.decimals import read_decimal
from sheets_sync.intake.values.figures import Words
from sheets_sync.intake.values.hours import read_hours
from sheets_sync.model import State
from sheets_sync.model.grid import EMPTY_CELL, GridCell, NumberKind

_FUNCTIONS: Mapping[Reading, Callable[[GridCell, Words], Entry[float]]] = MappingProxyType(
    {Reading.COUNT: read_count, Reading.DECIMAL: read_decimal, Reading.HOURS: read_hours}
)


_PLAIN, _NUMBERS = NumberKind.PLAIN, (float, int)
_VALUE = itemgetter(0)  # of a cell
_SHOWN = re.compile(r"-?[0-9][0-9.,]*")  # by a number that no format hides, nor adds a unit, a currency or a share to
MAX_DONE = 4096  # entries kept in mind of an element
Done = dict[object, Entry[float]]
Said = tuple[State, float | None]  # by a cell about which there is nothing to ask
Sure = dict[GridCell, Said]


class Readers:
    """One reading function per element, each with what it has read so far."""

    def __init__(self, elements: Elements, inputs: Inputs) -> None:
        words = element_words(elements.elements, inputs)
        self._read = {each.id: partial(_read, _FUNCTIONS[each.reading], words[each.id]) for each in elements.elements}
        self._done: dict[str, Done] = {each.id: {} for each in elements.elements}
        alike: dict[Reading, Done] = {reading: {None: Entry(State.EMPTY)} for reading in Reading}
        self._plain = {each.id: alike[each.reading] for each in elements.elements}
        sure: dict[Reading, Sure] = {reading: {EMPTY_CELL: (State.EMPTY, None)} for reading in Reading}
        self._sure = {each.id: sure[each.reading] for each in elements.elements}
        self._sure_of = lru_cache(maxsize=64)(lambda line: [self._sure[element] for element in line])

    def read(self, element: str, cell: GridCell) -> Entry[float]:
        """What the cell says of the element.

        Most cells are plain numbers. What one says depends on nothing else but how the element is counted, so that it is
        read once for all elements counted alike.
        """
        value, text, kind, formula = cell
        plain = kind is _PLAIN and type(value) in _NUMBERS and _SHOWN.fullmatch(text)
        done, key = (self._plain[element], value) if plain else (self._done[element], (type(value), cell))  # 0 == FALSE
        entry = done.get(key)
        if entry is None:
            entry = self._read[element](cell)
            if len(done) < MAX_DONE:
                done[key] = entry
        if plain and not formula and not _asks(entry) and len(self._sure[element]) < MAX_DONE:
            self._sure[element][cell] = entry.state, entry.value
        return entry

    def read_line(self, elements: tuple[str, ...], cells: Sequence[GridCell]) -> Sequence[Said] | None:
        """What each cell of a line says of its element; None where there is something to ask about any of them.

        Plain ones that were all read before take a few steps.
        """
        if bool not in map(type, map(_VALUE, cells)):  # TRUE == 1
            said = list(filter(None, map(dict.get, self._sure_of(elements), cells)))
            if len(said) == len(cells):
                return said
        entries = list(map(self.read, elements, cells))
        return None if any(map(_asks, entries)) else [(entry.state, entry.value) for entry in entries]


@lru_cache(maxsize=16)
def readers_of(elements: Elements, inputs: Inputs) -> Readers:
    """The readers of a configuration, with what they have read so far."""
    return Readers(elements, inputs)


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


def _asks(entry: Entry[float]) -> bool:
    """Whether an entry is a question, or is to be reported back."""
    return entry.refusal is not None or not entry.plain


def _read(function: Callable[[GridCell, Words], Entry[float]], words: Words, cell: GridCell) -> Entry[float]:
    return function(cell, words)
