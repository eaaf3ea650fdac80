"""What every page is made from, and the few things they all say the same way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache

from msgspec.structs import replace

from sheets_sync.config.labels import Labels
from sheets_sync.config.office import Elements, Office
from sheets_sync.i18n import Language, language
from sheets_sync.model import (
    Finding,
    LibraryMonth,
    Message,
    Observation,
    OfficeMonth,
    Period,
    Reporting,
    Score,
    StaleWorkbook,
    msg,
)
from sheets_sync.model.rounding import round_half_up, shown_change
from sheets_sync.rekap import style
from sheets_sync.rekap.links import TabLinks, approval_link
from sheets_sync.rekap.page import EMPTY, PageCell, PageColumn, Row, RowKind, Style, TextRun, joined, line

Figure = tuple[str | None, str | None, Period | None]  # library, element, month


@dataclass(frozen=True)
class Context:
    """An office's month with the names and links that showing it needs.

    `findings` are all that are open, of whatever month: a question that is not among them is marked as done. `seen`
    is what the program made of the figures they are about.
    """

    month: OfficeMonth
    office: Office
    elements: Elements
    labels: Labels
    links: TabLinks
    findings: tuple[Finding, ...]
    seen: Mapping[Figure, Observation] = field(default_factory=dict)
    t: Language = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "t", language(self.office.language))

    @cached_property
    def beneath_titles(self) -> tuple[Row, ...]:
        """What every page says beneath its title: that the score is internal, how fresh it is, what to beware of."""
        return tuple(_beneath_titles(self))


FOOTER_KEY = "∎"
_SOME = 5  # names in a notice
MOST = 1e15  # a number's digits are all kept below
_KEPT = 16_384  # cells of figures: an office's pages, and all offices', show the same few hundreds again and again


@lru_cache(maxsize=_KEPT)
def figure(value: float | None, t: Language, decimals: int = 2, look: Style = style.NUMBER) -> PageCell:
    """A number, rounded half up as the reports do; empty if there is none."""
    if value is None:
        return PageCell(style=look)
    if not abs(value) < MOST:  # such a number is told, not drawn: Sheets would show other digits, or take none at all
        return PageCell(t.number(value, decimals), None, look)
    text, number = t.rounded(value, decimals)
    return PageCell(text, number, _with_decimals(look, decimals))


@lru_cache(maxsize=_KEPT)
def share(value: float | None, t: Language, look: Style = style.NUMBER) -> PageCell:
    """A share of 1 as per cent, rounded half up; the number too, so that the tab shows what is meant here."""
    if value is None or not abs(value) < MOST:
        return PageCell(t.percent(value), style=look)
    return PageCell(t.percent(value), round_half_up(value, 2), _with_pattern(look, "0 %" if t.code == "id" else "0%"))


def change(now: Score | None, before: Score | None, t: Language) -> PageCell:
    """A difference with an arrow, so that it needs no colour."""
    difference = shown_change(now, before)
    if difference is None or not abs(difference) < MOST:
        return PageCell(style=style.NUMBER)
    arrow = "▲" if difference > 0 else "▼" if difference < 0 else "="
    look = _with_pattern(style.NUMBER, '"▲ "0.00;"▼ "0.00;"= "0.00')
    return PageCell(f"{arrow} {t.number(abs(difference), 2)}", difference, look)


def category(score: Score | None, context: Context) -> PageCell:
    """The category as a word on its tint."""
    label = context.labels.category(score)
    return PageCell(label.label.in_(context.office.language), style=style.tinted(style.CENTERED, label.colour))


def status(row: LibraryMonth, t: Language) -> str:
    """How much of the month the library has reported; what its score is called is another matter."""
    match row.reporting:
        case Reporting.COMPLETE:
            return t("reported")
        case Reporting.PARTIAL:
            return t("partly")
        case Reporting.NONE:
            return t("not reported")
        case Reporting.UNREAD:
            return t("not readable")
        case Reporting.CLOSED:
            return t("closed")


def head(
    columns: Sequence[PageColumn], t: Language, numbers: frozenset[int], centered: frozenset[int] = frozenset()
) -> Row:
    """The columns' titles, standing as their figures do."""
    looks = ((number in numbers, number in centered) for number in range(len(columns)))
    cells = (
        PageCell(t(column.title), style=style.HEAD_NUMBER if right else style.HEAD_CENTER if middle else style.HEAD)
        for column, (right, middle) in zip(columns, looks, strict=True)
    )
    return Row(tuple(cells), key=t(columns[-1].title))


def headline(tab: str, context: Context) -> Iterator[Row]:
    """The first rows of a page: what it is, and what every page says beneath that."""
    yield line(f"{tab} – {context.office.name}", style.TITLE)
    yield from context.beneath_titles


def _beneath_titles(context: Context) -> Iterator[Row]:
    month, t = context.month, context.t
    span = _span(month.period, context)
    text = t("Internal score – not the official SIM score · scheme {scheme} · {span}", scheme=month.scheme, span=span)
    yield line(text, style.STRONG)
    yield _stamp(context)
    yield from notices(context)


def _span(period: Period, context: Context) -> str:
    """The months the score looks at: "Januari 2024 – Oktober 2024"."""
    t, first = context.t, period.year_start(context.office.year_starts_in)
    return t.month(period) if first == period else f"{t.month(first)} – {t.month(period)}"


