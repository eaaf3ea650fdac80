"""`python scripts/mutate.py`: which small changes of the modules that figures hang on no test notices, printed as JSON.

    python scripts/mutate.py                                  all modules of the table below
    python scripts/mutate.py sheets_sync/kpi/points.py        one of them
    python scripts/mutate.py a/module.py --tests tests/unit/a/test_module.py

One change is made at a time (`mutations.py`), and the tests that pin the module run until the first failure. A change
that no test notices has survived. Each trial is a fork of a process that has loaded everything but our own code, so it
takes about as long as the tests; one that hangs is killed and counts as noticed. Ends with 1 where more than a tenth of
a module's changes survive. Needs `fork`, so Linux or macOS.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

import pytest
from hypothesis import settings
from mutations import Mutant, mutants

ROOT = Path(__file__).resolve().parent.parent
_CELLS = tuple(f"tests/unit/intake/test_{name}.py" for name in ("edges", "cells", "keys", "reading_table"))
_VALUES = (
    *("figures", "counts", "decimals", "hours", "months", "dates", "years"),
    *("codes", "words", "phones", "addresses", "grammar", "characters"),
)
PINNED_BY: dict[str, tuple[str, ...]] = {
    **{f"sheets_sync/intake/values/{name}.py": _CELLS for name in _VALUES},
    "sheets_sync/checks/slips.py": ("tests/unit/checks/test_slips.py",),
    "sheets_sync/checks/lows.py": ("tests/unit/checks/test_lows.py",),
    "sheets_sync/checks/levels.py": tuple(
        f"tests/unit/checks/test_{name}.py" for name in ("levels", "changes", "lows")
    ),
    "sheets_sync/checks/common.py": ("tests/unit/checks/test_common.py",),
    "sheets_sync/checks/timeliness.py": ("tests/unit/checks/test_timeliness.py",),
    "sheets_sync/kpi/points.py": ("tests/unit/kpi/test_points.py",),
}
MAX_SURVIVORS = 0.10
TIMEOUT_FACTOR = 5  # times the tests' own processor time, then a mutant is taken to hang
MIN_SECONDS = 1
WAITING = 20  # times that on the clock, for one that waits instead of working
QUIET = ("-q", "-x", "-n0", "-p", "no:cacheprovider", "-W", "ignore::pytest.PytestAssertRewriteWarning")


@dataclass(frozen=True, slots=True)
class Target:
    """A module below a root, and the tests that pin it."""

    root: Path
    module: str
    tests: tuple[str, ...]

    @property
    def path(self) -> Path:
        return self.root / self.module

    @property
    def name(self) -> str:
        return self.module.removesuffix(".py").replace("/", ".")

    def arguments(self) -> list[str]:
        return [*QUIET, "--hypothesis-profile=mutants", *(str(self.root / test) for test in self.tests)]


@dataclass(frozen=True, slots=True)
class Found:
    """What became of a module's mutants."""

    target: Target
    tried: int
    survivors: Sequence[Mutant]
    seconds: float

    @property
    def share(self) -> float:
        return len(self.survivors) / self.tried if self.tried else 0.0

    def document(self) -> dict[str, Any]:
        lines = [{"line": each.line, "was": each.before, "is": each.after} for each in self.survivors]
        return {
            "tests": self.target.tests,
            "mutants": self.tried,
            "killed": self.tried - len(self.survivors),
            "survived": len(self.survivors),
            "share": round(self.share, 3),
            "seconds": round(self.seconds),
            "survivors": lines,
        }


class InItsPlace(MetaPathFinder):
    """Lets one module be imported as the given code."""

    def __init__(self, target: Target, code: CodeType) -> None:
        self.target, self.code = target, code

    def find_spec(self, fullname: str, path: object = None, target: ModuleType | None = None) -> ModuleSpec | None:  # noqa: ARG002 - Python's signature
        if fullname != self.target.name:
            return None
        place = str(self.target.path)
        return spec_from_file_location(fullname, place, loader=_Given(fullname, place, self.code))


class _Given(SourceFileLoader):
    def __init__(self, fullname: str, path: str, code: CodeType) -> None:
        super().__init__(fullname, path)
        self.code = code

    def get_code(self, fullname: str) -> CodeType:  # noqa: ARG002 - Python's signature
        return self.code


