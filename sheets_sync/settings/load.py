"""Reads the configuration: what is wrong for all ends it, what is wrong in an office's own files leaves out that office."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from sheets_sync.checks.options import CheckOptions
from sheets_sync.comments.options import CommentOptions
from sheets_sync.config.homes import (
    Homes,
    OfficeTrouble,
    one_code_each,
    one_workbook_each,
    read_homes,
    workbook_owners,
)
from sheets_sync.config.layers import Once, layers, optional
from sheets_sync.config.office import Elements, Office
from sheets_sync.config.old_files import refuse_old_names
from sheets_sync.config.own_files import home_files, office_files, own_folder, refuse_nobodys, refuse_own_faults
from sheets_sync.config.places import Region, read_places, read_regions
from sheets_sync.config.yaml_file import Model, listed, read_layers, read_yaml
from sheets_sync.errors import ConfigError
from sheets_sync.google.options import GoogleOptions
from sheets_sync.google.transport import checked_endpoint
from sheets_sync.intake.headings import Vocabulary
from sheets_sync.intake.options import Inputs
from sheets_sync.kpi.formula import POPULATION
from sheets_sync.kpi.scheme import Scheme, read_scheme, refuse_twins
from sheets_sync.mail.options import MailOptions, OwnMail
from sheets_sync.model import Message, msg
from sheets_sync.notify.options import OwnService, ServiceOptions
from sheets_sync.reports.options import ReportOptions
from sheets_sync.settings.values import Environment, OfficeSettings, Settings
from sheets_sync.store.left_behind import refuse_left_behind
from sheets_sync.store.options import StoreOptions

NOBODY = "-"  # no office has such a code


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
    offices = one_code_each(read_homes(office_files(folder), Office))
    places = read_places(folder / "places.yaml", offices)
    regions = one_code_each(read_regions(home_files(folder / "places"), places, offices))
    refuse_nobodys(folder / "offices", offices)
    refuse_nobodys(folder / "places", regions)
    own, homes = _each_ones(folder, one_workbook_each(folder, offices + regions))
    there = _some(homes)
    settings = Settings(
        folder=folder,
        environment=environment,
        offices=there,
        own=own,
        places=places,
        regions=tuple(each for each in homes.read.values() if isinstance(each, Region)),
        owners=workbook_owners(homes),
        left_out=homes.troubled,
        google=optional([folder / "google.yaml"], GoogleOptions),
        mail=optional([folder / "mail.yaml"], MailOptions),
        store=optional([folder / "store.yaml"], StoreOptions),
        service=optional([folder / "service.yaml"], ServiceOptions),
    )
    _refuse_shared_recipients(folder, settings.own)
    if not environment.store_url:
        refuse_left_behind(settings.store, settings.data, settings.store_url)
    return settings


def _some(homes: Homes) -> tuple[Office, ...]:
    """The offices that can be looked after.

    Raises:
        ConfigError: there is none.
    """
    there = tuple(each for each in homes.read.values() if not isinstance(each, Region))
    if not there:
        raise ConfigError(listed([*{str(each.said): each.said for each in homes.troubled}.values()]))
    return there


def _each_ones(folder: Path, homes: Homes) -> tuple[Mapping[str, OfficeSettings | OfficeTrouble], Homes]:
    """What each works by, or why nobody can tell; the homes without those of which that can't be told.

    Raises:
        ConfigError: what is wrong is wrong for all.
    """
    own, faults, once = dict[str, OfficeSettings](), dict[Path, Message](), Once()
    for path, office in homes.read.items():
        try:
            own[office.code] = office_settings(folder, office, once)
        except ConfigError as error:
            _refuse_for_all(folder, error, once)
            faults[path] = error.message
    rest = homes.without(faults)
    return MappingProxyType({**{each.code: each for each in rest.troubled}, **own}), rest


def _refuse_for_all(folder: Path, met: ConfigError, once: Once) -> None:
    """What is wrong in the files that all take from is nobody's own trouble; what they say wrongly by themselves is told there.

    Raises:
        ConfigError: something of what was met.
    """
    try:
        _layered(folder, folder / "offices" / NOBODY, once)
    except ConfigError as error:
        if {*str(error).splitlines()} & {*str(met).splitlines()}:
            raise error from met


def office_settings(folder: Path, office: Office, once: Once) -> OfficeSettings:
    """What an office works by: each file of the folder, with its own file of that name laid over it.

    Raises:
        ConfigError: as `load_settings`.
    """
    own = own_folder(folder, office)
    refuse_own_faults(own)
    found = _layered(folder, own, once)
    reports = found.reports.of_region() if isinstance(office, Region) else found.reports
    return replace(found, reports=reports, start=office.first_period)


def _layered(folder: Path, own: Path, once: Once) -> OfficeSettings:
    """What the folder's files say, with those of its own folder over them."""
    about = layers(folder, own, "elements.yaml")
    elements = once(Elements, about, lambda: read_layers(about, Elements))
    named = {"folder": folder, "known_elements": _known_elements(elements)}

    def section(name: str, model: type[Model]) -> Model:
        files = layers(folder, own, name)
        return once(model, [*about, *files], lambda: optional(files, model, named))

    inputs, schemes = section("inputs.yaml", Inputs), _scheme_files(folder, own)
    # refuses a heading that would stand for two elements, before any sheet is read
    once(Vocabulary, [*about, *layers(folder, own, "inputs.yaml")], lambda: Vocabulary(elements, inputs))
    return OfficeSettings(
        elements=elements,
        inputs=inputs,
        checks=section("checks.yaml", CheckOptions),
        schemes=once(Scheme, [*about, *schemes], lambda: _schemes(schemes, elements)),
        comments=section("comments.yaml", CommentOptions),
        mail=_own_mail(folder, own, once),
        reports=section("reports.yaml", ReportOptions),
        notify=optional([own / "service.yaml"], OwnService).notify,
    )


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


def _own_mail(folder: Path, own: Path, once: Once) -> MailOptions:
    """The office's sender and reply-to over the mail server that is one for all."""
    files = [folder / "mail.yaml"]
    shared = once(MailOptions, files, lambda: optional(files, MailOptions))
    said = optional([own / "mail.yaml"], OwnMail)
    return shared.model_copy(update=said.model_dump(exclude_none=True))


def _refuse_shared_recipients(folder: Path, codes: Collection[str]) -> None:
    """Recipients that are told for all would get every office's report."""
    path = folder / "reports.yaml"
    if len(codes) > 1 and path.exists() and read_yaml(path, ReportOptions).office_recipients:
        example = Path("offices") / min(codes) / "reports.yaml"
        raise ConfigError(
            msg(
                "{path} names office_recipients for several offices: each of them would get every office's report. "
                "Move them to a file of each office, like {example}.",
                path=path,
                example=example,
            )
        )


def _known_elements(elements: Elements) -> frozenset[str]:
    """What may be named as an element: the office's own, the register's population, and what the shipped files name."""
    shipped = CheckOptions().named_elements | {count.element for count in Inputs().log}
    return shipped | elements.by_id.keys() | {POPULATION}
