"""Which tab each form has: people rename, move, copy and delete tabs, so a tab is known by its id before its title. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sheets_sync.model.tab_state import TabState
from sheets_sync.rekap.ids import stable_id
from sheets_sync.setup.form import EntryForm

_MOST_NAMES = 1000  # of a form whose titles are all taken


@dataclass(frozen=True, slots=True)
class KnownTabs:
    """What is remembered of a workbook's tabs.

    `libraries` are the tabs that people type into by sheetId, each with its library ("" where it is for several);
    `counted` are those whose figures count; `register` is where the register was read. `fed` says on which of its tabs
    each library's figures of the year that is set up stand; `elsewhere` whose of them stand in other workbooks.
    """

    libraries: Mapping[int, str] = field(default_factory=dict)
    counted: frozenset[int] = frozenset()
    register: frozenset[int] = frozenset()
    fed: Mapping[str, frozenset[int]] = field(default_factory=dict)
    elsewhere: frozenset[str] = frozenset()

    def lost(self, form: EntryForm, there: Collection[int]) -> bool:
        """Whether the form's tab was taken away although what was typed there still counts."""
        if form.library is None:
            return bool(self.register) and not self.register & set(there)
        gone = {sheet for sheet in self.counted if self.libraries.get(sheet) == form.library} - set(there)
        return bool(gone or self.fed.get(form.library, frozenset()) - set(there))

    def may_serve(self, tab: TabState, form: EntryForm) -> bool:
        """Whether no other library's figures were read from the tab."""
        return self.libraries.get(tab.sheet_id, form.library) in (form.library, "")


@dataclass(frozen=True, slots=True)
class Placed:
    """A form and the tab it stands on (None: there is none). `lost`: that was taken away, but what it said counts."""

    form: EntryForm
    tab: TabState | None = None
    lost: bool = False

    @property
    def to_be_made(self) -> bool:
        return not self.lost and (self.tab is None or self.tab.blank)


def place(forms: Sequence[EntryForm], tabs: Sequence[TabState], known: KnownTabs) -> tuple[Placed, ...]:
    """Each form with its tab; no tab serves two forms. A library that is typed somewhere else needs no form."""
    found: dict[int, TabState] = {}
    for way in (_by_memory, _by_id, _by_title):
        for number, form in enumerate(forms):
            taken = {tab.sheet_id for tab in found.values()}
            tab = next((tab for tab in way(form, tabs, known) if tab.sheet_id not in taken), None)
            if number not in found and tab is not None:
                found[number] = tab
    there = {tab.sheet_id for tab in tabs}
    return tuple(
        Placed(form, found.get(number), lost=number not in found and known.lost(form, there))
        for number, form in enumerate(forms)
        if number in found or not _typed_elsewhere(form, known, there)
    )


def _by_memory(form: EntryForm, tabs: Sequence[TabState], known: KnownTabs) -> Iterator[TabState]:
    """The tabs from which the library's own figures, or the register, were read."""
    for tab in tabs:
        if form.library is None and tab.sheet_id in known.register:
            yield tab
        if form.library and known.libraries.get(tab.sheet_id) == form.library:
            yield tab


def _by_id(form: EntryForm, tabs: Sequence[TabState], known: KnownTabs) -> Iterator[TabState]:
    """The tab that was made for the form, by the library's code or by its title."""
    made = {stable_id("form", name) for name in filter(None, (form.library, form.title))}
    return (tab for tab in tabs if tab.sheet_id in made and known.may_serve(tab, form))


def _by_title(form: EntryForm, tabs: Sequence[TabState], known: KnownTabs) -> Iterator[TabState]:
    names = {name.casefold() for name in form.names}
    return (tab for tab in tabs if tab.title.casefold() in names and known.may_serve(tab, form))


def _typed_elsewhere(form: EntryForm, known: KnownTabs, there: Collection[int]) -> bool:
    """Whether the library's figures of the year stand on a tab for several, or in another workbook."""
    code = form.library or ""
    return code in known.elsewhere or bool(known.fed.get(code, frozenset()) & set(there))


def under_free_titles(placed: Sequence[Placed], taken: Collection[str]) -> Iterator[Placed]:
    """Those that need a new tab under titles that nobody has: of the names it is read by, the first that is free."""
    titles = {title.casefold() for title in taken}
    for each in placed:
        if each.tab is not None or each.lost:
            yield each
            continue
        numbered = (f"{each.form.title} ({number})" for number in range(2, _MOST_NAMES))
        title = next(name for name in (*each.form.names, *numbered) if name.casefold() not in titles)
        titles.add(title.casefold())
        yield replace(each, form=replace(each.form, title=title))
