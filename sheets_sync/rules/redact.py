"""What everybody may read of a finding: where the register is kept apart, nothing that is typed in it."""

from __future__ import annotations

from dataclasses import replace

from sheets_sync.config.office import Office
from sheets_sync.model import Finding, Message

HIDDEN = "…"


def redact(finding: Finding, office: Office) -> Finding:
    """A finding for everybody's eyes: where the register is kept apart, without what is typed in it."""
    if not (office.register_is_private and any(cell.workbook == office.register_workbook for cell in finding.cells)):
        return finding
    return replace(finding, typed=HIDDEN, proposal="", message=_without(finding.typed, finding.message))


def _without(typed: str, message: Message) -> Message:
    """The message, and those in it, with … where they repeat what is typed."""
    params = {
        name: _without(typed, value)
        if isinstance(value, Message)
        else HIDDEN
        if value == typed or name == "figure"
        else value
        for name, value in message.params.items()
    }
    return replace(message, params=params)
