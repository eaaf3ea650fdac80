"""A job killed at work: after one undisturbed run all is as if nothing had happened. `scripts/kills.py` kills at 200 instants."""

from __future__ import annotations

import os
from pathlib import Path

import kills
import pytest
from installation import installation
from older_store import turn_back


@pytest.mark.sqlite("what is in it while a job is killed is looked for there")
@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills processes that are forked")
def test_what_is_killed_between_taking_in_and_writing_leaves_nothing_that_differs() -> None:
    """Sync and report, as the first write is under way: store, pages, comments, deliveries and mails are as without."""
    results = kills.run([victim for victim in kills.VICTIMS if victim.writes], seed=3, share=0)
    assert {name: (result.between, result.wrong) for name, result in results.items()} == {
        "sync": (1, []),
        "report": (1, []),
    }


@pytest.mark.sqlite("it is turned back as a file")
def test_a_store_turned_back_to_older_tables_says_the_same_when_it_is_brought_up_to_date(tmp_path: Path) -> None:
    """What is killed while it upgrades has something to lose: all figures, where they stand, and since when."""
    with installation(tmp_path) as here:
        here.sync()
        before = here.library("Tangkum").observations
        turn_back(here.settings().data / "store.sqlite3", kills.OLDER)
        assert here.library("Tangkum").observations == before
    assert before
