"""What a benchmark prints has the machine's speed beside it."""

from __future__ import annotations

import json

import pytest
from machine import print_measured


def test_figures_stand_beside_the_machines_speed(capsys: pytest.CaptureFixture[str]) -> None:
    """The figures are those that were measured; the loop's seconds before and after stand beside them."""
    print_measured(lambda: {"offices": 3}, steps=1000)
    said = json.loads(capsys.readouterr().out)
    speed = said.pop("machine")
    assert said == {"offices": 3}
    assert set(speed) == {"before", "after"}
