"""The scoring benchmark runs, and measures what it says."""

import runpy

from places import SCRIPTS

SCRIPT = SCRIPTS / "bench_scoring.py"


def test_benchmark_scores_every_figure() -> None:
    """A small run scores 40 libraries × 12 months × 15 elements."""
    tasks = runpy.run_path(str(SCRIPT))
    found = tasks["scoring"](40)
    assert found["figures"] == 40 * 12 * 15
    assert 0 < found["mean_score"] < 10
    assert tasks["grouping"](40)["figures"] == found["figures"]
