"""The register: whom its questions are about."""

from __future__ import annotations

import pytest
from grids import Typed, tab

from sheets_sync.intake import Inputs, read_register
from sheets_sync.intake.interpretation import ReadRegister


def register(*row: Typed) -> ReadRegister:
    """A register with one row."""
    return read_register(tab("Perpustakaan", ["Kode", "Nama", "Email", "WhatsApp", "Penduduk"], row), "book", Inputs())


@pytest.mark.parametrize(
    ("row", "rule", "library"),
    [
        (("T", "Tangkum", "ibu@", "", 900), "F-EMAIL", "T"),
        (("T", "Tangkum", "", "telepon Ibu", 900), "F-PHONE", "T"),
        (("T", "Tangkum", "", "", "sekitar 900"), "F-REGISTER-VALUE", "T"),
        ((None, "Tangkum", "", "", 900), "W-REGISTER-CODE", "tangkum"),
        (("T", None, "", "", 900), "F-REGISTER-NAME", None),
    ],
)
def test_a_question_about_a_row_names_its_library(row: tuple[Typed, ...], rule: str, library: str | None) -> None:
    """What can't be read in a row of the register is said of that row's library, if it names one."""
    (question,) = register(*row).findings
    assert (question.rule_code, question.library) == (rule, library)


def test_a_name_of_signs_alone_is_a_code_too() -> None:
    """Without a code and without a letter in the name, the name itself stands for the library."""
    (library,) = register(None, "???").libraries
    assert library.code == "???"
