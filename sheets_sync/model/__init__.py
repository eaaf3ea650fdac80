"""The words of the trade: periods, cells, libraries, observations, findings, scores. Standard library only.

Everything here is frozen: the stages hand these values on, none changes them.
"""

from sheets_sync.model.cell import CellRef, column_letters, workbook_url
from sheets_sync.model.finding import Finding, Severity
from sheets_sync.model.library import DatedValue, Library, OfficialScore, register_sheets
from sheets_sync.model.message import Message, msg
from sheets_sync.model.month import (
    AsOf,
    LibraryMonth,
    OfficeMonth,
    PlaceFacts,
    Reporting,
    Revision,
    StaleWorkbook,
    Timeliness,
)
from sheets_sync.model.observation import Observation, State
from sheets_sync.model.period import Period, periods_between
from sheets_sync.model.place import IndicatorSums, KindSpanSums, KindSums, PlaceSums, SpanSums, spans_together, together
from sheets_sync.model.score import Horizon, Part, Score, Step
from sheets_sync.model.span import Reported, SpanKind, TimeSpan

__all__ = [
    "AsOf",
    "CellRef",
    "DatedValue",
    "Finding",
    "Horizon",
    "IndicatorSums",
    "KindSpanSums",
    "KindSums",
    "Library",
    "LibraryMonth",
    "Message",
    "Observation",
    "OfficeMonth",
    "OfficialScore",
    "Part",
    "Period",
    "PlaceFacts",
    "PlaceSums",
    "Reported",
    "Reporting",
    "Revision",
    "Score",
    "Severity",
    "SpanKind",
    "SpanSums",
    "StaleWorkbook",
    "State",
    "Step",
    "TimeSpan",
    "Timeliness",
    "column_letters",
    "msg",
    "periods_between",
    "register_sheets",
    "spans_together",
    "together",
    "workbook_url",
]
