"""A paragraph to pass on in a chat: what was done together, in a few sentences; no scores, nobody's name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sheets_sync.model import OfficeMonth
from sheets_sync.model.office_span import OfficeSpan
from sheets_sync.model.text import one_line
from sheets_sync.reports.context import ReportContext

MAX_LENGTH = 600  # characters: what a chat shows without "read more"


def forward_month(month: OfficeMonth, context: ReportContext) -> str:
    """The office's month in at most 600 characters."""
    say, after = context.say, month.period + 1
    reported, total = sum(entry.reporting.heard for entry in month.libraries), len(month.libraries)
    if month.together is not None and month.together.place is not None:  # rows are regencies; libraries are theirs
        reported, total = month.together.place.heard, month.together.place.libraries
    words = {"office": context.office.name, "reported": reported, "total": total}
    lead = say("forward_month", month=month.period, **words)
    last = say("forward_next", month=after, day=context.office.due(after))
    return _paragraph(context, lead, list(_of_month(month, context)), last)


def forward_span(whole: OfficeSpan, context: ReportContext) -> str:
    """The office's quarter or year in at most 600 characters."""
    words = {"office": context.office.name, "reported": whole.heard, "total": whole.due}
    known = {each.element: each.total for each in whole.elements}
    figures = (figure(name, known.get(name), context) for name in context.headline)
    return _paragraph(context, context.say("forward_span", span=whole.span, **words), [*filter(None, figures)], "")


def figure(element: str, total: float | None, context: ReportContext) -> str:
    """*Pengunjung di tempat 1.234 orang*; nothing where nothing was reported."""
    if total is None:
        return ""
    known = context.elements.by_id.get(element)
    unit = context.text(known.unit) if known else ""
    return context.say("forward_figure", element=context.element(element), total=total, unit=unit).strip()


def _of_month(month: OfficeMonth, context: ReportContext) -> Iterator[str]:
    for name in context.headline:
        values = [
            seen.value
            for entry in month.libraries
            for seen in entry.observations
            if (seen.element, seen.period) == (name, month.period) and seen.state.counts and seen.value is not None
        ]
        yield from filter(None, [figure(name, sum(values) if values else None, context)])


def _paragraph(context: ReportContext, lead: str, figures: Sequence[str], last: str) -> str:
    """The longest that fits: figures are left out from the end, then the last sentence; the thanks stay."""
    notice, thanks = context.text(context.office.notice), context.say("forward_thanks")
    head = f"[{notice}] {lead}" if notice else lead
    for count in range(len(figures), -1, -1):
        told = context.say("forward_figures", figures="; ".join(figures[:count])) if count else ""
        for ending in (last, ""):
            text = _joined((head, told, thanks, ending))
            if len(text) <= MAX_LENGTH:
                return text
    text = _joined((head, thanks))
    return text if len(text) <= MAX_LENGTH else f"{text[: MAX_LENGTH - 1]}…"


def _joined(sentences: Iterable[str]) -> str:
    return one_line(" ".join(filter(None, sentences)))
