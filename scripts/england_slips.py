"""`python scripts/england_slips.py [activity.csv]`: what would be asked about the published English figures, as JSON.

The file is read as one workbook and checked with the example's configuration. Where `slips.csv` lies beside it, the
labelled slips are compared with what was found. Ends with 1 where a labelled slip was missed or proposed differently,
or where more than two questions a service and year are left.
"""

from __future__ import annotations

import csv
import json
import os
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sheets_sync.checks import Checked, CheckOptions, check
from sheets_sync.config.office import Elements, Office
from sheets_sync.config.yaml_file import read_yaml
from sheets_sync.i18n import language
from sheets_sync.intake import Inputs, interpret
from sheets_sync.intake.headings import Vocabulary
from sheets_sync.model import Finding, Library, Period, Severity
from sheets_sync.model.grid import EMPTY_CELL, GridCell, Tab, Workbook

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "config" / "examples" / "england-2023-24"
EXTRACT = EXAMPLE / "activity-extract.csv"
WHOLE = ROOT.parent / "shared" / "data" / "england_activity_2023_24" / "activity.csv"
MAX_QUESTIONS = 2  # a service and year, beyond the labelled slips
TODAY = date(2024, 4, 30)

Figure = tuple[str, str, Period]  # service, element, month


@dataclass(frozen=True)
class Example:
    """The example's configuration."""

    elements: Elements
    inputs: Inputs
    checks: CheckOptions
    office: Office

    @classmethod
    def read(cls) -> Example:
        return cls(
            read_yaml(EXAMPLE / "elements.yaml", Elements),
            read_yaml(EXAMPLE / "inputs.yaml", Inputs),
            read_yaml(EXAMPLE / "checks.yaml", CheckOptions),
            read_yaml(EXAMPLE / "office.yaml", Office),
        )


@dataclass(frozen=True)
class Slip:
    """A labelled slip, and the figure a person would propose."""

    figure: Figure
    proposal: str


def whole_file(environment: Mapping[str, str] = os.environ) -> Path:
    """Where the whole published file should be."""
    named = Path(environment.get("SHEETS_SYNC_ENGLAND") or WHOLE)
    return named / "activity.csv" if named.is_dir() else named


def questions(file: Path, example: Example) -> Checked:
    """Everything that would be asked about a file of figures as published."""
    with file.open(encoding="utf-8-sig", newline="") as source:
        rows = list(csv.reader(source))
    services = [Library(row[0], row[0], kind="service") for row in rows[1:]]
    tab = Tab(1, "Activity", tuple(tuple(map(_cell, row)) for row in rows))
    workbook = Workbook(example.office.workbook, "England", "en_GB", "Europe/London", (tab,))
    read = interpret(workbook, services, example.elements, example.inputs, example.office)
    return check(
        read.observations,
        read=read.findings,
        libraries=services,
        elements=example.elements,
        options=example.checks,
        office=example.office,
        today=TODAY,
    )


def labelled(file: Path, example: Example) -> list[Slip]:
    """The slips that people labelled."""
    vocabulary = Vocabulary(example.elements, example.inputs)
    with file.open(encoding="utf-8-sig", newline="") as source:
        return [Slip(_figure(row, vocabulary), row["proposal"]) for row in csv.DictReader(source)]


def report(checked: Checked, slips: Sequence[Slip]) -> dict[str, Any]:
    """The list of questions, and what it comes to."""
    asked = [finding for finding in checked.findings if finding.severity in (Severity.FATAL, Severity.EXPLAIN)]
    found = {(finding.library, finding.element, finding.period): finding for finding in asked}
    services = {seen.library for seen in checked.observations}
    labelled_months = {(slip.figure[0], slip.figure[2]) for slip in slips}
    months = {(finding.library, finding.period) for finding in asked} - labelled_months
    return {
        "services": len(services),
        "slips": [_compared(slip, found.get(slip.figure)) for slip in slips],
        "slips_found": sum(slip.figure in found for slip in slips),
        "slips_proposed_alike": sum(_alike(slip, found.get(slip.figure)) for slip in slips),
        "other_questions": len(months),
        "other_questions_per_service_year": round(len(months) / max(len(services), 1), 2),
        "by_rule": dict(Counter(finding.rule_code for finding in asked)),
        "questions": list(_listed(asked)),
    }


def _cell(text: str) -> GridCell:
    if not text:
        return EMPTY_CELL
    try:
        return GridCell(float(text), text)
    except ValueError:
        return GridCell(text, text)


def _figure(row: Mapping[str, str], vocabulary: Vocabulary) -> Figure:
    meaning = vocabulary.meaning(row["column"])
    if meaning is None or meaning.month is None or meaning.month.year is None:
        raise ValueError(f"no element and month is called {row['column']!r}")
    return row["service"], meaning.element, Period(meaning.month.year, meaning.month.month)


def _alike(slip: Slip, finding: Finding | None) -> bool:
    return finding is not None and finding.proposal == slip.proposal


def _compared(slip: Slip, finding: Finding | None) -> dict[str, str | None]:
    service, element, period = slip.figure
    proposed = finding.proposal if finding else None
    place = {"service": service, "element": element, "month": str(period)}
    return {**place, "labelled": slip.proposal, "proposed": proposed, "rule": finding.rule_code if finding else None}


def _listed(findings: Sequence[Finding]) -> Iterator[dict[str, str]]:
    for finding in sorted(findings, key=lambda f: (f.library or "", str(f.period), f.element or "")):
        place = {"service": finding.library or "", "month": str(finding.period), "element": finding.element or ""}
        asked = {"rule": finding.rule_code, "typed": finding.typed, "proposal": finding.proposal}
        yield {**place, **asked, "question": language("en")(finding.message)}


def main(arguments: Sequence[str]) -> int:
    """Prints the report over the file named, else the whole file, else the extract that ships."""
    example = Example.read()
    whole = whole_file()
    file = Path(arguments[0]) if arguments else (whole if whole.exists() else EXTRACT)
    slips_file = file.with_name("slips.csv")
    result = report(questions(file, example), labelled(slips_file, example) if slips_file.exists() else [])
    print(json.dumps({"file": file.name, **result}, ensure_ascii=False, indent=1))
    missed = any(slip["labelled"] != slip["proposed"] for slip in result["slips"])
    return int(missed or result["other_questions_per_service_year"] > MAX_QUESTIONS)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
