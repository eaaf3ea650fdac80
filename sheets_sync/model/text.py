"""Text that people typed, made harmless for a line: no line breaks, no control or direction marks."""

from __future__ import annotations

import re
import unicodedata

LOST = "\N{REPLACEMENT CHARACTER}"
_UNSEEN = re.compile(r"[^\n -~]")  # worth a closer look; what is left over is plain ASCII


def one_line(text: str) -> str:
    """The text on one line, without characters that can't be seen; runs of blanks become one."""
    seen = text if text.isprintable() else "".join(mark if mark.isprintable() else " " for mark in text)
    return " ".join(seen.split())


def printable(text: str, keep: str = "") -> str:
    """The text in its lines, without what would steer a terminal, turn its direction or break a file of XML.

    Control characters and halves of characters become �, marks that can't be seen (of direction,
    of no width) go, a tab becomes a blank. What `keep` names stays.
    """
    return _UNSEEN.sub(lambda found: found[0] if found[0] in keep else _seen(found[0]), text.replace("\r\n", "\n"))


def _seen(mark: str) -> str:
    kind = unicodedata.category(mark)
    if mark.isprintable() or kind == "Zs":
        return mark
    if mark == "\t":
        return " "
    return "" if kind == "Cf" else LOST


def shown(value: object) -> object:
    """What a template prints for a value: plain text on one line, markup as it is."""
    return one_line(value) if type(value) is str else value
