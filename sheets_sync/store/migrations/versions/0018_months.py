"""What a tab says of a library's month is one row, not one for each figure: a tenth of the room, and of the time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_CURRENT, _ENDED = sa.text("gone_at IS NULL"), sa.text("gone_at IS NOT NULL")
_LETTERS = {"reported": "r", "zero": "z", "empty": "e", "not_applicable": "n", "unreadable": "u", "blocked": "b"}
_MONTH = ("office", "workbook", "sheet_id", "library", "period", "gone_at")
_AT_ONCE = 5000  # rows that are written together


def upgrade() -> None:
    for name in ("observations_one_current", "observations_ended"):
        op.drop_index(name, "observations")
    op.drop_index("past_observations_by_period", "past_observations")
    for name in ("observations", "past_observations"):
        op.rename_table(name, f"{name}_before")
        made = _made(name)
        _carry(sa.Table(f"{name}_before", sa.MetaData(), autoload_with=op.get_bind()), made)
        op.drop_table(f"{name}_before")
    op.create_index(
        "observations_one_current",
        "observations",
        ["office", "period", "library", "workbook", "sheet_id"],
        unique=True,
        sqlite_where=_CURRENT,
        postgresql_where=_CURRENT,
    )
    op.create_index(
        "observations_ended", "observations", ["office", "gone_at"], sqlite_where=_ENDED, postgresql_where=_ENDED
    )
    op.create_index("past_observations_by_period", "past_observations", ["office", "period"])


def _made(name: str) -> sa.Table:
    return op.create_table(
        name,
        sa.Column("id", _ID, primary_key=True),
        sa.Column("office", sa.String, nullable=False),
        sa.Column("workbook", sa.String, nullable=False),
        sa.Column("sheet_id", sa.BigInteger, nullable=False),
        sa.Column("tab", sa.Text, nullable=False),
        sa.Column("library", sa.String, nullable=False),
        sa.Column("period", sa.Integer, nullable=False),
        sa.Column("elements", sa.Text, nullable=False),
        sa.Column("states", sa.String, nullable=False),
        sa.Column("figures", sa.JSON, nullable=False),
        sa.Column("seen_at", sa.DateTime, nullable=False),
        sa.Column("since", sa.JSON(none_as_null=True)),
        sa.Column("gone_at", sa.DateTime),
    )


def _carry(before: sa.Table, made: sa.Table) -> None:
    """An office at a time: a nation's figures are millions."""
    connection = op.get_bind()
    for office in connection.execute(sa.select(before.c.office).distinct().order_by(before.c.office)).scalars().all():
        query = sa.select(before).where(before.c.office == office).order_by(before.c.id)
        rows = list(_months(connection.execute(query).mappings()))
        for begin in range(0, len(rows), _AT_ONCE):
            connection.execute(sa.insert(made), rows[begin : begin + _AT_ONCE])


def _months(figures: Iterable[Any]) -> Iterator[dict[str, Any]]:
    """The rows, in the order in which the first figure of each stood."""
    together: dict[tuple[Any, ...], list[Any]] = {}
    for figure in figures:
        key = tuple(figure[name] for name in _MONTH)
        together.setdefault(key, []).append(figure)
    for key, some in together.items():
        yield {**dict(zip(_MONTH, key, strict=True)), **_said(some)}


def _said(some: Sequence[Any]) -> dict[str, Any]:
    moments = [figure["seen_at"] for figure in some]
    return {
        "tab": some[-1]["tab"],
        "elements": ",".join(figure["element"] for figure in some),
        "states": "".join(_LETTERS[figure["state"]] for figure in some),
        "figures": [[figure[name] for figure in some] for name in ("value", "typed", "row", "column")],
        "seen_at": moments[0],
        "since": None if len(set(moments)) == 1 else [f"{moment.isoformat()}+00:00" for moment in moments],
    }
