"""How fast the machine is while something is measured on it, so that figures of different days can be compared.

The same machine takes half as long again for the same work when others are at work on it. What a benchmark prints has
beside its figures the seconds of processor of one fixed loop, before and after: `"machine": {"before": 0.52, "after": 0.61}`.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

STEPS = 10_000_000


def loop_seconds(steps: int = STEPS) -> float:
    """Seconds of processor that a loop of pure Python takes just now."""
    began, total = time.process_time(), 0
    for step in range(steps):
        total += step
    return round(time.process_time() - began, 3)


@contextmanager
def machine_speed(steps: int = STEPS) -> Iterator[dict[str, float]]:
    """The loop's seconds before and, once this is closed, after what is measured while it is open."""
    said = {"before": loop_seconds(steps)}
    yield said
    said["after"] = loop_seconds(steps)


def print_measured(measure: Callable[[], Mapping[str, Any]], steps: int = STEPS) -> None:
    """Prints what is measured as JSON, and beside it how fast the machine was."""
    with machine_speed(steps) as speed:
        found = measure()
    print(json.dumps({**found, "machine": speed}, indent=2))
