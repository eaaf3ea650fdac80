"""What is still a sample's and not the office's own: addresses nobody has, the sample's workbook, last years' holidays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from sheets_sync.config.office import Office
from sheets_sync.config.shipped import shipped
from sheets_sync.config.yaml_file import read_yaml
from sheets_sync.jobs.named_addresses import NamedAddress, addresses_of, operators_of
from sheets_sync.model import Message, msg
from sheets_sync.model.address import recipient
from sheets_sync.settings import Settings

# Domains that belong to nobody (RFC 2606 and RFC 6761): whatever is sent there is lost.
_NOBODYS = ("example.org", "example.com", "example.net", "example", "test", "invalid", "localhost")


def placeholders(settings: Settings, today: date) -> tuple[Message, ...]:
    """What to say of each office and place; one that says on every page that it is a sample (`notice`) is left in peace.

    Pure but for the shipped sample that is compared with.
    """
    real = [office for office in settings.reporting if office.notice is None]
    operators = _examples(operators_of(settings)) if real else ()
    return (
        *operators,
        *(in_office(office, said, settings) for office in real for said in _of_office(settings, office, today)),
    )


def in_office(office: Office, said: Message, settings: Settings) -> Message:
    """What is said of an office's configuration, with the office's name before it where there are several."""
    several = len(settings.reporting) > 1
    return msg("{office}: {problem}", office=office.name, problem=said) if several else said


def _of_office(settings: Settings, office: Office, today: date) -> Iterator[Message]:
    yield from _examples(addresses_of(settings, office))
    if office.workbook == read_yaml(shipped("config") / "office.yaml", Office).workbook:
        yield msg("office.yaml: workbook is the sample's. Write the address of your own workbook.")
    reminders = settings.of(office).reports.reminders
    if reminders.send and reminders.holidays and max(reminders.holidays) < today:
        yield msg(
            "reports.yaml: all holidays are past (the last one is {day}). Write this year's, or reminders go out on them.",
            day=max(reminders.holidays),
        )


def _examples(named: Iterable[NamedAddress]) -> Iterator[Message]:
    for each in named:
        if is_nobodys(each.address):
            setting = f"{each.file}: {each.setting}"
            yield msg(
                "{setting}: {text} is an example, not an address. Write your own.", setting=setting, text=each.text
            )


def is_nobodys(address: str) -> bool:
    """Whether an address is one of those kept for examples."""
    domain = recipient(address).domain
    return domain in _NOBODYS or domain.endswith(tuple(f".{each}" for each in _NOBODYS))
