"""What is still a sample's and not the office's own: addresses nobody has, the sample's workbook, last years' holidays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sheets_sync.config.office import Office
from sheets_sync.config.shipped import shipped
from sheets_sync.config.yaml_file import read_yaml
from sheets_sync.model import Message, msg
from sheets_sync.model.address import recipient
from sheets_sync.settings import Settings

# Domains that belong to nobody (RFC 2606 and RFC 6761): whatever is sent there is lost.
_NOBODYS = ("example.org", "example.com", "example.net", "example", "test", "invalid", "localhost")


def placeholders(settings: Settings, today: date) -> tuple[Message, ...]:
    """What to say of each office; one that says on every page that it is a sample (`notice`) is left in peace.

    Pure but for the shipped sample that is compared with.
    """
    return tuple(
        said for office in settings.offices if office.notice is None for said in _of_office(settings, office, today)
    )


def _of_office(settings: Settings, office: Office, today: date) -> Iterator[Message]:
    for setting, text in _addresses(settings, office):
        if is_nobodys(text):
            yield msg("{setting}: {text} is an example, not an address. Write your own.", setting=setting, text=text)
    if office.workbook == read_yaml(shipped("config") / "office.yaml", Office).workbook:
        yield msg("office.yaml: workbook is the sample's. Write the address of your own workbook.")
    reminders = settings.of(office).reports.reminders
    if reminders.send and reminders.holidays and max(reminders.holidays) < today:
        yield msg(
            "reports.yaml: all holidays are past (the last one is {day}). Write this year's, or reminders go out on them.",
            day=max(reminders.holidays),
        )


def _addresses(settings: Settings, office: Office) -> Iterator[tuple[str, str]]:
    own = settings.of(office)
    yield "mail.yaml: sender", own.mail.sender
    if own.mail.reply_to:
        yield "mail.yaml: reply_to", own.mail.reply_to
    yield from (("reports.yaml: office_recipients", each.address) for each in own.reports.office_recipients)
    yield from (("office.yaml: approvers", each) for each in office.approvers)
    yield from (("service.yaml: notify", each) for each in settings.service.notify.mail)


def is_nobodys(address: str) -> bool:
    """Whether an address is one of those kept for examples."""
    domain = recipient(address).domain
    return domain in _NOBODYS or domain.endswith(tuple(f".{each}" for each in _NOBODYS))
