"""What a workbook still lacks, as one atomic list of requests; run again, it adds only what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sheets_sync.config.office import ElementKind
from sheets_sync.intake.options import Inputs
from sheets_sync.model import Library, Message, Period, msg
from sheets_sync.model.json import JsonObject
from sheets_sync.model.tab_state import TabState
from sheets_sync.model.text import fold
from sheets_sync.rekap import Context, plan
from sheets_sync.rekap.ids import stable_id
from sheets_sync.rekap.plan import PlannedPage, plan_page
from sheets_sync.setup.form import EntryForm, form_requests
from sheets_sync.setup.forms import input_forms, register_form
from sheets_sync.setup.guide import guide


@dataclass(frozen=True, slots=True)
class Preparation:
    """What to send, and what to tell: the tabs that are made, those that were found filled in, and warnings."""

    requests: tuple[JsonObject, ...]
    made: tuple[str, ...]
    kept: tuple[str, ...]
    warnings: tuple[Message, ...]


def prepare(
    context: Context,
    inputs: Inputs,
    workbook: str,
    locale: str,
    tabs: Sequence[TabState],
    libraries: Sequence[Library],
    first: Period,
) -> Preparation:
    """The tabs a workbook of the office needs. `first` is the first month of the year to be filled in.

    The home workbook gets all of them, the register's own workbook the register, any other the forms.
    """
    home = workbook == context.office.workbook
    forms = list(_forms(context, inputs, workbook, libraries, first))
    pages = list(_pages(context, tabs)) if home else []
    blank = [form for form in forms if _free(form.title, tabs)]
    requests = [request for form in blank for request in _form(form, tabs)]
    return Preparation(
        requests=(*(request for page in pages for request in page.requests), *requests),
        made=(*(page.page.title for page in pages), *(form.title for form in blank)),
        kept=tuple(form.title for form in forms if form not in blank),
        warnings=tuple(_warnings(context, locale)),
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
    for planned in (plan_page(guide(context, elements), tabs), *plan(context, tabs)):
        if planned.sheet_id not in filled and not _theirs(planned, tabs):
            yield planned


def _theirs(planned: PlannedPage, tabs: Sequence[TabState]) -> bool:
    """Whether people have a guide of their own by that title; the program's pages get a title beside theirs."""
    return planned.page.role == "guide" and not _free(planned.page.title, tabs)


def _free(title: str, tabs: Sequence[TabState]) -> bool:
    return all(tab.blank for tab in tabs if tab.title.casefold() == title.casefold())


def _form(form: EntryForm, tabs: Sequence[TabState]) -> list[JsonObject]:
    state = next((tab for tab in tabs if tab.title.casefold() == form.title.casefold()), None)
    return form_requests(form, state, state.sheet_id if state else stable_id("form", form.title))


def _warnings(context: Context, locale: str) -> Iterator[Message]:
    wanted = context.office.locale
    if locale != wanted:
        yield msg(
            "The workbook's locale is {found}, but {wanted} fits this office: with another one a typed 1.234 may be "
            "stored as 1,234. Open File, Settings, General and choose the locale {wanted}.",
            found=locale,
            wanted=wanted,
        )
