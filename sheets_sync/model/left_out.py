"""One library that can't be shown must not keep the others from being shown: it is left out, and told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
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
    rows = {row.library: row for row in month.libraries}

    def of(libraries: Sequence[Library], gone: tuple[LeftOut, ...]) -> T:
        return make(replace(month, libraries=tuple(rows[library] for library in libraries)), gone)

    return without(of, tuple(rows))


def without(
    make: Callable[[Sequence[Library], tuple[LeftOut, ...]], T], libraries: Sequence[Library]
) -> tuple[T, tuple[LeftOut, ...]]:
    """As `without_failing`, of what is made of libraries."""
    try:
        return make(libraries, ()), ()
    except Exception:  # whatever it is: a library is looked for that brings it about
        left_out = tuple(_failing(make, libraries))
        nobodys = len(left_out) in (0, len(libraries)) and len(libraries) != 1
        if nobodys or _failure(make, ()):
            raise
    gone = {each.library for each in left_out}
    return make([each for each in libraries if each not in gone], left_out), left_out


Made = Callable[[Sequence[Library], tuple[LeftOut, ...]], object]


def _failing(make: Made, libraries: Sequence[Library]) -> Iterator[LeftOut]:
    """The libraries with which alone it fails too, found by halves: most halves have none."""
    error = _failure(make, libraries) if libraries else None
    if error is None:
        return
    if len(libraries) == 1:
        yield LeftOut(libraries[0], error)
        return
    middle = len(libraries) // 2
    yield from _failing(make, libraries[:middle])
    yield from _failing(make, libraries[middle:])


def _failure(make: Made, libraries: Sequence[Library]) -> Exception | None:
    """The failure that is met."""
    try:
        make(libraries, ())
    except Exception as error:  # noqa: BLE001 - that there is one tells who is to blame
        return error
    return None


def attempt(make: Callable[[], T], row: LibraryMonth) -> T | LeftOut:
    """What `make` makes for one library, or that it is left out."""
    return attempt_for(row.library, make)


def attempt_for(library: Library, make: Callable[[], T]) -> T | LeftOut:
    """The same, by the library itself."""
    try:
        return make()
    except Exception as error:  # noqa: BLE001 - the others go on, and a person is told
        return LeftOut(library, error)
