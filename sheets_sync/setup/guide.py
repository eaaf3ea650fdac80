"""The tab `Petunjuk`: how to fill in, on two screens, with the office's own libraries, year and data elements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sheets_sync.config.office import Element
from sheets_sync.i18n import Language
from sheets_sync.model import Library, Message, Period, msg
from sheets_sync.rekap import style
from sheets_sync.rekap.context import Context, banner, blank, head, notice
from sheets_sync.rekap.page import Page, PageCell, PageColumn, Row, line
from sheets_sync.setup.forms import example_of, marked

ROLE = "guide"
COLUMNS = (PageColumn(msg("Typed"), 210), PageColumn(msg("Read as"), 110), PageColumn(msg("Why"), 560))
_EXAMPLES: tuple[tuple[Message, Message, Message], ...] = (
    (msg("1.234 orang"), msg("1,234"), msg("Thousands marks and units are understood.")),
    (msg("0, - or nihil"), msg("0 (none)"), msg("There was nothing this month; that is a figure too.")),
    (
        msg("(empty)"),
        msg("no data yet"),
        msg("Not the same as none: the month stays incomplete until it is filled in."),
    ),
    (msg("n/a"), msg("does not apply"), msg("The library does not have this at all, for instance no computers.")),
    (msg("about 20"), msg("asked about"), msg("Nothing is guessed. Please type the figure that was counted.")),
)

_DECIDED = msg("For the office: new addresses, a report put off by a day, a library's month closed.")


@dataclass(frozen=True, slots=True)
class Filling:
    """What is filled in: the libraries, the month that is waited for, the elements: examples are taken from them."""

    libraries: Sequence[Library]
    month: Period  # the one that is waited for
    elements: Sequence[Element]


def guide(context: Context, filling: Filling) -> Page:
    """The page. Before the register is filled it names no library, and is made anew once there is one."""
    t = context.t
    top = [*_opening(context, filling), blank(), line(t("How entries are read"), style.SECTION)]
    rows = (Row(tuple(PageCell(t(text), style=style.WRAPPED) for text in example)) for example in _EXAMPLES)
    return Page(
        role=ROLE,
        title=context.office.tabs.guide,
        columns=COLUMNS,
        rows=(*top, head(COLUMNS, t, frozenset()), *rows, blank(), *_counted(filling, t), blank(), *_tabs(context)),
        header=len(top),
        tab_colour="#1a7f4b",
        index=0,
        on_phones=True,
    )


def _opening(context: Context, filling: Filling) -> Iterator[Row]:
    t, tabs = context.t, context.office.tabs
    yield line(f"{tabs.guide} – {context.office.name}", style.TITLE)
    yield from notice(context)
    yield line(t("Every month, by day {day} of the next one:", day=context.office.due_day), style.STRONG)
    yield line(_first_step(filling, t))
    yield line(t("2. Type what was counted, one number a cell. Headings with * are needed every month."))
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


def _first_step(filling: Filling, t: Language) -> str:
    if not filling.libraries:
        return t("1. Open your library's tab and go to the row of the month.")
    library = filling.libraries[0]
    return t(
        "1. Open your library's tab, for example {tab}, and go to the blue row, for example {month}.",
        tab=library.tab or library.name,
        month=filling.month,
    )


def _counted(filling: Filling, t: Language) -> Iterator[Row]:
    """Each element with a right entry and what is counted, those that are needed first."""
    yield line(t("What is counted"), style.SECTION)
    titles = (t("Heading"), t("Example"), t("What is meant"))
    yield Row(tuple(PageCell(title, style=style.HEAD) for title in titles))
    kinds = {library.kind for library in filling.libraries} or {Library("", "").kind}
    needed = [(element, any(map(element.required_for, kinds))) for element in filling.elements]
    for element, required in sorted(needed, key=lambda pair: not pair[1]):
        label = element.label.in_(t.code)
        help_text = (element.help or element.unit).in_(t.code)
        texts = (marked(label) if required else label, example_of(element, t), help_text)
        yield Row(tuple(PageCell(text, style=style.WRAPPED) for text in texts))


def _tabs(context: Context) -> Iterator[Row]:
    t, tabs = context.t, context.office.tabs
    yield line(t("What the other tabs are for"), style.SECTION)
    for title, text in (
        (tabs.rekap, t("Who has reported, the internal score, what changed, what to do next.")),
        (tabs.questions, t("Every question about an entry. The last column is for your answer.")),
        (tabs.details, t("How each score came about, down to the cell, and why it rose or fell.")),
        (tabs.indicators, t("What is measured, against which target, and how much it weighs.")),
        (tabs.libraries, t("The register of libraries, kept by the office.")),
        *(((tabs.approvals, t(_DECIDED)),) if context.office.approvers else ()),
    ):
        yield Row((PageCell(title, style=style.NAME), PageCell(text, style=style.TEXT)))
    yield banner(t("The score is internal and is not the official score of SIM."), style.SUBTITLE)
