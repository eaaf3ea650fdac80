"""The tables. Every key carries the office; nothing is deleted that a person typed or that a report said."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Float,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    text,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator


class Moment(TypeDecorator[datetime]):
    """A point in time: aware in the program, UTC in the database (SQLite keeps no time zone)."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        return None if value is None else _without_zone(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        return None if value is None else _with_zone(value)


@lru_cache(maxsize=64)  # all that one read brings has its moment
def _without_zone(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(tzinfo=None)


@lru_cache(maxsize=64)
def _with_zone(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC)


ROW_ID = BigInteger().with_variant(Integer, "sqlite")  # SQLite numbers rows by itself only in an INTEGER key

metadata = MetaData()

workbooks = Table(
    "workbooks",
    metadata,
    Column("office", String, primary_key=True),
    Column("workbook", String, primary_key=True),
    Column("title", Text, nullable=False, default=""),
    Column("locale", String, nullable=False, default=""),
    Column("version", String),  # Drive's, as of the last read or adopted write
    Column("fingerprint", String, nullable=False, default=""),  # of the inputs that were read
    Column(
        "dirty", Boolean, nullable=False, default=False
    ),  # to be read again: not answered yet, or changed under our write
    Column("read_at", Moment),
    Column("changed_at", Moment),  # when a read last showed other inputs than the one before
    Column("wrote_until", Moment),  # Google's clock at our last write since the last read
    Column("layout", JSON),  # how its tabs stand, with the texts of our own ones: what the next write needs
    Column("tabs", JSON),  # sheetId → title and library of each tab with figures, to know it again or to miss it
    Column("own_tabs", JSON),  # role → sheetId of the tabs that we made, or took over while they were empty
    Column("given", JSON),  # the codes of the libraries whose figures it has given so far
    Column("notes", JSON),  # what is typed in Keterangan, by library and month
    Column("problem", JSON),  # the message of the last failed read, null after a good one
    Column("fresh_at", Moment),  # when it was last known to be as it stands here: read, or unchanged in Drive's list
    Column("marks", JSON),  # the marks of ours that it carries, of whatever store
)

libraries = Table(
    "libraries",
    metadata,
    Column("office", String, primary_key=True),
    Column("code", String, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("library", JSON, nullable=False),
    Column("added_at", Moment),  # when the register was first read with it; null: not noted
    Column("removed_at", Moment),  # its row left the register: inactive, not deleted
    Column("identity", String),  # its inner identity, which no typing changes; null: never recognised
)

identity_marks = Table(
    "identity_marks",
    metadata,
    Column("office", String, primary_key=True),
    Column("identity", String, primary_key=True),
    Column("kind", String, primary_key=True),  # code, name, tab, address
    Column("value", Text, primary_key=True),
    Column("current", Boolean, nullable=False),  # false: the library had it before
)

approvals = Table(
    "approvals",
    metadata,
    Column("office", String, primary_key=True),
    Column("identity", String, primary_key=True),
    Column("address", String, primary_key=True),  # in lower case
    Column("since", Moment, nullable=False),  # when it came into the register, the last time
    Column("approved_at", Moment),  # null: held
    Column("how", Text, nullable=False, default=""),  # by the first report, in the sheet, on the terminal; or withdrawn
    Column("gone_at", Moment),  # when it left the register
    Column("changed_at", Moment, nullable=False),
)

approval_tabs = Table(
    "approval_tabs",
    metadata,
    Column("office", String, primary_key=True),
    Column("problem", JSON, nullable=False),  # the message: why what is typed there does not count
    Column("found_at", Moment, nullable=False),
)

decisions = Table(
    "decisions",
    metadata,
    Column("office", String, primary_key=True),
    Column("id", String, primary_key=True),  # of the question: of an address the one of its approval
    Column("kind", String, nullable=False),
    Column("library", String, nullable=False, default=""),  # code
    Column("period", Integer),  # Period.ordinal
    Column("detail", Text, nullable=False, default=""),  # the id of the finding that it answers
    Column("asked_at", Moment, nullable=False),
    Column(
        "typed", Text, nullable=False, default=""
    ),  # what stood beside it at the last read, whether it counted or not
    Column("said", Boolean),  # the answer that counts; null: none
    Column("said_at", Moment),
    Column("said_by", Text, nullable=False, default=""),
    Column("how", String, nullable=False, default=""),  # in the sheet, on the terminal
    Column("changed_at", Moment, nullable=False),
)

observations = Table(  # a row is what a tab says of a library's month: nearly all of it comes and stands together
    "observations",
    metadata,
    Column("id", ROW_ID, primary_key=True),
    Column("office", String, nullable=False),
    Column("workbook", String, nullable=False),
    Column("sheet_id", BigInteger, nullable=False),
    Column("tab", Text, nullable=False),
    Column("library", String, nullable=False),
    Column("period", Integer, nullable=False),  # Period.ordinal
    Column("elements", Text, nullable=False),  # with commas between
    Column("states", String, nullable=False),  # a letter for each element
    Column("figures", JSON, nullable=False),  # of each element, in four lists: value, what is typed, row, column
    Column("seen_at", Moment, nullable=False),  # when this was first read
    Column("since", JSON(none_as_null=True)),  # when each element was, where not all of them were then
    Column("gone_at", Moment),  # when something else was read in its place; null: it still stands
    Index(
        "observations_one_current",  # what a tab says now stands once, whoever writes it; found by office and month
        *("office", "period", "library", "workbook", "sheet_id"),
        unique=True,
        sqlite_where=text("gone_at IS NULL"),
        postgresql_where=text("gone_at IS NULL"),
    ),
    Index(
        "observations_ended",
        *("office", "gone_at"),
        sqlite_where=text("gone_at IS NOT NULL"),
        postgresql_where=text("gone_at IS NOT NULL"),
    ),
)

findings = Table(
    "findings",
    metadata,
    Column("id", ROW_ID, primary_key=True),
    Column("office", String, nullable=False),
    Column("workbook", String, nullable=False),  # that was being read; empty for checks across workbooks
    Column("code", String, nullable=False),
    Column("finding", JSON, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("gone_at", Moment),
    Index("findings_current", "office", "workbook", "gone_at"),
)

reasons = Table(
    "reasons",
    metadata,
    Column("office", String, primary_key=True),
    Column("code", String, primary_key=True),  # Finding.id: library, element, period, rule and value
    Column("reason", Text, nullable=False),
    Column("said_at", Moment, nullable=False),
)

scores = Table(
    "scores",
    metadata,
    Column("office", String, primary_key=True),
    Column("library", String, primary_key=True),
    Column("period", Integer, primary_key=True),
    Column("horizon", String, primary_key=True),
    Column("scheme", String, primary_key=True),
    Column("value", Float),
    Column("category", String),
    Column("provisional", Boolean, nullable=False),
    Column("coverage", Float, nullable=False),
    Column("computed_at", Moment, nullable=False),
)

pages = Table(
    "pages",
    metadata,
    Column("office", String, primary_key=True),
    Column("tab", String, primary_key=True),
    Column("hash", String, nullable=False),
    Column("written_at", Moment, nullable=False),
)

page_state = Table(
    "page_state",
    metadata,
    Column("office", String, primary_key=True),
    Column("inputs_digest", String, nullable=False),  # sign of all that the pages are made from
    Column("findings", JSON, nullable=False),  # severity → how many were open
    Column("found_at", Moment, nullable=False),
)

runs = Table(
    "runs",
    metadata,
    Column("id", ROW_ID, primary_key=True),
    Column("job", String, nullable=False),  # sync, monthly
    Column("started_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("status", Integer),  # the exit status; null: still running, or it died
    Column("detail", JSON, nullable=False, default=dict),
    Index("runs_by_job", "job", "started_at"),
)

offices = Table(
    "offices",
    metadata,
    Column("office", String, primary_key=True),
    Column("installed_at", Moment, nullable=False),  # when the office was first seen
    Column("accepted", JSON, nullable=False, default=list),  # marks of reports lost here, with which a person went on
    Column("told", String, nullable=False, default=""),  # the hindrance of its next report that was last told
)

facts = Table(
    "facts",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", JSON, nullable=False),
)
