"""The tab `Indikator`: the scheme for those who ask what is measured, why, and how much it weighs."""

from __future__ import annotations

from collections.abc import Iterator

from sheets_sync.config.labels import IndicatorLabel
from sheets_sync.model import msg
from sheets_sync.rekap import style
from sheets_sync.rekap.context import Context, blank, figure, footer, head, headline
from sheets_sync.rekap.page import Page, PageCell, PageColumn, Row, line

ROLE = "indicators"
COLUMNS = (
    PageColumn(msg("Indicator"), 230),
    PageColumn(msg("Group"), 210),
    PageColumn(msg("What is measured"), 300),
    PageColumn(msg("Target"), 190),
    PageColumn(msg("Unit"), 150),
    PageColumn(msg("Points of 10"), 80),
    PageColumn(msg("Source of the definition"), 230),
    PageColumn(msg("Figures of others, for comparison"), 260),
    PageColumn(msg("Local choice"), 150),
    PageColumn(msg("Code"), 160),
)
_NUMBERS = frozenset({5})


def indicators(context: Context) -> Page:
    """The page: a row an indicator, then the categories."""
    t = context.t
    top = [*headline(context.office.tabs.indicators, context), *_note(context), blank()]
    rows = [_indicator(name, label, context) for name, label in context.labels.indicators.items()]
    return Page(
        role=ROLE,
        title=context.office.tabs.indicators,
        columns=COLUMNS,
        rows=(*top, head(COLUMNS, t, _NUMBERS), *rows, blank(), *_categories(context), blank(), footer(t)),
        header=len(top),
        frozen_columns=1,
        tab_colour=style.ACCENT,
    )


def _note(context: Context) -> Iterator[Row]:
    if note := context.labels.note.in_(context.office.language):
        yield line(note, style.SUBTITLE)


def _indicator(name: str, label: IndicatorLabel, context: Context) -> Row:
    t, code = context.t, context.office.language
    return Row(
        (
            PageCell(label.label.in_(code), style=style.NAME),
            PageCell(label.group.in_(code) if label.group else "", style=style.WRAPPED),
            PageCell(label.measures.in_(code), style=style.WRAPPED),
            PageCell(_targets(label, context), style=style.WRAPPED),
            PageCell(label.unit.in_(code), style=style.WRAPPED),
            figure(10 * label.weight_share, t),
            PageCell(label.source.in_(code), style=style.WRAPPED),
            PageCell(label.benchmark.in_(code) or "–", style=style.WRAPPED),
            PageCell(label.local.in_(code) or "–", style=style.WRAPPED),
        ),
        key=name,
    )


def _targets(label: IndicatorLabel, context: Context) -> str:
    """`1.000`, or `1.000; kabupaten 5.000` where kinds of library differ."""
    t = context.t
    return "; ".join(f"{kind} {t.number(target)}".strip() for kind, target in sorted(label.targets.items()))


def _categories(context: Context) -> Iterator[Row]:
    t = context.t
    yield line(t("Categories"), style.SECTION)
    for label in context.labels.categories.values():
        word = PageCell(label.label.in_(context.office.language), style=style.tinted(style.CENTERED, label.colour))
        yield Row((word, PageCell(t("from {score}", score=t.number(label.at_least, 2)), style=style.TEXT)))
