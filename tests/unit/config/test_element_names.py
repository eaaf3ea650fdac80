"""Elements named in checks.yaml and inputs.yaml: found however they are capitalised, and refused if there is no such one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from places import CONFIG

from sheets_sync.errors import ConfigError
from sheets_sync.settings import Environment, Settings, load_settings


def settings(folder: Path, file: str, text: str) -> Settings:
    """The shipped configuration with one file written anew."""
    shutil.copytree(CONFIG, folder / "config", ignore=shutil.ignore_patterns("examples"))
    (folder / "config" / file).write_text(text, encoding="utf-8")
    return load_settings(folder / "config", Environment())


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("checks.yaml", "never_fall: [members_totl]"),
        ("checks.yaml", "copied: {ignored: [members_totl]}"),
        ("checks.yaml", "gatherings: [{events: members_totl, people: participants}]"),
        ("checks.yaml", "gatherings: [{events: activities, people: members_totl}]"),
        ("checks.yaml", "parts: [{part: members_totl, whole: population}]"),
        ("checks.yaml", "parts: [{part: loans, whole: members_totl}]"),
        ("checks.yaml", "totals: [{total: members_totl, parts: [loans, titles]}]"),
        ("checks.yaml", "totals: [{total: loans, parts: [members_totl, titles]}]"),
        ("checks.yaml", "balances: [{stock: members_totl, gains: [members_new]}]"),
        ("checks.yaml", "balances: [{stock: titles, gains: [members_totl]}]"),
        ("checks.yaml", "balances: [{stock: titles, gains: [loans], losses: [members_totl]}]"),
        ("checks.yaml", "open_days: members_totl"),
        ("inputs.yaml", "log: [{element: members_totl}]"),
    ],
)
def test_an_element_that_is_not_there_is_an_error(tmp_path: Path, file: str, text: str) -> None:
    """The error names the file, the line, and the element that was meant."""
    with pytest.raises(ConfigError) as caught:
        settings(tmp_path, file, text)
    assert f"{file}:1: " in str(caught.value)
    assert "there is no members_totl (did you mean members_total?)" in str(caught.value)


def test_an_element_is_found_in_capitals(tmp_path: Path) -> None:
    """An element's name is compared as ids are written, in small letters."""
    whole = settings(tmp_path, "checks.yaml", "{never_fall: [Titles], parts: [{part: LOANS, whole: Population}]}")
    found = whole.of(whole.offices[0])
    assert found.checks.never_fall == ("titles",)
    assert (found.checks.parts[0].part, found.checks.parts[0].whole) == ("loans", "population")


def test_an_office_may_ask_for_fewer_elements(tmp_path: Path) -> None:
    """What the shipped checks are about need not be reported."""
    only = "elements: [{id: visits_onsite, label: Visits, unit: people}]"
    shutil.copytree(CONFIG, tmp_path / "config", ignore=shutil.ignore_patterns("examples", "schemes"))
    (tmp_path / "config" / "elements.yaml").write_text(only, encoding="utf-8")
    (tmp_path / "config" / "schemes").mkdir()
    scheme = (CONFIG / "schemes" / "tpbis.yaml").read_text(encoding="utf-8")
    head, first, *_ = scheme.split("\n  - id: ")
    text = f"{head}\n  - id: {first}".replace("visits_onsite + or_zero(visits_online)", "visits_onsite")
    rest = text[: text.index("groups:")] + "groups: [{id: services, label: S}]\n\n" + text[text.index("indicators:") :]
    (tmp_path / "config" / "schemes" / "s.yaml").write_text(rest, encoding="utf-8")
    whole = load_settings(tmp_path / "config", Environment())
    assert whole.of(whole.offices[0]).elements.by_id.keys() == {"visits_onsite"}
