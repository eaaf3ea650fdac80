"""What we remember of each workbook: the version read, the inputs' fingerprint, its tabs, the last failure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, bindparam, case, exists, null, select, type_coerce, update

from sheets_sync.google.changes import Seen
from sheets_sync.intake.interpretation import RowNote
from sheets_sync.model import Finding, Message, Observation
from sheets_sync.model.account import TabAccount
from sheets_sync.model.mark import ReportMark
from sheets_sync.model.tab_state import TabState
from sheets_sync.store.bulk import put
from sheets_sync.store.codec import decode, encode
from sheets_sync.store.tables import workbooks as table
from sheets_sync.store.tables_apart import past_observations as past


@dataclass(frozen=True, slots=True)
class KnownTab:
    """A tab that held figures: its title, and the library all of it belongs to (empty: its rows name theirs).

    `last_read` is set while it is lost: when it could last be read.
    """

    title: str
    library: str
    last_read: datetime | None = None
    held: bool = True  # False: only its account is kept
    account: TabAccount | None = None


@dataclass(frozen=True, slots=True)
class WorkbookRecord:
    """A workbook's row."""

    workbook: str
    title: str
    locale: str
    seen: Seen
    fingerprint: str
    read_at: datetime | None
    changed_at: datetime | None
    tabs: Mapping[int, KnownTab]  # those that held figures at the last read, by sheetId
    problem: Message | None
    own: Mapping[str, int] = field(default_factory=dict)  # role → sheetId of our tabs: made by us, or taken over empty
    given: frozenset[str] = frozenset()  # the libraries whose figures it has given so far, by code
    fresh_at: datetime | None = None  # when it was last known to be as it stands here: read, or unchanged in a list
    marks: tuple[ReportMark, ...] = ()  # the marks of ours that it carries, of whatever store
    accounts: Mapping[int, TabAccount] = field(default_factory=dict)  # of every tab as last read, by sheetId

    @property
    def unread(self) -> dict[int, TabAccount]:
        """The tabs in which figures stand and none is taken, by sheetId."""
        return {sheet: account for sheet, account in self.accounts.items() if account.unread}


@dataclass(frozen=True, slots=True)
class WorkbookReading:
    """What a workbook said when it was read, understood: what is remembered of it.

    `version` is Drive's, None where it was not listed; `tabs` are those with figures by sheetId, lost ones among them;
    `own` are our own tabs by role, `given` the libraries it has given figures of so far; `layout` is how all its tabs
    stand, with the texts of our own ones; `changed` is whether anything typed differs.
    """

    workbook: str
    title: str
    locale: str
    version: str | None
    fingerprint: str
    changed: bool
    observations: tuple[Observation, ...]
    findings: tuple[Finding, ...]
    reasons: Mapping[str, str]
    notes: tuple[RowNote, ...]
    tabs: Mapping[int, KnownTab]
    layout: tuple[TabState, ...]
    accounts: Mapping[int, TabAccount] = field(default_factory=dict)  # of every tab, by sheetId
    errors: int = 0  # figures that turned into errors at once
    own: Mapping[str, int] = field(default_factory=dict)
    given: frozenset[str] = frozenset()
    marks: tuple[ReportMark, ...] = ()

    @property
    def lost(self) -> dict[int, KnownTab]:
        """The tabs that held figures and can't be read any more, by sheetId."""
        return {sheet: tab for sheet, tab in self.tabs.items() if tab.last_read is not None}


@dataclass(frozen=True, slots=True)
class Untouched:
    """An office's workbooks as Drive lists them, by id: unchanged, or with a new version that our own write made."""

    unchanged: Collection[str]
    own_writes: Mapping[str, str] = field(default_factory=dict)


# The layout and the notes of a workbook can be large and are asked for by themselves.
RECORD = tuple(column for column in table.columns if column.name not in ("layout", "notes"))


def records(connection: Connection, office: str) -> dict[str, WorkbookRecord]:
    """The office's workbooks that were ever read or tried, by id."""
    return by_id(rows_of(connection, (office,))[office])


