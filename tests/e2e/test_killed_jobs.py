"""A job killed at an instant: after one undisturbed run all is as if nothing had happened. `scripts/kills.py` kills all four."""

from __future__ import annotations

import kills


def test_a_killed_sync_leaves_nothing_that_differs() -> None:
    """Beside a twin that nobody killed: store, Rekap, comments, deliveries and mails are equal."""
    told: list[str] = []
    victims = [victim for victim in kills.VICTIMS if victim.name == "sync"]
    assert kills.run(kills=1, seed=3, tell=told.append, victims=victims) == []
    assert [line.split()[0] for line in told] == ["sync"]
