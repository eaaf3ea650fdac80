"""`python scripts/attacks.py`: every attack and bad day once made to work, tried again: what happens now, who is told.

    python scripts/attacks.py                  all of them (some minutes)
    python scripts/attacks.py google-away drive-403   these
    python scripts/attacks.py --json           as JSON, --markdown as a table for docs/measured.md

The rows are tests: what a row says is what its tests state or note, and hold. Ends with 1 if one does not hold, or was
not tried. Needs the development packages.
"""

from __future__ import annotations

import argparse
import json
import sys
import textwrap
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import redirect_stdout
from dataclasses import asdict, dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "support"))

from incidents import ATTACKS, INCIDENTS  # noqa: E402 - found by the line above


@dataclass
class Tried:
    """What came of an incident's tests."""

    happened: dict[str, None] = field(default_factory=dict)  # each once, in order
    told: dict[str, None] = field(default_factory=dict)
    seconds: float = 0.0
    tests: int = 0
    failed: int = 0


@dataclass(frozen=True)
class Row:
    """A line of the table."""

    name: str
    kind: str
    done: str
    happened: tuple[str, ...]
    told: tuple[str, ...]
    seconds: float
    tests: int
    holds: bool


class Recorder:
    """Hears of every test that bears an incident's name."""

    def __init__(self, wanted: Sequence[str]) -> None:
        self._wanted = frozenset(wanted)
        self.tried: dict[str, Tried] = defaultdict(Tried)
        self._about: dict[str, tuple[list[str], str]] = {}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Keeps the tests that are about what is wanted."""
        for item in items:
            names = [name for mark in item.iter_markers("incident") for name in mark.args]
            wanted = [name for name in names if not self._wanted or name in self._wanted]
            said = (getattr(getattr(item, "function", None), "__doc__", None) or "").strip()
            self._about[item.nodeid] = (wanted, said)
        items[:] = [item for item in items if self._about[item.nodeid][0]]

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Adds up what a test took, noted and came to."""
        names, said = self._about[report.nodeid]
        for name in names:
            tried = self.tried[name]
            tried.seconds += report.duration
            tried.failed += report.failed
            if report.when == "call" and not report.skipped:
                tried.tests += 1
                noted = dict(report.user_properties)
                tried.happened[str(noted.get("happened", said))] = None
                if "told" in noted:
                    tried.told[str(noted["told"])] = None


def rows(tried: dict[str, Tried], wanted: Sequence[str]) -> Iterator[Row]:
    """The table, in the order of the list."""
    for name in wanted:
        known, seen = INCIDENTS[name], tried.get(name, Tried())
        yield Row(
            name,
            "attack" if name in ATTACKS else "bad day",
            known.done,
            tuple(seen.happened),
            tuple(seen.told) or (known.told,),
            round(seen.seconds, 1),
            seen.tests,
            seen.tests > 0 and not seen.failed,
        )


def as_text(table: Sequence[Row]) -> Iterator[str]:
    """A paragraph for each row."""
    for row in table:
        mark = "holds" if row.holds else "DOES NOT HOLD" if row.tests else "NOT TRIED"
        yield f"{mark:>13}  {row.name} ({row.kind}, {row.tests} tests, {row.seconds} s)"
        for head, texts in (("done", (row.done,)), ("happens", row.happened), ("told", row.told)):
            for text in texts:
                yield textwrap.fill(text, 110, initial_indent=f"{head:>23}: ", subsequent_indent=" " * 25)
    held = sum(row.holds for row in table)
    yield f"{held} of {len(table)} hold; {sum(row.tests for row in table)} tests."


def as_markdown(table: Sequence[Row]) -> Iterator[str]:
    """A table."""
    yield "| what was done | what happens | who is told | s | holds |\n|---|---|---|---|---|"
    for row in table:
        cells = (
            row.done,
            "<br>".join(row.happened),
            "; ".join(row.told),
            f"{row.seconds:g}",
            "yes" if row.holds else "**no**",
        )
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def main(words: Sequence[str]) -> int:
    """Tries them and prints the table; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", choices=[*INCIDENTS, []], metavar="NAME", help="; ".join(INCIDENTS))
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--markdown", action="store_true")
    options = parser.parse_args(words)
    wanted = options.names or list(INCIDENTS)
    recorder = Recorder(options.names)
    how = ["-m", "incident", "-q", "--no-header", "-p", "no:cacheprovider"]
    with redirect_stdout(sys.stderr):  # how far it is, and what fails
        pytest.main([str(ROOT / "tests"), "-c", str(ROOT / "pyproject.toml"), *how], plugins=[recorder])
    table = list(rows(recorder.tried, wanted))
    if options.json:
        print(json.dumps([asdict(row) for row in table], ensure_ascii=False, indent=1))
    else:
        print("\n".join(as_markdown(table) if options.markdown else as_text(table)))
    return 0 if all(row.holds for row in table) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
