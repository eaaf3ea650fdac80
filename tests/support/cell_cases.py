"""Cells as people type them, each with what a careful reader makes of it, and how one case is read."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from grids import ELEMENTS

from sheets_sync.intake.entry import Entry
from sheets_sync.intake.month_names import NamedMonth, day_comes_first
from sheets_sync.intake.options import Inputs
from sheets_sync.intake.readers import Readers
from sheets_sync.intake.values.addresses import read_emails
from sheets_sync.intake.values.codes import read_code
from sheets_sync.intake.values.dates import read_date
from sheets_sync.intake.values.decimals import read_decimal, read_score
from sheets_sync.intake.values.figures import Words
from sheets_sync.intake.values.months import read_month
from sheets_sync.intake.values.phones import read_phone
from sheets_sync.intake.values.table import sample_words
from sheets_sync.model import State
from sheets_sync.model.grid import FormulaError, GridCell, NumberKind

TABLE = Path(__file__).resolve().parents[1] / "data" / "cells.tsv"
INPUTS = Inputs()
NONE = frozenset(INPUTS.none)
WORDS: Words = sample_words(INPUTS)
_READERS = Readers(ELEMENTS, INPUTS)
_ELEMENT = {"count": "visits_onsite", "hours": "open_hours"}


@dataclass(frozen=True, slots=True)
class Case:
    """A cell of a kind of field, what is expected of it, and which kind of fault it stands for."""

    field: str
    cell: GridCell
    expect: str
    value: Any = None
    about: str = ""
    locale: str = "in_ID"


def cases_of_table() -> list[Case]:
    """The cases of the table; those about two libraries at once are tested with the register."""
    with TABLE.open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [_case(row) for row in rows if row["why"] not in ("[register] K6 first", _SAME_NPP)]


_SAME_NPP = "[register] K6 same NPP, another library"


def _case(row: dict[str, str]) -> Case:
    value, shown = json.loads(row["value"]), json.loads(row["formatted"])
    cell = GridCell(FormulaError(shown), shown) if row["typed_as"] == "error" else GridCell(value, shown)
    expected = json.loads(row["expect_value"])
    return Case(row["field"], cell, row["expect"], expected, f"{row['id']} {row['why']}", row["locale"])


def read_case(case: Case) -> Entry[Any]:
    """What the cell says, read as its field is."""
    day_first = day_comes_first(case.locale)
    named = re.search(r"\[(\w+)\]", case.about)
    match case.field:
        case "month":
            return read_month(case.cell, day_first=day_first, none=NONE)
        case "date":
            return read_date(case.cell, day_first=day_first, none=NONE)
        case "phone":
            return read_phone(case.cell, none=NONE)
        case "email":
            return read_emails(case.cell, NONE)
        case "id":
            return read_code(case.cell, NONE)
        case "score":
            return read_score(case.cell, NONE)
        case "decimal":
            return read_score(case.cell, NONE) if named else read_decimal(case.cell, WORDS)
    return _READERS.read(named[1] if named else _ELEMENT[case.field], case.cell)


def outcome(entry: Entry[Any]) -> str:
    """`value`, `zero`, `empty`, `not applicable`, `refused` or `error`."""
    if entry.refusal:
        return "error" if entry.refusal.code == "F-FORMULA" else "refused"
    said = {State.EMPTY: "empty", State.ZERO: "zero", State.NOT_APPLICABLE: "not applicable"}
    return said.get(entry.state, "value")


def plain(value: Any) -> Any:
    """A value as the table writes it: a month without a year is of 2024, a phone number is its digits."""
    if isinstance(value, NamedMonth):
        return f"{value.year or 2024}-{value.month:02}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return list(value)
    return value.replace(" ", "").removeprefix("+") if isinstance(value, str) and value.startswith("+") else value


def fits(case: Case, entry: Entry[Any]) -> bool:
    """Whether what was read is what is expected."""
    if case.expect == "either":
        return any(_fits(each["expect"], each.get("value"), entry) for each in case.value)
    return _fits(case.expect, case.value, entry)


def _fits(expect: str, value: Any, entry: Entry[Any]) -> bool:
    if expect == "value" and value == 0:
        return entry.value == 0
    said = outcome(entry) == expect
    if expect == "value":
        return said and plain(entry.value) == value
    proposed = value is None or entry.proposal == str(value)
    return said and entry.value == (0 if expect == "zero" else None) and proposed


def text(typed: str) -> GridCell:
    """A typed text; `#REF!` stays a text, as a pasted one does."""
    return GridCell(typed, typed)


def figure(value: float, shown: str, kind: NumberKind = NumberKind.PLAIN) -> GridCell:
    """A number with what its format shows."""
    return GridCell(value, shown, kind)
