"""Which library a word on the command line means, where offices have libraries of one name or code."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from sheets_sync.cli.scores import find_library
from sheets_sync.errors import UsageError
from sheets_sync.i18n import language
from sheets_sync.model import Library

KNOWN = {
    "timur": [Library("PD-1", "Paku"), Library("PD-2", "Awang", aliases=("Hulu",))],
    "selatan": [Library("PD-1", "Mengkatip"), Library("PD-3", "Hulu"), Library("PD-4", "Hilir", aliases=("Hulu",))],
}


def nobody(office: object, problem: object) -> None:
    """No office is away."""
    raise AssertionError((office, problem))


def app(*offices: str) -> SimpleNamespace:
    """An installation of these offices, as far as is asked."""
    known = [SimpleNamespace(code=code) for code in offices]
    return SimpleNamespace(settings=SimpleNamespace(offices=known), store=SimpleNamespace(libraries=KNOWN.__getitem__))


def test_a_code_that_two_offices_gave_asks_for_the_office() -> None:
    """No code tells them apart; with one office it is found, and what is one's alone needs no office."""
    with pytest.raises(UsageError) as refused:
        find_library(app("timur", "selatan"), "pd-1", nobody)  # type: ignore[arg-type] # as far as is asked
    said = language("en")(refused.value.message)
    assert "timur, selatan" in said
    assert "--office" in said
    assert find_library(app("selatan"), "PD-1", nobody)[1].name == "Mengkatip"  # type: ignore[arg-type] # as far as is asked
    assert find_library(app("timur", "selatan"), "Awang", nobody)[0].code == "timur"  # type: ignore[arg-type] # as far as is asked


def test_in_one_office_the_code_tells_them_apart() -> None:
    """Two that are called the same there have codes."""
    with pytest.raises(UsageError) as refused:
        find_library(app("selatan"), "hulu", nobody)  # type: ignore[arg-type] # as far as is asked
    assert "PD-3, PD-4" in language("en")(refused.value.message)
