"""How long a run over the nation takes, told by values: the pace, the threads and the reading ahead of the program itself."""

from __future__ import annotations

import pytest
from run_by_values import seconds_of

from sheets_sync.jobs.read_ahead import DEPTH

OFFICES, USER, PROJECT = 514, 60, 300  # what Google allows in a minute
START, WORK = 6.0, 0.08  # seconds until the first read may go, and of processor for each office, as measured


def by_quota(credentials: int) -> float:
    return OFFICES / min(USER * credentials, PROJECT) * 60


@pytest.mark.parametrize("credentials", [1, 2, 3, 4])
def test_the_nation_takes_little_longer_than_the_quota_does(credentials: int) -> None:
    """514 offices at a second of latency: at most 1.05 times what Google's quota takes for their reads."""
    assert seconds_of(OFFICES, credentials, DEPTH, start=START, work=WORK) <= 1.05 * by_quota(credentials)
