"""Twelve months as a line of blocks: text, because an inline array of a formula is spelled otherwise in each locale."""

from __future__ import annotations

from collections.abc import Sequence

_BLOCKS = "▁▂▃▄▅▆▇█"
_MISSING = "·"


def sparkline(values: Sequence[float | None], highest: float = 10.0) -> str:
    """A block a value on a fixed scale from 0, so that two libraries can be compared; a dot where there is none."""
    return "".join(_MISSING if value is None else _BLOCKS[_level(value / highest)] for value in values)


def _level(share: float) -> int:
    return min(max(int(share * len(_BLOCKS)), 0), len(_BLOCKS) - 1)
