"""A kind of field as a table of forms: a text is read by the form that matches the whole of it, else it is a question.

The reading table in docs/pemeriksaan.md is made of the same forms, so that what is said and what is done can't differ.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Generic, TypeVar

from sheets_sync.intake.entry import Entry, refused
from sheets_sync.intake.values.characters import as_seen, clean
from sheets_sync.model import Message, State, msg
from sheets_sync.model.grid import FormulaError, GridCell
from sheets_sync.rules import entries
from sheets_sync.rules.rule import Rule

T = TypeVar("T")

MAX_CHARACTERS = 120  # no form of a single value is longer; it bounds the time that a text can take
_ERROR = r"#(?:ref|div/0|value|n/a|name\?|name|num|null|error|spill|calc)[!?]?"


@dataclass(frozen=True, slots=True)
class FormPattern:
    """A pattern that is compiled when a text is first held against it: most columns hold nothing but numbers."""

    pattern: str

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """The match of the whole text."""
        return _compiled(self.pattern).fullmatch(text)


@dataclass(frozen=True, slots=True)
class Form(Generic[T]):
    """A way of writing a value: `pattern` matches the whole cleaned text, `read` says what it means.

    `examples` stand in the reading table. `read` may give None for a text that only looks like the form.
    """

    id: str
    name: Message
    pattern: FormPattern
    read: Callable[[re.Match[str]], Entry[T] | None]
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grammar(Generic[T]):
    """The forms of one kind of field, tried in their order; `otherwise` is asked about everything else."""

    name: Message
    forms: tuple[Form[T], ...]
    otherwise: Rule
    longest: int = MAX_CHARACTERS

    def read(self, text: str) -> Entry[T]:
        """What a text says."""
        typed = clean(text)
        if not typed:
            return Entry(State.EMPTY)
        if len(typed) > self.longest:
            return refused(self.otherwise)
        for form in self.forms:
            match = form.pattern.fullmatch(typed)
            entry = form.read(match) if match else None
            if entry is not None:
                return replace(entry, form=form.id, plain=entry.plain and typed == as_seen(text))
        return refused(self.otherwise)


def read_cell(cell: GridCell, grammar: Grammar[T], of_number: Callable[[GridCell, float], Entry[T]]) -> Entry[T]:
    """What a cell says: a text by its form, a number by `of_number`; errors of formulas are errors in every kind."""
    if isinstance(cell.value, FormulaError):
        return failed_formula(grammar.otherwise)
    if cell.blank or cell.value is None:
        return Entry(State.EMPTY)
    if isinstance(cell.value, bool):
        return refused(grammar.otherwise)
    return grammar.read(cell.value) if isinstance(cell.value, str) else of_number(cell, float(cell.value))


def form_pattern(pattern: str) -> FormPattern:
    """A pattern in which letters stand for both cases, and only ASCII digits and letters are such."""
    return FormPattern(pattern)


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII | re.IGNORECASE)


def any_of(words: Iterable[str]) -> str:
    """The pattern of any of these words; a space may be several. Without words it matches nothing."""
    cleaned = sorted({clean(word) for word in words} - {""})  # in any order: a form matches the whole of a text
    patterns = (" +".join(map(re.escape, word.split())) for word in cleaned)
    return f"(?:{'|'.join(patterns)})" if cleaned else "(?!)"


def failed_formula(otherwise: Rule) -> Entry[T]:
    """The question about a formula's error, with an example of what is right in that kind of field."""
    return refused(replace(entries.FORMULA, example=otherwise.example))


def word_of(words: Iterable[str]) -> str:
    """The pattern of any of these words; a full stop may follow a word, but no sign."""
    known = list(words)
    signs = [word for word in known if not word[-1:].isalnum()]
    return rf"(?:{any_of(set(known) - set(signs))}\.?|{any_of(signs)})"


def formula_error(otherwise: Rule) -> Form[T]:
    """The text of a formula's error, as it is typed or pasted."""
    return Form(
        "error",
        msg("the error of a formula"),
        form_pattern(_ERROR),
        lambda _match: failed_formula(otherwise),
        ("#REF!", "#N/A"),
    )


def nothing(words: Iterable[str]) -> Form[T]:
    """Words for none where no figure is asked for: they say as much as an empty cell."""
    return Form(
        "none",
        msg("a word for none; it says as much as an empty cell"),
        form_pattern(rf"-+|{word_of(words)}"),
        lambda _match: Entry(State.EMPTY, plain=False),
        ("-", "tidak ada", "belum ada"),
    )
