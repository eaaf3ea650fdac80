"""A person's word on headings, laid over the configuration."""

from __future__ import annotations

import pytest

from sheets_sync.config.office import Element, Elements
from sheets_sync.config.yaml_file import Text
from sheets_sync.intake.adopt import corrected
from sheets_sync.intake.adopt.correct import IGNORED, KEYS, NEW
from sheets_sync.intake.headings import Role, Vocabulary
from sheets_sync.intake.options import Inputs

VISITS = Element(
    id="visits", label=Text(id="Pengunjung", en="Visits"), unit=Text(id="orang", en="people"), aliases=("Tamu",)
)
LOANS = Element(id="loans", label=Text(id="Peminjaman", en="Loans"), unit=Text(id="buku", en="books"))
KNOWN = Elements(elements=(VISITS, LOANS))


def meaning(said: dict[str, str], text: str) -> tuple[Role | None, str]:
    made = corrected(KNOWN, Inputs(), said)
    found = Vocabulary(made.elements, made.inputs).meaning(text)
    return (found.role, found.element) if found else (None, "")


@pytest.mark.parametrize("text", ["Tamu malam", "Tamu", "Nama kegiatan", "No"])
@pytest.mark.parametrize("wanted", ["visits", "loans", NEW, *KEYS])
def test_a_heading_means_what_is_said(text: str, wanted: str) -> None:
    """Whatever it meant before, an alias or a column among it, a heading means afterwards what a person says."""
    role, element = meaning({text: wanted}, text)
    if wanted in KEYS:
        assert role == Role(wanted)
    else:
        assert role is Role.ELEMENT
        assert (element == wanted) if wanted != NEW else element not in ("visits", "loans")


def test_what_is_not_spoken_of_stays() -> None:
    """Other headings mean what they meant, and nothing said changes nothing."""
    assert meaning({"Tamu malam": IGNORED}, "Tamu") == (Role.ELEMENT, "visits")
    made = corrected(KNOWN, Inputs(), {})
    assert (made.elements, made.inputs) == (KNOWN, Inputs())


def test_a_year_is_taken_over() -> None:
    """The year that a person gives is that of months without one."""
    assert corrected(KNOWN, Inputs(), {}, 2023).inputs.year == 2023
