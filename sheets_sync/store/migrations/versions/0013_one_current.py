"""A figure stands once: of what a cell says now there is one row, whoever writes it. A claim says on which machine it was made.

What stands doubled by now, because a workbook says a figure twice or two programs wrote at once, is numbered through.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_NUMBERED = """
UPDATE observations SET nth = numbered.nth FROM (
    SELECT id, ROW_NUMBER() OVER (PARTITION BY office, workbook, library, element, period ORDER BY id) - 1 AS nth
    FROM observations WHERE gone_at IS NULL
) AS numbered WHERE numbered.id = observations.id AND numbered.nth > 0
"""
_STANDS = sa.text("gone_at IS NULL")


def upgrade() -> None:
    op.add_column("observations", sa.Column("nth", sa.Integer(), nullable=False, server_default="0"))
    op.execute(_NUMBERED)
    key = ["office", "workbook", "library", "element", "period", "nth"]
    op.create_index(
        "observations_one_current", "observations", key, unique=True, sqlite_where=_STANDS, postgresql_where=_STANDS
    )
    op.drop_index("observations_current", "observations")
    op.create_index("observations_ended", "observations", ["office", "gone_at"])
    op.add_column("deliveries", sa.Column("claimed_by", sa.String(), nullable=False, server_default=""))
