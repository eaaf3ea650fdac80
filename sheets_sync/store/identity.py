"""Which known library a row of the register is, whatever was typed over in it. Pure; when in doubt, it says so.

A library is known by its marks: code, name, tab, addresses. A row is the library that its code names, unless its name
or its tab are another library's. A row with a new code is the library that at least two of its other marks name, if no
other row is. Marks that a library had before still name it, so that nobody can take them over step by step.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from sheets_sync.model import Library
from sheets_sync.model.text import fold

Kind = Literal["code", "name", "tab", "address"]
_AGREEING = 2  # marks that have to agree where the code is new


class IdentityMark(NamedTuple):
    """Something a library is recognised by, without regard to case."""

    kind: Kind
    value: str


@dataclass(frozen=True, slots=True)
class KnownLibrary:
    """A library's inner identity, with the marks it has now (none: its row left the register), and had before."""

    id: str
    now: frozenset[IdentityMark]
    before: frozenset[IdentityMark] = frozenset()


@dataclass(frozen=True, slots=True)
class IdentityMatch:
    """What a row was recognised as.

    A row in doubt (`sure` is false) has an identity of its own, made of code, name and tab as they stand; `perhaps` are
    the libraries it may be.
    """

    identity: str
    sure: bool = True
    perhaps: frozenset[str] = frozenset()


def marks(library: Library) -> frozenset[IdentityMark]:
    """What the library of a row would be recognised by."""
    codes = {library.npp, library.own_code} - {""} or {library.typed_code or library.code}
    coded = (IdentityMark("code", code.casefold()) for code in codes)  # PD-001 is not PD.001
    found: list[tuple[Kind, str]] = [("name", library.name), ("tab", library.tab)]
    addresses = (IdentityMark("address", address.casefold()) for address in library.emails)
    return frozenset({*coded, *(IdentityMark(kind, fold(text)) for kind, text in found if fold(text)), *addresses})


def identify(known: Iterable[KnownLibrary], read: Sequence[Library]) -> dict[str, IdentityMatch]:
    """What each row of the register is, by its code."""
    known = tuple(known)
    index = _Index(known)
    named = {library.code: index.named(library) for library in read}
    found = dict(_settled(named, index))
    taken = {match.identity for match in found.values()}
    open_rows = [library for library in read if library.code not in found]
    claims = {library.code: _claims(named[library.code], taken) for library in open_rows}
    ids = {each.id for each in known}
    for library in open_rows:
        match = _judged(library, named[library.code], claims, taken)
        found[library.code] = match or IdentityMatch(_new_id(library.code, ids))
        ids.add(found[library.code].identity)
    return {library.code: found[library.code] for library in read}


Named = Mapping[Kind, frozenset[str]]  # by kind of mark, the libraries that a row's marks name


class _Index:
    """Whose each mark is: of those who have it now, else of those who had it; a shared one is nobody's."""

    def __init__(self, known: Iterable[KnownLibrary]) -> None:
        self._now: dict[IdentityMark, set[str]] = defaultdict(set)
        self._before: dict[IdentityMark, set[str]] = defaultdict(set)
        for each in known:
            for mark in each.now:
                self._now[mark].add(each.id)
            for mark in each.before:
                self._before[mark].add(each.id)

    def named(self, library: Library) -> Named:
        found: dict[Kind, set[str]] = defaultdict(set)
        for mark in marks(library):
            owners = self._now.get(mark) or self._before.get(mark) or set()
            if len(owners) == 1:
                found[mark.kind] |= owners
        return {kind: frozenset(owners) for kind, owners in found.items()}

    def is_current(self, code: str, identity: str) -> bool:
        return identity in self._now.get(IdentityMark("code", code.casefold()), set())


def _settled(named: Mapping[str, Named], index: _Index) -> Iterator[tuple[str, IdentityMatch]]:
    """Rows that are what their code says, those first whose code is the one in use."""
    taken: set[str] = set()
    rows = [(code, owner) for code, found in named.items() for owner in found.get("code", ())]
    for code, owner in sorted(rows, key=lambda row: not index.is_current(*row)):
        if owner not in taken and _elsewhere(named[code]) <= {owner}:
            taken.add(owner)
            yield code, IdentityMatch(owner)


def _elsewhere(named: Named) -> frozenset[str]:
    """The libraries that a row's name and tab name."""
    return named.get("name", frozenset()) | named.get("tab", frozenset())


def _claims(named: Named, taken: set[str]) -> frozenset[str]:
    """The libraries a row may be that no other row is for certain."""
    return frozenset().union(*named.values()) - taken


def _judged(
    library: Library, named: Named, claims: Mapping[str, frozenset[str]], taken: set[str]
) -> IdentityMatch | None:
    """A row whose code settles nothing; None: it is a new library."""
    mine = claims[library.code]
    contradicts = bool(named.get("code", frozenset()) - taken)
    if not mine and not contradicts:
        return None
    others = frozenset().union(*(claim for code, claim in claims.items() if code != library.code))
    agreeing = sum(mine == owners for owners in named.values())
    if not contradicts and len(mine) == 1 and agreeing >= _AGREEING and not mine & others:
        return IdentityMatch(next(iter(mine)))
    return IdentityMatch(_doubtful_id(library), sure=False, perhaps=mine)


def _new_id(code: str, ids: set[str]) -> str:
    """The code under which a library was first seen: it stays when the code changes."""
    candidates = (f"={code}", *(f"={code}~{number}" for number in range(2, len(ids) + 3)))
    return next(candidate for candidate in candidates if candidate not in ids)


def _doubtful_id(library: Library) -> str:
    parts = "\x1f".join(map(fold, (library.code, library.name, library.tab)))
    return f"?{hashlib.blake2s(parts.encode(), digest_size=8).hexdigest()}"
