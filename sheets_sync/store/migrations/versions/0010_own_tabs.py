"""Our own tabs are known by the ids that we made, and a workbook by the libraries whose figures it gives.

What was ours so far is carried over: the tabs whose texts were kept, by the protection that we put on them.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0008"
branch_labels = None
depends_on = None

_MARK = "sheets-sync: "


def upgrade() -> None:
    op.add_column("workbooks", sa.Column("own_tabs", sa.JSON()))
    op.add_column("workbooks", sa.Column("given", sa.JSON()))
    names = ("office", "workbook", "layout", "own_tabs")
    workbooks = sa.table("workbooks", *(sa.column(name, sa.JSON() if name not in names[:2] else None) for name in names))
    connection = op.get_bind()
    for row in connection.execute(sa.select(workbooks)).all():
        here = (workbooks.c.office == row.office) & (workbooks.c.workbook == row.workbook)
        connection.execute(workbooks.update().where(here).values(own_tabs=_ours(row.layout or [])))


def _ours(layout: list[dict[str, Any]]) -> dict[str, int]:
    """Role → sheetId; only of our own tabs the texts were kept."""
    return {
        mark.removeprefix(_MARK): tab["sheet_id"]
        for tab in layout
        if tab["seen"]
        for mark in tab["marks"]
        if mark.startswith(_MARK)
    }
