"""One local Google for all tests of spreadsheets, whose every answer is held to Google's schemas."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from conformance import conforming_answers
from local_http import Http, sign_in
from sheet_client import Book

from sheets_sync.local_google import LocalGoogle


@pytest.fixture(scope="session")
def shared_google() -> Iterator[LocalGoogle]:
    with conforming_answers(), LocalGoogle() as server:
        yield server


@pytest.fixture(scope="session")
def robot(shared_google: LocalGoogle) -> Http:
    """The service account."""
    return sign_in(shared_google)


@pytest.fixture(scope="session")
def librarian(shared_google: LocalGoogle) -> Http:
    """A person who owns the workbooks."""
    return sign_in(shared_google, "pustakawan", person=True)


@pytest.fixture
def book(shared_google: LocalGoogle, robot: Http, request: pytest.FixtureRequest) -> Book:
    """A new spreadsheet, owned by the librarian and shared with the service account."""
    return Book(robot, shared_google.create_workbook(request.node.name, writers=["sheets-sync"]))


@pytest.fixture
def owned(book: Book, librarian: Http) -> Book:
    """The same spreadsheet as its owner uses it."""
    return Book(librarian, book.id)
