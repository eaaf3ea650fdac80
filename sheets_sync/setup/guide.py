"""The tab `Petunjuk`: how to fill in, on one screen, with worked examples."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sheets_sync.config.office import Element
from sheets_sync.i18n import Language
from sheets_sync.model import Message, msg
from sheets_sync.rekap import style
from sheets_sync.rekap.context import Context, banner, blank, head, notice
from sheets_sync.rekap.page import Page, PageCell, PageColumn, Row, line

ROLE = "guide"
COLUMNS = (PageColumn(msg("Typed"), 230), PageColumn(msg("Read as"), 230), PageColumn(msg("Why"), 520))
_EXAMPLES: tuple[tuple[Message, Message, Message], ...] = (
    (msg("1250"), msg("1,250"), msg("A number only: best.")),
    (msg("1.234 orang"), msg("1,234"), msg("Thousands marks and units are understood.")),
    (msg("0, - or nihil"), msg("0 (none)"), msg("There was nothing this month; that is a figure too.")),
    (
        msg("(empty)"),
        msg("no data yet"),
        msg("Not the same as none: the month stays incomplete until it is filled in."),
    ),
    (msg("n/a"), msg("does not apply"), msg("The library does not have this at all, for instance no computers.")),
    (msg("about 20"), msg("asked about"), msg("Nothing is guessed. Please type the figure that was counted.")),
    (msg("20-30"), msg("asked about"), msg("Please type one figure.")),
    (msg("12,5 visitors"), msg("asked about"), msg("People and books are whole numbers.")),
)


def guide(context: Context, elements: Sequence[Element]) -> Page:
    """The page; the worked example shows the first two of the `elements`."""
    t = context.t
    top = [*_opening(context), blank(), *_worked(elements, t), blank(), line(t("How entries are read"), style.SECTION)]
    rows = (Row(tuple(PageCell(t(text), style=style.WRAPPED) for text in example)) for example in _EXAMPLES)
    return Page(
        role=ROLE,
        title=context.office.tabs.guide,
        columns=COLUMNS,
        rows=(*top, head(COLUMNS, t, frozenset()), *rows, blank(), *_tabs(context)),
        header=len(top),
        tab_colour="#1a7f4b",
        index=0,
    )


def _opening(context: Context) -> Iterator[Row]:
    t, tabs = context.t, context.office.tabs
    yield line(f"{tabs.guide} – {context.office.name}", style.TITLE)
    yield from notice(context)
    yield line(t("Every month, by day {day} of the next one:", day=context.office.due_day), style.STRONG)
    yield line(t("1. Open your library's tab and go to the row of the month."))
    yield line(t("2. Type what was counted, one number a cell. A note on each heading says what is meant."))
    yield line(
        t(
            "3. A yellow cell has a question: it stands in the tab {tab}, and as a comment at the cell.",
            tab=tabs.questions,
        )
    )
    yield line(
        t("4. Correct the cell. If the figure is right, tell us why, beside the row or in {tab}.", tab=tabs.questions)
    )
    yield line(t("What you typed is never changed by the program."), style.STRONG)


def _worked(elements: Sequence[Element], t: Language) -> Iterator[Row]:
    """A filled row as it should look."""
    yield line(t("Example of a filled row"), style.SECTION)
    titles = (t("Month"), *(element.label.in_(t.code) for element in elements[:2]))
    yield Row(tuple(PageCell(title, style=style.HEAD) for title in titles))
    yield Row(tuple(PageCell(text, style=style.TEXT) for text in (t("January 2024"), "125", "40")))


def _tabs(context: Context) -> Iterator[Row]:
    t, tabs = context.t, context.office.tabs
    yield line(t("What the other tabs are for"), style.SECTION)
    for title, text in (
        (tabs.rekap, t("Who has reported, the internal score, what changed, what to do next.")),
        (tabs.questions, t("Every question about an entry. The last column is for your answer.")),
        (tabs.details, t("How each score came about, down to the cell.")),
        (tabs.indicators, t("What is measured, against which target, and how much it weighs.")),
        (tabs.libraries, t("The register of libraries, kept by the office.")),
    ):
        yield Row((PageCell(title, style=style.NAME), PageCell(text, style=style.TEXT)))
    yield banner(t("The score is internal and is not the official score of SIM."), style.SUBTITLE)
