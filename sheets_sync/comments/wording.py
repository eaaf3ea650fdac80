"""What a comment says, and how it is recognised as ours: its last line carries the finding's code and the library."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from sheets_sync.i18n import Language
from sheets_sync.model import Finding

MAX_LENGTH = 2048  # UTF-8 code units, says Google
MAX_NAME = 60  # of a library in a mark
_MARK = re.compile(r"\[(?P<code>[^\[\]\s·]+-[0-9a-f]{8})(?: · (?P<library>[^\[\]]+))?\]\s*$")


@dataclass(frozen=True, slots=True)
class CommentMark:
    """What a thread of ours is about; `library` as `mark_name` writes it."""

    code: str
    library: str | None


def mark_of(text: str) -> CommentMark | None:
    """The mark of a comment's text, None where it has none."""
    found = _MARK.search(text)
    return CommentMark(found["code"], found["library"]) if found else None


def mark_name(library: str) -> str:
    """A library's code as marks have it: itself, or a short sign of one that would not be found again in a comment."""
    plain = library.isprintable() and library == " ".join(library.split()) and not set(library) & set("[]·@")
    if plain and 0 < len(library) <= MAX_NAME:
        return library
    return "~" + hashlib.blake2s(library.encode(errors="surrogatepass"), digest_size=6).hexdigest()


def comment(finding: Finding, t: Language) -> str:
    """The question with the proposal and what to do, each once, and the mark."""
    mark = f"[{finding.id} · {mark_name(finding.library)}]" if finding.library else f"[{finding.id}]"
    # What people typed is quoted here, and Sheets would notify whoever an @ names.
    text = t(finding.message).replace("@", "@\u2060")
    return _cut(text, MAX_LENGTH - len(mark.encode()) - 1) + "\n" + mark


def _cut(text: str, longest: int) -> str:
    """The text, shortened to so many bytes of UTF-8; half a character, which has none, becomes a question mark."""
    whole = text.encode(errors="replace")
    if len(whole) <= longest:
        return whole.decode()
    return whole[: longest - len("…".encode())].decode(errors="ignore").rstrip("@") + "…"
