"""How a tab of a workbook stands now, as far as writing our own ones needs to know it."""

from __future__ import annotations

from dataclasses import dataclass

from sheets_sync.model.deferred import Deferring


@dataclass(frozen=True, slots=True)
class TabState(Deferring):
    """A tab: its size, the text of its cells (ragged), and the ids of what stands on it.

    `ids` are those of charts, filter views and bandings; `marks` what its protected ranges are called; `rules` the
    formulas of its conditional formats; `guard` who alone may edit the whole tab (None: nobody is kept out); `closed`
    whether some of it is protected against us; `formulas` the (row, column) of cells that hold one, whatever they
    show. Of a tab whose cells were not given (`seen` is false) nothing is assumed.
    """

    sheet_id: int
    title: str
    row_count: int = 1000
    column_count: int = 26
    texts: tuple[tuple[str, ...], ...] = ()
    ids: tuple[int, ...] = ()
    marks: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    guard: tuple[str, ...] | None = None
    closed: bool = False
    formulas: frozenset[tuple[int, int]] = frozenset()
    seen: bool = True

    def at(self, row: int, column: int) -> str:
        """The text of a cell, "" where nothing stands."""
        return self.texts[row][column] if row < len(self.texts) and column < len(self.texts[row]) else ""

    @property
    def blank(self) -> bool:
        """Whether it is known that nothing stands anywhere on the tab, not even a formula that shows nothing."""
        return self.seen and not self.formulas and not any(text.strip() for row in self.texts for text in row)
