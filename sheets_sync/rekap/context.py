"""What every page is made from, and the few things they all say the same way."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sheets_sync.labels import COLOURS, Labels
from sheets_sync.messages import Language, language, round_half_up
from sheets_sync.model import LibraryMonth, OfficeMonth, Reporting, Score
from sheets_sync.office import Elements, Office
from sheets_sync.rekap import style
from sheets_sync.rekap.links import TabLinks
from sheets_sync.rekap.page import EMPTY, PageCell, Row, Style


@dataclass(frozen=True, slots=True)
class Context:
    """An office's month with the names and links that showing it needs."""

    month: OfficeMonth
    office: Office
    elements: Elements
    labels: Labels
    links: TabLinks

    @property
    def t(self) -> Language:
        return language(self.office.language)


FOOTER_KEY = "∎"


def figure(value: float | None, t: Language, decimals: int = 2, look: Style = style.NUMBER) -> PageCell:
    """A number, rounded half up as the reports do; empty if there is none."""
    if value is None:
        return PageCell(style=look)
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return PageCell(t.number(value, decimals), round_half_up(value, decimals), _with_pattern(look, pattern))


def share(value: float | None, t: Language, look: Style = style.NUMBER) -> PageCell:
    """A share of 1 as per cent."""
    if value is None:
        return PageCell("–", style=look)
    return PageCell(t.percent(value), round_half_up(value, 4), _with_pattern(look, "0%"))


def change(now: float | None, before: float | None, t: Language) -> PageCell:
    """A difference with an arrow, so that it needs no colour."""
    if now is None or before is None:
        return PageCell(style=style.NUMBER)
    difference = round_half_up(round_half_up(now, 2) - round_half_up(before, 2), 2)
    arrow = "▲" if difference > 0 else "▼" if difference < 0 else "="
    look = _with_pattern(style.NUMBER, '"▲ "0.00;"▼ "0.00;"= "0.00')
    return PageCell(f"{arrow} {t.number(abs(difference), 2)}", difference, look)


def category(score: Score | None, reporting: Reporting, context: Context) -> PageCell:
    """The category as a word on its tint."""
    label = context.labels.category(score)
    if label:
        word = label.label.in_(context.office.language)
        return PageCell(word, style=style.tinted(style.CENTERED, label.colour))
    return PageCell(no_score(reporting, context.t), style=style.tinted(style.CENTERED, COLOURS["grey"]))


def no_score(reporting: Reporting, t: Language) -> str:
    """Why there is no score."""
    return t("not reported") if reporting is Reporting.NONE else t("too few data")


def status(row: LibraryMonth, t: Language) -> str:
    match row.reporting:
        case Reporting.COMPLETE:
            return t("reported")
        case Reporting.PARTIAL:
            return t("partly")
        case Reporting.NONE:
            return t("not reported")


def notices(context: Context) -> list[Row]:
    """The office's notice, if it has one, and the workbooks that could not be read."""
    code, office, t = context.office.language, context.office, context.t
    rows = [Row((PageCell(office.notice.in_(code), style=style.NOTICE),))] if office.notice else []
    if office.notice_detail:
        rows.append(Row((PageCell(office.notice_detail.in_(code), style=style.NOTICE_DETAIL),)))
    for stale in context.month.stale:
        since = stale.last_read
        age = (context.month.checked_at.date() - since.date()).days if since else None
        text = (
            t(
                "⚠ {title} could not be read; its figures are {age} days old ({since}). {reason}",
                title=stale.title,
                age=age,
                since=since,
                reason=stale.reason,
            )
            if since
            else t("⚠ {title} could not be read and has never been. {reason}", title=stale.title, reason=stale.reason)
        )
        rows.append(Row((PageCell(text, style=style.NOTICE_DETAIL),)))
    return rows


def footer(t: Language) -> Row:
    """The page's last row: below it and to the right everything belongs to people."""
    text = t("End of this page. Notes to the right of the table and below this line are never changed.")
    return Row((PageCell(text, style=style.FOOT),), key=FOOTER_KEY)


def blank() -> Row:
    return Row((EMPTY,))


def _with_pattern(look: Style, pattern: str) -> Style:
    return replace(look, pattern=pattern)
