"""When each workbook was last known to be as it stands here, since when an office is looked after, and single facts."""

import sqlalchemy as sa
from alembic import op

from sheets_sync.store.tables import Moment

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("workbooks", sa.Column("fresh_at", Moment()))
    op.create_table(
        "offices",
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("installed_at", Moment(), nullable=False),
        sa.Column("accepted", sa.JSON(), nullable=False),
        sa.Column("told", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("office"),
    )
    op.create_table(
        "facts",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
