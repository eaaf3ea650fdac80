"""The published English figures: what is asked about them, and what people labelled as slips."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest
from places import SCRIPTS

SCRIPT: dict[str, Any] = runpy.run_path(str(SCRIPTS / "england_slips.py"))
EXAMPLE = SCRIPT["Example"].read()
WHOLE: Path = SCRIPT["whole_file"]()


def report(file: Path) -> dict[str, Any]:
    """What would be asked about a file."""
    slips = file.with_name("slips.csv")
    labelled = SCRIPT["labelled"](slips, EXAMPLE) if slips.exists() else []
    result: dict[str, Any] = SCRIPT["report"](SCRIPT["questions"](file, EXAMPLE), labelled)
    return result


@pytest.mark.parametrize(
    ("service", "element", "month", "proposal"),
    [
        ("Bournemouth Christchurch & Poole", "loans_books", "2023-04", "69736"),
        ("Bournemouth Christchurch & Poole", "loans_books_children", "2024-03", "26234"),
        ("East Riding Of Yorkshire", "loans_books_adults", "2023-04", "37071"),
        ("Halton Libraries", "loans_books", "2023-04", "17992"),
        ("North East Lincolnshire", "computer_hours", "2024-01", "6130"),
    ],
)
def test_slips_in_the_shipped_extract_are_found(service: str, element: str, month: str, proposal: str) -> None:
    """Plainly mistyped figures of the extract are asked about with the figure that was meant."""
    asked = report(SCRIPT["EXTRACT"])["questions"]

    [found] = [q for q in asked if (q["service"], q["element"], q["month"]) == (service, element, month)]
    assert found["proposal"] == proposal


@pytest.mark.skipif(not WHOLE.exists(), reason=f"the whole published file is not at hand ({WHOLE.name})")
def test_every_labelled_slip_of_the_whole_file_is_found() -> None:
    """All labelled slips are found with the labelled proposal, and few other questions are asked."""
    result = report(WHOLE)

    assert [slip for slip in result["slips"] if slip["labelled"] != slip["proposed"]] == []
    assert result["other_questions_per_service_year"] <= SCRIPT["MAX_QUESTIONS"]
