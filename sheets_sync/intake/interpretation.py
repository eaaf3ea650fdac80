"""What interpreting a workbook gives to the stages that follow."""

from __future__ import annotations

from dataclasses import dataclass

from sheets_sync.intake.options import Layout
from sheets_sync.model import CellRef, Finding, Library, Message, Observation
from sheets_sync.model.account import TabAccount


@dataclass(frozen=True, slots=True)
class ReadRegister:
    """The libraries of an office as its register lists them, in its order, and what is to be asked about it.

    A library with a code whose name is missing has none here; `nameless` are rows that neither a name nor a code names.
    """

    libraries: tuple[Library, ...]
    findings: tuple[Finding, ...]
    nameless: tuple[Library, ...] = ()


@dataclass(frozen=True, slots=True)
class TableUse:
    """A table of a tab: rows count from 0; data stand from `first_row` up to `last_row`, that one included."""

    layout: Layout
    header_row: int
    first_row: int
    last_row: int


@dataclass(frozen=True, slots=True)
class TabUse:
    """What was made of a tab: the library all of it belongs to (None: its rows name theirs), or why it was left out."""

    sheet_id: int
    title: str
    library: str | None = None
    tables: tuple[TableUse, ...] = ()
    ignored: Message | None = None
    account: TabAccount | None = None  # of every figure that stands on it

    @property
    def layout(self) -> Layout | None:
        """The layout of its first table."""
        return self.tables[0].layout if self.tables else None


@dataclass(frozen=True, slots=True)
class RowNote:
    """What a row's *Keterangan* says; it answers questions about the figures of the same row.

    Where `heads` is not 0 it is the heading of that column, with room for notes in so many rows below.
    """

    cell: CellRef
    text: str
    heads: int = 0


@dataclass(frozen=True, slots=True)
class Interpretation:
    """A workbook understood: an observation for every cell the layouts show, blank ones included."""

    observations: tuple[Observation, ...] = ()
    findings: tuple[Finding, ...] = ()
    tabs: tuple[TabUse, ...] = ()
    notes: tuple[RowNote, ...] = ()
    note_columns: tuple[RowNote, ...] = ()  # their headings