def rows_of(connection: Connection, offices: Collection[str]) -> dict[str, list[RowMapping]]:
    """By office, the rows of its workbooks by id, without what can be large."""
    found: dict[str, list[RowMapping]] = {office: [] for office in offices}
    for row in connection.execute(_ROWS_OF, {"offices": list(offices)}).mappings():
        found[row["office"]].append(row)
    return found


_ROWS_OF = (
    select(*RECORD)
    .where(table.c.office.in_(bindparam("offices", expanding=True)))
    .order_by(table.c.office, table.c.workbook)
)


def last_read(connection: Connection, office: str, workbook: str) -> tuple[datetime | None, bool]:
    """When a workbook was last read (None: never), and whether figures of it that stand were put by.

    Who else reads it on another machine waits until this is saved.
    """
    row = connection.execute(_LAST_READ, {"of_office": office, "of_workbook": workbook}).first()
    return (row.read_at, bool(row.put_by)) if row else (None, False)


def by_id(found: Iterable[RowMapping]) -> dict[str, WorkbookRecord]:
    """What rows of workbooks say."""
    return {row["workbook"]: _record(row) for row in found}


@dataclass(frozen=True, slots=True)
class KeptWorkbooks:
    """All that is kept of an office's workbooks: what is typed in *Keterangan*, and how the tabs of each stood last, too."""

    records: Mapping[str, WorkbookRecord]
    notes: tuple[RowNote, ...]
    layouts: Mapping[str, tuple[TabState, ...]]


def kept(connection: Connection, office: str, layouts: Mapping[str, tuple[TabState, ...]]) -> KeptWorkbooks:
    """What is kept of the office's workbooks, by id; `layouts` are those that are at hand."""
    rows = connection.execute(_KEPT, {"of_office": office, "at_hand": list(layouts)}).mappings().all()
    notes = tuple(decode(note, RowNote) for row in rows for note in row["notes"] or ())
    others = {row["workbook"]: tuple(map(_tab, row["layout"])) for row in rows if row["layout"] is not None}
    return KeptWorkbooks(by_id(rows), notes, {**layouts, **others})


_AT_HAND = table.c.workbook.in_(bindparam("at_hand", expanding=True))
_LAYOUT = type_coerce(case((_AT_HAND, null()), else_=table.c.layout), table.c.layout.type).label("layout")
_KEPT = (
    select(*RECORD, table.c.notes, _LAYOUT).where(table.c.office == bindparam("of_office")).order_by(table.c.workbook)
)


def was_read(connection: Connection, office: str, reading: WorkbookReading, at: datetime) -> None:
    """The workbook was read at a moment; what its cells call for is not written yet."""
    said: dict[str, Any] = {
        "title": reading.title,
        "locale": reading.locale,
        "version": reading.version,
        "fingerprint": reading.fingerprint,
        "dirty": True,  # until `answered`: a run that dies before it has written is followed by one that reads again
        "read_at": at,
        "wrote_until": None,
        "layout": layout_json(reading.layout),
        "tabs": {str(sheet): encode(tab) for sheet, tab in _with_accounts(reading).items()},
        "own_tabs": dict(reading.own),
        "given": sorted(reading.given),
        "notes": encode(reading.notes),
        "marks": encode(reading.marks),
        "problem": None,
    }
    save(connection, office, reading.workbook, **said, **({"changed_at": at} if reading.changed else {}))


def _with_accounts(reading: WorkbookReading) -> dict[int, KnownTab]:
    """Every tab with its account, those without figures among them."""
    others = {
        sheet: KnownTab(account.title, "", held=False)
        for sheet, account in reading.accounts.items()
        if sheet not in reading.tabs
    }
    tabs = {**reading.tabs, **others}
    return {sheet: replace(tab, account=reading.accounts.get(sheet)) for sheet, tab in tabs.items()}


