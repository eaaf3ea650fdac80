"""Observations with their history: what a tab said of a library's month, when it was first seen, when it said something else.

A row holds what was seen together: thousands of figures are a few hundred rows, and most syncs change one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache, lru_cache, partial
from itertools import chain, repeat
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    String,
    Table,
    Text,
    TextualSelect,
    bindparam,
    delete,
    select,
    text,
    update,
)
from sqlalchemy import cast as sql_cast

from sheets_sync.model import CellRef, Observation, Period, State
from sheets_sync.store.bulk import insert_rows
from sheets_sync.store.codec import read, written
from sheets_sync.store.standing import Change, MonthKey, TabMonth, change_of
from sheets_sync.store.tables import observations as table

_COMMA = ","  # no element's id has one
_LETTERS = {
    State.REPORTED: "r",
    State.ZERO: "z",
    State.EMPTY: "e",
    State.NOT_APPLICABLE: "n",
    State.UNREADABLE: "u",
    State.BLOCKED: "b",
}
_STATES = {letter: state for state, letter in _LETTERS.items()}
_COUNTED = tuple(letter for state, letter in _LETTERS.items() if state.counts)
SAID = (
    *("workbook", "sheet_id", "tab", "library", "period"),
    *("elements", "states", "figures", "seen_at", "since"),
)
_JSON = frozenset({"figures", "since"})


def current(connection: Connection, office: str) -> tuple[TabMonth, ...]:
    """What the sheets say now, in the order its months were first seen."""
    return tuple(map(month_of, connection.execute(_CURRENT, {"of_office": office}).all()))


def said_in(kept: Table) -> list[ColumnElement[Any]]:
    """The columns `SAID` of a table that has them; JSON as its text, which is read without asking each row for its type."""
    return [sql_cast(kept.c[name], Text).label(name) if name in _JSON else kept.c[name] for name in SAID]


_HERE = (table.c.office == bindparam("of_office")) & table.c.gone_at.is_(None)
_CURRENT = select(*said_in(table)).where(_HERE).order_by(table.c.id)
_OF_WORKBOOK = _CURRENT.where(table.c.workbook == bindparam("of_workbook"))


def month_of(row: Sequence[Any]) -> TabMonth:
    """What a row says, of the columns `said_in`."""
    workbook, sheet_id, tab, library, period, elements, states, figures, seen_at, since = row
    values, typed, rows, columns = read(figures)
    key = MonthKey(_once(workbook), sheet_id, _once(library), period)
    cells = map(_cell, zip(repeat(key.workbook), repeat(sheet_id), repeat(_once(tab)), rows, columns, strict=False))
    said = (map(_STATES.__getitem__, states), values, cells, typed)
    month = repeat(Period.from_ordinal(period))
    seen = tuple(map(_observation, zip(repeat(key.library), _named(elements), month, *said, strict=False)))
    return TabMonth(key, seen, _moments(seen_at, since and read(since), len(seen)))


# As `_make` does it, without looking at how many values there are: they are made by the ten thousand.
_cell = cast(Callable[[tuple[Any, ...]], CellRef], partial(tuple.__new__, CellRef))
_observation = cast(Callable[[tuple[Any, ...]], Observation], partial(tuple.__new__, Observation))


def _moments(seen_at: datetime, since: Sequence[str] | None, count: int) -> tuple[datetime, ...]:
    return tuple(map(_moment, since)) if since else (seen_at,) * count


@lru_cache(maxsize=1024)
def _moment(said: str) -> datetime:
    return datetime.fromisoformat(said)


@lru_cache(maxsize=4096)
def _once(name: str) -> str:
    """Each name once, however many rows of the database say it again."""
    return name


@lru_cache(maxsize=1024)
def _named(elements: str) -> tuple[str, ...]:
    """Most months have the same ones."""
    return tuple(elements.split(_COMMA))


def answers(
    connection: Connection, office: str, at_hand: Iterable[TabMonth], due: Mapping[Period, datetime]
) -> dict[tuple[str, Period], dict[str, datetime]]:
    """Since when each library's months have had an answer, by element: only of months that `due` gives a moment of.

    `at_hand` is what stands. An answer that was taken back before its month was due does not count: it was not there then.
    """
    if not due:
        return {}
    moments = {period.ordinal: moment for period, moment in due.items()}
    found: dict[tuple[str, Period], dict[str, datetime]] = {}
    stood = (month for month in at_hand if month.key.period in moments)
    for month in chain(stood, _stood_when_due(connection, office, moments)):
        came = found.setdefault((month.key.library, Period.from_ordinal(month.key.period)), {})
        for figure, moment in zip(month.figures, month.since, strict=True):
            if figure.state.answers and (figure.element not in came or moment < came[figure.element]):
                came[figure.element] = moment
    return {month: came for month, came in found.items() if came}


def _stood_when_due(connection: Connection, office: str, due: Mapping[int, datetime]) -> Iterator[TabMonth]:
    """What is said no more, but was when its month was due."""
    asked = {"of_office": office, "periods": list(due), "earliest": min(due.values())}
    for *said, gone_at in connection.execute(_ENDED, asked).all():
        month = month_of(said)
        if gone_at > due[month.key.period]:
            yield month


_ENDED = select(*said_in(table), table.c.gone_at).where(
    table.c.office == bindparam("of_office"),
    table.c.period.in_(bindparam("periods", expanding=True)),
    table.c.gone_at > bindparam("earliest"),
)


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


_BEGUN = """
    SELECT asked.office, {0} AS period
    FROM (SELECT DISTINCT office FROM workbooks WHERE office IN :offices) AS asked
    WHERE EXISTS (SELECT 1 FROM observations AS seen WHERE {1} AND seen.gone_at IS NULL)
    OR EXISTS (SELECT 1 FROM observations AS seen WHERE {1} AND seen.gone_at IS NOT NULL)
