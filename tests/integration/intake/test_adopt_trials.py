"""Made workbooks, proposed for and read: a sample of scripts/adopt_trials.py, which tries five times as many."""

from __future__ import annotations

import runpy

import pytest
from places import SCRIPTS

TRIALS = SCRIPTS / "adopt_trials.py"
EACH = 5  # prime to the number of styles: every layout and every style is among them


def test_nothing_is_matched_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    """Over made workbooks of every layout and every style no heading is matched wrong and no figure is read as another one."""
    monkeypatch.syspath_prepend(SCRIPTS)
    result = runpy.run_path(str(TRIALS))["run"](each=EACH)

    assert result["workbooks"] >= 30
    assert all(layout["workbooks"] for layout in result["layouts"].values())
    assert result["headings"]["wrong"] == 0
    assert result["figures"]["read as something else"] == 0
    assert result["figures"]["read as something else by the sync after"] == 0
    assert result["tabs without a word"] == 0
    assert result["nothing to answer, nothing read"] == 0
    assert result["headings"]["right"] >= 0.7 * sum(result["headings"].values())
