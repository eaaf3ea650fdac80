"""What `doctor` says of PostgreSQL's dumps: there, of last night, and such as can be brought back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sheets_sync.jobs.diagnose.dumps import judged, newest_of

NOW, FOLDER = datetime(2024, 11, 8, 9, 0, tzinfo=UTC), Path("backups")


@pytest.mark.parametrize(
    ("hours", "against", "well"),
    [
        pytest.param(None, "", False, id="none"),
        pytest.param(7, "", True, id="of last night"),
        pytest.param(31, "", True, id="last night's is late"),
        pytest.param(37, "", False, id="too old"),
        pytest.param(7, "no archive", False, id="can't be read"),
    ],
)
def test_the_newest_dump_is_judged(hours: float | None, against: str, well: bool) -> None:
    """By its age, and by what the tool that would bring it back says of it."""
    newest = None if hours is None else (FOLDER / "a.dump", (NOW - timedelta(hours=hours)).timestamp())
    assert judged(FOLDER, newest, NOW, lambda _: against).well is well


def test_the_newest_is_looked_at() -> None:
    """Of several the one that was made last."""
    assert newest_of([(Path("a"), 2.0), (Path("b"), 3.0), (Path("c"), 1.0)]) == (Path("b"), 3.0)
    assert newest_of([]) is None
