"""Makes ready what answers say of a cell while its value is at hand: its text, and all of a plain cell as JSON."""

from __future__ import annotations

from orjson import Fragment, dumps

from sheets_sync.local_google.values.locales import Locale
from sheets_sync.local_google.values.render import number_format_of, render
from sheets_sync.local_google.workbook import Cell, Formula

KINDS = {bool: "boolValue", int: "numberValue", float: "numberValue", str: "stringValue"}
"""The field of an ExtendedValue for each type of value."""


def made_ready(cell: Cell, locale: str | Locale) -> Cell:
    """The same cell, with its caches filled; a formula has nothing to say before it is computed."""
    if isinstance(cell.entered, Formula):
        return cell
    cell.text = render(cell.value, number_format_of(cell), locale)
    if cell.text and not (cell.format or cell.number_format or cell.note or cell.validation or cell.extra):
        plain = {"effectiveValue": {KINDS[type(cell.value)]: cell.value}, "formattedValue": cell.text}
        cell.ready = Fragment(dumps(plain).decode())  # the bytes come in a buffer ten times as large, and keep it
    return cell
