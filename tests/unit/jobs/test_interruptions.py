"""How seldom Python interrupts jobs that compute."""

from __future__ import annotations

import gc
import sys
from contextlib import ExitStack
from itertools import permutations

import pytest

from sheets_sync.jobs.interruptions import MANY_VALUES, TURN, few_interruptions


def stands() -> tuple[int, float]:
    return gc.get_threshold()[0], round(sys.getswitchinterval(), 4)


@pytest.mark.parametrize("ends", list(permutations(range(3))))
def test_all_is_as_before_once_the_last_job_is_done(ends: tuple[int, ...]) -> None:
    """Jobs side by side end in any order: whoever ends first does not end it for the others, the last one does."""
    before, jobs = stands(), [ExitStack() for _ in ends]
    for job in jobs:
        job.enter_context(few_interruptions())
    for number in ends:
        assert stands() == (MANY_VALUES, TURN)
        jobs[number].close()
    assert stands() == before


def test_a_job_that_fails_ends_it_too() -> None:
    """What is raised goes on."""
    before = stands()
    with pytest.raises(ZeroDivisionError), few_interruptions():
        _ = 1 / 0
    assert stands() == before