def _stamp(context: Context) -> Row:
    month, t = context.month, context.t
    data = t("Data as of {moment}", moment=month.data_as_of) if month.data_as_of else t("No data read yet")
    looked = t("looked at {moment}", moment=month.checked_at)
    return line(f"{data} · {looked}", style.SUBTITLE, counts_as=f"{data} · {month.checked_at.date()}")


def notices(context: Context) -> Iterator[Row]:
    """The office's notice, if it has one, and the workbooks that could not be read."""
    yield from notice(context)
    for stale in context.month.stale:
        yield banner(context.t(_stale(stale, context)), style.NOTICE_DETAIL)
    yield from _decision_notices(context)
    yield from _mail_notices(context)


def _decision_notices(context: Context) -> Iterator[Row]:
    """What waits for the office's word, and which report goes out later than planned."""
    t, office, decisions = context.t, context.office, context.month.decisions
    if decisions.waiting and office.approvers:
        lead = t("Waits for the office:")
        runs = [TextRun(f"⚠ {lead} ")]
        asked = [each.asks if isinstance(each.asks, str) else t(each.asks) for each in decisions.waiting]
        runs += [TextRun(f"{some(asked, t)} "), _answered_in(context)]
        yield Row((joined(runs, style.NOTICE_DETAIL), *(PageCell(style=style.NOTICE_DETAIL),) * 8), kind=RowKind.LINE)
    for period, moment in decisions.postponed:
        text = t("The report of {month} is put off; it goes out {moment}.", month=period, moment=moment)
        yield banner(text, style.NOTICE_DETAIL)


def _mail_notices(context: Context) -> Iterator[Row]:
    """Who gets no mail: names of libraries only, because everybody who opens the workbook reads this."""
    t, mail, office = context.t, context.month.mail, context.office
    if mail.down:
        yield banner(f"⚠ {t(mail.down)}", style.NOTICE_DETAIL)
    if mail.held:
        names = tuple(dict.fromkeys(each.name for each in mail.held))
        text = t(
            "⚠ {count} new or changed addresses get no mail yet: {libraries}.",
            count=len(mail.held),
            libraries=some(names, t),
        )
        runs = [TextRun(f"{text} "), *_where(context)]
        yield Row((joined(runs, style.NOTICE_DETAIL), *(PageCell(style=style.NOTICE_DETAIL),) * 8), kind=RowKind.LINE)
    if mail.without_address:
        known = {row.library.code: row.library.name for row in context.month.libraries}
        names = tuple(known.get(code, code) for code in mail.without_address)
        text = t(
            "⚠ Without an e-mail address in {tab}: {libraries}.", tab=office.tabs.libraries, libraries=some(names, t)
        )
        yield banner(text, style.NOTICE_DETAIL)
    if mail.problem:
        yield banner(f"⚠ {t(mail.problem)}", style.NOTICE_DETAIL)


def _answered_in(context: Context) -> TextRun:
    """The tab in which the office answers."""
    office = context.office
    return TextRun(context.t("Answer in the tab {tab}.", tab=office.tabs.approvals), approval_link(office))


def _where(context: Context) -> tuple[TextRun, ...]:
    """Where addresses are approved."""
    t, office = context.t, context.office
    if not office.approvers:
        return (TextRun(t("The office approves them with `sheets-sync approve`.")),)
    return (TextRun(t("Approve them in the tab {tab}.", tab=office.tabs.approvals), approval_link(office)),)


def some(names: Sequence[str], t: Language) -> str:
    """The first few names, and how many there are besides."""
    shown, more = ", ".join(names[:_SOME]), len(names) - _SOME
    return t("{names} and {count} more", names=shown, count=more) if more > 0 else shown


def notice(context: Context) -> Iterator[Row]:
    """What the office wants said on every page, e.g. that the figures are invented."""
    office, code = context.office, context.office.language
    if office.notice:
        yield banner(office.notice.in_(code), style.NOTICE)
    if office.notice_detail:
        yield banner(office.notice_detail.in_(code), style.NOTICE_DETAIL)


def banner(text: str, look: Style, width: int = 9) -> Row:
    """A line of text over the first columns, on its fill."""
    return Row((PageCell(text, style=look), *(PageCell(style=look) for _ in range(width - 1))), kind=RowKind.LINE)


def _stale(stale: StaleWorkbook, context: Context) -> Message:
    """How old its figures are, by the office's clock."""
    zone, now = context.office.zone, context.month.checked_at
    if stale.last_read is None:
        return msg("⚠ {title} could not be read and has never been. {reason}", title=stale.title, reason=stale.reason)
    return msg(
        "⚠ {title} could not be read; its figures are {age} days old ({since}). {reason}",
        title=stale.title,
        age=(now.astimezone(zone).date() - stale.last_read.astimezone(zone).date()).days,
        since=stale.last_read.astimezone(zone),
        reason=stale.reason,
    )


def footer(t: Language) -> Row:
    """The page's last row: below it and to the right everything belongs to people."""
    text = t("End of this page. Notes to the right of the table and below this line are never changed.")
    return replace(line(text, style.FOOT), key=FOOTER_KEY)


def blank() -> Row:
    return Row((EMPTY,))


@cache
def _with_decimals(look: Style, decimals: int) -> Style:
    return _with_pattern(look, "#,##0" + ("." + "0" * decimals if decimals else ""))


@cache
def _with_pattern(look: Style, pattern: str) -> Style:
    return replace(look, pattern=pattern)
