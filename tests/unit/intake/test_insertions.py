"""One visible character more in a readable cell: never a value that ignores it."""

from __future__ import annotations

import re
import string
import sys
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from places import SCRIPTS

from sheets_sync.intake.entry import Entry
from sheets_sync.intake.values.characters import clean
from sheets_sync.intake.values.grammar import Grammar
from sheets_sync.intake.values.table import reading_table
from sheets_sync.model.grid import GridCell

sys.path.insert(0, str(SCRIPTS))
import insertions
from naive_reader import accounted

READERS: dict[str, Callable[[GridCell], Entry[Any]]] = insertions.READERS
TABLE = {str(grammar.name): grammar for grammar in reading_table()}

# What may be added without another value: a dash more for none, a full stop behind a word, a nought in front, and the
# marks, labels and names that forms of the kind consist of.
EVERYWHERE = "-–.0０"
MAY_BE_ADDED = {
    "count": "",
    "decimal": "%",
    "hours": "h",
    "month": "s,/:)12",  # Ags and Agst; 1. Januari and 11. Januari
    "month, month first": "s,/:)12",
    "date": ",/:",
    "date, month first": ",",
    "year": ":",
    "code": "",
    "score": "%",
    "phone": "",
    "e-mail": string.ascii_letters + string.digits + ",.;/&|()'é",  # between addresses, and in names before them
}


@pytest.mark.parametrize("kind", READERS)
def test_no_inserted_character_is_ignored(kind: str) -> None:
    """A naive second reader accounts for every character of whatever is read, and none is added without a meaning."""
    done = insertions.trial(kind, insertions.FEW)
    assert done.unaccounted == []
    assert {character.lower() for character in done.same} <= set(EVERYWHERE + MAY_BE_ADDED[kind])
    assert done.tried > 500
    assert done.texts >= 7


@pytest.mark.parametrize(
    ("kind", "typed", "read"),
    [("count", "25 pcs", "25"), ("month", "Mei_2024", "Mei 2024"), ("date", "8/11/2024 *", "8/11/2024"),
     ("phone", "0812-3456-7890 x", "0812-3456-7890"), ("e-mail", "? a@example.org", "a@example.org"),
     ("code", "PD-001*", "PD-001"), ("hours", "08.00-16.00 *", "08.00-16.00"), ("score", "7,72 ?", "7,72"), ("year", "2024!", "2024")],
)  # fmt: skip
def test_an_ignored_character_would_be_noticed(kind: str, typed: str, read: str) -> None:
    """The second reader accounts for what is read as it stands, and not for the same value beside a leftover."""
    entry = READERS[kind](GridCell(read, read))
    assert accounted(kind, read, entry)
    assert not accounted(kind, typed, entry)


@pytest.mark.parametrize("grammar", TABLE.values(), ids=TABLE)
def test_an_example_is_of_its_form(grammar: Grammar[Any]) -> None:
    """Every example of the reading table is read by the form that it stands for, and by the whole of its text."""
    for form in grammar.forms:
        for example in form.examples:
            assert (form.id, form.pattern.fullmatch(clean(example)) is not None) == (grammar.read(example).form, True)


@pytest.mark.parametrize("grammar", TABLE.values(), ids=TABLE)
def test_every_form_that_is_read_has_an_example(grammar: Grammar[Any]) -> None:
    """No form is read that the reading table does not show; each has a name of its own in its kind."""
    ids = [form.id for form in grammar.forms]
    assert [form.id for form in grammar.forms if not form.examples] == []
    assert len(set(ids)) == len(ids)


@given(st.sampled_from(sorted(READERS)), st.text(st.characters(blacklist_categories=["Cs"]), max_size=30))
def test_any_text_is_read_whole_or_asked_about(kind: str, typed: str) -> None:
    """Of any text at all, what is read is accounted for."""
    entry = READERS[kind](GridCell(typed, typed))
    visible = re.sub(r"[\u00ad\u200b-\u200f\u202a\u202c\u202d\u2060\u2066\u2068\u2069\ufeff\u061c]", "", typed)
    visible = re.sub(
        r"[\u00a0\u2000-\u200a\u202f\u205f\u3000]", " ", visible
    ).strip()  # control characters that Python takes for blanks too
    assert entry.refusal or not visible or accounted(kind, visible, entry)


LONG = 50_000
LONG_TEXTS = [
    *(character * LONG for character in "0 -.,'a@:(<\"\u200b\u00a0"),
    "1.234" * (LONG // 5),
    "1," * (LONG // 2),
    "0812-" * (LONG // 5),
    "a@b.id " * (LONG // 7),
    "a." * (LONG // 2) + "@b.id",
    "a@" + "b-" * (LONG // 2),
    "Mei " * (LONG // 4),
    "tidak ada " * (LONG // 10),
    "<" * (LONG // 2) + ">" * (LONG // 2),
    "08.00-" * (LONG // 6),
    " " * (LONG // 2) + "25" + " " * (LONG // 2),
]


@pytest.mark.parametrize("kind", READERS)
def test_a_long_text_is_answered_at_once(kind: str) -> None:
    """Texts of 50,000 characters are answered; each pattern sees no more characters than a form may have."""
    for typed in LONG_TEXTS:
        READERS[kind](GridCell(typed, typed))
    assert all(grammar.longest <= 2000 for grammar in TABLE.values())


@pytest.mark.parametrize("grammar", TABLE.values(), ids=TABLE)
def test_the_longest_texts_that_patterns_see_are_cheap(grammar: Grammar[Any]) -> None:
    """Texts of every shape at the limit of a kind go through all of its patterns: a pattern that explodes never ends."""
    for typed in LONG_TEXTS:
        for end in ("", "!", "@", "<"):
            text = typed.strip()[: grammar.longest - 1] + end
            for form in grammar.forms:
                form.pattern.fullmatch(text)
