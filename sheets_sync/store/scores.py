"""The newest score of each library, month, horizon and scheme, and what was last written of each page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select

from sheets_sync.model import Score
from sheets_sync.store.bulk import insert_rows, put
from sheets_sync.store.tables import pages
from sheets_sync.store.tables import scores as table


def page_hashes(connection: Connection, office: str) -> dict[str, str]:
    """The hash of each page as last written, by tab."""
    return {row.tab: row.hash for row in connection.execute(_HASHES, {"of_office": office})}


_HASHES = select(pages.c.tab, pages.c.hash).where(pages.c.office == bindparam("of_office"))


def record(connection: Connection, office: str, computed: Iterable[Score], at: datetime) -> None:
    """Replaces scores by newly computed ones."""
    rows = [_row(office, score, at) for score in computed]
    before = {(row["period"], row["horizon"], row["scheme"]) for row in rows}
    if rows:
        connection.execute(_NO_SCORES, [dict(zip(_OF_SCORES, (office, *each), strict=True)) for each in sorted(before)])
        insert_rows(connection, table, rows)


_OF_SCORES = ("of_office", "of_period", "of_horizon", "of_scheme")
_NO_SCORES = delete(table).where(
    table.c.office == bindparam("of_office"),
    table.c.period == bindparam("of_period"),
    table.c.horizon == bindparam("of_horizon"),
    table.c.scheme == bindparam("of_scheme"),
)


def record_pages(connection: Connection, office: str, hashes: Mapping[str, str], at: datetime) -> None:
    """Remembers pages as written."""
    written = {"office": office, "written_at": at}
    put(connection, pages, [{**written, "tab": tab, "hash": page_hash} for tab, page_hash in hashes.items()])


def _row(office: str, score: Score, at: datetime) -> dict[str, Any]:
    return {
        "office": office,
        "library": score.library,
        "period": score.period.ordinal,
        "horizon": score.horizon.value,
        "scheme": score.scheme,
        "value": score.value,
        "category": score.category,
        "provisional": score.provisional,
        "coverage": score.coverage,
        "computed_at": at,
    }
