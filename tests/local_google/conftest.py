"""One local Google for all tests of spreadsheets, whose every answer is held to Google's schemas."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from conformance import conforming_answers
from local_http import Http, sign_in
from sheet_client import Book

from sheets_sync.local_google import LocalGoogle

if TYPE_CHECKING:
    from browser import Browsing


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


@pytest.fixture(scope="module")
def served() -> Iterator[LocalGoogle]:
    """A server for pages in a browser, as it is out of the box."""
    with LocalGoogle() as google:
        yield google


@pytest.fixture(scope="module")
def chromium(served: LocalGoogle) -> Iterator[Browsing]:
    """A browser for a module's pages, closed before the server."""
    from browser import browsing

    with browsing() as opened:
        yield opened
