"""What a sync says it did."""

from __future__ import annotations

import pytest

from sheets_sync.i18n import language
from sheets_sync.jobs.outcome import SyncOutcome


@pytest.mark.parametrize(
    ("tabs", "said"),
    [(["Rekap", "Rincian"], "Ditulis: Rekap, Rincian di buku kerja B."), ([], "Komentar ditulis di buku kerja B.")],
)
def test_a_write_of_comments_alone_is_told_as_such(tabs: list[str], said: str) -> None:
    """Where pages were written they are named; where only comments were, that is said instead of an empty list."""
    assert said in SyncOutcome(written={"B": tabs}).text(language("id"))
