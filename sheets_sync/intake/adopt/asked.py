"""What a person has to answer about a workbook before it can be read, or read in full."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sheets_sync.intake.adopt.match import ASKED, Match, Matcher
from sheets_sync.intake.adopt.shapes import Shape
from sheets_sync.intake.headings import Role
from sheets_sync.intake.interpretation import Interpretation, TabUse
from sheets_sync.intake.words import tidy
from sheets_sync.model import CellRef, Finding, Message, msg
from sheets_sync.model.grid import Tab
from sheets_sync.rules import places

Sketch = tuple[Tab, Shape]

ROWS = "rows"  # of a question whether rows are libraries or elements
YEAR = "year"  # the meaning of a question about the year
UNREAD = "unread"  # of one about a tab of which nothing is read
_OF_THE_DRAWING = (places.HEADING, places.PARTS, places.ROW, places.WHICH_ELEMENT, places.NUMERALS)


def asked(sketches: Iterable[Sketch], matcher: Matcher, read: Interpretation) -> Iterator[Match]:
    """Every question: about headings, about years, about how a table is drawn, and about what stands unread."""
    matches = [*_about_headings(sketches, matcher), *_undated(read)]
    matches += _about_drawing(read, {(match.cell.sheet_id, match.typed) for match in matches})
    yield from matches
    yield from _unread(read, {match.cell.sheet_id for match in matches}, matcher.workbook)


def _about_headings(sketches: Iterable[Sketch], matcher: Matcher) -> Iterator[Match]:
    """The questions about headings that look like known ones."""
    for tab, shape in sketches:
        if not shape.certain and shape.headings:
            row, column, text = shape.headings[0]
            reason = msg(
                "are these rows libraries or data elements? Nothing says it; please give the column its heading"
            )
            yield Match(matcher.cell(tab, row, column), text, ROWS, ASKED, reason)
        if shape.perhaps:
            texts = [tidy(tab.at(shape.last_line, index).text) for index in shape.perhaps]
            reason = msg("which of these columns names the library: {columns}?", columns=texts)
            yield Match(matcher.cell(tab, shape.last_line, shape.perhaps[0]), texts[0], Role.LIBRARY, ASKED, reason)
        for row, column, text in shape.headings:
            known = matcher.before.suggestion(text) if matcher.before.meaning(text) is None else None
            meaning = matcher.before.meaning(known) if known else None
            if known and meaning:
                yield matcher.question(matcher.cell(tab, row, column), text, meaning.element, known)


def _undated(read: Interpretation) -> Iterator[Match]:
    """The question which year it is, where months without one stand."""
    for finding in read.findings:
        if finding.rule_code == places.NO_YEAR.code:
            reason = msg("of which year? Nothing says it; give the year below")
            yield Match(finding.cells[0], finding.typed, YEAR, ASKED, reason)


def _about_drawing(read: Interpretation, known: Iterable[tuple[int, str]]) -> Iterator[Match]:
    """The questions about tables that a sync would ask as well, once for each text of a tab."""
    said = set(known)
    for finding in read.findings:
        if finding.rule_code in {rule.code for rule in _OF_THE_DRAWING}:
            key = (finding.cells[0].sheet_id, finding.typed)
            if key not in said:
                said.add(key)
                yield Match(finding.cells[0], finding.typed, UNREAD, ASKED, finding.message)


def _unread(read: Interpretation, said: set[int], workbook: str) -> Iterator[Match]:
    """One question for each tab of which nothing would be read, where nothing else is asked of it."""
    questions = {finding.cells[0].sheet_id: finding.message for finding in _whole_tabs(read.findings)}
    taken = {seen.cell.sheet_id for seen in read.observations if seen.value is not None}
    for use in read.tabs:
        if use.sheet_id not in taken | said and _holds_figures(use):
            where = CellRef(workbook, use.sheet_id, use.title, 0, 0)
            yield Match(where, use.title, UNREAD, ASKED, questions.get(use.sheet_id, _why(use)))


def _whole_tabs(findings: Sequence[Finding]) -> Iterator[Finding]:
    whole = (
        places.TAB,
        places.TAB_COPY,
        places.TAB_MOVED,
        places.TAB_TITLE,
        places.LIBRARY,
        places.NO_LIBRARY,
        places.NO_MONTH,
    )
    codes = {rule.code for rule in whole}
    yield from (finding for finding in findings if finding.cells and finding.rule_code in codes)


def _holds_figures(use: TabUse) -> bool:
    account = use.account
    return account is not None and not account.unread and account.figures > account.labels


def _why(use: TabUse) -> Message:
    left = use.account.figures - use.account.labels if use.account else 0
    return msg(
        "{count} figures stand here and none would be read: what do they count, and in which months?", count=left
    )