@dataclass(slots=True)
class Trials:
    """Forks that run the tests of a target, some at once."""

    target: Target
    jobs: int
    limit: float  # processor seconds of a trial
    running: dict[int, Mutant] = field(default_factory=dict)
    survivors: list[Mutant] = field(default_factory=list)

    def add(self, mutant: Mutant) -> None:
        """Starts a trial, as soon as there is room for it."""
        if len(self.running) >= self.jobs:
            self.one_ends()
        self.running[_start(self.target, mutant.code, self.limit)] = mutant

    def one_ends(self) -> None:
        pid, status = os.wait()
        mutant = self.running.pop(pid)
        if status == 0:
            self.survivors.append(mutant)

    def finish(self) -> list[Mutant]:
        """The survivors, when all trials have ended."""
        while self.running:
            self.one_ends()
        return sorted(self.survivors, key=lambda mutant: mutant.line)


def try_all(target: Target, jobs: int) -> Found:
    """Every mutant of a module against its tests; ends the program where they fail without any change."""
    began = time.monotonic()
    trials = Trials(target, jobs, _warm_up(target))
    count = 0
    for count, mutant in enumerate(mutants(target.path.read_text(encoding="utf-8"), str(target.path)), start=1):  # noqa: B007 - the last one is how many
        trials.add(mutant)
    return Found(target, count, trials.finish(), time.monotonic() - began)


def _warm_up(target: Target) -> float:
    """Loads what the tests load of others' packages; the processor seconds that a trial may take.

    The tests run twice with the module as it is, before and after: were they to fail for another reason than a change,
    every mutant would seem to be noticed.
    """
    code = compile(target.path.read_text(encoding="utf-8"), str(target.path), "exec")
    with tempfile.NamedTemporaryFile(mode="r", encoding="utf-8") as loaded:
        _unchanged(target, code, loaded.name)
        for name in sorted(json.load(loaded)):
            importlib.import_module(name)
    return max(MIN_SECONDS, TIMEOUT_FACTOR * _unchanged(target, code))


def _unchanged(target: Target, code: CodeType, loaded: str = "") -> float:
    """Processor seconds of the tests with the module as it is; ends the program where they fail."""
    _, status, used = os.wait4(_start(target, code, 0, loaded), 0)
    if status:
        sys.exit(f"{target.module} is not changed, and {', '.join(target.tests)} fail or don't import it.")
    return used.ru_utime + used.ru_stime


def _start(target: Target, code: CodeType, limit: float, loaded: str = "") -> int:
    """A fork in which the tests run with the module as the code has it; its exit status is 0 where all passed."""
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        os.chdir(target.root)
        _end_after(limit)
        _silence()
        sys.meta_path.insert(0, InItsPlace(target, code))
        status = int(pytest.main(target.arguments())) or (target.name not in sys.modules)
        if loaded:
            Path(loaded).write_text(json.dumps(list(_of_others())), encoding="utf-8")
    finally:
        os._exit(status)


def _end_after(seconds: float) -> None:
    """Nobody catches these signals: the fork ends. 0 sets no end."""
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.alarm(round(WAITING * seconds))


def _silence() -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)


def _of_others() -> Iterator[str]:
    """The modules of installed packages that are loaded."""
    for name, module in list(sys.modules.items()):
        spec = getattr(module, "__spec__", None)
        if spec and spec.name == name and "site-packages" in (spec.origin or ""):
            yield name


def targets(root: Path, modules: Sequence[str], tests: Sequence[str]) -> list[Target]:
    """The modules asked for (none: those of the table) with the tests given, else those of the table."""
    unknown = [module for module in modules if module not in PINNED_BY and not tests]
    if unknown:
        sys.exit(f"{', '.join(unknown)}: not in the table of scripts/mutate.py; name its tests with --tests.")
    return [Target(root, module, tuple(tests) or PINNED_BY[module]) for module in modules or PINNED_BY]


def main() -> None:
    """Tries, prints, and ends with 1 where too many survive."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("modules", nargs="*", metavar="MODULE", help="Paths below the root; none: those of the table.")
    parser.add_argument("--tests", nargs="+", default=[], metavar="FILE", help="What pins them, instead of the table.")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="Trials at once (one for each core).")
    parser.add_argument("--root", type=Path, default=ROOT, help="Where the paths begin (this project).")
    wanted = parser.parse_args()
    sys.path.insert(0, str(wanted.root))
    settings.register_profile("mutants", deadline=None, derandomize=True, database=None)
    found = [try_all(each, wanted.jobs) for each in targets(wanted.root.resolve(), wanted.modules, wanted.tests)]
    print(json.dumps({each.target.module: each.document() for each in found}, indent=2, ensure_ascii=False))
    sys.exit(any(each.share > MAX_SURVIVORS for each in found))


if __name__ == "__main__":
    main()
