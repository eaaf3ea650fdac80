"""What an approver's answer means, in whatever words it is given."""

from __future__ import annotations

from collections.abc import Mapping

from sheets_sync.model.decision import DecisionKind

CHOICES = ("ya", "tidak")  # the drop-down's
_YES = frozenset({"ya", "iya", "y", "yes", "setuju", "disetujui", "approve", "approved", "ok", "oke", "benar", "betul"})
_NO = frozenset({"tidak", "tdk", "no", "n", "jangan", "bukan", "belum", "batal", "tolak", "ditolak"})
_ALSO_YES: Mapping[DecisionKind, frozenset[str]] = {
    DecisionKind.CLOSE: frozenset({"tutup", "ditutup", "close", "closed"}),
    DecisionKind.POSTPONE: frozenset({"tunda", "ditunda", "postpone", "postponed"}),
    DecisionKind.RELEASE: frozenset({"kirim", "send"}),
    DecisionKind.AS_IS: frozenset({"kirim", "send"}),
}


def meaning(text: str, kind: DecisionKind) -> bool | None:
    """Yes, no, or None where nothing can be told; a word for what is asked is a yes to that question only."""
    typed = text.strip()
    word = typed.strip(".!").casefold()
    if word in _YES | _ALSO_YES.get(kind, frozenset()) or typed in ("✓", "✔", "TRUE", "BENAR"):
        return True
    return False if word in _NO or typed in ("FALSE", "SALAH") else None
