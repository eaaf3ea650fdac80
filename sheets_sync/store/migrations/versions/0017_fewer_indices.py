"""What a cell says now is in one index, not in three: half of the time of writing figures went into those."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_CURRENT, _ENDED = sa.text("gone_at IS NULL"), sa.text("gone_at IS NOT NULL")


def upgrade() -> None:
    for name in ("observations_one_current", "observations_ended", "observations_first_seen"):
        op.drop_index(name, "observations")
    op.create_index(
        "observations_one_current",
        "observations",
        ["office", "period", "library", "element", "workbook", "nth"],
        unique=True,
        sqlite_where=_CURRENT,
        postgresql_where=_CURRENT,
    )
    op.create_index(
        "observations_ended", "observations", ["office", "gone_at"], sqlite_where=_ENDED, postgresql_where=_ENDED
    )
