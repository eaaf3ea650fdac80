"""Reads phone numbers, e-mail addresses and IDs of the register."""

from __future__ import annotations

import re

from sheets_sync.intake.entry import Entry, refused
from sheets_sync.intake.words import tidy
from sheets_sync.model import State
from sheets_sync.model.grid import GridCell
from sheets_sync.rules import entries as rules

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}")
_BETWEEN_ADDRESSES = re.compile(r"[\s,;]+(?:(?:dan|and|atau|or|/|&)\s+)?|/")
_PHONE = re.compile(r"\+?[\d\s().\-–]+", re.ASCII)


def read_phone(cell: GridCell, country_code: str = "62") -> Entry[str]:
    """A number as `+62 812 3456 7890`, whether typed with 0, 62 or +62 or kept by the sheet as a number."""
    if cell.blank:
        return Entry(State.EMPTY)
    typed = tidy(read_id(cell).value or "")
    if not _PHONE.fullmatch(typed):
        return refused(rules.PHONE)
    digits = re.sub(r"\D", "", typed)
    foreign = typed.startswith("+") and not digits.startswith(country_code)
    national = digits if foreign else _national(digits, country_code)
    if not 8 <= len(national) <= 13:
        return refused(rules.PHONE)
    number = f"+{national}" if foreign else f"+{country_code} {national[:3]} {national[3:7]} {national[7:]}".rstrip()
    return Entry(State.REPORTED, number, plain=number == typed)


def read_emails(cell: GridCell) -> Entry[tuple[str, ...]]:
    """The addresses of a cell; all of them must be complete."""
    if cell.blank:
        return Entry(State.EMPTY)
    addresses = tuple(filter(None, _BETWEEN_ADDRESSES.split(tidy(cell.text))))
    if not addresses or not all(_ADDRESS.fullmatch(address) for address in addresses):
        return refused(rules.EMAIL)
    return Entry(State.REPORTED, tuple(dict.fromkeys(addresses)))


def read_id(cell: GridCell) -> Entry[str]:
    """An ID as text, unchanged: `0042` keeps its zeros, a long number its digits."""
    if cell.blank:
        return Entry(State.EMPTY)
    number = isinstance(cell.value, int | float) and not isinstance(cell.value, bool)
    shown = cell.text.strip()
    if number and re.search(r"[eE]", shown):  # a long number that the sheet shows as 6,21301E+15
        shown = f"{cell.value:.0f}"
    return Entry(State.REPORTED, shown)


def _national(digits: str, country_code: str) -> str:
    """The digits after the country code, without a leading zero."""
    bare = digits.removeprefix("00")
    if bare.startswith(country_code) and len(bare) > 9:
        bare = bare.removeprefix(country_code)
    return bare.removeprefix("0")
