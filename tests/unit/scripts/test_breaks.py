"""The breaks that are made by hand: each of them has to fit the code, else nothing is broken and all seems held."""

from __future__ import annotations

import pytest
from breaks import BREAKS, Break
from breaks_guards import GUARDS
from places import ROOT

ALL = (*BREAKS, *(Break(*guard) for guard in GUARDS))


@pytest.mark.parametrize("made", ALL, ids=lambda made: made.name)
def test_a_break_fits_the_code(made: Break) -> None:
    """The text that is broken stands once in the module, and the test that shall notice is there."""
    path, _, name = made.tests.partition("::")
    assert made.fits(ROOT)
    assert made.right != made.wrong
    assert (f"def {name}(" if name else "def test_") in (ROOT / path).read_text(encoding="utf-8")


def test_each_break_has_a_name_of_its_own() -> None:
    """A break is asked for by its name."""
    assert len({made.name for made in ALL}) == len(ALL)
