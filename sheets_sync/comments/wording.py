"""What a comment says, and how it is recognised as ours: its last line carries the finding's code and the library."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sheets_sync.i18n import Language
from sheets_sync.model import Finding

MAX_LENGTH = 2048  # UTF-16 code units, says Google
_MARK = re.compile(r"\[(?P<code>[^\[\]\s·]+-[0-9a-f]{8})(?: · (?P<library>[^\[\]]+))?\]\s*$")


@dataclass(frozen=True, slots=True)
class CommentMark:
    """What a thread of ours is about."""

    code: str
    library: str | None


def mark_of(text: str) -> CommentMark | None:
    """The mark of a comment's text, None where it has none."""
    found = _MARK.search(text)
    return CommentMark(found["code"], found["library"]) if found else None


def comment(finding: Finding, t: Language) -> str:
    """The question with what to do, the proposal, the mark."""
    lines = [t(finding.message)]
    if finding.proposal:
        lines.append(t("Proposal: {proposal}", proposal=finding.proposal))
    mark = f"[{finding.id} · {finding.library}]" if finding.library else f"[{finding.id}]"
    # What people typed is quoted here, and Sheets would notify whoever an @ names.
    text = "\n".join(lines).replace("@", "@\u2060")
    return _cut(text, MAX_LENGTH - _length(mark) - 1) + "\n" + mark


def _cut(text: str, longest: int) -> str:
    """The text, shortened to so many UTF-16 units."""
    if _length(text) <= longest:
        return text
    return text.encode("utf-16-le")[: 2 * (longest - 1)].decode("utf-16-le", errors="ignore") + "…"


def _length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
