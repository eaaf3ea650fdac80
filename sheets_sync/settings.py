"""All of the configuration, read once: a folder of YAML files, and secrets and addresses from the environment."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

import pydantic
from pydantic_settings import BaseSettings, SettingsConfigDict

from sheets_sync.checks.options import CheckOptions
from sheets_sync.comments.options import CommentOptions
from sheets_sync.config.office import Elements, Office
from sheets_sync.config.old_files import refuse_old_names
from sheets_sync.config.own_files import office_files, own_folder, refuse_nobodys
from sheets_sync.config.places import Places, Region, read_places, workbook_owners
from sheets_sync.config.yaml_file import Model, read_layers, read_yaml
from sheets_sync.errors import ConfigError
from sheets_sync.google.key_file import COMPUTERS_OWN
from sheets_sync.google.options import GoogleOptions
from sheets_sync.google.transport import checked_endpoint
from sheets_sync.intake.headings import Vocabulary
from sheets_sync.intake.options import Inputs
from sheets_sync.kpi.formula import POPULATION
from sheets_sync.kpi.scheme import Scheme, read_scheme, refuse_twins, scheme_for
from sheets_sync.mail.options import MailOptions, OwnMail
from sheets_sync.model import Period, msg
from sheets_sync.model.text import twice
from sheets_sync.notify.options import OwnService, ServiceOptions, Told
from sheets_sync.reports.options import ReportOptions
from sheets_sync.store.left_behind import STORE_FILE, refuse_left_behind
from sheets_sync.store.options import StoreOptions
from sheets_sync.store.url import of_file, sqlite_beside

T = TypeVar("T")


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
    own: Mapping[str, OfficeSettings]  # by the office's code
    google: GoogleOptions
    mail: MailOptions
    store: StoreOptions
    service: ServiceOptions
    places: Places = field(default_factory=Places)
    regions: tuple[Region, ...] = ()  # the places above offices that have a workbook and reports
    owners: Mapping[str, str] = field(default_factory=dict)  # whose each workbook is, by code; of all offices, always

    @property
    def reporting(self) -> tuple[Office, ...]:
        """Everybody who has reports: the offices, then the places above them."""
        return (*self.offices, *self.regions)

    def of(self, office: Office) -> OfficeSettings:
        """What an office works by."""
        return self.own[office.code]

    def only(self, code: str) -> Settings:
        """The same for one of the offices, or of the places above them, as if it were the only one.

        Raises:
            ConfigError: there is none of that code.
        """
        regions = tuple(region for region in self.regions if region.code == code)
        return replace(self, offices=() if regions else (self.office(code),), regions=regions)

    def office(self, code: str) -> Office:
        """An office by its code.

        Raises:
            ConfigError: no such office.
        """
        found = next((office for office in self.offices if office.code == code), None)
        if found is None:
            known = [office.code for office in self.offices]
            raise ConfigError(msg("There is no office {code}. Known: {known}.", code=code, known=known))
        return found

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


def load_settings(folder: Path, environment: Environment) -> Settings:
    """The configuration in a folder. A file that is missing takes its defaults where there are any.

    Raises:
        ConfigError: a file is missing, is no YAML or says something that can't be; names file, line and what is expected.
    """
    if not folder.is_dir():
        raise ConfigError(
            msg(
                "There is no configuration folder {folder}. Name it with --config or SHEETS_SYNC_CONFIG.", folder=folder
            )
        )
    refuse_old_names(folder)
    if environment.google_endpoint:
        checked_endpoint(environment.google_endpoint)
    offices = _offices(folder)
    places, regions = read_places(folder, offices)
    refuse_nobodys(folder / "offices", {office.code for office in offices})
    refuse_nobodys(folder / "places", {region.code for region in regions})
    once, reporting = _Once(), (*offices, *regions)
    settings = Settings(
        folder=folder,
        environment=environment,
        offices=offices,
        own=MappingProxyType({each.code: office_settings(folder, each, once) for each in reporting}),
        google=_optional([folder / "google.yaml"], GoogleOptions),
        mail=_optional([folder / "mail.yaml"], MailOptions),
        store=_optional([folder / "store.yaml"], StoreOptions),
        service=_optional([folder / "service.yaml"], ServiceOptions),
        places=places,
        regions=regions,
        owners=workbook_owners(folder, reporting),
    )
    _refuse_shared_recipients(folder, reporting)
    if not environment.store_url:
        refuse_left_behind(settings.store, settings.data, settings.store_url)
    return settings


class _Once:
    """Reads the same files for the same thing once: hundreds of offices share all of them but their own."""

    def __init__(self) -> None:
        self._known: dict[tuple[object, ...], Any] = {}

    def __call__(self, what: object, files: Sequence[Path], read: Callable[[], T]) -> T:
        """What the files say as `what`."""
        key = (what, *files)
        if key not in self._known:
            self._known[key] = read()
        known: T = self._known[key]
        return known


def office_settings(folder: Path, office: Office, once: _Once) -> OfficeSettings:
    """What an office works by: each file of the folder, with its own file of that name laid over it.

    Raises:
        ConfigError: as `load_settings`.
    """
    own = own_folder(folder, office)
    about = _layers(folder, own, "elements.yaml")
    elements = once(Elements, about, lambda: read_layers(about, Elements))
    named = {"folder": folder, "known_elements": _known_elements(elements)}

    def section(name: str, model: type[Model]) -> Model:
        files = _layers(folder, own, name)
        return once(model, [*about, *files], lambda: _optional(files, model, named))

    inputs, schemes = section("inputs.yaml", Inputs), _scheme_files(folder, own)
    reports = section("reports.yaml", ReportOptions)
    # refuses a heading that would stand for two elements, before any sheet is read
    once(Vocabulary, [*about, *_layers(folder, own, "inputs.yaml")], lambda: Vocabulary(elements, inputs))
    return OfficeSettings(
        elements=elements,
        inputs=inputs,
        checks=section("checks.yaml", CheckOptions),
        schemes=once(Scheme, [*about, *schemes], lambda: _schemes(schemes, elements)),
        comments=section("comments.yaml", CommentOptions),
        mail=_own_mail(folder, own, once),
        reports=reports.of_region() if isinstance(office, Region) else reports,
        notify=_optional([own / "service.yaml"], OwnService).notify,
        start=office.first_period,
    )


def _layers(folder: Path, own: Path, name: str) -> list[Path]:
    """The files of that name that are there; the folder's own, missing or not, where there is none."""
    there = [path for path in (folder / name, own / name) if path.exists()]
    return there or [folder / name]


