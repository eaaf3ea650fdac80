"""The tab `Rekap`: who reported, which score, what changed, what to ask for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from sheets_sync.config.labels import COLOURS, short_step_message
from sheets_sync.i18n import Language
from sheets_sync.model import CellRef, LibraryMonth, Reporting, Timeliness, msg
from sheets_sync.rekap import style
from sheets_sync.rekap.context import (
    Context,
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
from sheets_sync.rekap.history import charts, history
from sheets_sync.rekap.links import approval_link, reminder, whatsapp
from sheets_sync.rekap.page import (
    Filter,
    Page,
    PageCell,
    PageColumn,
    Row,
    RowKind,
    Style,
    TextRun,
    joined,
    line,
    linked,
)
from sheets_sync.rekap.questions import view_of
from sheets_sync.rekap.report_lines import reports
from sheets_sync.rekap.sparkline import sparkline

ROLE = "rekap"
# What is asked for most stands first, so that a phone shows it too: whom to remind of the newest month, and of what.
COLUMNS = (
    PageColumn(msg("Library"), 122),
    PageColumn(msg("Status"), 86),
    PageColumn(msg("Reminder"), 90),
    PageColumn(msg("Next step"), 172),
    PageColumn(msg("Score"), 60),
    PageColumn(msg("Change"), 96),
    PageColumn(msg("Category"), 85),
    PageColumn(msg("Open questions"), 105),
    PageColumn(msg("On time"), 80),
    PageColumn(msg("12 months"), 114),
    PageColumn(msg("Month's score"), 70),
    PageColumn(msg("About the score"), 125),
    PageColumn(msg("Completeness"), 114),
    PageColumn(msg("Official SIM score"), 80),
    PageColumn(msg("District"), 120),
    PageColumn(msg("Code"), 130),
)
LIBRARY, STATUS, REMINDER, STEP, SCORE, CHANGE, CATEGORY, QUESTIONS, TREND, ABOUT = 0, 1, 2, 3, 4, 5, 6, 7, 9, 11
DISTRICT = 14
_NUMBERS = frozenset({SCORE, CHANGE, 10, 12, 13})
_CENTERED = frozenset({STATUS, CATEGORY, 8, TREND})
_FREEZE_FROM = 20  # libraries; a short table needs no frozen head, and on a phone every row counts
_LINKED_CELLS = 2
_SCORE = replace(style.NUMBER, bold=True)


def summary(context: Context, order: Sequence[str] = ()) -> Page:
    """The page. `order` is how the libraries' codes stand on the tab now: they stay where they are."""
    libraries = ordered(context.month.libraries, order)
    opening = [*headline(context.office.tabs.rekap, context), *reports(context)]
    tiles = [blank(), *tiles_of(_figures(context)), blank()]
    table = [head(COLUMNS, context.t, _NUMBERS, _CENTERED), *(_library(row, context) for row in libraries)]
    head_row = len(opening) + 1 + len(tiles)
    by_district = districts(context)
    first_past = head_row + len(table) + 1 + len(by_district)
    past = history(libraries, context)
    return Page(
        role=ROLE,
        title=context.office.tabs.rekap,
        columns=COLUMNS,
        rows=(
            *opening,
            _elsewhere(context, first_past),
            *tiles,
            *table,
            blank(),
            *by_district,
            *past,
            footer(context.t),
        ),
        header=head_row,
        frozen_rows=head_row + 1 if len(libraries) >= _FREEZE_FROM else 0,
        frozen_columns=1,
        tab_colour=style.ACCENT,
        filters=(*_filters(head_row, len(libraries), context.t), *_of_districts(context, head_row, len(libraries))),
        charts=charts(context, head_row, first_past, len(libraries), SCORE),
    )


