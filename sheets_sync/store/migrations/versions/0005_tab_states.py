"""How tabs stand is kept as our own values, no longer as Google's JSON: each workbook is read before it is written."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    workbooks = sa.table("workbooks", sa.column("layout", sa.JSON(none_as_null=True)), sa.column("dirty", sa.Boolean))
    op.execute(workbooks.update().values(layout=None, dirty=True))
