"""The tab in which the office approves addresses, beside the register, for those whom office.yaml names."""

from __future__ import annotations

from collections.abc import Sequence

from sheets_sync.config.office import Office
from sheets_sync.model.json import JsonObject
from sheets_sync.model.tab_state import TabState
from sheets_sync.rekap import approvals
from sheets_sync.rekap.links import APPROVALS_ID


def approval_requests(office: Office, account: str, workbook: str, tabs: Sequence[TabState]) -> list[JsonObject]:
    """What makes the tab and keeps everybody else out; nothing where it stands so, or where nobody is named."""
    if workbook != office.register_home or not office.approvers:
        return []
    state = next((tab for tab in tabs if tab.sheet_id == APPROVALS_ID), None)
    if state is None:
        return approvals.first_requests(office, account, tabs)
    return approvals.guard_requests(office, account, state)
