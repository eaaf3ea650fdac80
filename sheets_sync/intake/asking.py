"""What is to be told about headings and labels: nearly known, left out, or recognised by an alias."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence

from sheets_sync.intake.headings import Vocabulary
from sheets_sync.model import CellRef, Finding
from sheets_sync.rules import entries, places

MAX_NAMED = 8  # headings named in one finding

Heading = tuple[CellRef, str]


def about_unknown(
    unknown: Iterable[Heading],
    present: Container[str],
    vocabulary: Vocabulary,
    said: Iterable[Heading] = (),
    *,
    rows: bool = False,
) -> Iterator[Finding]:
    """A question for each heading that looks like one of an element not `present`; one line for the others and `said`."""
    left_out: list[Heading] = list(said)
    for where, text in unknown:
        known = vocabulary.suggestion(text)
        meaning = vocabulary.meaning(known) if known else None
        if known and meaning and meaning.element not in present:
            yield (places.ROW if rows else places.HEADING).finding(
                cells=(where,), typed=text, proposal=known, names=(meaning.element,)
            )
        else:
            left_out.append((where, text))
    if left_out:
        yield (places.EXTRA_ROW if rows else places.EXTRA_COLUMN).finding(
            cells=_cells(left_out), typed=_named(left_out)
        )


def about_disputes(disputed: Iterable[Sequence[Heading]]) -> Iterator[Finding]:
    """A question for each group of headings that claim the same."""
    for group in disputed:
        yield places.SAME_HEADING.finding(cells=_cells(group), typed=_named(group))


def about_libraries(headings: Sequence[Heading]) -> Iterator[Finding]:
    """One question for the headings that name other libraries than their rows."""
    if headings:
        yield places.LIBRARIES_ACROSS.finding(cells=_cells(headings), typed=_named(headings))


def about_dates(headings: Sequence[Heading]) -> Iterator[Finding]:
    """One question for the headings that are dates of one month or, with day and month swapped, of another."""
    if headings:
        yield entries.DATE_ORDER.finding(cells=_cells(headings), typed=_named(headings))


def about_parts(parts: Sequence[Heading], *, rows: bool = False) -> Iterator[Finding]:
    """One question for the parts of something whose whole stands nowhere."""
    if parts:
        yield (places.PART_ROWS if rows else places.PARTS).finding(cells=_cells(parts), typed=_named(parts))


def about_aliases(headings: Sequence[Heading]) -> Iterator[Finding]:
    """One line for the headings that were recognised by an alias."""
    if headings:
        yield places.ALIAS.finding(cells=_cells(headings), typed=_named(headings))


def _cells(headings: Iterable[Heading]) -> tuple[CellRef, ...]:
    return tuple(where for where, _ in headings)


def _named(headings: Sequence[Heading]) -> str:
    names = [text for _, text in headings]
    return ", ".join(names[:MAX_NAMED]) + (" …" if len(names) > MAX_NAMED else "")