def save(connection: Connection, office: str, workbook: str, **values: Any) -> None:
    """Sets columns of a workbook's row, making it first where there is none."""
    put(connection, table, [{"office": office, "workbook": workbook, **values}])


def are_fresh(connection: Connection, known: Collection[tuple[str, str]], at: datetime) -> None:
    """These workbooks, each with its office, are known to be, at a moment, as they stand here."""
    if known:
        rows = [{"of_office": office, "of_workbook": workbook, "at": at} for office, workbook in known]
        connection.execute(_ARE_FRESH, rows)


def own_writes_seen(connection: Connection, versions: Mapping[tuple[str, str], str], at: datetime) -> None:
    """Drive's new versions of workbooks, each with its office, are only our own writes: they are fresh, too."""
    if versions:
        rows = [
            {"of_office": office, "of_workbook": workbook, "new": version, "at": at}
            for (office, workbook), version in versions.items()
        ]
        connection.execute(_OWN_WRITES, rows)


_THE_ONE = (table.c.office == bindparam("of_office")) & (table.c.workbook == bindparam("of_workbook"))
_PUT_BY = exists().where(past.c.office == table.c.office, past.c.workbook == table.c.workbook, past.c.gone_at.is_(None))
_LAST_READ = select(table.c.read_at, _PUT_BY.label("put_by")).where(_THE_ONE).with_for_update()  # SQLite has one writer
_ARE_FRESH = update(table).where(_THE_ONE).values(fresh_at=bindparam("at"))
_OWN_WRITES = update(table).where(_THE_ONE).values(version=bindparam("new"), fresh_at=bindparam("at"))


def need_no_more(connection: Connection, office: str, workbooks: Collection[str]) -> None:
    """Nothing of what these workbooks were read for is left to be written."""
    if workbooks:
        connection.execute(_NEED_NO_MORE, {"of_office": office, "answered": list(workbooks)})


_ANSWERED = (table.c.office == bindparam("of_office")) & table.c.workbook.in_(bindparam("answered", expanding=True))
_NEED_NO_MORE = update(table).where(_ANSWERED).values(dirty=False)


def _record(row: RowMapping) -> WorkbookRecord:
    tabs = {int(sheet): decode(known, KnownTab) for sheet, known in (row["tabs"] or {}).items()}
    return WorkbookRecord(
        workbook=row["workbook"],
        title=row["title"],
        locale=row["locale"],
        seen=Seen(row["version"], row["dirty"], row["wrote_until"]),
        fingerprint=row["fingerprint"],
        read_at=row["read_at"],
        changed_at=row["changed_at"],
        tabs={sheet: replace(known, account=None) for sheet, known in tabs.items() if known.held},
        own=row["own_tabs"] or {},
        given=frozenset(row["given"] or ()),
        problem=decode(row["problem"], Message) if row["problem"] else None,
        accounts={sheet: known.account for sheet, known in tabs.items() if known.account},
        fresh_at=row["fresh_at"],
        marks=tuple(decode(mark, ReportMark) for mark in row["marks"] or ()),
    )


def layout_json(tabs: Iterable[TabState]) -> list[dict[str, Any]]:
    """How tabs stand, as JSON. By hand, as below: what is a tuple there becomes a list by itself."""
    return [{**{name: getattr(tab, name) for name in _OF_A_TAB}, "formulas": sorted(tab.formulas)} for tab in tabs]


_OF_A_TAB = tuple(each.name for each in fields(TabState))


def _tab(row: Mapping[str, Any]) -> TabState:
    """By hand: a page has thousands of cells, for which a general way takes too long."""
    lists = {name: tuple(row[name]) for name in ("ids", "marks", "tables", "rules")}
    known = row.get("guard")  # of a layout that an older version kept: not known
    guard = None if known is None else tuple(known)
    texts = tuple(map(tuple, row["texts"]))
    formulas = frozenset(map(tuple, row.get("formulas", ())))
    return TabState(**{**row, **lists, "guard": guard, "texts": texts, "formulas": formulas})
