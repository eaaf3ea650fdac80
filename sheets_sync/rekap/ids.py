"""Ids of what we make in a workbook: the same in every run, so that nothing is made twice."""

from __future__ import annotations

import hashlib


def stable_id(*names: str) -> int:
    """An id for a tab, chart, protected range … that is the same in every run and for every office's workbook."""
    digest = hashlib.blake2s("\x1f".join(names).encode(), digest_size=4).digest()
    return int.from_bytes(digest, "big") % (2**31 - 1) + 1
