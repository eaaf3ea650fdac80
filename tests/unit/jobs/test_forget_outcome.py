"""What `forget` says is left to do: which row of which register, where there are several."""

from __future__ import annotations

import pytest

from sheets_sync.i18n import language
from sheets_sync.jobs.forget import ForgetOutcome
from sheets_sync.model import CellRef
from sheets_sync.store import Forgotten


@pytest.mark.parametrize(
    ("workbooks", "told"),
    [(["one"], ["Perpustakaan!C3,"]), (["one", "two"], ["Perpustakaan!C3 (one),", "Perpustakaan!C3 (two),"])],
)
def test_a_row_is_named_with_its_workbook_where_there_are_several(workbooks: list[str], told: list[str]) -> None:
    """A person may look after libraries of two offices, whose registers look alike."""
    rows = tuple(CellRef(workbook, 1, "Perpustakaan", 2, 2) for workbook in workbooks)
    said = ForgetOutcome(Forgotten(contacts=len(rows), rows=rows), dry_run=False, files=()).text(language("en"))
    assert [each in said for each in told] == [True] * len(told)
