"""What a workbook still lacks, as one atomic list of requests; run again, it adds only what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sheets_sync.config.office import ElementKind
from sheets_sync.intake.options import Inputs
from sheets_sync.model import Library, Message, Period, msg
from sheets_sync.model.grid import Workbook
from sheets_sync.model.json import JsonObject
from sheets_sync.model.tab_state import TabState
from sheets_sync.model.text import fold
from sheets_sync.rekap import Context, plan
from sheets_sync.rekap.ids import stable_id
from sheets_sync.rekap.own import free_id
from sheets_sync.rekap.page import Page
from sheets_sync.rekap.pages import PlannedPage, plan_page
from sheets_sync.rules.workbooks import wrong_locale
from sheets_sync.setup.form import form_requests
from sheets_sync.setup.forms import form_for_all, library_form, register_form
from sheets_sync.setup.guide import ROLE, Filling, guide
from sheets_sync.setup.placing import KnownTabs, Placed, place, under_free_titles

MAX_TABS = 40  # libraries that get a tab each; with more, a workbook is easier to use with one tab for all
_MOST_TABS = 190  # of the 200 that a workbook can have


@dataclass(frozen=True, slots=True)
class Preparation:
    """What to send, and what to tell: the tabs that are made, those that were found filled in, and warnings."""

    requests: tuple[JsonObject, ...]
    made: tuple[str, ...]
    kept: tuple[str, ...]
    warnings: tuple[Message, ...]


_NOTHING_KNOWN = KnownTabs()


def prepare(
    context: Context,
    inputs: Inputs,
    workbook: Workbook,
    tabs: Sequence[TabState],
    libraries: Sequence[Library],
    first: Period,
    known: KnownTabs = _NOTHING_KNOWN,
) -> Preparation:
    """The tabs a workbook of the office needs. `first` is the first month of the year to be filled in.

    The home workbook gets all of them, the register's own workbook the register, any other the forms. A form is made
    once: whatever becomes of its tab, no second one is made, and none beside figures that count.
    """
    home = workbook.id == context.office.workbook
    pages = list(_pages(context, tabs, libraries)) if home else []
    forms = tuple(_placed(context, inputs, workbook.id, libraries, first, tabs, known))
    titles = [*(tab.title for tab in tabs), *(page.page.title for page in pages), *context.office.tabs.own]
    named = tuple(under_free_titles(forms, titles))
    new = [each for each in named if each.to_be_made]
    requests = [request for each in new for request in _form(each, tabs)]
    return Preparation(
        requests=(*(request for page in pages for request in page.requests), *requests),
        made=(*(page.page.title for page in pages), *(each.form.title for each in new)),
        kept=tuple(each.tab.title for each in named if each.tab and not each.tab.blank),
        warnings=(*_warnings(context, workbook), *_lost(named), *_renamed(named)),
    )


def _placed(
    context: Context,
    inputs: Inputs,
    workbook: str,
    libraries: Sequence[Library],
    first: Period,
    tabs: Sequence[TabState],
    known: KnownTabs,
) -> Iterator[Placed]:
    """The register and the forms that the workbook should have, each on its tab."""
    office, t = context.office, context.t
    if workbook == office.register_home:
        targets = (kind for label in context.labels.indicators.values() for kind in label.targets if kind)
        kinds = {fold(kind): kind for kind in (*targets, inputs.default_kind)}
        yield from place([register_form(office, inputs, sorted(kinds.values()), t)], tabs, known)
    if workbook != office.register_workbook and libraries:
        own = [library_form(library, office, context.elements, inputs, first, t) for library in libraries]
        all_form = form_for_all(office, context.elements, inputs, libraries, first, t)
        yield from _own_or_for_all(place(own, tabs, known), place([all_form], tabs, known), len(tabs))


def _own_or_for_all(own: Sequence[Placed], for_all: Sequence[Placed], tabs: int) -> Iterator[Placed]:
    """As the workbook began, so it goes on: nobody gets a second place to type, of the other kind."""
    standing, new = [each for each in own if not each.to_be_made], [each for each in own if each.to_be_made]
    begun = any(each.tab or each.lost for each in for_all)
    many = len(new) > MAX_TABS and not standing
    if new and (begun or many or tabs + len(new) > _MOST_TABS):
        yield from (*standing, *for_all)
    else:
        yield from own


def _pages(context: Context, tabs: Sequence[TabState], libraries: Sequence[Library]) -> Iterator[PlannedPage]:
    """The guide and the program's tabs, as far as there is nothing on them yet, or a guide that names no library yet."""
    elements = [element for element in context.elements.elements if element.kind is not ElementKind.REFERENCE]
    filled = {tab.sheet_id: tab for tab in tabs if not tab.blank}
    page, draft = (guide(context, Filling(known, context.month.period, elements)) for known in (libraries, ()))
    for planned in (plan_page(page, tabs, _guide_id(page.title, tabs)), *plan(context, tabs)):
        there = filled.get(planned.sheet_id)
        again = planned.page is page and libraries and there is not None and _shows(draft, there)
        if (there is None or again) and not _theirs(planned, tabs, again=bool(again)):
            yield planned


def _shows(page: Page, tab: TabState) -> bool:
    """Whether the tab says what the page does, and nothing else; where its lines break does not count."""
    said = [
        row for row in (tuple(text.replace("\n", " ") for text in texts if text.strip()) for texts in tab.texts) if row
    ]
    rows = (tuple(cell.text for cell in row.cells if cell.text) for row in page.rows)
    return said == [row for row in rows if row]


def _theirs(planned: PlannedPage, tabs: Sequence[TabState], *, again: bool) -> bool:
    """Whether people have a guide of their own by that title; the program's pages get a title beside theirs."""
    return planned.page.role == ROLE and not again and not _free(planned.page.title, tabs)


def _guide_id(title: str, tabs: Sequence[TabState]) -> int:
    """The guide that was made, else an empty tab by its name, else a new one."""
    made = stable_id("tab", ROLE)
    there = {tab.sheet_id for tab in tabs}
    empty = (tab.sheet_id for tab in tabs if tab.title.casefold() == title.casefold() and tab.blank)
    return made if made in there else next(empty, made)


def _free(title: str, tabs: Sequence[TabState]) -> bool:
    return all(tab.blank for tab in tabs if tab.title.casefold() == title.casefold())


def _form(placed: Placed, tabs: Sequence[TabState]) -> list[JsonObject]:
    form, tab = placed.form, placed.tab
    return form_requests(form, tab, tab.sheet_id if tab else free_id("form", form.library or form.title, tabs))


def _lost(placed: Sequence[Placed]) -> Iterator[Message]:
    for each in placed:
        if each.lost:
            yield msg(
                "No new tab {tab} was made: the old one was taken away, but its figures still count. Bring it back (File, "
                "Version history).",
                tab=each.form.title,
            )


def _renamed(placed: Sequence[Placed]) -> Iterator[Message]:
    """The register is known by its id, but people look for it by its title."""
    for each in placed:
        if each.form.library is None and each.tab and each.tab.title.casefold() != each.form.title.casefold():
            yield msg(
                "The register is now called {found} and is read all the same. In letters and questions it is called {tab}.",
                found=each.tab.title,
                tab=each.form.title,
            )


def _warnings(context: Context, workbook: Workbook) -> Iterator[Message]:
    wanted = context.office.locale
    if workbook.locale != wanted:
        yield wrong_locale(workbook.title or workbook.id, workbook.locale, wanted)
