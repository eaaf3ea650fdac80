"""What goes on counting though it is configured no more is said: once by a sync, as long as it is so by `doctor`."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from office_memory import HOME, NOW, OCTOBER, OFFICE, SECOND, SEPTEMBER, TWO_WORKBOOKS, record

from sheets_sync.config.office import Office
from sheets_sync.i18n import language
from sheets_sync.jobs.untold import left_inputs, left_places, newly_left_inputs
from sheets_sync.model import CellRef, Observation, Period, State
from sheets_sync.store import WorkbookRecord

EARLIER = NOW - timedelta(days=1)


def looked_at(home: datetime | None, second: datetime | None) -> dict[str, WorkbookRecord]:
    records = (replace(record(HOME), fresh_at=home), replace(record(SECOND), fresh_at=second))
    return {each.workbook: each for each in records}


def seen(workbook: str, period: Period) -> Observation:
    return Observation("A", "visits", period, State.REPORTED, 3.0, CellRef(workbook, 1, "A", 2, 2), "3")


BOTH = [seen(HOME, OCTOBER), seen(SECOND, SEPTEMBER), seen(SECOND, OCTOBER)]


@pytest.mark.parametrize(
    ("office", "home", "second", "figures", "always", "now"),
    [
        pytest.param(OFFICE, NOW, NOW, BOTH, True, True, id="just taken out"),
        pytest.param(OFFICE, NOW, EARLIER, BOTH, True, False, id="taken out before, and told then"),
        pytest.param(OFFICE, None, NOW, BOTH, True, True, id="the home workbook is another one now"),
        pytest.param(OFFICE, NOW, None, BOTH, True, False, id="never looked at"),
        pytest.param(OFFICE, NOW, NOW, BOTH[:1], False, False, id="nothing of it counts"),
        pytest.param(TWO_WORKBOOKS, NOW, NOW, BOTH, False, False, id="still configured"),
    ],
)
def test_a_workbook_that_was_taken_out_and_counts_is_told(
    office: Office,
    home: datetime | None,
    second: datetime | None,
    figures: list[Observation],
    always: bool,
    now: bool,
) -> None:
    """By a sync the first time only, with the months and what to do; never of one that gives nothing or is configured."""
    before = looked_at(home, second)
    said = [*left_inputs(office, before, figures)]
    assert (bool(said), bool([*newly_left_inputs(office, before, figures)])) == (always, now)
    for each in said:
        text = language("en")(each)
        assert all(word in text for word in ("Second", "September 2024", "October 2024", "input_workbooks"))


def test_a_place_that_is_in_the_tree_no_more_is_told() -> None:
    """With the months that files gave for it, and what to write."""
    [said] = left_places({"62.04": [SEPTEMBER, OCTOBER]})
    text = language("en")(said)
    assert all(word in text for word in ("62.04", "September 2024", "October 2024", "code: 62.04"))
