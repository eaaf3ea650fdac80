"""Rows of cells in Google's JSON: of our own pages the texts, their cells only if somebody asks for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import Raw

from sheets_sync.google import shape
from sheets_sync.model.grid import EMPTY_CELL, FormulaError, GridCell, NumberKind, texts_of

Rows = tuple[tuple[GridCell, ...], ...]
Texts = tuple[tuple[str, ...], ...]
Sign = tuple[int, int]

_KINDS = {
    "DATE": NumberKind.DATE,
    "TIME": NumberKind.TIME,
    "DATE_TIME": NumberKind.DATE_TIME,
    "PERCENT": NumberKind.PERCENT,
    "CURRENCY": NumberKind.CURRENCY,
    "SCIENTIFIC": NumberKind.SCIENTIFIC,
    "TEXT": NumberKind.TEXT,
}
_PLAIN = NumberKind.PLAIN
_AT_ONCE = 1_000_000  # bytes of which a copy is made
_made = tuple.__new__  # in half the time that the name of a named tuple takes


class RowBlock:
    """The rows of a sheet's data: their JSON, or what it says once somebody has asked."""

    __slots__ = ("_content", "_texts", "sign")

    def __init__(self, content: Raw | Rows = (), sign: Sign = (0, 0)) -> None:
        self._content, self.sign = content, sign
        self._texts: Texts | None = None

    @property
    def rows(self) -> Rows:
        """The cells."""
        content = self._content
        if isinstance(content, Raw):
            content = self._content = cells_in(content)
        return content

    @property
    def texts(self) -> Texts:
        """What they show; of it alone no cells are made."""
        if self._texts is None:  # asked for by who looks for reasons, and by who keeps how our pages stand
            content = self._content
            self._texts = texts_in(content) if isinstance(content, Raw) else texts_of(content)
        return self._texts

    @property
    def formulas(self) -> frozenset[tuple[int, int]]:
        """The row and column of those that hold a formula."""
        content = self._content
        if isinstance(content, Raw) and b'"formulaValue"' not in bytes(content):
            return frozenset()
        return frozenset(_formulas(self.rows))


class RowBlocks:
    """Takes the data of sheets; what is the same JSON as in an answer before has the same rows, down to the object."""

    def __init__(self, before: Iterable[RowBlock] = ()) -> None:
        self._known: dict[Sign, list[RowBlock]] = defaultdict(list)
        for block in before:
            self._known[block.sign].append(block)

    def of(self, sheet: shape.SheetResource) -> RowBlock:
        """The rows of a sheet. Of one that somebody protects, as all of our own are, cells are made if they are asked for.

        Raises:
            ValueError: they are none.
        """
        data = sheet.get("data")
        json = data[0].get("rowData") if data else None
        if json is None:
            return RowBlock()
        known = self._known.get(sign := _sign(json))
        if known:
            return known.pop(0)  # the next one is that of the next sheet
        block = RowBlock(json, sign)
        _ = block.texts if sheet.get("protectedRanges") else block.rows  # what is no row at all is found here
        return block


def _sign(json: Raw) -> Sign:
    """By which JSON is known again: how long it is, and its hash, with this process's key that nobody knows."""
    view = memoryview(json)
    return len(view), hash(tuple([hash(bytes(view[at : at + _AT_ONCE])) for at in range(0, len(view), _AT_ONCE)]))


def cells_in(json: Raw) -> Rows:
    """The cells of a sheet's rows."""
    return tuple([_row(row) for row in shape.decode_rows(json)])


def _row(row: shape.RowData) -> tuple[GridCell, ...]:
    """A row's cells; most of them are blank or plain, and are made in one step."""
    return tuple([EMPTY_CELL if (said := cell.effectiveValue) is None else _cell(cell, said) for cell in row.values])


def _cell(cell: shape.CellData, said: shape.ExtendedValue) -> GridCell:
    look, entered = cell.effectiveFormat, cell.userEnteredValue
    value = said.numberValue
    if value is None:
        value = said.stringValue if said.stringValue is not None else _seldom(said)
    kind = _KINDS.get(look.numberFormat.type, _PLAIN) if look else _PLAIN
    return _made(GridCell, (value, cell.formattedValue, kind, entered.formulaValue if entered else ""))


def _seldom(said: shape.ExtendedValue) -> bool | FormulaError | None:
    """A tick, an error, or nothing."""
    return said.boolValue if said.errorValue is None else _error(said.errorValue)


def _error(value: Mapping[str, Any]) -> FormulaError:
    return FormulaError(_ERROR_TEXTS.get(value.get("type", ""), "#ERROR!"))


_ERROR_TEXTS = {
    "NULL_VALUE": "#NULL!",
    "DIVIDE_BY_ZERO": "#DIV/0!",
    "VALUE": "#VALUE!",
    "REF": "#REF!",
    "NAME": "#NAME?",
    "NUM": "#NUM!",
    "N_A": "#N/A",
    "LOADING": "Loading...",
}


def texts_in(json: Raw) -> Texts:
    """What the cells of a sheet's rows show."""
    rows = shape.decode_shown(json)
    return tuple(
        [tuple([c.formattedValue if c.effectiveValue is not None else "" for c in row.values]) for row in rows]
    )


def _formulas(rows: Rows) -> Iterator[tuple[int, int]]:
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if cell.formula:
                yield row, column
