"""The tab `Perlu Dicek`: every question, and for each library a line on how its entries were read.

Rows are appended and marked done, never moved; `Alasan` is people's alone.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum

from sheets_sync.i18n import Language
from sheets_sync.model import Finding, LibraryMonth, Observation, Period, Severity, State, msg
from sheets_sync.rekap import style
from sheets_sync.rekap.context import Context, banner, head, notice
from sheets_sync.rekap.page import Filter, Page, PageCell, PageColumn, Row, linked
from sheets_sync.rules.redact import redact

ROLE = "questions"
COLUMNS = (
    PageColumn(msg("Code"), 60),
    PageColumn(msg("Library"), 122),
    PageColumn(msg("Month"), 72),
    PageColumn(msg("Entry"), 105),
    PageColumn(msg("Typed"), 80),
    PageColumn(msg("Read as"), 90),
    PageColumn(msg("Question"), 215),
    PageColumn(msg("Proposal"), 70),
    PageColumn(msg("Cell"), 100),
    PageColumn(msg("Status"), 65),
    PageColumn(msg("What we ask for"), 105),  # after the status: formats of the forms look for it and the cell by place
    PageColumn(msg("Reason"), 135),
)
CODE, LIBRARY, QUESTION, CELL, STATUS, REASON = 0, 1, 6, 8, 9, 11
_EXAMPLES = 3
_ORDER = {severity: place for place, severity in enumerate(Severity)}


class Status(StrEnum):
    """Where a finding stands."""

    OPEN = "open"
    ANSWERED = "answered"
    TO_KNOW = "to know"
    DONE = "done"


def status_word(status: Status, t: Language) -> str:
    match status:
        case Status.OPEN:
            return t("open")
        case Status.ANSWERED:
            return t("answered")
        case Status.TO_KNOW:
            return t("to know")
        case Status.DONE:
            return t("done")


def status_of(finding: Finding) -> Status:
    return Status.OPEN if finding.is_question else Status.ANSWERED


def questions(context: Context) -> Page:
    """The page with what is open now, the most important first."""
    t = context.t
    hint = t("Please correct the linked cell, or tell us the reason in the last column. The rest fills itself in.")
    top = [*notice(context), banner(hint, style.SUBTITLE)]
    names = {row.library.code: row for row in context.month.libraries}
    asked = (each for each in context.findings if not each.is_for_information)
    rows = (_row(redact(finding, context.office), names, context) for finding in _sorted(asked))
    return Page(
        role=ROLE,
        title=context.office.tabs.questions,
        columns=COLUMNS,
        rows=(*top, head(COLUMNS, t, frozenset()), *rows, *_readings(context, names)),
        header=len(top),
        frozen_rows=len(top) + 1,
        key_column=CODE,
        open_columns=1,
        filters=tuple(_views(context, len(top))),
        tab_colour="#d99a00",
    )


def _views(context: Context, header: int) -> Iterator[Filter]:
    """A filter view of what is open, and one for each library that is asked something."""
    t = context.t
    word = status_word(Status.OPEN, t)
    yield Filter("open", t("Open questions"), header, None, STATUS, word)
    for row in context.month.libraries:
        if row.open_questions:
            name = row.library.name
            title = t("Questions to {library}", library=name)
            yield Filter(view_of(row.library.code), title, header, None, LIBRARY, name, also=((STATUS, word),))


def view_of(library: str) -> str:
    """What the filter view of a library's questions is called, by the library's code."""
    return f"library/{library}"


def _sorted(findings: Iterable[Finding]) -> list[Finding]:
    """Each once, the most important first."""
    once = {finding.id: finding for finding in findings}.values()
    return sorted(once, key=lambda found: (_ORDER[found.severity], found.library or "", found.period or Period(1, 1)))


def _row(finding: Finding, names: Mapping[str, LibraryMonth], context: Context) -> Row:
    t, row = context.t, names.get(finding.library or "")
    cell = finding.cells[0] if finding.cells else None
    element = context.elements.by_id.get(finding.element or "")
    return Row(
        (
            PageCell(finding.id, style=style.SMALL),
            PageCell(row.library.name if row else finding.library or "", style=style.NAME),
            PageCell(t.month(finding.period, short=True) if finding.period else "", style=style.TEXT),
            PageCell(element.label.in_(context.office.language) if element else "", style=style.WRAPPED),
            PageCell(finding.typed, style=style.WRAPPED),
            PageCell(_read_as(finding, context), style=style.TEXT),
            PageCell(t(finding.message), style=style.WRAPPED),
            PageCell(finding.proposal, style=style.TEXT),
            linked(str(cell), cell.url, style.LINKED) if cell else PageCell(style=style.TEXT),
            PageCell(status_word(status_of(finding), t), style=style.TEXT),
            PageCell(_wanted(finding, t), style=style.WRAPPED),
            PageCell(style=style.TO_FILL_IN),
        ),
        key=finding.id,
    )


def _wanted(finding: Finding, t: Language) -> str:
    """What the code's first letter means, in words."""
    if finding.severity is Severity.FATAL:
        return t("Please correct it: it does not count yet")
    return t("Please correct it, or give a reason: it counts meanwhile")


