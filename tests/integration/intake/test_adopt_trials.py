"""Many made workbooks, proposed for and read: not among the unit tests, for it takes half a minute."""

from __future__ import annotations

import runpy

import pytest
from places import SCRIPTS

TRIALS = SCRIPTS / "adopt_trials.py"


def test_nothing_is_matched_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    """Over many made workbooks no heading is matched wrong and no figure is read as another one."""
    monkeypatch.syspath_prepend(SCRIPTS)
    result = runpy.run_path(str(TRIALS))["run"]()

    assert result["workbooks"] >= 150
    assert result["headings"]["wrong"] == 0
    assert result["figures"]["read as something else"] == 0
    assert result["figures"]["read as something else by the sync after"] == 0
    assert result["tabs without a word"] == 0
    assert result["nothing to answer, nothing read"] == 0
    assert result["headings"]["right"] >= 0.7 * sum(result["headings"].values())
