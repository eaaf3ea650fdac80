"""Who may get mail: of an office that has reported before, the addresses its reports and reminders went to."""

import json
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from sheets_sync.model.text import fold
from sheets_sync.store.tables import Moment

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

libraries = sa.table("libraries", *(sa.column(name) for name in ("office", "code", "removed_at", "identity")), sa.column("library", sa.JSON))  # fmt: skip
deliveries = sa.table("deliveries", *(sa.column(name) for name in ("office", "about", "recipient", "state")))


def upgrade() -> None:
    op.add_column("libraries", sa.Column("identity", sa.String()))
    marks = op.create_table(
        "identity_marks",
        sa.Column("office", sa.String(), primary_key=True),
        sa.Column("identity", sa.String(), primary_key=True),
        sa.Column("kind", sa.String(), primary_key=True),
        sa.Column("value", sa.Text(), primary_key=True),
        sa.Column("current", sa.Boolean(), nullable=False),
    )
    approvals = op.create_table(
        "approvals",
        sa.Column("office", sa.String(), primary_key=True),
        sa.Column("identity", sa.String(), primary_key=True),
        sa.Column("address", sa.String(), primary_key=True),
        sa.Column("since", Moment(), nullable=False),
        sa.Column("approved_at", Moment()),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("gone_at", Moment()),
        sa.Column("changed_at", Moment(), nullable=False),
    )
    op.create_table(
        "approval_tabs",
        sa.Column("office", sa.String(), primary_key=True),
        sa.Column("problem", sa.JSON(), nullable=False),
        sa.Column("found_at", Moment(), nullable=False),
    )
    _carry_over(op.get_bind(), marks, approvals)


def _carry_over(connection: sa.Connection, marks: sa.Table, approvals: sa.Table) -> None:
    """Every library known is itself; an address that had mail and still stands in the register is approved."""
    connection.execute(libraries.update().values(identity=sa.literal("=") + libraries.c.code))
    now = datetime.now(UTC)
    mailed = {
        (row.office, row.about, row.recipient.casefold())
        for row in connection.execute(sa.select(deliveries).where(deliveries.c.state != "held"))
    }
    for row in connection.execute(sa.select(libraries)).all():
        library = json.loads(row.library) if isinstance(row.library, str) else row.library
        gone = row.removed_at is not None
        of = {"office": row.office, "identity": f"={row.code}"}
        addresses = {address.casefold() for address in library.get("emails") or ()}
        found = {
            ("code", row.code.casefold()),
            *((kind, fold(text)) for kind in ("name", "tab") if fold(text := library.get(kind) or "")),
            *(("address", address) for address in addresses),
        }
        for kind, value in sorted(found):
            connection.execute(marks.insert().values(**of, kind=kind, value=value, current=not gone))
        for address in sorted(() if gone else addresses):
            known = now if (row.office, row.code, address) in mailed else None
            values = {"since": now, "approved_at": known, "how": "0008" if known else "", "changed_at": now}
            connection.execute(approvals.insert().values(**of, address=address, **values))
