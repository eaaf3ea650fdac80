"""When each library was first in the register; of those known before that was noted, when their first cells were read."""

import sqlalchemy as sa
from alembic import op

from sheets_sync.store.tables import Moment

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("libraries", sa.Column("added_at", Moment()))
    op.execute(
        "UPDATE libraries SET added_at = (SELECT min(seen_at) FROM observations"
        " WHERE observations.office = libraries.office AND observations.library = libraries.code)"
    )
