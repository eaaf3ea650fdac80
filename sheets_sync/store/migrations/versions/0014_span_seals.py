"""Reports of quarters and years are sealed like those of months, in tables of their own."""

import sqlalchemy as sa
from alembic import op

from sheets_sync.store.tables import Moment

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "span_seals",
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("span", sa.String(), nullable=False),
        sa.Column("period", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("scheme", sa.String(), nullable=False),
        sa.Column("scheme_document", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("inputs", sa.JSON(), nullable=False),
        sa.Column("sealed_at", Moment(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("marked", sa.Boolean(), nullable=False),
        sa.Column("mail_waits", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("office", "span", "period", "version"),
    )
    op.create_table(
        "span_files",
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("span", sa.String(), nullable=False),
        sa.Column("period", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("office", "span", "period", "version", "name"),
    )
