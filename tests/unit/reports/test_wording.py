"""The sentences of the templates, and an office's own."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest
from places import ROOT

from sheets_sync.errors import ConfigError
from sheets_sync.i18n import language
from sheets_sync.model import Period
from sheets_sync.reports.wording import read_wording

SAYING = {".py", ".j2", ".typ"}
BEGINNING = re.compile(r"(column|lead|reminder|state|status|span_title)_")


def fields(phrase: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(phrase) if field}


def test_both_languages_have_the_same_sentences() -> None:
    """Indonesian and English have the same sentences, filled in with the same values."""
    indonesian, english = (read_wording(language(code)).phrases for code in ("id", "en"))
    assert indonesian.keys() == english.keys()
    assert {name: fields(indonesian[name]) for name in indonesian} == {name: fields(english[name]) for name in english}


def test_every_sentence_is_said_somewhere() -> None:
    """By its whole name in the code or in a template, or by an ending behind a beginning that code puts together."""
    files = [
        each for each in (*ROOT.rglob("sheets_sync/**/*.py"), *ROOT.glob("report_templates/*")) if each.suffix in SAYING
    ]
    said = set(re.findall(r"\w+", "\n".join(each.read_text(encoding="utf-8") for each in files)))
    unsaid = read_wording(language("id")).phrases.keys() - said
    assert {name for name in unsaid if not BEGINNING.match(name) or BEGINNING.sub("", name) not in said} == set()


def test_an_office_changes_only_what_it_writes(tmp_path: Path) -> None:
    """A sentence in the office's own folder takes the shipped one's place; the others stay."""
    (tmp_path / "texts.id.yaml").write_text('library_subject: "Rapor {library}, {month}"\n', encoding="utf-8")
    say = read_wording(language("id"), tmp_path)
    assert say("library_subject", library="Tangkum", month=Period(2024, 10)) == "Rapor Tangkum, Oktober 2024"
    assert say("title") == "Laporan bulanan"


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ('subjekt: "x"', "no sentence called subjekt"),
        ('library_subject: "{lib}"', "can't fill in lib; it knows library, month"),
        ('library_subject: "{month.__class__}"', "can't fill in month.__class__"),
        ('library_subject: "{month"', "a brace that is not closed"),
        ("library_subject: [a]", "library_subject"),
        ('library_subject: "{month:d}"', "can't fill in month:d; it knows library, month"),
        ('library_subject: "{month:>999999999}"', "can't fill in month:>999999999"),
        ('library_subject: "{month!r}"', "can't fill in month!r"),
        ('library_subject: "{month!x}"', "can't fill in month!x"),
        ('library_subject: "{month:{library}}"', "can't fill in month:{library}"),
        ('library_subject: ""', "a mail needs a subject"),
        ('notice_subject: " "', "a mail needs a subject"),
    ],
)
def test_a_wrong_sentence_is_named(tmp_path: Path, written: str, told: str) -> None:
    """A sentence that nobody says, or that fills in something unknown, is an error that names it."""
    (tmp_path / "texts.id.yaml").write_text(written, encoding="utf-8")
    with pytest.raises(ConfigError) as error:
        read_wording(language("id"), tmp_path)
    assert told in str(error.value)
