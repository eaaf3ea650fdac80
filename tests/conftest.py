"""Being here puts this folder on the path, so that tests of every kind find the sample values beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import postgres
import pytest
from hypothesis import settings

settings.register_profile("patient", deadline=None)  # no test asserts a time, least of all on a busy machine
settings.load_profile("patient")


@pytest.fixture
def new_postgres() -> Iterator[Callable[[], str]]:
    """Makes an empty database, of this test's own, on the PostgreSQL that the environment names; gives its address."""
    with ExitStack() as made:
        yield lambda: made.enter_context(postgres.database(ready=False))
