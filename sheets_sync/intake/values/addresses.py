"""E-mail addresses: one or a few, each of them complete, with the names and words that people put around them."""

from __future__ import annotations

import re
from functools import lru_cache

from sheets_sync.intake.entry import Entry, refused
from sheets_sync.intake.values.characters import APOSTROPHES
from sheets_sync.intake.values.grammar import Form, Grammar, form_pattern, formula_error, nothing, read_cell
from sheets_sync.model import State, msg
from sheets_sync.model.grid import GridCell
from sheets_sync.rules import entries

MAX_ADDRESSES = 5  # of one library: more is a pasted list, and each of them would get mail
MAX_LOCAL, MAX_ADDRESS = 64, 254  # RFC 5321, 4.5.3.1
_LONGEST = 2000  # five long addresses with their names

# A dot-atom (RFC 5322, 3.2.3) without the signs that stand between addresses, or that no provider gives out.
_LOCAL = r"[A-Za-z0-9_+%'=~-]+(?:\.[A-Za-z0-9_+%'=~-]+)*"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = rf"{_LOCAL}@(?:{_LABEL}\.)+(?:xn--[A-Za-z0-9]{{1,59}}|[A-Za-z]{{2,63}})"
_NAME = (
    r"[A-Za-zÀ-ÖØ-öø-ɏ][A-Za-zÀ-ÖØ-öø-ɏ0-9 .,'()&/-]{0,99}"  # letters first: a name with other signs is no plain name
)
_NAMED = rf"(?:\"{_NAME}\" *|{_NAME})?<(?:{_ADDRESS})>"
_WORD = r"(?:(?:alamat )?(?:e-?mail|surel) *: *|mailto:)"
_BETWEEN = r"(?: *[,;/|\n]\s*(?:(?:dan|and|atau|or|&) +)?| +(?:dan|and|atau|or|&) +| +)"
_FOUND = re.compile(_ADDRESS, re.ASCII | re.IGNORECASE)
_NO_APOSTROPHES = frozenset(
    APOSTROPHES.characters
)  # in an address an accent is not the apostrophe that it may stand for


@lru_cache(maxsize=16)
def address_grammar(none: frozenset[str]) -> Grammar[tuple[str, ...]]:
    """The ways of writing the addresses of a library."""
    return Grammar(
        msg("e-mail addresses"),
        (
            nothing(none),
            Form("address", msg("one address"), form_pattern(_ADDRESS), _addresses, ("perpusdes@example.org",)),
            Form(
                "addresses",
                msg("up to five, with a comma, a semicolon, a stroke, a space, a line break or “dan” between them"),
                form_pattern(rf"{_ADDRESS}(?:{_BETWEEN}{_ADDRESS})*[,;]?"),
                _addresses,
                ("a@example.org, b@example.org",),
            ),
            Form(
                "address-label",
                msg("a name before an address in angle brackets, a word like “Email:”, a full stop at the end"),
                form_pattern(rf"{_WORD}?(?:{_NAMED}|{_ADDRESS})(?:{_BETWEEN}{_WORD}?(?:{_NAMED}|{_ADDRESS}))* *[.,;]?"),
                _addresses,
                ("Perpusdes Lelu <lelu@example.org>", "Email: lelu@example.org", "lelu@example.org ."),
            ),
            formula_error(entries.EMAIL),
        ),
        entries.EMAIL,
        _LONGEST,
    )


def read_emails(cell: GridCell, none: frozenset[str] = frozenset()) -> Entry[tuple[str, ...]]:
    """The addresses of a cell, at most five; all of them must be complete."""
    if isinstance(cell.value, str) and cell.value.count("@") > MAX_ADDRESSES:
        return refused(entries.EMAILS)
    if isinstance(cell.value, str) and not _NO_APOSTROPHES.isdisjoint(cell.value):
        return refused(entries.EMAIL)
    return read_cell(cell, address_grammar(none), lambda _cell, _value: refused(entries.EMAIL))


def _addresses(match: re.Match[str]) -> Entry[tuple[str, ...]]:
    """The addresses of a matched text in its order, each once as it is first written."""
    found = _FOUND.findall(match[0])
    if not all(_fits(address) for address in found):
        return refused(entries.EMAIL)
    once: dict[str, str] = {}
    for address in found:
        once.setdefault(address.casefold(), address)
    return Entry(State.REPORTED, tuple(once.values()))


def _fits(address: str) -> bool:
    return len(address) <= MAX_ADDRESS and len(address.partition("@")[0]) <= MAX_LOCAL
