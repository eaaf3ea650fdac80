"""What a workbook still lacks, as one atomic list of requests; run again, it adds only what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sheets_sync.config.office import ElementKind
from sheets_sync.intake.options import Inputs
from sheets_sync.model import Library, Message, Period, msg
from sheets_sync.model.json import JsonObject
from sheets_sync.model.tab_state import TabState
from sheets_sync.model.text import fold
from sheets_sync.rekap import Context, plan
from sheets_sync.rekap.ids import stable_id
from sheets_sync.rekap.own import free_id
from sheets_sync.rekap.plan import PlannedPage, plan_page
from sheets_sync.setup.form import EntryForm, form_requests
from sheets_sync.setup.forms import input_forms, register_form
from sheets_sync.setup.guide import ROLE, guide


@dataclass(frozen=True, slots=True)
class Preparation:
    """What to send, and what to tell: the tabs that are made, those that were found filled in, and warnings."""

    requests: tuple[JsonObject, ...]
    made: tuple[str, ...]
    kept: tuple[str, ...]
    warnings: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class KnownTabs:
    """What is remembered of a workbook's tabs by sheetId: each one's library, which figures count, which the register is."""

    libraries: Mapping[int, str] = field(default_factory=dict)
    counted: frozenset[int] = frozenset()
    register: frozenset[int] = frozenset()

    def of(self, library: str | None, tabs: Sequence[TabState]) -> TabState | None:
        """The library's own tab, whatever it is called now."""
        return next((tab for tab in tabs if library and self.libraries.get(tab.sheet_id) == library), None)

    def lost(self, library: str | None, tabs: Sequence[TabState]) -> bool:
        """Whether the figures of a library, or of a tab for all (""), still count though their tab is gone."""
        gone = self.counted - {tab.sheet_id for tab in tabs}
        return library is not None and any(self.libraries.get(sheet) == library for sheet in gone)


_NOTHING_KNOWN = KnownTabs()


def prepare(
    context: Context,
    inputs: Inputs,
    workbook: str,
    locale: str,
    tabs: Sequence[TabState],
    libraries: Sequence[Library],
    first: Period,
    known: KnownTabs = _NOTHING_KNOWN,
) -> Preparation:
    """The tabs a workbook of the office needs. `first` is the first month of the year to be filled in.

    The home workbook gets all of them, the register's own workbook the register, any other the forms. A form is made
    once: what became of its tab, renamed or taken away, no second one is made beside figures that count.
    """
    home = workbook == context.office.workbook
    forms = list(_forms(context, inputs, workbook, libraries, first))
    pages = list(_pages(context, tabs)) if home else []
    standing = {form.title: _standing(form, tabs, known) for form in forms}
    standing |= _register(context, tabs, known)
    lost = [form for form in forms if standing[form.title] is None and known.lost(form.library, tabs)]
    blank = [form for form in forms if form not in lost and _is_free(standing[form.title])]
    kept = [tab for form in forms if form not in blank and (tab := standing[form.title])]
    requests = [request for form in blank for request in _form(form, standing[form.title], tabs)]
    return Preparation(
        requests=(*(request for page in pages for request in page.requests), *requests),
        made=(*(page.page.title for page in pages), *(form.title for form in blank)),
        kept=tuple(tab.title for tab in kept),
        warnings=(*_warnings(context, locale), *_lost(lost), *_renamed(context, standing)),
    )


def _forms(
    context: Context, inputs: Inputs, workbook: str, libraries: Sequence[Library], first: Period
) -> Iterator[EntryForm]:
    office, t = context.office, context.t
    if workbook == (office.register_workbook or office.workbook):
        targets = (kind for label in context.labels.indicators.values() for kind in label.targets if kind)
        kinds = {fold(kind): kind for kind in (*targets, inputs.default_kind)}
        yield register_form(office, inputs, sorted(kinds.values()), t)
    if workbook != office.register_workbook:
        yield from input_forms(office, context.elements, inputs, libraries, first, t)


def _pages(context: Context, tabs: Sequence[TabState]) -> Iterator[PlannedPage]:
    """The guide and the program's tabs, as far as there is nothing on them yet."""
    elements = [element for element in context.elements.elements if element.kind is not ElementKind.REFERENCE]
    filled = {tab.sheet_id for tab in tabs if not tab.blank}
    page = guide(context, elements)
    for planned in (plan_page(page, tabs, _guide_id(page.title, tabs)), *plan(context, tabs)):
        if planned.sheet_id not in filled and not _theirs(planned, tabs):
            yield planned


def _theirs(planned: PlannedPage, tabs: Sequence[TabState]) -> bool:
    """Whether people have a guide of their own by that title; the program's pages get a title beside theirs."""
    return planned.page.role == "guide" and not _free(planned.page.title, tabs)


def _guide_id(title: str, tabs: Sequence[TabState]) -> int:
    """The guide that was made, else an empty tab by its name, else a new one."""
    made = stable_id("tab", ROLE)
    there = {tab.sheet_id for tab in tabs}
    empty = (tab.sheet_id for tab in tabs if tab.title.casefold() == title.casefold() and tab.blank)
    return made if made in there else next(empty, made)


def _free(title: str, tabs: Sequence[TabState]) -> bool:
    return all(tab.blank for tab in tabs if tab.title.casefold() == title.casefold())


def _is_free(state: TabState | None) -> bool:
    return state is None or state.blank


def _standing(form: EntryForm, tabs: Sequence[TabState], known: KnownTabs) -> TabState | None:
    """The form's tab: by its title, by the library that was read from it, or by the id that we made."""
    titled = (tab for tab in tabs if tab.title.casefold() == form.title.casefold())
    made = (tab for tab in tabs if tab.sheet_id == stable_id("form", form.title))
    return next(titled, None) or known.of(form.library, tabs) or next(made, None)


def _register(context: Context, tabs: Sequence[TabState], known: KnownTabs) -> dict[str, TabState]:
    """The tab from which the register was read."""
    found = next((tab for tab in tabs if tab.sheet_id in known.register), None)
    return {context.office.tabs.libraries: found} if found else {}


def _form(form: EntryForm, state: TabState | None, tabs: Sequence[TabState]) -> list[JsonObject]:
    if state is None:
        return form_requests(form, None, free_id("form", form.title, tabs))
    return form_requests(form, state, state.sheet_id)


def _lost(forms: Sequence[EntryForm]) -> Iterator[Message]:
    for form in forms:
        yield msg(
            "No new tab {tab} was made: the old one was taken away, but its figures still count. Bring it back (File, "
            "Version history).",
            tab=form.title,
        )


def _renamed(context: Context, standing: Mapping[str, TabState | None]) -> Iterator[Message]:
    """The register is known by its id; people look for it by its name."""
    title = context.office.tabs.libraries
    tab = standing.get(title)
    if tab is not None and tab.title.casefold() != title.casefold():
        yield msg("The register is now called {found}. Please rename it back to {tab}.", found=tab.title, tab=title)


def _warnings(context: Context, locale: str) -> Iterator[Message]:
    wanted = context.office.locale
    if locale != wanted:
        yield msg(
            "The workbook's locale is {found}, but {wanted} fits this office: with another one a typed 1.234 may be "
            "stored as 1,234. Open File, Settings, General and choose the locale {wanted}.",
            found=locale,
            wanted=wanted,
        )
