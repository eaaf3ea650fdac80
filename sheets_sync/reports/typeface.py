"""The shipped typeface, and which characters it can show: a PDF/UA may not hold one that it can't."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from PIL import ImageFont

from sheets_sync.model.text import one_line

FOLDER = Path(str(resources.files("sheets_sync.fonts")))
INSTEAD = "□"
_LACKING = "\U0010ffff"  # no typeface has it


@cache
def font(size: float, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    """A weight of the typeface at a size in pixels."""
    name = "Inter-SemiBold.otf" if bold else "Inter-Regular.otf"
    return ImageFont.truetype(FOLDER / name, size, layout_engine=ImageFont.Layout.BASIC)  # Raqm is not everywhere


@cache
def shows(mark: str) -> bool:
    """Whether both weights have a glyph for a character; for all that it lacks a typeface draws one and the same box."""
    return all(_drawn(mark, bold=bold) != _drawn(_LACKING, bold=bold) for bold in (False, True))


def printable(value: Any) -> Any:
    """JSON-like data whose texts are on one line and hold only characters that can be shown; □ stands for others."""
    match value:
        case str():
            line = one_line(value)
            return line if line.isascii() else "".join(m if m.isascii() or shows(m) else INSTEAD for m in line)
        case dict():
            return {key: printable(item) for key, item in value.items()}
        case list() | tuple():
            return [printable(item) for item in value]
        case _:
            return value


def _drawn(mark: str, *, bold: bool) -> bytes:
    return bytes(font(24, bold=bold).getmask(mark))
