"""One library that can't be shown must not keep the others from being shown: it is left out, and told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from sheets_sync.model.library import Library
from sheets_sync.model.month import LibraryMonth, OfficeMonth

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A library that something could not be made for, and what kind of failure it met."""

    library: Library
    problem: str


def without_failing(
    make: Callable[[OfficeMonth, tuple[LeftOut, ...]], T], month: OfficeMonth
) -> tuple[T, tuple[LeftOut, ...]]:
    """What `make` makes of the month; where that fails, of the month without the libraries with which it fails.

    `make` gets the month and which libraries are left out of it.

    Raises:
        Exception: what `make` raised, where no library is to blame for it.
    """
    try:
        return make(month, ()), ()
    except Exception:  # whatever it is: a library is looked for that brings it about
        left_out = tuple(_failing(make, month))
        if not left_out or _fails(make, replace(month, libraries=())):
            raise
    gone = {each.library.code for each in left_out}
    rest = tuple(row for row in month.libraries if row.library.code not in gone)
    return make(replace(month, libraries=rest), left_out), left_out


def _failing(make: Callable[[OfficeMonth, tuple[LeftOut, ...]], object], month: OfficeMonth) -> Iterator[LeftOut]:
    """The libraries with which alone it fails too."""
    for row in month.libraries:
        problem = _fails(make, replace(month, libraries=(row,)))
        if problem:
            yield LeftOut(row.library, problem)


def _fails(make: Callable[[OfficeMonth, tuple[LeftOut, ...]], object], month: OfficeMonth) -> str:
    """What kind of failure the month meets; "" for none. Not what it says: that may hold what was typed."""
    try:
        make(month, ())
    except Exception as error:  # noqa: BLE001 - what it is tells who is to blame
        return type(error).__name__
    return ""


def attempt(make: Callable[[], T], row: LibraryMonth) -> T | LeftOut:
    """What `make` makes for one library, or that it is left out."""
    try:
        return make()
    except Exception as error:  # noqa: BLE001 - the others go on, and a person is told
        return LeftOut(row.library, type(error).__name__)
