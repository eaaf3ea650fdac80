"""Months in seconds: what was due was done, each thing once."""

from __future__ import annotations

from pathlib import Path

import year


def test_the_first_months_of_a_year_are_done_as_the_calendar_says(tmp_path: Path) -> None:
    """The go-ahead, three weeks of sleep, a send day without Google: syncs, reports, reminders, backups, each once."""
    told: list[str] = []
    assert year.run(tmp_path, months=2, tell=told.append, hours=(8,), days=range(1, 10)) == []
    assert [line[:7] for line in told[1:]] == ["2024-01", "2024-02"]
