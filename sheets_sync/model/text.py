"""Text that people typed, made harmless for a line: no line breaks, no control or direction marks."""

from __future__ import annotations


def one_line(text: str) -> str:
    """The text on one line, without characters that can't be seen; runs of blanks become one."""
    seen = text if text.isprintable() else "".join(mark if mark.isprintable() else " " for mark in text)
    return " ".join(seen.split())


def shown(value: object) -> object:
    """What a template prints for a value: plain text on one line, markup as it is."""
    return one_line(value) if type(value) is str else value
