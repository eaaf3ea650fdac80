"""Reasons: what a row's note or the list of findings answers, and for how long.

A note answers every E that is open on its row when the note is first seen. Both are remembered, the answer by the
finding's code (which changes with the typed value), the note by its text; so a changed value is asked about again.
An answer to why a figure is unusual holds for the figure, however later months make the question look.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import chain

from sheets_sync.intake.interpretation import RowNote
from sheets_sync.model import CellRef, Finding, Observation, Severity
from sheets_sync.rules.figures import CHANGE, LOW, SAME, SPREAD
from sheets_sync.rules.slips import SLIPS

UNUSUAL = frozenset(rule.code for rule in (CHANGE, LOW, SAME, SPREAD, *SLIPS))
Row = tuple[str, int, int]  # workbook, sheetId, row


@dataclass(frozen=True, slots=True)
class Answers:
    """The findings with their reasons, and what is to be remembered: by a finding's code, or by a note's key."""

    findings: tuple[Finding, ...]
    remember: Mapping[str, str]


def answer(
    findings: Iterable[Finding],
    notes: Iterable[RowNote],
    observations: Iterable[Observation],
    remembered: Mapping[str, str],
) -> Answers:
    """Gives each E its reason, if there is one: remembered, or a note that was not there before."""
    keys = _keys(notes, observations)
    fresh = {_row(note.cell): note.text for key, note in keys.items() if key not in remembered}
    answered = tuple(_with_reason(finding, fresh, remembered) for finding in findings)
    new = {key: note.text for key, note in keys.items()}
    for finding in answered:
        if finding.reason:
            new |= dict.fromkeys(_known_by(finding), finding.reason)
    return Answers(answered, {key: text for key, text in new.items() if key not in remembered})


def _with_reason(finding: Finding, fresh: Mapping[Row, str], remembered: Mapping[str, str]) -> Finding:
    if finding.severity is not Severity.EXPLAIN:
        return finding
    beside = (fresh[row] for cell in finding.cells if (row := _row(cell)) in fresh)
    known = (remembered[key] for key in _known_by(finding) if key in remembered)
    reason = next(chain(known, beside), "")
    return finding if reason == finding.reason else replace(finding, reason=reason)


def _known_by(finding: Finding) -> tuple[str, ...]:
    """The keys of a reason: the question's code and, of an unusual figure, the figure itself."""
    if finding.rule_code not in UNUSUAL:
        return (finding.id,)
    figure = repr((finding.library, finding.element, str(finding.period), finding.typed))
    return finding.id, "FIGURE-" + hashlib.blake2s(figure.encode(), digest_size=6).hexdigest()


def _keys(notes: Iterable[RowNote], observations: Iterable[Observation]) -> dict[str, RowNote]:
    """The notes by what they are about and what they say, wherever their row has moved to."""
    told = [note for note in notes if not note.heads]
    about: dict[Row, list[Observation]] = {_row(note.cell): [] for note in told}
    for seen in observations if told else ():
        if (row := _row(seen.cell)) in about:
            about[row].append(seen)
    return {_key(note, about[_row(note.cell)]): note for note in told}


def _key(note: RowNote, row: list[Observation]) -> str:
    """A month's row is known by its month, an element's row by its element, a library's row by the library alone."""
    scope = [sorted({seen.library for seen in row})]
    scope += [sorted(names) for names in ({str(s.period) for s in row}, {s.element for s in row}) if len(names) == 1]
    return "NOTE-" + hashlib.blake2s(repr((scope, note.text)).encode(), digest_size=6).hexdigest()


def _row(cell: CellRef) -> Row:
    return cell.workbook, cell.sheet_id, cell.row
