"""The configuration as it was read: what holds for all, and by what each office works."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import pydantic
from pydantic_settings import BaseSettings, SettingsConfigDict

from sheets_sync.checks.options import CheckOptions
from sheets_sync.comments.options import CommentOptions
from sheets_sync.config.homes import OfficeTrouble
from sheets_sync.config.office import Elements, Office
from sheets_sync.config.places import Places, Region
from sheets_sync.errors import ConfigError
from sheets_sync.google.key_file import COMPUTERS_OWN
from sheets_sync.google.options import GoogleOptions
from sheets_sync.intake.options import Inputs
from sheets_sync.kpi.scheme import Scheme, scheme_for
from sheets_sync.mail.options import MailOptions
from sheets_sync.model import Period, msg
from sheets_sync.notify.options import ServiceOptions, Told
from sheets_sync.reports.options import ReportOptions
from sheets_sync.store.left_behind import STORE_FILE
from sheets_sync.store.options import StoreOptions
from sheets_sync.store.url import of_file, sqlite_beside


class Environment(BaseSettings):
    """What comes from the environment: `SHEETS_SYNC_CONFIG`, `SHEETS_SYNC_GOOGLE_ENDPOINT` and so on."""

    model_config = SettingsConfigDict(env_prefix="SHEETS_SYNC_", extra="ignore", frozen=True, hide_input_in_errors=True)

    config: Path = Path("config")
    google_endpoint: str | None = None  # replaces Google's hosts for Sheets, Drive and the token
    key_file: Path | None = None
    store_url: pydantic.SecretStr | None = None  # may hold the database's password


@dataclass(frozen=True, slots=True)
class OfficeSettings:
    """What one office works by: what holds for all, with what the office says of its own laid over it."""

    elements: Elements
    inputs: Inputs
    checks: CheckOptions
    schemes: tuple[Scheme, ...]  # by the month from which they hold, oldest first
    comments: CommentOptions
    mail: MailOptions  # its sender and reply-to; the server is one for all
    reports: ReportOptions
    notify: Told = field(default_factory=Told)  # who is told of what concerns this office alone
    start: Period | None = None  # the office's first month, where it names one

    @property
    def first_period(self) -> Period:
        """The first month that is expected of the office: none before its start, and none that no scheme holds for."""
        first = self.schemes[0].first_period
        return max(first, self.start or first)

    def scheme(self, period: Period) -> Scheme:
        """The scheme that holds in a month.

        Raises:
            ConfigError: none is valid yet.
        """
        return scheme_for(self.schemes, period)


@dataclass(frozen=True, slots=True)
class Settings:
    """The configuration, checked."""

    folder: Path
    environment: Environment
    offices: tuple[Office, ...]
    own: Mapping[
        str, OfficeSettings | OfficeTrouble
    ]  # by code; also of those whose files can't be used: they are no less there
    google: GoogleOptions
    mail: MailOptions
    store: StoreOptions
    service: ServiceOptions
    places: Places = field(default_factory=Places)
    regions: tuple[Region, ...] = ()  # the places above offices that have a workbook and reports
    owners: Mapping[str, str] = field(default_factory=dict)  # whose each workbook is, by code; of all offices, always
    left_out: tuple[OfficeTrouble, ...] = ()  # who is not among them, though everybody is meant

    @property
    def reporting(self) -> tuple[Office, ...]:
        """Everybody who has reports: the offices, then the places above them."""
        return (*self.offices, *self.regions)

    def of(self, office: Office) -> OfficeSettings:
        """What an office works by.

        Raises:
            ConfigError: its files can't be used.
        """
        found = self.own[office.code]
        if isinstance(found, OfficeTrouble):
            raise found.error
        return found

    def trouble(self, code: str) -> OfficeTrouble | None:
        """What is wrong with the own files of an office, or of a place above offices; None: nothing, or there is none."""
        found = self.own.get(code)
        return found if isinstance(found, OfficeTrouble) else None

    def troubled(self, codes: Iterable[str]) -> tuple[str, ...]:
        """Those of some codes whose own files can't be used."""
        return tuple(code for code in codes if self.trouble(code) is not None)

    def only(self, code: str) -> Settings:
        """The same for one of the offices, or of the places above them, as if it were the only one.

        Raises:
            ConfigError: there is none of that code.
        """
        regions = tuple(region for region in self.regions if region.code == code)
        return replace(self, offices=() if regions else (self.office(code),), regions=regions, left_out=())

    def office(self, code: str) -> Office:
        """An office by its code.

        Raises:
            ConfigError: no such office, or its files can't be used.
        """
        if (trouble := self.trouble(code)) is not None:
            raise trouble.error
        found = next((office for office in self.offices if office.code == code), None)
        if found is None:
            known = sorted(self.own.keys() - {region.code for region in self.regions})
            raise ConfigError(msg("There is no office {code}. Known: {known}.", code=code, known=known))
        return found

    @property
    def names(self) -> Mapping[str, str]:
        """What each is called who is meant, by code; of who is left out no more than the code is known."""
        left = {each.code: each.code for each in self.left_out}
        return left | {office.code: office.name for office in self.reporting}

    def key_file(self, office: Office) -> Path:
        """The credential file with which an office's workbooks are opened, or what stands for the computer's own login."""
        if office.key_file is None and self.environment.key_file is not None:
            return self.environment.key_file
        if office.key_file is None and self.google.login == "default":
            return COMPUTERS_OWN
        return self.folder / (office.key_file or self.google.key_file)

    @property
    def data(self) -> Path:
        """The folder of the store, its locks and what is kept of reports."""
        return self.folder / self.store.folder

    @property
    def backups(self) -> Path:
        """The folder of the nightly backups."""
        return self.data / self.store.backup.folder

    @property
    def store_url(self) -> str:
        """The database's address, password included: not to be shown."""
        named = self.environment.store_url
        written = sqlite_beside(self.store.url, self.folder) if self.store.url else of_file(self.data / STORE_FILE)
        return (named.get_secret_value() if named else "") or written
