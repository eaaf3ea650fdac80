"""What offices, and files of other installations, give to the places above them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "place_sums",
        sa.Column("source", sa.String, primary_key=True),
        sa.Column("period", sa.Integer, primary_key=True),
        sa.Column("made_at", sa.DateTime, nullable=False),
        sa.Column("sums", sa.JSON, nullable=False),
    )