def _readings(context: Context, names: Mapping[str, LibraryMonth]) -> Iterator[Row]:
    """For each library, and for the office, one line on what was read in another way than it was typed."""
    told: dict[str, list[Finding]] = defaultdict(list)
    for finding in _sorted(each for each in context.findings if each.is_for_information):
        told[finding.library or ""].append(redact(finding, context.office))
    for library, findings in told.items():
        row, cell = names.get(library), next((cell for each in findings for cell in each.cells[:1]), None)
        cells = {
            CODE: PageCell(line_code(library), style=style.SMALL),
            LIBRARY: PageCell(row.library.name if row else library, style=style.NAME),
            CELL: linked(str(cell), cell.url, style.LINKED) if cell else PageCell(style=style.TEXT),
            STATUS: PageCell(status_word(Status.TO_KNOW, context.t), style=style.TEXT),
            QUESTION: PageCell(_summed_up(findings, context), style=style.WRAPPED),
        }
        texts = tuple(cells.get(place, PageCell(style=style.TEXT)) for place in range(len(COLUMNS)))
        yield Row(texts, key=line_code(library))


def line_code(library: str) -> str:
    """The code of a library's line: the same as long as the library is."""
    return f"INFO-{hashlib.blake2s(library.encode(), digest_size=4).hexdigest()}"


def _summed_up(findings: Sequence[Finding], context: Context) -> str:
    """*12 isian kami baca begini: “6 jam” → 6, …*, and what else there is to know."""
    t, parts = context.t, []
    read = [each for each in findings if each.severity is Severity.READ_AS]
    if read:
        shown = dict.fromkeys(f"“{each.typed}” → {_read_as(each, context)}" for each in read)
        parts.append(t("{count} entries were read like this: {examples}.", count=len(read), examples=_some(shown, t)))
    other = dict.fromkeys(t(each.message) for each in findings if each.severity is Severity.WARNING)
    parts += [*other][:_EXAMPLES]
    if len(other) > _EXAMPLES or (read and len(shown) > _EXAMPLES):
        parts.append(t("All of them stand in the tab {tab}.", tab=context.office.tabs.details))
    return " ".join((*parts, t("Nothing to do if that is right."))) if read else " ".join(parts)


def _some(examples: Iterable[str], t: Language) -> str:
    texts = [*examples]
    more = len(texts) - _EXAMPLES
    shown = ", ".join(texts[:_EXAMPLES])
    return t("{names} and {count} more", names=shown, count=more) if more > 0 else shown


def _read_as(finding: Finding, context: Context) -> str:
    """What the program made of the typed value."""
    seen = context.seen.get((finding.library, finding.element, finding.period))
    return _shown(seen, context.t) if seen else ""


def _shown(seen: Observation, t: Language) -> str:
    match seen.state:
        case State.UNREADABLE:
            return t("not read")
        case State.BLOCKED:
            return t("held back")
        case State.NOT_APPLICABLE:
            return t("not applicable")
        case State.EMPTY:
            return t("empty")
        case _:
            return t.number(seen.value)
