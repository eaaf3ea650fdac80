"""Codes and NPPs: short plain words; how the sheet displays a number makes no other code of it."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache

from sheets_sync.intake.entry import Entry, refused
from sheets_sync.intake.values.grammar import Form, Grammar, form_pattern, formula_error, nothing, read_cell
from sheets_sync.intake.values.words import read_words
from sheets_sync.intake.words import fold
from sheets_sync.model import State, msg
from sheets_sync.model.grid import GridCell, NumberKind
from sheets_sync.rules import register

MAX_CODE = 40
_EXACT = 2**53  # up to here a sheet keeps every digit
_CODE = rf"(?=[._-]*[A-Za-z0-9])[A-Za-z0-9._-]{{1,{MAX_CODE}}}"
_NUMBERS = (NumberKind.PLAIN, NumberKind.TEXT, NumberKind.SCIENTIFIC)


@lru_cache(maxsize=8)
def code_grammar(none: frozenset[str]) -> Grammar[str]:
    """The ways of writing a code or NPP."""
    return Grammar(
        msg("a code or NPP"),
        (
            nothing(none),
            Form(
                "code",
                msg("letters, digits, dots, hyphens and underscores, at most 40; kept as they are"),
                form_pattern(_CODE),
                lambda match: Entry(State.REPORTED, match[0]),
                ("0042", "6213013B0000001", "PD-001"),
            ),
            Form(
                "code-label",
                msg("“NPP” or “kode” and a colon before it"),
                form_pattern(rf"(?:npp|kode|code|id) *: *(?P<code>{_CODE})"),
                lambda match: Entry(State.REPORTED, match["code"], plain=False),
                ("NPP: 6213013B0000001",),
            ),
            formula_error(register.BAD_CODE),
        ),
        register.BAD_CODE,
    )


@lru_cache(maxsize=4096)  # as in `read_words`
def read_code(cell: GridCell, none: frozenset[str] = frozenset()) -> Entry[str]:
    """A code as text, unchanged: `0042` keeps its zeros, a number its digits, whatever its format shows."""
    return read_cell(cell, code_grammar(none), _of_number)


@lru_cache(maxsize=4096)  # a table names the same libraries month after month, and the register has named them
def read_name(cell: GridCell, none: frozenset[str] = frozenset()) -> Entry[str]:
    """What a cell names a library by: a number by its digits, as the register has it, whatever its format shows."""
    number = isinstance(cell.value, int | float) and not isinstance(cell.value, bool)
    code = read_code(cell) if number else None
    return code if code and code.value else read_words(cell, none)


def code_of_name(name: str) -> str:
    """A code for a library without one, made of its name; names that differ have codes that differ."""
    folded = fold(name)
    code = re.sub(r"[^a-z0-9]+", "-", folded).strip("-")
    if code and len(code) <= MAX_CODE and folded.isascii():
        return code
    digest = hashlib.blake2s((folded or name).encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
    return f"{code[: MAX_CODE - 9]}-{digest}".lstrip("-")


def _of_number(cell: GridCell, value: float) -> Entry[str]:
    whole = cell.kind in _NUMBERS and value.is_integer() and 0 <= value <= _EXACT
    return Entry(State.REPORTED, str(int(value))) if whole else refused(register.BAD_CODE)
