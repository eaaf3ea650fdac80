"""Of a run it is kept what went wrong and how much was done, not the name of every workbook."""

from __future__ import annotations

import json

from sheets_sync.i18n import language
from sheets_sync.jobs.outcome import Failure, SyncOutcome
from sheets_sync.jobs.run import MOST_NAMED, kept_detail
from sheets_sync.model import msg

NAMES = tuple(f"1ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmno{n:03}" for n in range(514))


def test_an_undisturbed_run_over_514_workbooks_is_kept_in_a_kilobyte() -> None:
    """How many there were stands beside the first few names."""
    kept = kept_detail(SyncOutcome(unchanged=NAMES).document(language("en")))
    assert len(json.dumps(kept)) < 1000
    assert kept["counts"] == {"read": 0, "adopted": 0, "unchanged": 514, "written": 0}
    assert kept["unchanged"] == list(NAMES[:MOST_NAMED])


def test_what_went_wrong_is_kept_whole() -> None:
    """Every failure with its remedy, and nothing of the requests of a dry run."""
    failures = tuple(Failure(name, msg("no"), usage=False) for name in NAMES)
    kept = kept_detail(SyncOutcome(failures=failures, planned={"a": [{"x": 1}]}).document(language("en")))
    assert len(kept["failures"]) == 514
    assert "planned" not in kept


def test_an_outcome_of_another_kind_is_kept_as_it_is() -> None:
    """Only a sync names workbooks."""
    assert kept_detail({"problem": "no", "kind": "google"}) == {"problem": "no", "kind": "google"}
