"""Where a question can be answered: in the column for notes where its row has one, else in the list of questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from sheets_sync.config.office import Office
from sheets_sync.intake.interpretation import RowNote
from sheets_sync.model import CellRef, Finding, Message, Severity, msg

PLACE = "place"
Headings = Mapping[tuple[str, int], Sequence[RowNote]]  # by workbook and sheetId


def saying_where(findings: Iterable[Finding], notes: Iterable[RowNote], office: Office) -> Iterator[Finding]:
    """The findings, each question for a reason naming the place for it as it is called in the sheet."""
    headings: dict[tuple[str, int], list[RowNote]] = defaultdict(list)
    for note in notes:
        if note.heads:
            headings[note.cell.workbook, note.cell.sheet_id].append(note)
    elsewhere = msg("in the column {column} of the tab “{tab}”", column=msg("Reason"), tab=office.tabs.questions)
    for finding in findings:
        if finding.severity is Severity.EXPLAIN:
            beside = next((name for cell in finding.cells if (name := _heading(cell, headings))), "")
            place = msg("in the column “{heading}” of the row", heading=beside) if beside else elsewhere
            yield replace(finding, message=_filled(finding.message, place))
        else:
            yield finding


def _heading(cell: CellRef, headings: Headings) -> str:
    """How the column for notes is called in the cell's row, "" where it has none."""
    here = headings.get((cell.workbook, cell.sheet_id), ())
    rows = (note.text for note in here if note.cell.row < cell.row <= note.cell.row + note.heads)
    return next(rows, "")


def _filled(message: Message, place: Message) -> Message:
    """The message, and those in it, with the place where they leave it open."""
    inside = {name: _filled(each, place) for name, each in message.params.items() if isinstance(each, Message)}
    if PLACE in message.params:
        inside[PLACE] = place
    return Message(message.template, {**message.params, **inside}) if inside else message
