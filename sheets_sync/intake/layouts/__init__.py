"""The layouts: each says which cell of a table holds which element of which library in which month."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from sheets_sync.intake.figure_cells import like_a_figure
from sheets_sync.intake.layouts import answers, element_rows, month_rows, wide
from sheets_sync.intake.layouts.lines import Line
from sheets_sync.intake.layouts.sheet import Sheet
from sheets_sync.intake.options import Layout
from sheets_sync.model import CellRef, Finding
from sheets_sync.rules.places import NO_YEAR, PART_ROWS

Place = Callable[[Sheet], Iterator[Line | Finding]]

LAYOUTS: Mapping[Layout, Place] = MappingProxyType(
    {
        Layout.MONTH_ROWS: month_rows.place,
        Layout.ELEMENT_ROWS: element_rows.place,
        Layout.WIDE: wide.place,
        Layout.ANSWERS: answers.place,
    }
)


def place(sheet: Sheet) -> Iterator[Line | Finding]:
    """What its layout says of a table; the lines of some of the people only are asked about, as no totals are.

    Rows of elements see to that themselves: what is a part there hangs on the rows above.
    """
    placed = LAYOUTS[sheet.table.layout](sheet)
    return placed if sheet.has_labels or not sheet.sections else _without_parts(sheet, placed)


def _without_parts(sheet: Sheet, lines: Iterable[Line | Finding]) -> Iterator[Line | Finding]:
    """The lines of everybody; one question for those of each group."""
    of_parts: dict[str, list[CellRef]] = {}
    for placed in lines:
        group = sheet.section(placed.row).group if isinstance(placed, Line) else ""
        if not isinstance(placed, Line) or not group:
            yield placed
        elif any(like_a_figure(sheet.tab.at(placed.row, column)) for column in placed.columns):
            of_parts.setdefault(group, []).append(sheet.cell(placed.row, placed.columns[0]))
    for group, cells in of_parts.items():
        yield PART_ROWS.finding(cells=tuple(cells), typed=group)


def one_for_each(findings: Iterable[Finding]) -> Iterator[Finding]:
    """One question where several rows bring up the same one, like a misspelt library; it names all their cells."""
    groups: dict[tuple[str, str | None, str], list[Finding]] = {}
    for finding in findings:
        typed = finding.typed if finding.rule_code != NO_YEAR.code else ""
        whose = finding.library if finding.rule_code != NO_YEAR.code else None
        groups.setdefault((finding.rule_code, whose, typed), []).append(finding)
    for group in groups.values():
        library = group[0].library if len({finding.library for finding in group}) == 1 else None
        yield replace(
            group[0], library=library, cells=tuple(dict.fromkeys(cell for finding in group for cell in finding.cells))
        )
