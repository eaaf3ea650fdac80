"""Sync, report, backup and upgrade killed at an instant: after one undisturbed run all is as if nothing had happened."""

from __future__ import annotations

import os

import kills
import pytest


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills processes of its own making: needs fork")
def test_a_killed_job_leaves_nothing_that_differs() -> None:
    """Beside a twin that nobody killed: store, Rekap, comments, deliveries and mails are equal, doubts are listed."""
    told: list[str] = []
    assert kills.run(kills=1, seed=3, tell=told.append) == []
    assert [line.split()[0] for line in told] == ["sync", "report", "backup", "upgrade"]
