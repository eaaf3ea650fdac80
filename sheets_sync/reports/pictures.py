"""The charts of a report, each with its words for those who can't see it."""

from __future__ import annotations

from collections.abc import Sequence

from sheets_sync.model import OfficeMonth, Period, periods_between
from sheets_sync.reports.charts import Bar, column_chart, row_chart
from sheets_sync.reports.context import ReportContext
from sheets_sync.reports.rendered import Picture

MAX_ROWS = 25  # more would be too small to read


def trend_picture(trend: Sequence[float | None], last: Period, context: ReportContext) -> Picture:
    """Month scores, oldest first, the last one being of the month `last`."""
    bars = [
        Bar(month_label(period, context), context.t.number(value, 1), value, strong=period == last)
        for period, value in zip(_periods(trend, last), trend, strict=True)
    ]
    return Picture("trend", column_chart(bars, context.text(context.office.notice)), trend_words(trend, last, context))


def trend_words(trend: Sequence[float | None], last: Period, context: ReportContext) -> str:
    """What a trend shows, for those who can't see it."""
    said = [
        context.say(
            "chart_alt_month", month=period, score=context.say("no_score") if value is None else context.score(value)
        )
        for period, value in zip(_periods(trend, last), trend, strict=True)
    ]
    return context.say("chart_alt", months="; ".join(said))


def month_label(period: Period, context: ReportContext) -> str:
    """`Okt`; January with its year below, so that a reader sees where the year begins."""
    name, year = context.t.month(period, short=True).rsplit(" ", 1)
    return f"{name}\n{year}" if period.month == 1 else name


def _periods(trend: Sequence[float | None], last: Period) -> list[Period]:
    return periods_between(last - (len(trend) - 1), last)


def scores_picture(month: OfficeMonth, context: ReportContext) -> Picture | None:
    """Every library's score, in the register's order; None for an office with too many to be read."""
    if not 0 < len(month.libraries) <= MAX_ROWS:
        return None
    scores = [(entry.library.name, entry.score.value if entry.score else None) for entry in month.libraries]
    bars = [Bar(_clipped(name), context.score(value), value) for name, value in scores]
    said = [f"{name}: {context.say('no_score') if value is None else context.score(value)}" for name, value in scores]
    alt = context.say("office_chart_alt", libraries="; ".join(said))
    return Picture("scores", row_chart(bars, context.text(context.office.notice)), alt)


def _clipped(name: str, most: int = 48) -> str:
    return name if len(name) <= most else f"{name[: most - 1]}…"
