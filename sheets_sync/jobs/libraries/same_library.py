"""Which known library each row of the register is: the one with which most of what is typed agrees. Pure.

Code, NPP and name are strong marks, tab and address weak ones; of equal strength the code decides, then the NPP, then
the name. What a library was called before names it still, where it is nobody's name now. What stands for two libraries
stands for none, so that a code typed twice, or an address that many share, says nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sheets_sync.model import Library
from sheets_sync.model.text import fold

STRONG = {"code": 43, "npp": 42, "name": 41}  # a mark beats any weak ones; two beat one; of one each the code decides
WEAK = {"tab": 11, "address": 10}
FORMER = 5  # less, where it is the library's no more


class Mark(NamedTuple):
    """What a library is recognised by, without regard to case; codes and NPPs are told apart letter by letter."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Claim:
    """That a row is a known library: how much speaks for it, and whether anything but weak marks."""

    weight: int
    row: int
    key: str
    kinds: frozenset[str]


def matched(
    rows: Sequence[Library], present: Sequence[Library], gone: Sequence[Library] = ()
) -> tuple[str | None, ...]:
    """The key of each row's library, None for one that is new; no library is two rows."""
    here = {each.code: each for each in present}
    claims = sorted(_claims(rows, present, gone), key=lambda claim: (-claim.weight, claim.row))
    keys: dict[int, str] = {}
    taken: set[str] = set()
    for claim in claims:
        free = claim.row not in keys and claim.key not in taken
        if free and _enough(claim, rows[claim.row], here.get(claim.key)):
            keys[claim.row] = claim.key
            taken.add(claim.key)
    keys |= _in_place(rows, keys, [each for each in present if each.code not in taken])
    return tuple(keys.get(row) for row in range(len(rows)))


def _enough(claim: Claim, row: Library, present: Library | None) -> bool:
    """Whether a claim settles it: weak marks only of a library that is there, together or where no code tells otherwise."""
    if claim.kinds & STRONG.keys():
        return True
    return present is not None and (len(claim.kinds) > 1 or not (_coded(row) and _coded(present)))


def _coded(library: Library) -> bool:
    return bool(library.npp or library.own_code)


def _claims(rows: Sequence[Library], present: Sequence[Library], gone: Sequence[Library]) -> Iterator[Claim]:
    marked = [_marks(row) for row in rows]
    typed = _owners((str(number), marks) for number, marks in enumerate(marked))
    now = _owners((each.code, _known_by(each)) for each in present)
    earlier = (*present, *gone) if typed.keys() - now.keys() else ()  # else nothing has another name than it had
    before = _owners((each.code, {*_known_by(each), *_former(each)}) for each in earlier)
    for number, marks in enumerate(marked):
        weights: dict[str, dict[str, int]] = defaultdict(dict)
        for mark in marks:
            owners = now.get(mark) or before.get(mark, frozenset())
            if len(owners) == 1 and len(typed[mark]) == 1:
                (key,) = owners
                weights[key][mark.kind] = max(_weight(mark, current=mark in now), weights[key].get(mark.kind, 0))
        for key, kinds in weights.items():
            yield Claim(sum(kinds.values()), number, key, frozenset(kinds))


def _weight(mark: Mark, *, current: bool) -> int:
    return (STRONG | WEAK)[mark.kind] - (0 if current else FORMER)


def _owners(marked: Iterable[tuple[str, Iterable[Mark]]]) -> Mapping[Mark, frozenset[str]]:
    """Whose each mark is; an NPP may have been typed as a code, or the other way round."""
    found: dict[Mark, set[str]] = defaultdict(set)
    for key, marks in marked:
        for mark in marks:
            for kind in ("code", "npp") if mark.kind in ("code", "npp") else (mark.kind,):
                found[Mark(kind, mark.value)].add(key)
    return {mark: frozenset(keys) for mark, keys in found.items()}


def _marks(library: Library) -> set[Mark]:
    """What stands in a row; of libraries that are called the same, the district tells which one it is."""
    found = {
        Mark("code", library.own_code.casefold()),
        Mark("npp", library.npp.casefold()),
        Mark("name", fold(library.name)),
        Mark("name", fold(library.name) and fold(f"{library.name} {library.district}")),
        Mark("tab", fold(library.tab)),
        *(Mark("address", address.casefold()) for address in library.emails),
    }
    return {mark for mark in found if mark.value}


def _known_by(library: Library) -> set[Mark]:
    """What stood in its row; the key of a library of which neither code nor NPP was kept, too."""
    kept = () if _coded(library) else (Mark("code", library.code.casefold()),)
    return {*_marks(library), *kept}


def _former(library: Library) -> Iterator[Mark]:
    """What it was called, agreed or not, and the key it always had."""
    for word in filter(None, (*library.agreed, *library.former, library.code)):
        yield Mark("code", word.casefold())
        yield Mark("name", fold(word))


def _in_place(rows: Sequence[Library], keys: Mapping[int, str], missing: Sequence[Library]) -> dict[int, str]:
    """Rows of which nothing is left that names them: what stood in their place, else the one that is missing."""
    bare = [number for number, row in enumerate(rows) if not row.code and number not in keys]
    places = {each.cell.row: each.code for each in missing if each.cell}
    stood = {n: places[cell.row] for n in bare if (cell := rows[n].cell) and cell.row in places}
    if not stood and len(bare) == len(missing) == 1:
        return {bare[0]: missing[0].code}
    return stood
