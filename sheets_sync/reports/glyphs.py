"""Which characters the shipped typeface can show: a PDF/UA may not hold one that it can't."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

from fontTools.ttLib import TTFont  # type: ignore[import-untyped] # publishes no types

from sheets_sync.reports.plain import one_line

INSTEAD = "□"


@cache
def covered() -> frozenset[str]:
    """The characters that every shipped weight can show."""
    files = [path for path in resources.files("sheets_sync.fonts").iterdir() if path.name.endswith(".otf")]
    return frozenset.intersection(*(_covered_by(str(path)) for path in files))


def _covered_by(path: str) -> frozenset[str]:
    with TTFont(path) as font:
        return frozenset(map(chr, font.getBestCmap()))


def printable(value: Any) -> Any:
    """JSON-like data whose texts are on one line and hold only characters that can be shown; □ stands for others."""
    match value:
        case str():
            known = covered()
            return "".join(mark if mark in known else INSTEAD for mark in one_line(value))
        case dict():
            return {key: printable(item) for key, item in value.items()}
        case list() | tuple():
            return [printable(item) for item in value]
        case _:
            return value
