"""The table of attacks and bad days has no row without a test, and no test that is in no row."""

from __future__ import annotations

import re

from incidents import ATTACKS, BAD_DAYS, INCIDENTS
from places import ROOT

MARK = re.compile(r'incident(?:\(|=)"([a-z0-9-]+)"')


def test_every_incident_is_shown_by_a_test() -> None:
    """And every name that a test bears stands in the table."""
    borne = {name for file in (ROOT / "tests").rglob("test_*.py") for name in MARK.findall(file.read_text("utf-8"))}
    assert borne == INCIDENTS.keys()


def test_an_incident_stands_in_one_table() -> None:
    """Attacks are what people do, bad days what breaks."""
    assert ATTACKS.keys() & BAD_DAYS.keys() == set()
