"""Reads each element's cells the way the element is counted; equal cells are read once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from types import MappingProxyType

from sheets_sync.config.office import Element, Elements, Reading
from sheets_sync.intake.entry import Entry
from sheets_sync.intake.numbers import NumberWords, read_count, read_decimal, read_hours
from sheets_sync.intake.options import Inputs
from sheets_sync.intake.words import fold
from sheets_sync.model.grid import GridCell, NumberKind

_FUNCTIONS: Mapping[Reading, Callable[[GridCell, NumberWords], Entry[float]]] = MappingProxyType(
    {Reading.COUNT: read_count, Reading.DECIMAL: read_decimal, Reading.HOURS: read_hours}
)


class Readers:
    """One reading function per element, each with what it has read so far."""

    def __init__(self, elements: Elements, inputs: Inputs) -> None:
        zero, not_applicable = frozenset(inputs.zero), frozenset(inputs.not_applicable)
        words = NumberWords(zero, not_applicable, frozenset(map(fold, inputs.units)))
        self._read = {element.id: _reader(element, words) for element in elements.elements}
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


def _reader(element: Element, words: NumberWords) -> Callable[[GridCell], Entry[float]]:
    units = words.units | {fold(unit) for unit in (element.unit.id, element.unit.en, *element.units)}
    return partial(_with_words, _FUNCTIONS[element.reading], replace(words, units=units))


def _with_words(
    function: Callable[[GridCell, NumberWords], Entry[float]], words: NumberWords, cell: GridCell
) -> Entry[float]:
    return function(cell, words)
