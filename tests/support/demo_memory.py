"""The demo's office as it is remembered once its sample sheets were read: January to October 2024. No server, no database."""

from __future__ import annotations

import csv
from dataclasses import replace
from functools import cache

from places import ROOT

from sheets_sync.config.office import Office
from sheets_sync.intake.interpret import interpret
from sheets_sync.intake.register import read_register
from sheets_sync.model import Period
from sheets_sync.model.grid import GridCell, Tab, Workbook
from sheets_sync.settings import Environment, OfficeSettings, load_settings
from sheets_sync.store import Memory

FOLDER = ROOT / "sheets_sync" / "demo" / "barito_timur"
TITLES = ("Perpustakaan", "Tangkum", "Pangkan", "Turan Amis", "Dinas")


@cache
def demo_settings() -> tuple[Office, OfficeSettings]:
    """The demo's office and what it works by."""
    environment = Environment(config=ROOT / "config", google_endpoint=None, key_file=None, store_url=None)
    settings = load_settings(ROOT / "config", environment)
    office = settings.offices[0]
    return office, settings.of(office)


@cache
def demo_memory(period: Period) -> Memory:
    """What is remembered for the sake of a month."""
    office, settings = demo_settings()
    workbook = demo_workbook(office.workbook)
    libraries = read_register(workbook.tabs[0], workbook.id, settings.inputs).libraries
    read = interpret(workbook, libraries, settings.elements, settings.inputs, office)
    return replace(
        Memory(period), libraries=tuple(libraries), observations=tuple(read.observations), findings=tuple(read.findings)
    )


def demo_workbook(identity: str) -> Workbook:
    """The sample sheets in one workbook, as Google would give them."""
    tabs = (Tab(number, title, _typed(typed_rows(title))) for number, title in enumerate(TITLES))
    return Workbook(identity, "Contoh", "in_ID", "Asia/Pontianak", tuple(tabs))


def typed_rows(title: str) -> list[list[str]]:
    """What people typed into a tab."""
    with (FOLDER / f"{title}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def _typed(rows: list[list[str]]) -> tuple[tuple[GridCell, ...], ...]:
    return tuple(tuple(map(_cell, row)) for row in rows)


def _cell(text: str) -> GridCell:
    """What an Indonesian workbook makes of what is typed here: `7` and `7,5` are numbers, the rest is text."""
    number = text.replace(",", ".", 1)
    return GridCell(float(number) if number.replace(".", "", 1).isdigit() and "." not in text else text or None, text)
