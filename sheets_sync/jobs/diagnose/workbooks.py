"""Google's side: the login, and each workbook with its tabs."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from sheets_sync.app import App
from sheets_sync.config.office import Office
from sheets_sync.errors import SheetsSyncError
from sheets_sync.google import FileVersion, GoogleClient, ReadWorkbook
from sheets_sync.google.errors import only_for_reading
from sheets_sync.google.key_file import LoginKind
from sheets_sync.intake import interpret
from sheets_sync.jobs.diagnose.check import Check, guarded
from sheets_sync.jobs.diagnose.years import other_start, place_of
from sheets_sync.jobs.ingest import remembered_owners
from sheets_sync.jobs.inputs import inputs_of, own_tabs, register_tab
from sheets_sync.jobs.libraries.unknown_kinds import words_without_library
from sheets_sync.jobs.mailing.approve import held_now
from sheets_sync.jobs.month import shown_period
from sheets_sync.jobs.untold import begun_anew, hidden_pages, left_inputs
from sheets_sync.model import Library, Message, msg
from sheets_sync.model.account import tab_words
from sheets_sync.rekap import approvals
from sheets_sync.rekap.links import APPROVALS_ID
from sheets_sync.rules.workbooks import wrong_locale


def google(app: App) -> Iterator[Check]:
    """Every login with its workbooks."""
    for key_file, offices in app.offices_by_key().items():
        try:
            client = app.google(key_file)
            client.login()
            listed = client.list_workbooks()
        except SheetsSyncError as error:
            yield Check("key", False, error.message)
            continue
        yield Check("key", True, login_told(client))
        yield Check("drive", True, msg("Drive lists {count} workbook(s) shared with it.", count=len(listed)))
        for office in offices:
            yield from guarded("office", _office(app, client, office, listed), office.name)
            yield from guarded("office", _words(app, office), office.name)
            yield from (Check("office", False, said) for said in begun_anew(app, office))
            yield from guarded("office", _left(app, office), office.name)


def _left(app: App, office: Office) -> Iterator[Check]:
    """Workbooks that are configured no more and count."""
    known = app.store.glance(office.code, ()).workbooks
    if known.keys() - set(office.workbooks):
        memory = app.store.load(office.code, shown_period(app.settings.of(office), office, app.clock()))
        yield from (Check("workbook", False, said) for said in left_inputs(office, known, memory.observations))


_LOGINS: Mapping[LoginKind, Message] = MappingProxyType(
    {
        LoginKind.KEY: msg("Google accepts the key of {account}."),
        LoginKind.PERSON: msg("Google accepts the login of {account}, a person's own."),
        LoginKind.WORKLOAD: msg("Google accepts this computer's workload identity, as {account}."),
        LoginKind.IMPERSONATED: msg("Google lets us act as {account}."),
        LoginKind.DEFAULT: msg("Google accepts this computer's own login, as {account}."),
        LoginKind.MACHINE: msg("Google accepts this cloud machine's service account, {account}."),
    }
)


def login_told(google: GoogleClient) -> Message:
    """Which login is used, and as whom."""
    return replace(_LOGINS[google.kind], params={"account": google.account or "–"})


def _office(app: App, google: GoogleClient, office: Office, listed: Mapping[str, FileVersion]) -> Iterator[Check]:
    for workbook in office.workbooks:
        try:
            read = google.read(workbook)
        except SheetsSyncError as error:
            yield Check("workbook", False, error.message)
            continue
        yield from _workbook(office, workbook, read, app.store.libraries(office.code))
        if workbook in listed and not listed[workbook].can_edit:
            yield Check("sharing", False, only_for_reading(read.grid.title or workbook, google.account))
        yield from _tabs(app, office, read)
        if workbook == office.register_home and app.settings.of(office).reports.to_libraries:
            yield _approvers(app, office, google, read)


def _approvers(app: App, office: Office, google: GoogleClient, read: ReadWorkbook) -> Check:
    """Whether somebody can let new addresses have mail without this computer."""
    state = next((tab for tab in read.tabs if tab.sheet_id == APPROVALS_ID), None)
    problem = approvals.problem(office, google.account, state)
    if problem is not None:
        return Check("approvers", False, problem)
    if office.approvers:
        said = msg(
            "New addresses are approved in the tab {tab}, by {people}.",
            tab=office.tabs.approvals,
            people=approvals.named(office),
        )
        return Check("approvers", True, said)
    waiting = [each.known.address for each in held_now(app, office)]
    said = msg(
        "Nobody is named who may approve new addresses in the sheet; only `sheets-sync approve` on this computer can. "
        "Name them under `approvers` in office.yaml, then run `sheets-sync setup {workbook}`. Waiting now: {count}.",
        workbook=office.register_home,
        count=len(waiting),
    )
    return Check("approvers", not waiting, said)


def _workbook(office: Office, workbook: str, read: ReadWorkbook, known: Collection[Library]) -> Iterator[Check]:
    title = read.grid.title or workbook
    yield Check("workbook", True, msg("Workbook “{title}” can be read.", title=title))
    locale = read.grid.locale
    if locale != office.locale:
        yield Check("locale", False, wrong_locale(title, locale, office.locale))
    if workbook == office.register_home and register_tab(read.grid.tabs, office, known, workbook) is None:
        yield Check(
            "tab",
            False,
            msg(
                "Workbook “{title}” has no tab {tab}. Run `sheets-sync setup {workbook}`, or rename the register's tab.",
                title=title,
                tab=office.tabs.libraries,
                workbook=workbook,
            ),
        )


def _tabs(app: App, office: Office, read: ReadWorkbook) -> Iterator[Check]:
    """A line for each tab: what became of its figures."""
    libraries, settings = app.store.libraries(office.code), app.settings.of(office)
    known = app.store.glance(office.code, ()).workbooks.get(read.grid.id)
    yield from (Check("hidden", False, said) for said in hidden_pages(office, read, known))
    ours = own_tabs(read, office, known.own, known.tabs.keys()) if known else own_tabs(read, office, {})
    for state in read.tabs:
        if state.closed and state.sheet_id in ours.values():
            yield Check("protected", False, protected(state.title, read.grid.title))
    grid, owners = inputs_of(read.grid, frozenset(ours.values())), remembered_owners(known.tabs if known else {})
    for tab in interpret(grid, libraries, settings.elements, settings.inputs, office, owners).tabs:
        if tab.account is not None:
            yield Check("tab", not tab.account.unread, tab_words(tab.account))
    stood = app.store.before_reading(office.code, shown_period(settings, office, app.clock())).standing.of(grid.id)
    places = {place_of(seen): seen.period for month in stood for seen in month.figures}
    yield from other_start(office, settings.elements, settings.inputs, grid, libraries, owners, places)


def _words(app: App, office: Office) -> Iterator[Check]:
    """A line for each word of the configuration that should name a kind of library and names none."""
    period = shown_period(app.settings.of(office), office, app.clock())
    for said in words_without_library(app.settings.of(office), app.store.libraries(office.code), period):
        yield Check("words", False, said)


def protected(tab: str, title: str) -> Message:
    """Somebody keeps us out of one of our own pages."""
    return msg(
        "Tab {tab} of workbook “{title}” is protected against us, and would stay as it is. In the sheet: Data, Protect "
        "sheets and ranges; let our account edit it, or remove the protection.",
        tab=tab,
        title=title,
    )
