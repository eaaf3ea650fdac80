"""The office's table of its libraries: a row each, of a month, a quarter or a year."""

from __future__ import annotations

from dataclasses import dataclass

from sheets_sync.model import Score
from sheets_sync.reports.context import ReportContext

MAX_ROWS = 40  # a mail of 100 KB is cut off by some mail services; the letter or its annexes have every library


@dataclass(frozen=True, slots=True)
class LibraryRow:
    """A library in the office's table: `status` says what it reported of the month, `category` where its score stands."""

    name: str
    status: str
    score: str
    category: str
    colour: str
    change: str
    provisional: bool
    open_questions: int
    whole: bool = False  # all places of a region together


class Listing:
    """A report that has a row for each library."""

    __slots__ = ()
    rows: tuple[LibraryRow, ...]

    @property
    def shown(self) -> tuple[LibraryRow, ...]:
        """The rows a mail shows."""
        return self.rows[:MAX_ROWS]

    @property
    def hidden(self) -> int:
        return len(self.rows) - len(self.shown)


def library_row(
    name: str, status: str, score: Score | None, change: str, context: ReportContext, open_questions: int = 0
) -> LibraryRow:
    """A library's row, with its score as it is shown everywhere."""
    label = context.labels.category(score)
    return LibraryRow(
        name=name,
        status=status,
        score=context.score(score.value if score else None),
        category=context.text(label.label),
        colour=label.colour,
        change=change,
        provisional=bool(score and score.provisional),
        open_questions=open_questions,
    )
