"""Tables apart from every day's work: what places above offices were given, and figures of closed years."""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Column, Index, Integer, String, Table, Text

from sheets_sync.store.tables import ROW_ID, Moment, metadata

place_sums = Table(
    "place_sums",
    metadata,
    Column("source", String, primary_key=True),  # an office's code, or `file:` and the code of the place it stands for
    Column("period", Integer, primary_key=True),
    Column("made_at", Moment, nullable=False),
    Column("sums", JSON, nullable=False),
)

past_observations = Table(  # as `observations`
    "past_observations",
    metadata,
    Column("id", ROW_ID, primary_key=True),
    Column("office", String, nullable=False),
    Column("workbook", String, nullable=False),
    Column("sheet_id", BigInteger, nullable=False),
    Column("tab", Text, nullable=False),
    Column("library", String, nullable=False),
    Column("period", Integer, nullable=False),
    Column("elements", Text, nullable=False),
    Column("states", String, nullable=False),
    Column("figures", JSON, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("since", JSON(none_as_null=True)),
    Column("gone_at", Moment),
    Index("past_observations_by_period", "office", "period"),
)
