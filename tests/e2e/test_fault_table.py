"""Lines of the fault table: told once, well again once, nothing lost or doubled."""

from __future__ import annotations

import faults
from faults_lines import LINES

SAMPLE = ("store read-only", "mail: wrong password")
BAD, GOOD = ("05T21:31", "06T08:10", "08T08:10"), ("08T09:01", "08T10:05", "08T11:30")


def test_a_sample_of_the_fault_table_keeps_its_promises() -> None:
    """A store that can't be written and a mail server that lets nobody in, over the day of a report."""
    told: list[faults.Row] = []
    assert faults.table([line for line in LINES if line.injected in SAMPLE], told.append, BAD, GOOD) == []
    assert [bool(row.told and row.happened) for row in told] == [True] * len(SAMPLE)


def test_the_fault_table_has_every_line_of_its_own() -> None:
    """No name stands twice, so that a line can be run alone."""
    names = [line.injected for line in LINES]
    assert len(names) == len(set(names))
