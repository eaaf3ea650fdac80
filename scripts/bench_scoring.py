"""`python scripts/bench_scoring.py`: how long scoring a whole country takes, beside one pandas groupby; prints JSON.

80.000 libraries × 12 months × 15 elements, 14,4 million figures in one frame with a row each. Each task runs in a
process of its own, so that its peak memory is its own; the frame both start from is part of it.

Next steps are worked out whole: which elements, how much of each, in which order, and the score each step brings, kept as
columns. What is not part of `next_steps` is to make a Python value of each; a page does so for the libraries it shows.
`steps_as_values` says what that takes for all of them.

`without_ranges` and `with_ranges` set cube, scores and next steps against the groupby, by processor seconds.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from frame_cube import cube_of_frame
from machine import print_measured

from sheets_sync.config.office import Element, Elements
from sheets_sync.config.yaml_file import read_yaml
from sheets_sync.kpi import next_steps, read_scheme, score
from sheets_sync.model import DatedValue, Library, Period

CONFIG = Path(__file__).resolve().parent.parent / "config"
FIRST, LAST = Period(2024, 1), Period(2024, 12)
EXTRA = ("members_new", "in_library_use", "digital_uses", "media_publications")
BLANK, REFUSED = 0.05, 0.002  # shares of the figures


def chosen_elements() -> tuple[Element, ...]:
    """The fifteen: those the default scheme reads, and some more."""
    known = read_yaml(CONFIG / "elements.yaml", Elements).elements
    scheme = read_scheme(CONFIG / "schemes" / "tpbis.yaml", known)
    text = " ".join(f"{each.numerator} {each.denominator}" for each in scheme.indicators)
    return tuple(each for each in known if each.id != "population" and (each.id in text or each.id in EXTRA))[:15]


def frame(libraries: int, elements: tuple[Element, ...]) -> pd.DataFrame:
    """Made-up figures, a row each: library, element, period, state, value."""
    draw, months = np.random.default_rng(2024), 12
    rows = libraries * months * len(elements)
    state = draw.choice(3, size=rows, p=[1 - BLANK - REFUSED, BLANK, REFUSED]).astype(np.int8)
    value = draw.integers(1, 200, size=rows).astype(np.float64)
    value[state > 0] = np.nan
    codes = [f"{n:05}" for n in range(libraries)]
    library = np.repeat(np.arange(libraries, dtype=np.int32), months * len(elements))
    period = np.tile(np.repeat(np.arange(months, dtype=np.int8), len(elements)), libraries)
    element = np.tile(np.arange(len(elements), dtype=np.int8), libraries * months)
    return pd.DataFrame(
        {
            "library": categorical(library, codes),
            "element": categorical(element, [each.id for each in elements]),
            "period": categorical(period, [str(FIRST + n) for n in range(months)]),
            "state": categorical(state, ["reported", "empty", "unreadable"]),
            "value": value,
        }
    )


def categorical(codes: Any, names: list[str]) -> Any:
    """A column of texts, as a frame read from a database would best hold it."""
    return pd.Categorical.from_codes(codes, pd.Index(names))


def scoring(libraries: int) -> Mapping[str, float]:
    """Frame → cube → scores with contributions, with ranges, and the next steps of a year that is over."""
    elements = chosen_elements()
    scheme = read_scheme(CONFIG / "schemes" / "tpbis.yaml", elements)
    figures = frame(libraries, elements)
    places = [Library(f"{n:05}", f"{n:05}", population=(DatedValue(2023, 1000 + n % 900),)) for n in range(libraries)]
    spent = Stopwatch()
    cube = cube_of_frame(figures, places, elements, FIRST, LAST)
    building = spent.lap()
    table = score(cube, scheme, LAST, with_range=False)
    weighing = spent.lap()
    score(cube, scheme, LAST)
    ranges = spent.lap()
    steps = next_steps(cube, table)
    stepping = spent.lap()
    count = sum(map(len, steps.values()))
    telling = spent.lap()
    assert table.contribution.shape == (len(scheme.indicators), libraries)
    return {
        "figures": len(figures),
        **named("cube", building),
        **named("score", weighing),
        **named("cube_and_score", (building[0] + weighing[0], building[1] + weighing[1])),
        **named("score_with_ranges", ranges),
        **named("next_steps", stepping),
        **named("steps_as_values", telling),
        "steps": count,
        "mean_score": float(np.nanmean(table.value)),
    }


def grouping(libraries: int) -> Mapping[str, float]:
    """One pandas groupby over the same frame: the sum of every library's every element."""
    figures, spent = frame(libraries, chosen_elements()), Stopwatch()
    figures.groupby(["library", "element"], observed=True)["value"].sum()
    return {"figures": len(figures), **named("groupby", spent.lap())}


class Stopwatch:
    """Seconds by the clock and of this process' work since the last lap."""

    def __init__(self) -> None:
        self._wall, self._cpu = time.perf_counter(), time.process_time()

    def lap(self) -> tuple[float, float]:
        wall, cpu = time.perf_counter(), time.process_time()
        passed = wall - self._wall, cpu - self._cpu
        self._wall, self._cpu = wall, cpu
        return passed


def named(what: str, spent: tuple[float, float]) -> dict[str, float]:
    return {f"{what}_seconds": spent[0], f"{what}_cpu_seconds": spent[1]}


def making(libraries: int) -> Mapping[str, float]:
    """Nothing but the frame: what the other two start from."""
    return {"figures": len(frame(libraries, chosen_elements()))}


TASKS: Mapping[str, Callable[[int], Mapping[str, float]]] = {
    "frame_only": making,
    "scoring": scoring,
    "pandas_groupby": grouping,
}


def main() -> None:
    """Runs every task, or the one that is named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--libraries", type=int, default=80_000)
    parser.add_argument("--task", choices=sorted(TASKS))
    wanted = parser.parse_args()
    if wanted.task:
        alone = dict(TASKS[wanted.task](wanted.libraries))
        alone["peak_memory_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({name: round(value, 3) for name, value in alone.items()}))
        return
    print_measured(lambda: compared(wanted.libraries))


def compared(libraries: int) -> dict[str, Any]:
    """Every task in a process of its own."""
    base = [sys.executable, __file__, "--libraries", str(libraries), "--task"]
    runs = {task: subprocess.run([*base, task], check=True, capture_output=True, text=True).stdout for task in TASKS}
    found = {task: json.loads(out) for task, out in runs.items()}
    return {"libraries": libraries, **found, **ratios(found)}


def ratios(found: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """Everything that is scored, over the groupby."""
    ours, theirs = found["scoring"], found["pandas_groupby"]["groupby_cpu_seconds"]
    rest = ours["cube_cpu_seconds"] + ours["next_steps_cpu_seconds"]
    both = (("without_ranges", "score_cpu_seconds"), ("with_ranges", "score_with_ranges_cpu_seconds"))
    return {name: round((rest + ours[scores]) / theirs, 3) for name, scores in both}


if __name__ == "__main__":
    main()
