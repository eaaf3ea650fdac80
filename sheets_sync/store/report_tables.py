"""The tables of what goes out: sealed reports, their files, and the ledger of deliveries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Index, Integer, LargeBinary, String, Table, Text

from sheets_sync.store.tables import Moment, metadata


def _sealed(name: str, *more: Column[Any]) -> Table:
    """A table of sealed reports; `more` of the key than office, month and version tells them apart."""
    return Table(
        name,
        metadata,
        *_key(more),
        Column("scheme", String, nullable=False),
        Column("scheme_document", JSON, nullable=False),  # whole, so that the report is recomputed as it was scored
        Column("digest", String, nullable=False),  # of the inputs
        Column("inputs", JSON, nullable=False),
        Column("sealed_at", Moment, nullable=False),
        Column(
            "token", String, nullable=False, default=""
        ),  # made up when it was sealed: its mark is ours, or a copy's
        Column("marked", Boolean, nullable=False, default=False),  # the home workbook carries its mark
        Column("mail_waits", Boolean, nullable=False, default=False),  # its deliveries wait for the mark
    )


def _files(name: str, *more: Column[Any]) -> Table:
    """A table of the files that sealed reports consist of."""
    named = Column("name", String, primary_key=True)
    return Table(name, metadata, *_key(more), named, Column("content", LargeBinary, nullable=False))


def _key(more: Iterable[Column[Any]]) -> Iterator[Column[Any]]:
    yield Column("office", String, primary_key=True)
    yield from more
    yield Column("period", Integer, primary_key=True)
    yield Column("version", Integer, primary_key=True)


def _span() -> Column[Any]:
    """Quarter or year; the period is the month with which it ends."""
    return Column("span", String, primary_key=True)


seals, sealed_files = _sealed("seals"), _files("sealed_files")
span_seals, span_files = _sealed("span_seals", _span()), _files("span_files", _span())

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", String, primary_key=True),  # derived from the key below, as the Message-ID is
    Column("office", String, nullable=False),
    Column("report", String, nullable=False),
    Column("period", Integer, nullable=False),
    Column("about", String, nullable=False),  # the library's code; empty for the office's own report
    Column("recipient", String, nullable=False),
    Column("version", Integer, nullable=False),
    Column("priority", Integer, nullable=False, default=0),
    Column("state", String, nullable=False),
    Column("tries", Integer, nullable=False, default=0),
    Column("said", Text, nullable=False, default=""),  # by the mail server, or by who settled it
    Column("message", LargeBinary, nullable=False),
    Column("planned_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("claimed_at", Moment),
    Column("claimed_by", String, nullable=False, default="", server_default=""),  # the machine
    Column("next_try_at", Moment),
    Index("deliveries_by_period", "office", "period"),
    Index("deliveries_by_state", "state", "next_try_at"),
)
