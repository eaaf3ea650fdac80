"""The layouts: each says which cell of a table holds which element of which library in which month."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from sheets_sync.intake.layouts import answers, element_rows, month_rows, wide
from sheets_sync.intake.layouts.lines import Line
from sheets_sync.intake.layouts.sheet import Sheet
from sheets_sync.intake.options import Layout
from sheets_sync.model import Finding
from sheets_sync.rules.places import NO_YEAR

Place = Callable[[Sheet], Iterator[Line | Finding]]

LAYOUTS: Mapping[Layout, Place] = MappingProxyType(
    {
        Layout.MONTH_ROWS: month_rows.place,
        Layout.ELEMENT_ROWS: element_rows.place,
        Layout.WIDE: wide.place,
        Layout.ANSWERS: answers.place,
    }
)


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
