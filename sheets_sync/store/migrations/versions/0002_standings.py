"""What each office's pages were last found right for."""

import sqlalchemy as sa
from alembic import op

from sheets_sync.store.tables import Moment

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "standings",
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("made_from", sa.String(), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("found_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("office"),
    )
