"""The parts that jobs work with (store, clock, clients of Google, logins), built once from the checked configuration."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from threading import Event

from sheets_sync.clock import Clock
from sheets_sync.config.office import Office
from sheets_sync.config.places import Region
from sheets_sync.errors import UsageError
from sheets_sync.google import GoogleClient
from sheets_sync.google.key_file import load_key
from sheets_sync.google.patience import Turnstile
from sheets_sync.google.seats import Seats
from sheets_sync.i18n import Language, language
from sheets_sync.mail.options import MailLogin, login_of
from sheets_sync.model import msg
from sheets_sync.notify.options import NotifyLogin, addresses_in
from sheets_sync.notify.ways import Way, ways
from sheets_sync.settings import Settings
from sheets_sync.store import Store


@dataclass(frozen=True, slots=True)
class App:
    """The parts a job works with."""

    settings: Settings
    store: Store
    clock: Clock
    mail_login: MailLogin
    notify_login: NotifyLogin = field(default_factory=NotifyLogin)
    stopping: Event = field(default_factory=Event)  # set: what is under way is to end soon
    seats: Seats = field(default_factory=Seats)  # where offices side by side compute in turn
    _clients: dict[Path, GoogleClient] = field(default_factory=dict)
    _turnstiles: list[Turnstile] = field(default_factory=list)

    def google(self, key_file: Path) -> GoogleClient:
        """The client of a key file, made on first use.

        Raises:
            KeyFileError: the key can't be read.
        """
        if key_file not in self._clients:
            endpoint = self.settings.environment.google_endpoint
            key, options = load_key(key_file), self.settings.google
            self._clients[key_file] = GoogleClient(key, options, endpoint, self.clock, self.turnstile(), self.seats)
        return self._clients[key_file]

    def turnstile(self) -> Turnstile:
        """Where the requests of all keys wait for their turn, made on first use."""
        if not self._turnstiles:
            self._turnstiles.append(Turnstile(self.settings.google, self.stopping))
        return self._turnstiles[0]

    def clock_off(self, key_file: Path) -> timedelta | None:
        """How far our clock was ahead of Google's at the last answer to a key; None: there was none."""
        client = self._clients.get(key_file)
        return client.clock_off if client else None

    @property
    def codes(self) -> frozenset[str]:
        """The codes of the offices, and of the places above them that have reports."""
        return frozenset(office.code for office in self.settings.reporting)

    @property
    def is_whole(self) -> bool:
        """Whether these are all offices that there are."""
        return self.codes | {each.code for each in self.settings.left_out} == self.settings.own.keys()

    def ways(self) -> tuple[Way, ...]:
        """How the people are reached who are told when something is wrong.

        Raises:
            ConfigError: the file that says so can't be read.
        """
        addresses = self.notify_login.addresses(self.ways_file)
        return ways(self.settings.service.notify, addresses, self.settings.mail, self.mail_login)

    def own_ways(self, office: Office) -> tuple[Way, ...]:
        """How the people are reached who are told of what concerns an office alone.

        Raises:
            ConfigError: the file that says so can't be read.
        """
        told, own = self.settings.of(office).notify, self.settings.of(office).mail
        addresses = addresses_in(self.settings.folder / told.ways_file) if told.ways_file else ()
        return ways(told, addresses, own, self.mail_login, office.code)

    def ways_files(self) -> tuple[Path, ...]:
        """The files of addresses by which anybody is told: they hold secrets."""
        own = [self.settings.of(office).notify.ways_file for office in self.settings.reporting]
        return (*filter(None, [self.ways_file]), *(self.settings.folder / each for each in own if each is not None))

    @property
    def ways_file(self) -> Path | None:
        """The file of the addresses by which people are told; None: there is none, or the environment says them."""
        file = self.settings.service.notify.ways_file
        return None if file is None or self.notify_login.ways.get_secret_value() else self.settings.folder / file

    def with_settings(self, settings: Settings) -> App:
        """The same store and clock with a changed configuration; keys and passwords are read anew."""
        login = login_of(settings.mail, MailLogin())
        return App(settings, self.store, self.clock, login, NotifyLogin(), self.stopping)

    def let_go_of_google(self) -> None:
        """Ends the connections; a later request opens new ones."""
        for client in self._clients.values():
            client.close()

    def close(self) -> None:
        """Lets go of connections and the store."""
        self.let_go_of_google()
        self.store.close()

    def only(self, office: Office) -> App:
        """The same parts for one of the offices, or of the places above them."""
        return replace(self, settings=self.settings.only(office.code))

    def offices_by_key(self) -> dict[Path, list[Office]]:
        """The offices grouped by the key that opens their workbooks."""
        groups: dict[Path, list[Office]] = {}
        for office in self.settings.offices:
            groups.setdefault(self.settings.key_file(office), []).append(office)
        return groups

    def language(self, office: Office | None = None) -> Language:
        """The language of an office, or of the first one."""
        return language((office or self.settings.reporting[0]).language)

    def only_office(self) -> Office:
        """The office, where there is but one.

        Raises:
            UsageError: there are several.
        """
        codes = [office.code for office in self.settings.offices]
        codes += [each.code for each in self.settings.left_out if not each.above]
        if len(codes) > 1:
            raise UsageError(msg("There are several offices: {codes}. Name one with --office.", codes=codes))
        return self.settings.offices[0]

    def option_of(self, office: Office) -> str:
        """What is added to a command that is meant for the office alone, " --office CODE"; nothing where there is no other."""
        if isinstance(office, Region):
            return f" --place {office.code}"
        return f" --office {office.code}" if len(self.settings.own) > 1 else ""

    def refuse_anothers(self, workbook: str, office: Office) -> None:
        """Leaves alone what belongs to another office: its people's pages, or figures, would come to the wrong ones.

        Raises:
            UsageError: it does.
        """
        owner = self.settings.owners.get(workbook, office.code)
        if owner != office.code:
            words = {"workbook": workbook, "owner": owner, "office": office.code}
            raise UsageError(msg("Workbook {workbook} belongs to {owner}, not to {office}.", **words))

    def office_with(self, workbook: str) -> Office:
        """The office that a workbook named on a command line belongs to.

        Raises:
            UsageError: it is in no office's configuration, or in one that can't be used.
        """
        for office in self.settings.offices:
            if workbook in office.workbooks:
                return office
        if (trouble := self.settings.trouble(self.settings.owners.get(workbook, ""))) is not None:
            raise trouble.error
        known = [each for office in self.settings.offices for each in office.workbooks]
        raise UsageError(
            msg("Workbook {workbook} is in no office's configuration. Known: {known}.", workbook=workbook, known=known)
        )


@contextmanager
def open_app(settings: Settings, clock: Clock, mail_login: MailLogin | None = None) -> Iterator[App]:
    """The parts, let go of at the end; the mail server's login is the environment's or mail.yaml's unless it is handed in."""
    store = Store(settings.store_url)
    login = mail_login or login_of(settings.mail, MailLogin())
    app = App(settings, store, clock, login)
    try:
        yield app
    finally:
        app.close()
