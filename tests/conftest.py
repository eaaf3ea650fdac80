"""Being here puts this folder on the path, so that tests of every kind find the sample values beside it."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
import sqlalchemy
from hypothesis import settings

settings.register_profile("patient", deadline=None)  # no test asserts a time, least of all on a busy machine
settings.load_profile("patient")


@pytest.fixture
def new_postgres() -> Callable[[], str]:
    """Makes an empty database, of this worker's own, on the PostgreSQL that the environment names; gives its address."""
    server = os.environ.get("SHEETS_SYNC_TEST_POSTGRES", "")
    if not server:
        pytest.skip("SHEETS_SYNC_TEST_POSTGRES names no PostgreSQL server")
    url = sqlalchemy.make_url(server)
    name = f"{url.database}_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}_{os.getpid()}"

    def made() -> str:
        engine = sqlalchemy.create_engine(url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.exec_driver_sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            connection.exec_driver_sql(f'CREATE DATABASE "{name}"')
        engine.dispose()
        return url.set(database=name).render_as_string(hide_password=False)

    return made
