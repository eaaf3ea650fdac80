"""The looks of the program's tabs: few colours, each with a word beside it, dark text on light fills."""

from __future__ import annotations

from functools import cache

from msgspec.structs import replace

from sheets_sync.rekap.page import Align, Style

INK = "#1f2933"
MUTED = "#5f6b7a"
LINK = "#0b57d0"
HEAD_FILL = "#e8eef4"
NOTICE_FILL = "#fff4ce"
TILE_FILL = "#f4f7fa"
ACCENT = "#24527a"

TITLE = Style(bold=True, size=16, colour=INK)
SUBTITLE = Style(colour=MUTED)
STRONG = Style(bold=True, colour=INK)
NOTICE = Style(bold=True, colour=INK, fill=NOTICE_FILL)
NOTICE_DETAIL = Style(colour=INK, fill=NOTICE_FILL)
SECTION = Style(bold=True, size=12, colour=ACCENT)
HEAD = Style(bold=True, colour=INK, fill=HEAD_FILL, wrap=True)
HEAD_NUMBER = replace(HEAD, align=Align.RIGHT)
HEAD_CENTER = replace(HEAD, align=Align.CENTER)
TILE_LABEL = Style(size=9, colour=MUTED, fill=TILE_FILL, align=Align.CENTER, wrap=True)
TILE_VALUE = Style(bold=True, size=16, colour=INK, fill=TILE_FILL, align=Align.CENTER)
NAME = Style(bold=True, colour=INK, wrap=True)
TEXT = Style(colour=INK)
WRAPPED = Style(colour=INK, wrap=True)
CENTERED = Style(colour=INK, align=Align.CENTER)
NUMBER = Style(colour=INK, align=Align.RIGHT)
SPARK = Style(colour=ACCENT, font="Roboto Mono", align=Align.CENTER)
SMALL = Style(size=8, colour=MUTED)
FOOT = Style(italic=True, size=9, colour=MUTED)
LINKED = Style(colour=LINK)
TO_FILL_IN = Style(colour=INK, fill="#fffbe6", wrap=True)


@cache
def tinted(style: Style, colour: str, share: float = 0.22) -> Style:
    """The style on a light tint of a colour, where grey text would be too faint."""
    return replace(style, colour=INK, fill=tint(colour, share), hue=colour)


def tint(colour: str, share: float) -> str:
    """A colour thinned with white: share 0 is white, 1 the colour itself."""
    return "#" + "".join(f"{round(255 + (channel - 255) * share):02x}" for channel in channels(colour))


def channels(colour: str) -> tuple[int, int, int]:
    """`#1b7f3b` → (27, 127, 59)."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
