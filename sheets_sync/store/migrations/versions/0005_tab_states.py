"""Tabs are kept as our own values, no longer as Google's JSON, so each workbook is read anew; the pages' state is renamed."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    workbooks = sa.table("workbooks", sa.column("layout", sa.JSON(none_as_null=True)), sa.column("dirty", sa.Boolean))
    op.execute(workbooks.update().values(layout=None, dirty=True))
    op.rename_table("standings", "page_state")
    op.execute("ALTER TABLE page_state RENAME COLUMN made_from TO inputs_digest")
