"""The tab `Rekap` of a place above offices: a row a regency or province, made of what an office's `Rekap` is made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from msgspec import structs

from sheets_sync.config.labels import COLOURS
from sheets_sync.i18n import Language
from sheets_sync.model import LibraryMonth, PlaceFacts, Reporting, Timeliness, msg
from sheets_sync.model.tab_state import TabState
from sheets_sync.rekap import style, summary
from sheets_sync.rekap.align import standing_keys
from sheets_sync.rekap.context import (
    Context,
    banner,
    blank,
    category,
    change,
    figure,
    footer,
    head,
    headline,
    share,
    status,
)
from sheets_sync.rekap.history import PLACES, charts, history
from sheets_sync.rekap.indicators import indicators
from sheets_sync.rekap.page import Page, PageCell, PageColumn, Row, RowKind, Style, TextRun, joined, line
from sheets_sync.rekap.pages import PlannedPage, plan_page
from sheets_sync.rekap.sparkline import sparkline
from sheets_sync.rekap.summary import ROLE, about, tiles_of, timely

COLUMNS = (
    PageColumn(msg("Place"), 150),
    PageColumn(msg("Status"), 90),
    PageColumn(msg("Libraries reported"), 110),
    PageColumn(msg("Score"), 60),
    PageColumn(msg("Change"), 96),
    PageColumn(msg("A year ago"), 96),
    PageColumn(msg("Category"), 118),
    PageColumn(msg("Completeness"), 95),
    PageColumn(msg("Complete in time"), 90),
    PageColumn(msg("12 months"), 105),
    PageColumn(msg("Month's score"), 70),
    PageColumn(msg("Open questions"), 90),
    PageColumn(msg("About the score"), 125),
    PageColumn(msg("Brought in by a file of"), 130),
    PageColumn(msg("Code"), 90),
)
_SCORE = 3
_NUMBERS = frozenset({2, _SCORE, 4, 5, 7, 8, 10, 11})
_CENTERED = frozenset({1, 6, 9})
_FREEZE_FROM = 20
_SUM = structs.replace(style.NUMBER, bold=True)


def plan_region(
    context: Context, kinds: Sequence[tuple[str, int]], tabs: Sequence[TabState]
) -> tuple[PlannedPage, ...]:
    """The pages of a place above offices, each on its tab. `kinds` are the kinds of library it has, the scored one first."""
    ids = context.links.sheet_ids
    rekap = next((tab for tab in tabs if tab.sheet_id == ids[ROLE]), None)
    return (
        plan_page(region_page(context, kinds, standing_keys(rekap, COLUMNS)), tabs, ids[ROLE]),
        plan_page(indicators(_without_stale(context)), tabs, ids["indicators"]),
    )


def region_page(context: Context, kinds: Sequence[tuple[str, int]] = (), order: Sequence[str] = ()) -> Page:
    """The page; arguments as of `plan_region`, `order` as of an office's."""
    month, t = context.month, context.t
    places = summary.ordered(month.libraries, order)
    opening = [*headline(context.office.tabs.rekap, _without_stale(context)), *_counted(kinds, t), *_told(context)]
    tiles = [blank(), *tiles_of(_figures(context)), blank()]
    whole = [_row(month.together, context)] if month.together else []
    table = [head(COLUMNS, t, _NUMBERS, _CENTERED), *(_row(row, context) for row in places), *map(_as_total, whole)]
    head_row = len(opening) + 1 + len(tiles)
    first_past = head_row + len(table) + 1
    past = history(places, context, PLACES)
    return Page(
        role=ROLE,
        title=context.office.tabs.rekap,
        columns=COLUMNS,
        rows=(*opening, _elsewhere(context, first_past), *tiles, *table, blank(), *past, footer(t)),
        header=head_row,
        frozen_rows=head_row + 1 if len(places) >= _FREEZE_FROM else 0,
        frozen_columns=1,
        tab_colour=style.ACCENT,
        charts=charts(context, head_row, first_past, len(places), _SCORE, PLACES),
    )


def _without_stale(context: Context) -> Context:
    """The context without the places whose figures lack or are old: they are told in words of their own."""
    return replace(context, month=replace(context.month, stale=()))


