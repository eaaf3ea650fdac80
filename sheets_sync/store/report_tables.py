"""The tables of what goes out: sealed reports, their files, and the ledger of deliveries."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Index, Integer, LargeBinary, String, Table, Text

from sheets_sync.store.tables import Moment, metadata

seals = Table(
    "seals",
    metadata,
    Column("office", String, primary_key=True),
    Column("period", Integer, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("scheme", String, nullable=False),
    Column("scheme_document", JSON, nullable=False),  # whole, so that the month is recomputed as it was scored
    Column("digest", String, nullable=False),  # of the inputs
    Column("inputs", JSON, nullable=False),
    Column("sealed_at", Moment, nullable=False),
    Column("token", String, nullable=False, default=""),  # made up when it was sealed: its mark is ours, or a copy's
    Column("marked", Boolean, nullable=False, default=False),  # the home workbook carries its mark
    Column("mail_waits", Boolean, nullable=False, default=False),  # its deliveries wait for the mark
)

sealed_files = Table(
    "sealed_files",
    metadata,
    Column("office", String, primary_key=True),
    Column("period", Integer, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("name", String, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

span_seals = Table(
    "span_seals",
    metadata,
    Column("office", String, primary_key=True),
    Column("span", String, primary_key=True),  # quarter or year
    Column("period", Integer, primary_key=True),  # the month with which it ends
    Column("version", Integer, primary_key=True),
    Column("scheme", String, nullable=False),
    Column("scheme_document", JSON, nullable=False),
    Column("digest", String, nullable=False),
    Column("inputs", JSON, nullable=False),
    Column("sealed_at", Moment, nullable=False),
    Column("token", String, nullable=False, default=""),
    Column("marked", Boolean, nullable=False, default=False),
    Column("mail_waits", Boolean, nullable=False, default=False),
)

span_files = Table(
    "span_files",
    metadata,
    Column("office", String, primary_key=True),
    Column("span", String, primary_key=True),
    Column("period", Integer, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("name", String, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

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
