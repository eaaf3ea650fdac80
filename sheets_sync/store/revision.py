"""A sign of what is remembered of an office: another one as soon as anything is recorded of its sheets or reports."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, RowMapping, bindparam, text

from sheets_sync.store.facts import MAIL_DOWN
from sheets_sync.store.tables import workbooks as record

# Another version is ours or brings a read; what is read changes other columns too. No page tells of marks, nor of
# when a workbook was found unchanged. Figures, libraries and the findings of reading are recorded with the read of
# their workbook alone, which has its moment there: they are not looked through.
_NOT_SIGNED = ("version", "layout", "notes", "fresh_at", "marks")
_SIGNED = tuple(sorted(set(record.columns.keys()) - set(_NOT_SIGNED)))
# What comes by itself, too: small tables that only grow or are noted with when they were last changed.
_BY_ITSELF = {
    "reasons": "said_at",
    "seals": "sealed_at",
    "approvals": "changed_at",
    "decisions": "changed_at",
    "approval_tabs": "found_at",
}
_NEWEST = """
    SELECT '{0}' AS name, office, count(*) AS many, CAST(max({1}) AS TEXT) AS newest
    FROM {0} WHERE office IN :offices GROUP BY office
"""
_MAIL_DOWN = "SELECT name, '', 1, CAST(value AS TEXT) FROM facts WHERE name = :mail_down"
# As text: to put it together of columns takes longer than to ask it for a dozen offices.
_ASKED = text(" UNION ALL ".join((*(_NEWEST.format(*each) for each in _BY_ITSELF.items()), _MAIL_DOWN)))
_ASKED = _ASKED.bindparams(bindparam("offices", expanding=True), mail_down=MAIL_DOWN)


def revisions(connection: Connection, workbooks: Mapping[str, Sequence[RowMapping]]) -> dict[str, str]:
    """Each office's, by the rows of its workbooks and one small statement for all, however many figures there are."""
    noted: dict[str, list[tuple[str, int, str]]] = defaultdict(list)
    for name, office, many, newest in connection.execute(_ASKED, {"offices": list(workbooks)}).all():
        noted[office].append((name, many, newest))
    return {
        office: _sign([[row[column] for column in _SIGNED] for row in rows], sorted(noted[office]), noted[_EVERYBODY])
        for office, rows in workbooks.items()
    }


_EVERYBODY = ""  # no office's code: whose what is known of the store is


def _sign(*parts: object) -> str:
    return hashlib.blake2s(repr(parts).encode()).hexdigest()
