"""The catalogue of checks: each rule is complete, is shown in Indonesian, and its sample brings it up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType

import pytest
from grids import DIVIDED_AND_HOURS as ELEMENTS
from grids import LIBRARIES, OFFICE, TANGKUM, tab, workbook

from sheets_sync.checks import CATALOGUE, CheckOptions, Rule, check
from sheets_sync.i18n import language
from sheets_sync.intake import Before, Inputs, interpret, keep_gone, keep_to, read_register
from sheets_sync.jobs.libraries.identity import recognised
from sheets_sync.jobs.libraries.vanished import after_leaving
from sheets_sync.model import CellRef, Finding, Library, Message, Observation, Period
from sheets_sync.model.tab_state import TabState
from sheets_sync.rekap import second_tabs

# No entry makes the program fail, and no sample is that large: tests/unit/intake brings these two up.
SHOWN = [rule for rule in CATALOGUE.values() if rule.code not in ("F-TAB-FAILED", "F-TAB-LARGE")]


REGISTER = tab("Daftar", ["Nama"], ["Perpustakaan Desa Tangkum"], sheet_id=1000)


def raised(rule: Rule) -> tuple[Finding, ...]:
    """What reading and checking the rule's sample brings up."""
    sample = rule.sample
    page = tab(sample.title, *sample.rows, merges=sample.merges)
    if sample.title == OFFICE.tabs.libraries:
        register = read_register(page, "book", Inputs())
        before = [replace(each, agreed=("", "", sample.known_as)) for each in register.libraries if sample.known_as]
        first, others = CellRef("book", page.sheet_id, page.title, 0, 0), range(1, sample.stood)
        present = [*register.libraries, *(Library(f"L{number}", f"Perpustakaan {number}") for number in others)]
        again = after_leaving(recognised(register, before, (), {}), present if sample.stood else (), (), first, ())
        return checked((), again.findings, again.libraries)
    known = {page.sheet_id: sample.known_as} if sample.known_as else {}
    there = workbook(page, REGISTER, locale=sample.locale)
    libraries = [replace(each, cell=CellRef("book", REGISTER.sheet_id, "Daftar", 1, 0)) for each in LIBRARIES]
    read = interpret(there, libraries, ELEMENTS, Inputs(), OFFICE, known)
    if sample.before:
        stood = interpret(workbook(tab(sample.title, *sample.before)), LIBRARIES, ELEMENTS, Inputs(), OFFICE)
        read = keep_gone(Before(stood.observations), read, ELEMENTS, {}).understood
    read = keep_to(frozenset(sample.bound_to) or None, read, LIBRARIES)
    state = TabState(page.sheet_id, page.title, marks=sample.marks)
    read = replace(read, findings=(*read.findings, *second_tabs(OFFICE, [state], {})))
    arrivals = {(TANGKUM.code, Period(2024, 1)): sample.came} if sample.came else {}
    return checked(read.observations, read.findings, LIBRARIES, arrivals)


def checked(
    observations: Sequence[Observation],
    read: Sequence[Finding],
    libraries: Sequence[Library],
    arrivals: Mapping[tuple[str, Period], date] = MappingProxyType({}),
) -> tuple[Finding, ...]:
    """All findings on 1 December 2024."""
    return check(
        observations,
        read=read,
        libraries=libraries,
        elements=ELEMENTS,
        options=CheckOptions(),
        office=OFFICE,
        today=date(2024, 12, 1),
        arrivals=arrivals,
        per_inhabitant={library.code for library in libraries},
    ).findings


@pytest.mark.parametrize("rule", SHOWN, ids=lambda rule: rule.code)
def test_a_sample_brings_its_rule_up(rule: Rule) -> None:
    """Reading and checking the sample of a rule raises that rule."""
    assert rule.code in {finding.rule_code for finding in raised(rule)}


@pytest.mark.parametrize("rule", SHOWN, ids=lambda rule: rule.code)
def test_a_finding_reads_as_a_sentence_in_both_languages(rule: Rule) -> None:
    """Every placeholder of a question is filled in, and Indonesian differs from English."""
    finding = next(found for found in raised(rule) if found.rule_code == rule.code)
    english, indonesian = language("en")(finding.message), language("id")(finding.message)

    assert "{" not in english + indonesian
    assert english != indonesian


@pytest.mark.parametrize("rule", CATALOGUE.values(), ids=lambda rule: rule.code)
def test_a_rule_is_translated(rule: Rule) -> None:
    """Condition, question and fix of a rule have an Indonesian text."""
    for message in (rule.condition, rule.message, rule.fix):
        template = Message(message.template)
        assert language("id")(template) != message.template
