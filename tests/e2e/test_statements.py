"""What a sync asks of the database: as little as there is to know."""

from __future__ import annotations

from pathlib import Path

import pytest
from installation import installation
from statements import statements

from sheets_sync.jobs.run import sync_job

MOST = {"first": 62, "changed": 50, "untouched": 14}
BEFORE_DUE, AFTER_DUE = "2024-11-05T08:00+07:00", "2024-11-08T08:00+07:00"


@pytest.mark.parametrize("now", [BEFORE_DUE, AFTER_DUE])
def test_a_sync_takes_few_statements(tmp_path: Path, now: str) -> None:
    """Most of them at an office's first, fewer after a change, and hardly any after our own write, which was no news."""
    with installation(tmp_path, now) as here:
        with here.app() as app, statements(app.store) as first:
            written = sync_job(app)
        with here.app() as app, statements(app.store) as sent:
            outcome = sync_job(app)
        here.person().worksheet("Tangkum").update([["77"]], "B6")
        with here.app() as app, statements(app.store) as changed:
            after = sync_job(app)
    assert (list(written.written), outcome.adopted, outcome.written) == ([here.workbook], (here.workbook,), {})
    assert after.read == (here.workbook,)
    taken = {"first": len(first), "changed": len(changed), "untouched": len(sent)}
    assert {name: count for name, count in taken.items() if count > MOST[name]} == {}
