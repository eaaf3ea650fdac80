"""A stored finding's fields are called as they are in the code: `rule` → `rule_code`, `names` → `also_elements`."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

NEW_NAMES = {"rule": "rule_code", "names": "also_elements"}


def upgrade() -> None:
    findings = sa.table("findings", sa.column("id", sa.Integer), sa.column("finding", sa.JSON))
    connection = op.get_bind()
    for row in connection.execute(sa.select(findings)).all():
        renamed = {NEW_NAMES.get(name, name): value for name, value in row.finding.items()}
        connection.execute(sa.update(findings).where(findings.c.id == row.id).values(finding=renamed))
