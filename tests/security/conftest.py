"""What several modules of these tests begin with."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from installation import installation
from snapshot import Kept


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    """An installation after its first sync: register and tabs are read, pages written. Other modules make their own."""
    with installation(tmp_path_factory.mktemp("office")) as fresh:
        fresh.sync()
        yield Kept.of(fresh)