def _counted(kinds: Sequence[tuple[str, int]], t: Language) -> Iterator[Row]:
    """Whose libraries are scored together, and who stands aside."""
    if not kinds:
        return
    (kind, count), *others = kinds
    said = t("Scored together: {count} libraries of the kind {kind}", count=count, kind=kind)
    if others:
        rest = ", ".join(f"{name} ({number})" for name, number in others)
        said += t("; of other kinds and in no sum: {kinds}", kinds=rest)
    yield line(said, style.SUBTITLE)


def _told(context: Context) -> Iterator[Row]:
    """The places that have not reported, are in no sum, or whose file is old."""
    month, t = context.month, context.t
    if silent := [row.library.name for row in month.libraries if row.reporting is Reporting.NONE]:
        text = t("Not reported, {month}: {places}.", month=month.period, places=", ".join(silent))
        yield banner(text, style.NOTICE_DETAIL)
    for stale in context.month.stale:
        yield banner(f"⚠ {context.t.show(stale.title)} {context.t(stale.reason)}", style.NOTICE_DETAIL)


def _elsewhere(context: Context, first_past: int) -> Row:
    t, tabs, links = context.t, context.office.tabs, context.links
    runs = (
        TextRun(t("Twelve months"), links.to(ROLE, first_past)),
        TextRun(" · "),
        TextRun(tabs.indicators, links.to("indicators")),
    )
    return Row((joined(runs, style.TEXT),), kind=RowKind.LINE)


def _figures(context: Context) -> Iterator[tuple[str, PageCell, Style]]:
    """Each tile's label, figure and look."""
    month, t, look = context.month, context.t, style.TILE_LABEL
    total, heard = len(month.libraries), sum(row.reporting.heard for row in month.libraries)
    silent = sum(row.reporting is Reporting.NONE for row in month.libraries)
    text = t("{reported} of {total}", reported=heard, total=total)
    yield t("places have reported"), PageCell(text, style=style.TILE_VALUE), look
    label = t("not reported, {month}", month=t.month(month.period, short=True))
    yield label, figure(silent, t, 0, style.TILE_VALUE), style.tinted(look, COLOURS["grey"])
    of = month.together.place if month.together and month.together.place else _NOTHING
    text = t("{reported} of {total} libraries have reported", reported=of.heard, total=of.libraries)
    yield text, share(of.heard / of.libraries if of.libraries else None, t, style.TILE_VALUE), look
    score = month.together.score if month.together else None
    yield t("Score of all together"), figure(score.value if score else None, t, look=style.TILE_VALUE), look
    yield t("Completeness"), share(month.completeness, t, style.TILE_VALUE), look
    yield timely(month.timeliness, t), share(month.timeliness.share, t, style.TILE_VALUE), look


def _row(row: LibraryMonth, context: Context) -> Row:
    t, now, facts = context.t, row.score, row.place or _NOTHING
    before = facts.last_year
    made = t.day(facts.made_at.astimezone(context.office.zone).date()) if facts.made_at else ""
    return Row(
        (
            PageCell(row.library.name, style=style.NAME),
            _status(row, t),
            PageCell(_heard(facts, t), style=style.NUMBER),
            figure(now.value if now else None, t, look=_SUM),
            change(now, row.previous, t),
            figure(before.value if before else None, t),
            category(now, context),
            share(row.completeness if facts.libraries else None, t),
            share(facts.timeliness.share, t),
            PageCell(sparkline(row.trend), style=style.SPARK),
            figure(row.month_score.value if row.month_score else None, t),
            figure(facts.questions or None, t, 0),
            PageCell(about(row, t), style=style.WRAPPED),
            PageCell(made, style=style.WRAPPED),
        ),
        key=row.library.code,
    )


def _heard(facts: PlaceFacts, t: Language) -> str:
    return t("{reported} of {total}", reported=facts.heard, total=facts.libraries) if facts.libraries else "–"


def _as_total(row: Row) -> Row:
    """The last row, of all together, in bold."""
    return structs.replace(row, cells=tuple(map(_in_bold, row.cells)))


def _in_bold(cell: PageCell) -> PageCell:
    return structs.replace(cell, style=structs.replace(cell.style, bold=True))


def _status(row: LibraryMonth, t: Language) -> PageCell:
    look = style.CENTERED if row.reporting is Reporting.COMPLETE else style.tinted(style.CENTERED, COLOURS["grey"])
    return PageCell(status(row, t), style=look)


_NOTHING = PlaceFacts(0, 0, 0, Timeliness(0, 0, 0), None)
