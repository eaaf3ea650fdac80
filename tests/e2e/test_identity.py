"""A code or name typed over in the register: the library's history goes on, and the office is asked once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import stamina
from installation import Installation, installation

from sheets_sync.jobs.month import view_of


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Installation]:
    """An installation with the sample typed in."""
    with stamina.set_testing(True, attempts=3), installation(tmp_path) as fresh:
        yield fresh


def asked(here: Installation) -> list[str]:
    """The office's questions about libraries that changed."""
    with here.app() as app:
        month = view_of(app, here.office(app)).month
    return [found.typed for found in month.findings if found.rule_code == "E-REGISTER-CHANGED"]


@pytest.mark.parametrize("heading", ["Kode", "Nama"])
def test_history_goes_on(here: Installation, heading: str) -> None:
    """Whatever is typed over, score, first sight and key stay; the question stands, once, and goes when it is undone."""
    here.sync()
    before = here.library("Tangkum")
    page = here.person().worksheet("Perpustakaan")
    rows = page.get_all_values()
    column = next(n for row in rows for n, text in enumerate(row) if text.startswith(heading))
    row = next(n for n, texts in enumerate(rows) if any("Tangkum" in text for text in texts))
    old = rows[row][column]
    page.update_cell(row + 1, column + 1, "baru-1")
    here.sync()
    after = here.library("Tangkum")
    assert (after.library.code, after.score, after.first_seen) == (before.library.code, before.score, before.first_seen)
    assert asked(here) == [f"{old} → baru-1"]
    here.sync()
    assert asked(here) == [f"{old} → baru-1"]
    page.update_cell(row + 1, column + 1, old)
    here.sync()
    assert asked(here) == []
