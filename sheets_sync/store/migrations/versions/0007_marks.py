"""Marks of sealed months in the home workbook; reports of before have none yet, and wait for none."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("workbooks", sa.Column("marks", sa.JSON()))
    op.add_column("seals", sa.Column("token", sa.String(), nullable=False, server_default=""))
    for name in ("marked", "mail_waits"):
        op.add_column("seals", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