def _elsewhere(context: Context, first_past: int) -> Row:
    """One click away: the months before, the questions, the details, the scheme."""
    t, office, tabs, links = context.t, context.office, context.office.tabs, context.links
    by_district, count = context.month.districts, len(context.month.districts)
    targets = (
        *(((t("By district"), links.to(ROLE, first_past - count - _AROUND)),) if by_district else ()),
        (t("Twelve months"), links.to(ROLE, first_past)),
        (tabs.questions, links.to("questions")),
        (t("{tab}: why a score changed", tab=tabs.details), links.to("details")),
        (t("{tab}: what counts for the score", tab=tabs.indicators), links.to("indicators")),
    )
    if office.approvers:
        targets += ((t("{tab}: what the office decides", tab=tabs.approvals), approval_link(office)),)
    runs = [run for title, link in targets for run in (TextRun(" · "), TextRun(title, link))]
    return Row((joined(runs[1:], style.TEXT),), kind=RowKind.LINE)


_AROUND = 2  # the line above the districts and the blank one below them


def districts(context: Context) -> tuple[Row, ...]:
    """A large office's kecamatan, below the table: each opens its libraries alone."""
    if not context.month.districts:
        return ()
    return (
        line(context.t("By district: the score is of all libraries there together"), style.SECTION),
        *(_district(row, context) for row in context.month.districts),
        blank(),
    )


def _district(row: LibraryMonth, context: Context) -> Row:
    t, name, place = context.t, row.library.name, row.place
    if place is None:
        return blank()
    heard = t("{reported} of {total}", reported=place.heard, total=place.libraries)
    complete = t("complete: {share}", share=t.percent(row.completeness))
    return Row(
        (
            linked(name, context.links.to_view(ROLE, _view_of_district(name)), style.LINKED),
            PageCell(heard, style=style.CENTERED),
            PageCell(style=style.TEXT),
            PageCell(complete, style=style.WRAPPED),
            figure(row.score.value if row.score else None, t, look=_SCORE),
            PageCell(style=style.NUMBER),
            category(row.score, context),
            figure(place.questions or None, t, 0),
        ),
        key=f"∑ {name}",
    )


def _view_of_district(name: str) -> str:
    return f"district {name}"


def _of_districts(context: Context, head_row: int, libraries: int) -> Iterator[Filter]:
    for row in context.month.districts:
        name = row.library.name
        yield Filter(_view_of_district(name), name, head_row, head_row + libraries, DISTRICT, name)


def _filters(head_row: int, libraries: int, t: Language) -> tuple[Filter, ...]:
    if not libraries:
        return ()
    last = head_row + libraries
    return (
        Filter("missing", t("not reported"), head_row, last, STATUS, t("not reported")),
        Filter("questions", t("Open questions"), head_row, last, QUESTIONS),
    )


def ordered(libraries: Iterable[LibraryMonth], order: Sequence[str]) -> list[LibraryMonth]:
    """The libraries as they stand on the tab, new ones at the end."""
    place = {code: number for number, code in reversed(list(enumerate(order)))}
    return sorted(libraries, key=lambda row: place.get(row.library.code, len(order)))


def tiles_of(figures: Iterable[tuple[str, PageCell, Style]]) -> Iterator[Row]:
    """A row of labels and one of figures, each on its label's fill."""
    tiles = list(figures)
    yield Row(tuple(PageCell(label, style=look) for label, _, look in tiles), kind=RowKind.TILES)
    values = (replace(value, style=replace(value.style, fill=look.fill, hue=look.hue)) for _, value, look in tiles)
    yield Row(tuple(values), kind=RowKind.TILES)


def _figures(context: Context) -> Iterator[tuple[str, PageCell, Style]]:
    """Each tile's label, figure and look."""
    month, t, look = context.month, context.t, style.TILE_LABEL
    total, closed = len(month.expected), len(month.libraries) - len(month.expected)
    missing = sum(row.reporting is Reporting.NONE for row in month.libraries)
    heard = sum(row.reporting.heard for row in month.libraries)
    text = t("{reported} of {total}", reported=heard, total=total)
    reported = t("have reported; closed: {count}", count=closed) if closed else t("have reported")
    yield reported, PageCell(text, style=style.TILE_VALUE), look
    silent = t("not reported, {month}", month=t.month(month.period, short=True))
    yield silent, figure(missing, t, 0, style.TILE_VALUE), style.tinted(look, COLOURS["grey"])
    yield t("Completeness"), share(month.completeness, t, style.TILE_VALUE), look
    yield timely(month.timeliness, t), share(month.timeliness.share, t, style.TILE_VALUE), look
    for label in context.labels.all_categories:
        count = sum(context.labels.category(row.score) is label for row in month.libraries)
        tinted = style.tinted(look, label.colour)
        yield label.label.in_(context.office.language), figure(count, t, 0, style.TILE_VALUE), tinted
    own = len(month.own_questions)
    asked = t("Open questions, {own} of them for the office", own=own) if own else t("Open questions")
    yield asked, figure(len(month.open_questions), t, 0, style.TILE_VALUE), look


