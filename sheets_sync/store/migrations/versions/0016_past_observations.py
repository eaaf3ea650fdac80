"""Figures of closed years have a table of their own, out of the way of every day's work."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "past_observations",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("office", sa.String, nullable=False),
        sa.Column("workbook", sa.String, nullable=False),
        sa.Column("library", sa.String, nullable=False),
        sa.Column("element", sa.String, nullable=False),
        sa.Column("period", sa.Integer, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("value", sa.Float),
        sa.Column("typed", sa.Text, nullable=False),
        sa.Column("tab", sa.Text, nullable=False),
        sa.Column("sheet_id", sa.BigInteger, nullable=False),
        sa.Column("row", sa.Integer, nullable=False),
        sa.Column("column", sa.Integer, nullable=False),
        sa.Column("seen_at", sa.DateTime, nullable=False),
        sa.Column("gone_at", sa.DateTime),
    )
    op.create_index("past_observations_by_period", "past_observations", ["office", "period"])
