"""A job killed at work: after one undisturbed run all is as if nothing had happened. `scripts/kills.py` kills at 200 instants."""

from __future__ import annotations

import os

import kills
import pytest


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills processes that are forked")
def test_what_is_killed_between_taking_in_and_writing_leaves_nothing_that_differs() -> None:
    """Sync and report, as the first write is under way: store, pages, comments, deliveries and mails are as without."""
    results = kills.run([victim for victim in kills.VICTIMS if victim.writes], seed=3, share=0)
    assert {name: (result.between, result.wrong) for name, result in results.items()} == {
        "sync": (1, []),
        "report": (1, []),
    }
