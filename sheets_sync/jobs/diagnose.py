"""Looks at everything the jobs need, one line each: what is well, what is wrong, and the exact thing to do."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType

from sheets_sync.app import App
from sheets_sync.config.office import Office
from sheets_sync.config.private import readable_by_others, writable_by_others
from sheets_sync.errors import SheetsSyncError
from sheets_sync.google import GoogleClient, ReadWorkbook
from sheets_sync.google.key_file import LoginKind
from sheets_sync.intake import interpret
from sheets_sync.jobs.approve import held_now
from sheets_sync.jobs.gate import clock_believed
from sheets_sync.jobs.inputs import inputs_of, own_tabs, register_tab
from sheets_sync.jobs.month import shown_period
from sheets_sync.jobs.situation import clock_told
from sheets_sync.jobs.words import words_without_library
from sheets_sync.mail.smtp import Smtp
from sheets_sync.model import Library, Message, msg
from sheets_sync.model.account import tab_words
from sheets_sync.rekap import approvals
from sheets_sync.rekap.links import APPROVALS_ID
from sheets_sync.rules.workbooks import wrong_locale
from sheets_sync.store.url import parse_url, sqlite_file

CLOCK_MARGIN = timedelta(minutes=5)  # Google refuses tokens of a clock that is further off


@dataclass(frozen=True, slots=True)
class Check:
    """One line: what was looked at, whether it is well, and what to do if not."""

    about: str
    well: bool
    said: Message


def examine(app: App) -> Iterator[Check]:
    """Every line, as it is found."""
    yield Check("config", True, msg("The configuration in {folder} can be read.", folder=app.settings.folder))
    store = _store(app)
    yield store
    yield from _modes(app)
    if not store.well:
        return  # everything else asks it
    for key_file, offices in app.offices_by_key().items():
        try:
            google = app.google(key_file)
            google.login()
            listed = google.list_workbooks()
        except SheetsSyncError as error:
            yield Check("key", False, error.message)
            continue
        yield Check("key", True, login_told(google))
        yield Check("drive", True, msg("Drive lists {count} workbook(s) shared with it.", count=len(listed)))
        for office in offices:
            yield from _office(app, google, office)
            yield from _words(app, office)
    yield _clock(app)
    yield _mail(app)


def _store(app: App) -> Check:
    damaged = app.store.damage()
    return Check("store", damaged is None, damaged or msg("The store can be opened."))


_LOGINS: Mapping[LoginKind, Message] = MappingProxyType(
    {
        LoginKind.KEY: msg("Google accepts the key of {account}."),
        LoginKind.PERSON: msg("Google accepts the login of {account}, a person's own."),
        LoginKind.WORKLOAD: msg("Google accepts this computer's workload identity, as {account}."),
        LoginKind.IMPERSONATED: msg("Google lets us act as {account}."),
        LoginKind.DEFAULT: msg("Google accepts this computer's own login, as {account}."),
    }
)


def login_told(google: GoogleClient) -> Message:
    """Which login is used, and as whom."""
    return replace(_LOGINS[google.kind], params={"account": google.account or "–"})


def _modes(app: App) -> Iterator[Check]:
    """Whether other users of this computer could read what is secret or about people, or change the configuration."""
    config = (app.settings.folder, *sorted(app.settings.folder.rglob("*.yaml")))
    open_files = [path for path in (*_secrets(app), *_store_files(app)) if readable_by_others(path)]
    changeable = [path for path in config if writable_by_others(path)]
    for path in open_files:
        mode = "700" if path.is_dir() else "600"
        yield Check(
            "modes",
            False,
            msg("Other users of this computer can open {path}. Run: chmod {mode} {path}", path=path, mode=mode),
        )
    for path in changeable:
        yield Check(
            "modes",
            False,
            msg("Other users of this computer can change {path}. Run: chmod go-w {path}", path=path),
        )
    if not open_files and not changeable:
        yield Check("modes", True, msg("Keys, store and configuration are closed to this computer's other users."))


def _secrets(app: App) -> list[Path]:
    """The files that hold a key or a password."""
    return [*app.offices_by_key(), *filter(None, [app.mail_login.password_file])]


def _store_files(app: App) -> list[Path]:
    """The folder of data, and the database where it is a file, with what SQLite keeps beside it."""
    store = sqlite_file(parse_url(app.settings.store_url))
    files = [store.with_name(f"{store.name}{end}") for end in ("", "-wal", "-shm")] if store else []
    return [app.settings.data, *files]


def _office(app: App, google: GoogleClient, office: Office) -> Iterator[Check]:
    for workbook in office.workbooks:
        try:
            read = google.read(workbook)
        except SheetsSyncError as error:
            yield Check("workbook", False, error.message)
            continue
        yield from _workbook(office, workbook, read, app.store.libraries(office.code))
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
    register = register_tab(read.grid.tabs, office, known, workbook)
    if workbook == (office.register_workbook or office.workbook) and register is None:
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
    ours = own_tabs(read, office, known.own, known.tabs.keys()) if known else own_tabs(read, office, {})
    grid = inputs_of(read.grid, frozenset(ours.values()))
    for tab in interpret(grid, libraries, settings.elements, settings.inputs, office).tabs:
        if tab.account is not None:
            yield Check("tab", not tab.account.unread, tab_words(tab.account))


def _words(app: App, office: Office) -> Iterator[Check]:
    """A line for each word of the configuration that should name a kind of library and names none."""
    period = shown_period(app.settings.of(office), office, app.clock())
    for said in words_without_library(app.settings.of(office), app.store.libraries(office.code), period):
        yield Check("words", False, said)


def _clock(app: App) -> Check:
    """What Google's answers said of this computer's clock."""
    known = [off for key_file in app.offices_by_key() if (off := app.clock_off(key_file)) is not None]
    if not known:
        return Check("clock", False, msg("Google could not be asked for the time. Check the connection."))
    off = max(known, key=abs)
    app.store.note_clock(off)
    if not clock_believed(off):
        return Check("clock", False, clock_told(off))
    if abs(off) > CLOCK_MARGIN:
        minutes = round(abs(off).total_seconds() / 60)
        return Check(
            "clock", False, msg("This computer's clock is {minutes} minutes off; set it right.", minutes=minutes)
        )
    return Check("clock", True, msg("This computer's clock is right."))


def _mail(app: App) -> Check:
    options = app.settings.mail
    try:
        with Smtp(options, app.mail_login) as server:
            server.open()
    except SheetsSyncError as error:
        return Check("mail", False, error.message)
    return Check("mail", True, msg("The mail server {host} accepts us.", host=options.host))
