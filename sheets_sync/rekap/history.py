"""The months before: every library's score month by month below the table of `Rekap`, and the charts made of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sheets_sync.model import LibraryMonth, Message, Period, msg
from sheets_sync.rekap import style
from sheets_sync.rekap.context import Context, blank, figure
from sheets_sync.rekap.page import ChartKind, PageCell, PageChart, Row, Span, line

MONTHS = 12
CHART_HEIGHT = 340  # pixels
_CHART_ROWS = 18  # rows of 21 pixels that the charts stand on


@dataclass(frozen=True, slots=True)
class Members:
    """What the rows are called, and what stands for all of them together, in the block and above its chart."""

    one: Message
    all_of_them: Message
    trend: Message


LIBRARIES = Members(msg("Library"), msg("Mean of the libraries"), msg("Mean score of the libraries, month by month"))
PLACES = Members(msg("Place"), msg("All together"), msg("Score of all together, month by month"))


def history(libraries: Sequence[LibraryMonth], context: Context, members: Members = LIBRARIES) -> tuple[Row, ...]:
    """A heading, the months, the newest first, a row a library, the office's mean, and empty rows for the charts."""
    t, last = context.t, context.month.period
    months = [last - back for back in range(MONTHS)]
    named = [(row.library.name, row.trend, row.library.code) for row in libraries]
    named.append((t(members.all_of_them), context.month.trend, ""))
    return (
        line(t("Twelve months: the score of each month, the newest first"), style.SECTION),
        _head(months, context, members),
        *(Row((PageCell(name, style=style.NAME), *_scores(trend, context)), code) for name, trend, code in named),
        blank(),
        *(blank() for _ in range(_CHART_ROWS)),
    )


def _head(months: Sequence[Period], context: Context, members: Members) -> Row:
    t = context.t
    # Month and year each on a line of their own, however wide the column is.
    titles = (PageCell(t.month(month, short=True).replace(" ", "\n"), style=style.HEAD_NUMBER) for month in months)
    return Row((PageCell(t(members.one), style=style.HEAD), *titles))


def _scores(trend: Sequence[float | None], context: Context) -> Iterator[PageCell]:
    """A figure a month on its category's tint, the newest first; to the left where there are fewer than twelve."""
    for value in reversed(trend):
        cell, label = figure(value, context.t), context.labels.category_of(value)
        yield PageCell(cell.text, cell.number, style.tinted(cell.style, label.colour)) if label else cell


def charts(
    context: Context, header: int, first: int, libraries: int, score: int, members: Members = LIBRARIES
) -> tuple[PageChart, ...]:
    """The scores as bars and the office's mean as a line; `header` is the table's head, `first` the block's row.

    `score` is the table's column of scores.
    """
    t, mean = context.t, first + 2 + libraries
    if not libraries:
        return ()
    title, trend = t("Score, year to date"), t(members.trend)
    table = (header + 1, header + libraries)
    return (
        PageChart(
            "scores",
            ChartKind.BAR,
            title,
            f"{title}. {_spoken(context)}",
            Span(*table, 0, 0),
            Span(*table, score, score),
            row=mean + 2,
            column=0,
            width=520,
            height=CHART_HEIGHT,
        ),
        PageChart(
            "trend",
            ChartKind.LINE,
            trend,
            trend,
            Span(first + 1, first + 1, 1, MONTHS),
            Span(mean, mean, 1, MONTHS),
            row=mean + 2,
            column=5,
            width=620,
            height=CHART_HEIGHT,
            backwards=True,
        ),
    )


def _spoken(context: Context) -> str:
    """The bars in words, for those who do not see them."""
    t = context.t
    return "; ".join(
        f"{row.library.name} {t.number(row.score.value, 2)}"
        for row in context.month.libraries
        if row.score and row.score.value is not None
    )
