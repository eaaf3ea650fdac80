"""Codes name libraries letter by letter (`PD-001` is not `PD.001`), so the marks kept of them are no longer folded."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_KEYS = ("office", "identity", "kind", "value")
libraries = sa.table("libraries", *(sa.column(name) for name in ("office", "code", "identity")))
marks = sa.table("identity_marks", *(sa.column(name) for name in _KEYS), sa.column("current", sa.Boolean))


def upgrade() -> None:
    """Each library's code as it stands is a mark, current as its others are; former codes are known folded only."""
    connection = op.get_bind()
    kept = connection.execute(sa.select(marks)).all()
    known = {tuple(mark)[:-1] for mark in kept}
    current = {(mark.office, mark.identity): False for mark in kept}
    current |= {(mark.office, mark.identity): True for mark in kept if mark.current}
    for row in connection.execute(sa.select(libraries)).all():
        key = (row.office, row.identity, "code", row.code.casefold())
        if (row.office, row.identity) in current and key not in known:
            values = dict(zip(_KEYS, key, strict=True))
            connection.execute(marks.insert().values(**values, current=current[row.office, row.identity]))
