"""What a sync says it did."""

from __future__ import annotations

import pytest

from sheets_sync.i18n import language
from sheets_sync.jobs.outcome import Failure, SyncOutcome
from sheets_sync.model import msg


@pytest.mark.parametrize(
    ("tabs", "said"),
    [(["Rekap", "Rincian"], "Ditulis: Rekap, Rincian di buku kerja B."), ([], "Komentar ditulis di buku kerja B.")],
)
def test_a_write_of_comments_alone_is_told_as_such(tabs: list[str], said: str) -> None:
    """Where pages were written they are named; where only comments were, that is said instead of an empty list."""
    assert said in SyncOutcome(written={"B": tabs}).text(language("id"))


NOT_SHARED = Failure("A", msg("not shared"), usage=False)
BAD_KEY = Failure("key", msg("no key"), usage=True)
FULL = SyncOutcome(
    ("A",), ("B",), ("C",), {"A": ["Rekap"]}, {"F": 1, "E": 2}, (msg("locale"),), (NOT_SHARED,), {"A": []}
)
OTHER = SyncOutcome(("D",), (), (), {"D": []}, {"E": 3}, (), (BAD_KEY,), {})


def test_outcomes_add_up() -> None:
    """Of two parts of a sync, in their order: what was read, written, found and what failed; counts are summed."""
    assert (
        SyncOutcome(
            read=("A", "D"),
            adopted=("B",),
            unchanged=("C",),
            written={"A": ["Rekap"], "D": []},
            findings={"F": 1, "E": 5},
            warnings=(msg("locale"),),
            failures=(NOT_SHARED, BAD_KEY),
            planned={"A": []},
        )
        == FULL + OTHER
    )


@pytest.mark.parametrize("outcome", [FULL, OTHER])
def test_nothing_added_changes_nothing(outcome: SyncOutcome) -> None:
    """Adding an empty outcome changes nothing."""
    assert outcome + SyncOutcome() == SyncOutcome() + outcome == outcome


@pytest.mark.parametrize(
    ("outcome", "status"),
    [
        pytest.param(SyncOutcome(), 0, id="nothing to do"),
        pytest.param(SyncOutcome(read=("A",)), 0, id="all done"),
        pytest.param(SyncOutcome(failures=(NOT_SHARED,)), 3, id="a workbook failed"),
        pytest.param(SyncOutcome(failures=(BAD_KEY,)), 2, id="only the configuration is to blame"),
        pytest.param(SyncOutcome(failures=(BAD_KEY, NOT_SHARED)), 3, id="not the configuration alone"),
        pytest.param(SyncOutcome(unchanged=("A",), failures=(BAD_KEY,)), 3, id="something was done"),
    ],
)
def test_the_status_says_how_it_ended(outcome: SyncOutcome, status: int) -> None:
    """0 all done, 3 something failed, 2 the configuration is to blame and nothing could be done."""
    assert outcome.status == outcome.document(language("en"))["status"] == status
