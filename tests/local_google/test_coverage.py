"""The page that says what the local Google does."""

from __future__ import annotations

import runpy
from pathlib import Path

from sheets_sync.local_google.coverage import PARTLY, of_methods, of_requests
from sheets_sync.local_google.server import HANDLERS

ROOT = Path(__file__).resolve().parents[2]


def test_the_page_is_as_the_code_is() -> None:
    """If not: `python scripts/docs_local_google.py`."""
    script = runpy.run_path(str(ROOT / "scripts" / "docs_local_google.py"))
    assert (ROOT / "sheets_sync" / "local_google" / "README.md").read_text(encoding="utf-8") == script["page"]()


def test_what_is_said_to_be_partly_supported_exists() -> None:
    """Every remark belongs to a method or request kind that is carried out."""
    supported = {row.name for row in (*of_methods(HANDLERS), *of_requests()) if row.supported}
    assert set(PARTLY) <= supported


def test_only_data_sources_are_missing_among_the_requests() -> None:
    """Sixty-nine of seventy-four kinds are carried out."""
    missing = [row.name for row in of_requests() if not row.supported]
    assert all("DataSource" in name for name in missing)
    assert len(missing) == 5


def test_every_method_of_sheets_is_carried_out() -> None:
    """All seventeen."""
    sheets = [row for row in of_methods(HANDLERS) if row.name.startswith("sheets.")]
    assert len(sheets) == 17
    assert all(row.supported for row in sheets)
