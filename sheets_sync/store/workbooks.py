"""What we remember of each workbook: the version read, the inputs' fingerprint, its tabs, the last failure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, RowMapping, insert, select, update

from sheets_sync.google.changes import Seen
from sheets_sync.intake.interpretation import RowNote
from sheets_sync.model import Message
from sheets_sync.store.codec import decode, encode
from sheets_sync.store.tables import workbooks as table


@dataclass(frozen=True, slots=True)
class KnownTab:
    """A tab that held figures: its title, and the library all of it belongs to (empty: its rows name theirs).

    `last_read` is set while it is lost: when it could last be read.
    """

    title: str
    library: str
    last_read: datetime | None = None


@dataclass(frozen=True, slots=True)
class WorkbookRecord:
    """A workbook's row."""

    workbook: str
    title: str
    locale: str
    seen: Seen
    fingerprint: str
    read_at: datetime | None
    changed_at: datetime | None
    tabs: Mapping[int, KnownTab]  # those that held figures at the last read, by sheetId
    problem: Message | None


# The layout and the notes of a workbook can be large and are asked for by themselves.
_RECORD = tuple(column for column in table.columns if column.name not in ("layout", "notes"))


class Workbooks:
    """The workbooks of every office."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def of(self, office: str) -> dict[str, WorkbookRecord]:
        """The office's workbooks that were ever read or tried, by id."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(*_RECORD).where(table.c.office == office)).mappings()
            return {row["workbook"]: _record(row) for row in rows}

    def layout(self, office: str, workbook: str) -> Mapping[str, Any] | None:
        """How our own tabs stood in a workbook when it was last read or written; None: it was never read."""
        query = select(table.c.layout).where(table.c.office == office, table.c.workbook == workbook)
        with self._engine.connect() as connection:
            found: Mapping[str, Any] | None = connection.execute(query).scalar()
            return found

    def notes(self, office: str) -> list[RowNote]:
        """What is typed in *Keterangan* in all of the office's workbooks."""
        query = select(table.c.notes).where(table.c.office == office)
        with self._engine.connect() as connection:
            return [decode(note, RowNote) for row in connection.execute(query) for note in row.notes or ()]


def save(connection: Connection, office: str, workbook: str, **values: Any) -> None:
    """Sets columns of a workbook's row, making it first where there is none."""
    here = (table.c.office == office) & (table.c.workbook == workbook)
    if "problem" in values and isinstance(values["problem"], Message):
        values["problem"] = encode(values["problem"])
    if connection.execute(update(table).where(here).values(**values)).rowcount == 0:
        connection.execute(insert(table).values(office=office, workbook=workbook, **values))


def _record(row: RowMapping) -> WorkbookRecord:
    return WorkbookRecord(
        workbook=row["workbook"],
        title=row["title"],
        locale=row["locale"],
        seen=Seen(row["version"], row["dirty"], row["wrote_until"]),
        fingerprint=row["fingerprint"],
        read_at=row["read_at"],
        changed_at=row["changed_at"],
        tabs={int(sheet): decode(known, KnownTab) for sheet, known in (row["tabs"] or {}).items()},
        problem=decode(row["problem"], Message) if row["problem"] else None,
    )
