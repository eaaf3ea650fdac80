"""A large office's month by kecamatan: who reported in each, and what its libraries did together. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from sheets_sync import kpi
from sheets_sync.kpi.scheme import Scheme
from sheets_sync.model import Library, LibraryMonth, Period, PlaceFacts, Reporting, Score
from sheets_sync.model.place import TREND_MONTHS
from sheets_sync.model.text import fold

MANY = 60  # libraries: fewer are looked through one by one
_IS_ONE = frozenset({"kec", "kecamatan", "distrik"})  # words before its name that say no more than what it is


def in_districts(libraries: Sequence[Library]) -> tuple[Library, ...]:
    """The libraries with each kecamatan written as its first one in the register writes it: `PAKU`, `Kec. Paku` are one."""
    spellings: dict[str, str] = {}
    for each in libraries:
        spellings.setdefault(_name(each.district), each.district)
    spelt = ((each, spellings[_name(each.district)]) for each in libraries)
    return tuple(each if each.district == name else replace(each, district=name) for each, name in spelt)


def _name(district: str) -> str:
    """What a kecamatan is called, however it is typed."""
    first, _, rest = fold(district).partition(" ")
    return rest if rest and first in _IS_ONE else fold(district)


def districts(
    cube: kpi.Cube, scheme: Scheme, period: Period, libraries: Sequence[LibraryMonth]
) -> tuple[LibraryMonth, ...]:
    """A row a kecamatan, in the order in which the register names them; none for an office that has few libraries.

    Scored together are the libraries of the kind that most are: kinds are never added to each other.
    """
    rows = defaultdict[str, list[LibraryMonth]](list)
    for row in libraries:
        rows[row.library.district].append(row)
    if len(libraries) < MANY or len(rows) < 2:
        return ()
    scores = _scores(cube, scheme, period)
    return tuple(_district(name, of_it, scores.get(name)) for name, of_it in rows.items() if name)


def _scores(cube: kpi.Cube, scheme: Scheme, period: Period) -> dict[str, Score]:
    [(kind, _)] = Counter(library.kind for library in cube.libraries).most_common(1)
    tree = {each.code: [each.district] for each in cube.libraries if each.kind == kind and each.district}
    table = kpi.roll_up(cube, scheme, period, tree)
    return {name: table.score(name) for name in table.codes}


def _district(name: str, rows: Sequence[LibraryMonth], score: Score | None) -> LibraryMonth:
    reporting = Counter(row.reporting for row in rows)
    heard = sum(row.reporting.heard for row in rows)
    every = Reporting.COMPLETE if reporting[Reporting.COMPLETE] == len(rows) else Reporting.PARTIAL
    return LibraryMonth(
        library=Library(name, name, kind="district", district=name),
        reporting=every if heard else Reporting.NONE,
        score=score,
        month_score=None,
        previous=None,
        trend=(None,) * TREND_MONTHS,
        completeness=reporting[Reporting.COMPLETE] / len(rows),
        on_time=None,
        findings=(),
        steps=(),
        revisions=(),
        observations=(),
        place=PlaceFacts(
            len(rows),
            heard,
            sum(len(row.open_questions) for row in rows),
            kpi.timeliness(r.on_time for r in rows),
            None,
        ),
    )
