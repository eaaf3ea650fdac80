"""Databases of their own on the PostgreSQL that the environment names, made from one that has the tables already."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count

import pytest
import sqlalchemy

from sheets_sync.store import Store

SERVER, CHOSEN = "SHEETS_SYNC_TEST_POSTGRES", "SHEETS_SYNC_TEST_STORE"
_NUMBERS = count()


def chosen() -> bool:
    """Whether the tests' installations are to have their stores on PostgreSQL: `SHEETS_SYNC_TEST_STORE=postgresql`."""
    return os.environ.get(CHOSEN, "") == "postgresql"


@contextmanager
def database(*, ready: bool = True) -> Iterator[str]:
    """The address of a database that nobody else has, with the tables of a store unless not `ready`; then it is dropped."""
    if not os.environ.get(SERVER):
        pytest.skip(f"{SERVER} names no PostgreSQL server")
    url = sqlalchemy.make_url(os.environ[SERVER])
    name = f"{_prefix()}_{next(_NUMBERS)}"
    # Copied as files: through the log, as it is otherwise done, it takes five times as long.
    _run(url, f'CREATE DATABASE "{name}"' + (f' TEMPLATE "{_template(url)}" STRATEGY FILE_COPY' if ready else ""))
    try:
        yield _at(url, name)
    finally:
        _run(url, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _prefix() -> str:
    return f"store_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}_{os.getpid()}"


@cache
def _template(url: sqlalchemy.URL) -> str:
    """A store with its tables and nothing in them."""
    name = f"{_prefix()}_template"
    _run(url, f'DROP DATABASE IF EXISTS "{name}"', f'CREATE DATABASE "{name}"')
    Store(_at(url, name)).close()
    return name


def _at(url: sqlalchemy.URL, name: str) -> str:
    return url.set(database=name).render_as_string(hide_password=False)


def _run(url: sqlalchemy.URL, *statements: str) -> None:
    engine = sqlalchemy.create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    engine.dispose()