"""
_COUNTS = " OR ".join(f"seen.states LIKE '%{letter}%'" for letter in _COUNTED)


@cache
def _begun(count: int) -> TextualSelect:
    """Of each office and month it is looked for figures until the first is found. As text: it is put together in no time."""
    names = [f":period_{number}" for number in range(count)]
    parts = (
        _BEGUN.format(name, f"seen.office = asked.office AND seen.period = {name} AND ({_COUNTS})") for name in names
    )
    asked = text(" UNION ALL ".join(parts)).bindparams(bindparam("offices", expanding=True))
    return asked.columns(office=String(), period=Integer())


def record(
    connection: Connection,
    office: str,
    workbook: str,
    seen: Sequence[Observation],
    at: datetime,
    lost_tabs: Collection[int] = (),
    stood: Sequence[TabMonth] | None = None,
) -> Change:
    """Replaces what a workbook says by what was read now, as `change_of` tells; gives what that changes.

    `stood` is what the workbook is known to say by now (None: it is not known).
    """
    if stood is None:
        asked = {"of_office": office, "of_workbook": workbook}
        stood = [month_of(row) for row in connection.execute(_OF_WORKBOOK, asked).all()]
    change = change_of(stood, seen, at, lost_tabs)
    gone = [_place(office, key) for key, month in change.changed.items() if not month.figures]
    if gone:
        connection.execute(_GONE, gone)
    changed = [{**_place(office, key), **_said(month)} for key, month in change.changed.items() if month.figures]
    if changed:
        connection.execute(_CHANGED, changed)
    _add(connection, office, change, at)
    return change


def _add(connection: Connection, office: str, change: Change, at: datetime) -> None:
    """What is new, and beside it what is said no more."""
    rows = [_row(office, month, None) for month in change.new]
    rows += [_row(office, month, at) for month in change.ended]
    insert_rows(connection, table, rows)


_THIS = _HERE & (table.c.period == bindparam("of_period")) & (table.c.library == bindparam("of_library"))
_THIS &= (table.c.workbook == bindparam("of_workbook")) & (table.c.sheet_id == bindparam("of_sheet"))
_GONE = delete(table).where(_THIS)
_WRITTEN = ("tab", "elements", "states", "figures", "seen_at", "since")
_CHANGED = update(table).where(_THIS).values({name: bindparam(name) for name in _WRITTEN})


def _place(office: str, key: MonthKey) -> dict[str, Any]:
    return {
        "of_office": office,
        "of_workbook": key.workbook,
        "of_sheet": key.sheet_id,
        "of_library": key.library,
        "of_period": key.period,
    }


def _row(office: str, month: TabMonth, gone_at: datetime | None) -> dict[str, Any]:
    row = _said(month)
    row["figures"], row["since"] = written(row["figures"]), row["since"] and written(row["since"])
    row["workbook"], row["sheet_id"], row["library"], row["period"] = month.key
    row["office"], row["gone_at"] = office, gone_at
    return row


def _said(month: TabMonth) -> dict[str, Any]:
    _, elements, _, states, values, cells, typed = zip(*month.figures, strict=True)
    _, _, tabs, rows, columns = zip(*cells, strict=True)
    first = month.since[0]
    together = month.since.count(first) == len(month.since)
    return {
        "tab": tabs[0],
        "elements": _COMMA.join(elements),
        "states": "".join(map(_LETTERS.__getitem__, states)),
        "figures": (values, typed, rows, columns),
        "seen_at": first,
        "since": None if together else [moment.isoformat() for moment in month.since],
    }
