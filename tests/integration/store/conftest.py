"""Stores on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from sheets_sync.store import Store


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    there = request.param == "sqlite"
    url = f"sqlite:///{tmp_path}/store.sqlite3" if there else request.getfixturevalue("new_postgres")()
    with closing(Store(url)) as opened:
        yield opened