def _scheme_files(folder: Path, own: Path) -> Sequence[Path]:
    """The office's own schemes, or those that hold for all."""
    files = sorted((own / "schemes").glob("*.yaml")) or sorted((folder / "schemes").glob("*.yaml"))
    if not files:
        raise ConfigError(msg("There is no scheme of indicators in {folder}.", folder=folder / "schemes"))
    return files


def _schemes(files: Sequence[Path], elements: Elements) -> tuple[Scheme, ...]:
    schemes = {path: read_scheme(path, elements.elements) for path in files}
    refuse_twins(schemes)
    return tuple(sorted(schemes.values(), key=lambda scheme: scheme.first_period))


def _own_mail(folder: Path, own: Path, once: _Once) -> MailOptions:
    """The office's sender and reply-to over the mail server that is one for all."""
    files = [folder / "mail.yaml"]
    shared = once(MailOptions, files, lambda: _optional(files, MailOptions))
    said = _optional([own / "mail.yaml"], OwnMail)
    return shared.model_copy(update=said.model_dump(exclude_none=True))


def _refuse_shared_recipients(folder: Path, offices: Sequence[Office]) -> None:
    """Recipients that are told for all would get every office's report."""
    path = folder / "reports.yaml"
    if len(offices) > 1 and path.exists() and read_yaml(path, ReportOptions).office_recipients:
        example = own_folder(Path(), offices[0]) / "reports.yaml"
        raise ConfigError(
            msg(
                "{path} names office_recipients for several offices: each of them would get every office's report. "
                "Move them to a file of each office, like {example}.",
                path=path,
                example=example,
            )
        )


def _offices(folder: Path) -> tuple[Office, ...]:
    """One office in office.yaml, or many in offices/."""
    paths = office_files(folder)
    offices = tuple(read_yaml(path, Office) for path in paths)
    if found := twice(office.code for office in offices):
        raise ConfigError(msg("{folder}: two offices have the same code: {codes}.", folder=folder, codes=found))
    return offices


def _known_elements(elements: Elements) -> frozenset[str]:
    """What may be named as an element: the office's own, the register's population, and what the shipped files name."""
    shipped = CheckOptions().named_elements | {count.element for count in Inputs().log}
    return shipped | elements.by_id.keys() | {POPULATION}


def _optional(paths: Sequence[Path], model: type[Model], context: Mapping[str, Any] | None = None) -> Model:
    there = [path for path in paths if path.exists()]
    return read_layers(there, model, context) if there else model()
