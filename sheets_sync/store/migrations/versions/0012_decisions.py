"""What the office decides in its tab: each question, what stands beside it, and the answer that counts, by whom and when."""

import sqlalchemy as sa
from alembic import op

from sheets_sync.store.tables import Moment

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "decisions",
        sa.Column("office", sa.String(), primary_key=True),
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("library", sa.String(), nullable=False),
        sa.Column("period", sa.Integer()),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("typed", sa.Text(), nullable=False),
        sa.Column("said", sa.Boolean()),
        sa.Column("said_at", Moment()),
        sa.Column("said_by", sa.Text(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
    )
