"""What `Rekap` says of the office's reports, above its table."""

from __future__ import annotations

from collections.abc import Iterator

from sheets_sync.model.decision import ReportPlan
from sheets_sync.rekap import style
from sheets_sync.rekap.context import Context
from sheets_sync.rekap.page import Row, line


def reports(context: Context) -> Iterator[Row]:
    """When the next report goes out and to whom, what became of the last one, and when the year's comes."""
    plan, t = context.month.decisions.plan, context.t
    if plan is None:
        return
    tab = context.office.tabs.libraries
    text = t(
        "Next report: {month}, {moment} at the earliest, by mail to the addresses in the tab {tab} and to the office.",
        month=plan.month,
        moment=plan.moment,
        tab=tab,
    )
    yield line(text, style.SUBTITLE)
    more = " ".join(_more(plan, context))
    if more:
        yield line(more, style.SUBTITLE)


def _more(plan: ReportPlan, context: Context) -> Iterator[str]:
    t = context.t
    if plan.last and plan.last_moment:
        moment = plan.last_moment.astimezone(context.office.zone)
        yield t("Last report: {month}, {moment}; it lies in the office's mail.", month=plan.last, moment=moment)
    if plan.year_after:
        yield t("The year's report follows the one of {month}.", month=plan.year_after)