def timely(share_of: Timeliness, t: Language) -> str:
    """What the share is of: those of which it is not known are in neither number, and said."""
    if not share_of.known:
        return t("Complete in time: not known yet")
    if not share_of.unknown:
        return t("Complete in time: {on_time} of {known}", on_time=share_of.on_time, known=share_of.known)
    return t(
        "Complete in time: {on_time} of {known}, {unknown} not known",
        on_time=share_of.on_time,
        known=share_of.known,
        unknown=share_of.unknown,
    )


def _library(row: LibraryMonth, context: Context) -> Row:
    t, now = context.t, row.score
    official = row.library.official
    on_time = {True: t("yes"), False: t("late"), None: "–"}[row.on_time]
    return Row(
        (
            PageCell(row.library.name, style=style.NAME),
            _status(row, t),
            _reminder(row, context),
            _step(row, context),
            figure(now.value if now else None, t, look=_SCORE),
            change(now, row.previous, t),
            category(now, context),
            _questions(row, context),
            PageCell(on_time, style=style.CENTERED),
            PageCell(sparkline(row.trend), style=style.SPARK),
            figure(row.month_score.value if row.month_score else None, t),
            PageCell(about(row, t), style=style.WRAPPED),
            share(None if row.reporting is Reporting.CLOSED else row.completeness, t),
            figure(official.value if official else None, t),
            PageCell(row.library.district, style=style.TEXT),
        ),
        key=row.library.code,
    )


def _status(row: LibraryMonth, t: Language) -> PageCell:
    look = style.CENTERED if row.reporting is Reporting.COMPLETE else style.tinted(style.CENTERED, COLOURS["grey"])
    return PageCell(status(row, t), style=look)


def about(row: LibraryMonth, t: Language) -> str:
    """What the score has to be read with: provisional, its range, revisions."""
    score, notes = row.score, []
    if score and score.provisional:
        notes.append(t("provisional"))
    if score and score.low is not None and score.high is not None and t.number(score.low, 2) != t.number(score.high, 2):
        notes.append(t("range {low}–{high}", low=t.number(score.low, 2), high=t.number(score.high, 2)))
    if row.revisions:
        notes.append(t("{count} revised", count=len(row.revisions)))
    return ", ".join(notes)


def _questions(row: LibraryMonth, context: Context) -> PageCell:
    """How many, linked to the list of them, and the first cells to look at."""
    questions = row.open_questions
    if not questions:
        return PageCell(style=style.TEXT)
    cells = list(dict.fromkeys(cell for question in questions for cell in question.cells[:1]))
    runs = [TextRun(context.t.number(len(questions)), context.links.to_view("questions", view_of(row.library.code)))]
    runs += _cell_runs(cells[:_LINKED_CELLS])
    return joined([*runs, TextRun(" …")] if len(cells) > _LINKED_CELLS else runs, style.TEXT)


def _cell_runs(cells: Iterable[CellRef]) -> Iterator[TextRun]:
    for number, cell in enumerate(cells):
        yield TextRun(", " if number else ": ")
        yield TextRun(cell.a1, cell.url)


def _reminder(row: LibraryMonth, context: Context) -> PageCell:
    text = reminder(row, context.office, context.month.period, context.t)
    if not text:
        return PageCell(style=style.TEXT)
    return linked(context.t("WA"), whatsapp(row, context.office, text), style.LINKED)


def _step(row: LibraryMonth, context: Context) -> PageCell:
    if not row.steps:
        return PageCell(style=style.WRAPPED)
    return PageCell(
        context.t(short_step_message(row.steps[0], context.elements, context.office.language)), style=style.WRAPPED
    )
