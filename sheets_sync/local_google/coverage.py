"""What the local Google does of what Google does: every method and request kind, with what is missing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from sheets_sync.local_google.discovery import methods, schemas
from sheets_sync.local_google.sheets.requests import REQUESTS

CELLS = (
    "pivot tables with one group of rows and at most one of columns, whose source stays where it was; "
    "others and data source tables: 501"
)
CHART = "kept, checked and shown as data; the page in a browser draws a small likeness"
SLICER = (
    "kept and shown as data; the page in a browser draws it and hides its rows, `hiddenByFilter` does not tell of them"
)
FORMULAS = "formulas of the functions listed below"

PARTLY: Mapping[str, str] = {
    "sheets.spreadsheets.values.append": FORMULAS,
    "sheets.spreadsheets.values.batchUpdate": FORMULAS,
    "sheets.spreadsheets.values.update": FORMULAS,
    "drive.files.create": "folders, spreadsheets (empty or from .xlsx, .csv, .tsv) and any file as it is; other Google documents: 501",
    "drive.files.list": "no shared drives; other spaces than `drive`: 501",
    "drive.files.export": "ODS, PDF and HTML hold the values as they show, not their looks; .xlsx has no charts, and of filters the range",
    "drive.spreadsheets.export": "the downloads of docs.google.com, as drive.files.export; layout parameters have no effect",
    "drive.comments.create": "on spreadsheets; on other files: 501",
    "drive.comments.list": "on spreadsheets; on other files: 501",
    "drive.drives.list": "there are none",
    "drive.permissions.create": "no mail is sent; a group has one member, its own address",
    "drive.permissions.delete": "one that a folder gives can't be taken away: 501",
    "drive.revisions.list": "edits of one person within half an hour are one; what a file held then is not kept",
    "drive.v2.files.update": "uploads only, as gspread's import_csv sends them",
    "updateCells": CELLS,
    "repeatCell": CELLS,
    "appendCells": CELLS,
    "autoFill": "series of numbers, of dates and of texts that end in a number; others repeat",
    "autoResizeDimensions": "widths are estimated from the longest text, rows go back to their usual height",
    "pasteData": "html: 501",
    "findReplace": "regular expressions are read by Python, with Java's `$1`",
    "setBasicFilter": "criteria by colour and expressions: 501",
    "addFilterView": "criteria by colour and expressions: 501",
    "updateFilterView": "criteria by colour and expressions: 501",
    "addChart": CHART,
    "updateChartSpec": CHART,
    "addSlicer": SLICER,
    "updateSlicerSpec": SLICER,
    "addTable": "the types of columns don't format their cells; chips are kept as data",
    "updateTable": "the types of columns don't format their cells; chips are kept as data",
    "updateDimensionProperties": "data source sheets: 501",
    "addProtectedRange": "editors by address or domain; groups are kept, but nobody is in them",
    "updateProtectedRange": "editors by address or domain; groups are kept, but nobody is in them",
}
"""Methods and request kinds of which something is missing, and what."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """One method or request kind. `missing` is "" if nothing is known to be."""

    name: str
    supported: bool
    missing: str


def of_methods(handled: Collection[str]) -> Iterator[Coverage]:
    """Every method of the discovery documents, in the order of their names."""
    for name in sorted({method.id for method in methods()}):
        yield Coverage(name, name in handled, PARTLY.get(name, ""))


def of_requests() -> Iterator[Coverage]:
    """Every request kind of a batchUpdate."""
    for name in sorted(schemas("sheets")["Request"]["properties"]):
        yield Coverage(name, name in REQUESTS, PARTLY.get(name, ""))
