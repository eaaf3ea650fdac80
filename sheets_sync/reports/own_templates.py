"""A folder of an office's own templates: files in it that nothing asks for, as where a name is mistyped."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from sheets_sync.config.shipped import TEMPLATES, shipped
from sheets_sync.model import Message, msg
from sheets_sync.model.text import closest

_ENDINGS = frozenset({".j2", ".typ", ".yaml", ".yml", ".html", ".txt"})


def strays(folder: Path) -> Iterator[Message]:
    """What to say of each file that is called like no template, and that no other file in the folder names.

    A picture or a font is none: the letter may name it. Neither is what begins with a dot or ends in `~`.
    """
    files = [path for path in sorted(folder.iterdir()) if path.is_file() and not path.name.startswith(".")]
    used = [path for path in files if path.name in _names()]
    while more := [path for path in files if path not in used and any(path.name in _text(other) for other in used)]:
        used += more
    for path in files:
        if path not in used and path.suffix.casefold() in _ENDINGS:
            yield _told(path)


def _told(path: Path) -> Message:
    near = closest(path.name, _names(), 0.6)
    if near is None:
        said = msg("{path} is used by nothing: no template is called so. Known: {known}.", path=path, known=_names())
    else:
        said = msg("{path} is used by nothing: no template is called so. Is it to be {name}?", path=path, name=near)
    return said


@cache
def _names() -> tuple[str, ...]:
    """What the shipped templates are called; an office's own must be called the same."""
    return tuple(sorted(path.name for path in shipped(TEMPLATES).iterdir() if path.is_file()))


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")
