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
    """A library that something could not be made for, and the failure it met."""

    library: Library
    error: Exception

    @property
    def problem(self) -> str:
        """What kind of failure; not what it says, which may hold what was typed."""
        return type(self.error).__name__


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
        nobodys = len(left_out) in (0, len(month.libraries)) and len(month.libraries) != 1
        if nobodys or _failure(make, replace(month, libraries=())):
            raise
    gone = {each.library.code for each in left_out}
    rest = tuple(row for row in month.libraries if row.library.code not in gone)
    return make(replace(month, libraries=rest), left_out), left_out


def _failing(make: Callable[[OfficeMonth, tuple[LeftOut, ...]], object], month: OfficeMonth) -> Iterator[LeftOut]:
    """The libraries with which alone it fails too."""
    for row in month.libraries:
        error = _failure(make, replace(month, libraries=(row,)))
        if error is not None:
            yield LeftOut(row.library, error)


def _failure(make: Callable[[OfficeMonth, tuple[LeftOut, ...]], object], month: OfficeMonth) -> Exception | None:
    """The failure that the month meets."""
    try:
        make(month, ())
    except Exception as error:  # noqa: BLE001 - that there is one tells who is to blame
        return error
    return None


def attempt(make: Callable[[], T], row: LibraryMonth) -> T | LeftOut:
    """What `make` makes for one library, or that it is left out."""
    try:
        return make()
    except Exception as error:  # noqa: BLE001 - the others go on, and a person is told
        return LeftOut(row.library, error)
