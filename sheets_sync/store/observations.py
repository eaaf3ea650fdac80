"""Observations with their history: what a cell said, when it was first seen, when it said something else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from itertools import count
from operator import itemgetter
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Connection,
    Integer,
    Row,
    bindparam,
    case,
    exists,
    func,
    or_,
    select,
    union_all,
    update,
)

from sheets_sync.model import CellRef, Observation, Period, State
from sheets_sync.store.bulk import fetch_rows, insert_rows, stored
from sheets_sync.store.standing import Change, Key, differing, key_of
from sheets_sync.store.tables import Moment, workbooks
from sheets_sync.store.tables import observations as table

_AT_ONCE = 1000  # rows asked of the database together
_COUNTED = tuple(state.value for state in State if state.counts)
_ANSWERS = tuple(state.value for state in State if state.answers)
# What makes an observation. No more is asked for: among ten thousands of rows each further column is felt.
_SAID = tuple(
    table.c[name]
    for name in (
        *("library", "element", "period", "state", "value", "typed"),
        *("workbook", "sheet_id", "tab", "row", "column"),
    )
)
_ADDED = (
    *("office", "workbook", "library", "element", "period", "state", "value", "typed"),
    *("tab", "sheet_id", "row", "column", "seen_at", "nth"),
)
_STATES = {state.value: state for state in State}
_WRITTEN = {state: value for value, state in _STATES.items()}


def current(connection: Connection, office: str) -> tuple[Observation, ...]:
    """What the sheets say now, in the order it was first seen."""
    one, months = _Names(), Period.from_ordinal
    return tuple(
        [
            Observation(
                one[library],
                one[element],
                months(period),
                _STATES[state],
                value,
                CellRef(one[workbook], sheet_id, one[tab], row, column),
                typed,
            )
            for library, element, period, state, value, typed, workbook, sheet_id, tab, row, column in fetch_rows(
                connection, _CURRENT, {"office": office}
            )
        ]
    )


_CURRENT = select(*_SAID).where(table.c.office == bindparam("office"), table.c.gone_at.is_(None)).order_by(table.c.id)


def answers(
    connection: Connection, office: str, due: Mapping[Period, datetime]
) -> dict[tuple[str, Period], dict[str, datetime]]:
    """Since when each library's months have had an answer, by element: only of months that `due` gives a moment of.

    An answer that was taken back before its month was due does not count: it was not there then.
    """
    if not due:
        return {}
    asked: dict[str, Any] = {f"due_{number}": moment for number, moment in enumerate(due.values())}
    asked |= {f"period_{number}": period.ordinal for number, period in enumerate(due)}
    asked |= {"office": office, "periods": [period.ordinal for period in due]}
    found: dict[tuple[str, Period], dict[str, datetime]] = defaultdict(dict)
    one = _Names()
    rows = connection.execute(_answers(len(due)), asked).all()
    for library, month, seen, elements in sorted(
        rows, key=itemgetter(2), reverse=True
    ):  # what came first has the last word
        came = found[one[library], Period.from_ordinal(month)]
        came.update(dict.fromkeys(map(one.__getitem__, elements.split(_COMMA)), seen))
    return dict(found)


_COMMA = ","  # no element's id has one


@cache
def _answers(count: int) -> CompoundSelect[Any]:
    """Of so many months; what came at one moment in one row, for most elements of a month come at once.

    What stands and what ended are asked for by themselves: each has an index of its own.
    """
    months = [(bindparam(f"period_{n}", type_=Integer), bindparam(f"due_{n}", type_=Moment())) for n in range(count)]
    due = case(*((table.c.period == period, moment) for period, moment in months))
    asked = table.c.period.in_(bindparam("periods", expanding=True)) & table.c.state.in_(_ANSWERS)
    together = (
        select(table.c.library, table.c.period, table.c.seen_at, func.aggregate_strings(table.c.element, _COMMA))
        .where(table.c.office == bindparam("office"), asked)
        .group_by(table.c.period, table.c.library, table.c.seen_at)
    )
    return union_all(together.where(table.c.gone_at.is_(None)), together.where(table.c.gone_at > due))


def begun(
    connection: Connection, offices: Collection[str], periods: Collection[Period]
) -> dict[str, frozenset[Period]]:
    """Which of some months have any figure, by office; without the offices that have none."""
    named = {f"period_{number}": period.ordinal for number, period in enumerate(periods)}
    return months_by(connection.execute(_begun(len(periods)), {"offices": list(offices), **named}))


def months_by(rows: Iterable[Sequence[Any]]) -> dict[str, frozenset[Period]]:
    """From rows of somebody and the number of a month: whose months they are."""
    found: dict[str, set[Period]] = defaultdict(set)
    for whose, period in rows:
        found[whose].add(Period.from_ordinal(period))
    return {whose: frozenset(periods) for whose, periods in found.items()}


@cache
def _begun(count: int) -> CompoundSelect[Any]:
    """Of each office and month it is looked for figures until the first is found."""
    offices = select(workbooks.c.office).where(workbooks.c.office.in_(bindparam("offices", expanding=True))).distinct()
    asked = offices.subquery()
    here = (table.c.office == asked.c.office) & table.c.state.in_(_COUNTED)
    months = [bindparam(f"period_{number}", type_=Integer) for number in range(count)]
    return union_all(
        *(
            select(asked.c.office, month).where(
                or_(
                    exists().where(here, table.c.period == month, table.c.gone_at.is_(None)),
                    exists().where(here, table.c.period == month, table.c.gone_at.is_not(None)),
                )
            )
            for month in months
        )
    )


def record(
    connection: Connection,
    office: str,
    workbook: str,
    seen: Sequence[Observation],
    at: datetime,
    lost_tabs: Collection[int] = (),
    stood: Sequence[Observation] | None = None,
) -> Change | None:
    """Replaces what a workbook says by what was read now; unchanged figures keep their first-seen time.

    What stood on `lost_tabs` (sheetIds) stays: nobody took it back, the tab can't be read. `stood` is what the workbook is
    known to say by now, so that only what differs from it is looked up (None: it is not known).

    Returns:
        What that changes in what is known of the workbook; None where cells alone don't tell it.
    """
    if stood is not None and not stood:  # the first reading
        _add(connection, office, workbook, _numbered(seen), at)
        return Change(new=[_as_loaded(o) for o in seen])
    about = None if stood is None else differing(stood, seen)
    before = _standing(connection, office, workbook, about)
    new: list[tuple[Observation, int]] = []
    moved: list[tuple[Row[Any], Observation]] = []
    kept: set[int] = set()
    for key, group in _grouped(seen, about).items():
        rows = before.get(key, [])
        if [(row.state, row.value, row.typed) for row in rows] == [(o.state, o.value, o.typed) for o in group]:
            kept.update(row.id for row in rows)
            moved += [(row, o) for row, o in zip(rows, group, strict=True) if not _same_place(row, o)]
        else:
            first = 1 + max((row.nth for row in rows if row.sheet_id in lost_tabs), default=-1)  # those stay
            new += zip(group, count(first), strict=False)
    kept.update(row.id for rows in before.values() for row in rows if row.sheet_id in lost_tabs)
    gone = [row for rows in before.values() for row in rows if row.id not in kept]
    _end(connection, [row.id for row in gone], at)
    _move_to(connection, [_move(row, o) for row, o in moved])
    _add(connection, office, workbook, new, at)
    if about is None:
        return None
    cells = {**{_cell(row): None for row in gone}, **{_cell(row): _as_loaded(o) for row, o in moved}}
    return Change(cells, [_as_loaded(o) for o, _ in new])


def _numbered(seen: Iterable[Observation]) -> Iterator[tuple[Observation, int]]:
    """Each with its number among those about the same."""
    numbers: dict[Key, Iterator[int]] = defaultdict(count)
    return ((o, next(numbers[key_of(o)])) for o in seen)


def _end(connection: Connection, gone: Sequence[int], at: datetime) -> None:
    for begin in range(0, len(gone), _AT_ONCE):
        these = table.c.id.in_(gone[begin : begin + _AT_ONCE])
        connection.execute(update(table).where(these).values(gone_at=at))


def _move_to(connection: Connection, moved: Sequence[Mapping[str, Any]]) -> None:
    if moved:
        place: dict[str, Any] = {name: bindparam(f"new_{name}") for name in ("tab", "sheet_id", "row", "column")}
        connection.execute(update(table).where(table.c.id == bindparam("moved_id")).values(place), moved)


def _add(
    connection: Connection, office: str, workbook: str, new: Iterable[tuple[Observation, int]], at: datetime
) -> None:
    moment = stored(connection, at)
    rows = [
        (
            *(office, workbook, library, element, period.ordinal, _WRITTEN[state], value, typed),
            *(cell.tab, cell.sheet_id, cell.row, cell.column, moment, nth),
        )
        for (library, element, period, state, value, cell, typed), nth in new
    ]
    insert_rows(connection, table, _ADDED, rows)


def _standing(
    connection: Connection, office: str, workbook: str, about: Collection[Key] | None
) -> dict[Key, list[Row[Any]]]:
    """What stands there, by what it is about (None: about anything)."""
    libraries = {library for library, _, _ in about or ()}
    some = () if about is None or len(libraries) > _MOST_LIBRARIES else (_OF_LIBRARIES,)
    asked = {"office": office, "workbook": workbook, **({"libraries": sorted(libraries)} if some else {})}
    rows: dict[Key, list[Row[Any]]] = defaultdict(list)
    if about is None or about:
        for row in connection.execute(_STANDING.where(*some), asked).all():
            if about is None or (row.library, row.element, row.period) in about:
                rows[row.library, row.element, row.period].append(row)
    return rows


_MOST_LIBRARIES = 50  # of which what stands is asked for one by one
_STANDING = (
    select(table.c.id, table.c.nth, *_SAID)
    .where(table.c.office == bindparam("office"), table.c.workbook == bindparam("workbook"), table.c.gone_at.is_(None))
    .order_by(table.c.id)
)
_OF_LIBRARIES = table.c.library.in_(bindparam("libraries", expanding=True))


def _grouped(seen: Iterable[Observation], about: Collection[Key] | None) -> dict[Key, list[Observation]]:
    groups: dict[Key, list[Observation]] = defaultdict(list)
    for observation in seen:
        key = key_of(observation)
        if about is None or key in about:
            groups[key].append(observation)
    return groups


def _cell(row: Row[Any]) -> CellRef:
    return CellRef(row.workbook, row.sheet_id, row.tab, row.row, row.column)


def _as_loaded(o: Observation) -> Observation:
    """The database has no whole numbers among figures."""
    value = None if o.value is None else float(o.value)
    return o if value is o.value else o._replace(value=value)


def _same_place(row: Row[Any], o: Observation) -> bool:
    return (row.tab, row.sheet_id, row.row, row.column) == (o.cell.tab, o.cell.sheet_id, o.cell.row, o.cell.column)


def _move(row: Row[Any], o: Observation) -> dict[str, Any]:
    return {
        "moved_id": row.id,
        "new_tab": o.cell.tab,
        "new_sheet_id": o.cell.sheet_id,
        "new_row": o.cell.row,
        "new_column": o.cell.column,
    }


class _Names(dict[str, str]):
    """Each name once, however many rows of the database say it again."""

    def __missing__(self, name: str) -> str:
        self[name] = name
        return name
