"""The mutation runner: which changes it makes, and which of them it calls survivors."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from mutate import PINNED_BY
from mutations import mutants
from places import ROOT, SCRIPTS

TINY = """\
def fits(size, most=3):
    while True:
        break
    return 0 < size <= most
"""
PINS = """\
import pytest
from tiny import fits

@pytest.mark.parametrize(("size", "expected"), [(1, True), (3, True), (4, False)])
def test_it_fits(size, expected):
    assert fits(size) is expected
"""


def changes(source: str) -> list[tuple[str, str]]:
    return [(each.before, each.after) for each in mutants(source, "sample.py")]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a < b", [("a < b", "a <= b"), ("a < b", "a >= b")]),
        ("a >= b", [("a >= b", "a > b"), ("a >= b", "a < b")]),
        ("a == b", [("a == b", "a != b")]),
        ("a is None", [("a is None", "a is not None")]),
        ("a not in b", [("a not in b", "a in b")]),
        ("a < b == c", [("a < b == c", "a <= b == c"), ("a < b == c", "a >= b == c"), ("a < b == c", "a < b != c")]),
        ("a == 'x'", [("a == 'x'", "a != 'x'"), ("'x'", "'x~'")]),
        ("a in ('x', b)", [("a in ('x', b)", "a not in ('x', b)"), ("'x'", "'x~'")]),
        ("match a:\n case 'x': b", [("'x'", "'x~'")]),
        ("a + b", [("a + b", "a - b")]),
        ("a // b", [("a // b", "a / b")]),
        ("a and b and c", [("a and b and c", "a or b or c")]),
        ("not a", [("not a", "a")]),
        ("-a", [("-a", "a")]),
        ("a[2:]", [("2", "3"), ("2", "1")]),
        ("a = 1e-09", [("1e-09", "1.000000001"), ("1e-09", "-0.999999999")]),
        ("f(a, b=True)", [("f(a, b=True)", "pass"), ("True", "False")]),
        ("a = f(b)", []),
        ("a[b] = c", [("a[b] = c", "pass")]),
        ("a += b", [("a += b", "pass")]),
        ("raise a", [("raise a", "pass")]),
        ("if a: b", [("a", "not a")]),
        ("if a < b: c", [("a < b", "a <= b"), ("a < b", "a >= b")]),
        ("if not a: b", [("not a", "a")]),
        ("a = b if c else d", [("c", "not c")]),
        ("a = [b for b in c if d]", [("d", "not d")]),
        ("while True: break", [("True", "False"), ("break", "continue")]),
        ("while a: break", [("a", "not a"), ("break", "continue")]),
        ("for a in b: continue", [("continue", "break")]),
        ("def f():\n return a", [("return a", "return None")]),
        ("def f():\n return None", []),
    ],
)
def test_each_kind_of_change(source: str, expected: list[tuple[str, str]]) -> None:
    """Comparisons, operators, constants, conditions, jumps, results and statements are changed one at a time."""
    assert changes(source) == expected


@pytest.mark.parametrize(
    "source",
    [
        "'What people read.'",
        "a = 'text'",
        "def f(a: 'x' | None) -> 'y' | 1: ...",
        "a: int | None = b",
        "@d(frozen=True)\nclass C: ...",
        "assert a < 2",
        "a = f'{b:>3}'",
        "a = isinstance(b, int | float)",
    ],
)
def test_what_says_nothing_about_results_is_left_alone(source: str) -> None:
    """Texts nobody compares with, annotations, decorators and asserts are never changed."""
    assert changes(source) == []


def test_a_mutant_is_the_module_with_one_change() -> None:
    """The code of a mutant does what its change says, under the line where it stands; the next one is without it."""
    results = {}
    for each in mutants("one = 1\ntwo = one + 1\n", "sample.py"):
        names: dict[str, int] = {}
        exec(each.code, names)
        results[each.line, each.after] = names["one"], names["two"]

    assert results == {(1, "2"): (2, 3), (1, "0"): (0, 1), (2, "one - 1"): (1, 0), (2, "2"): (1, 3), (2, "0"): (1, 1)}


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a module and its tests."""
    folder = tmp_path_factory.mktemp("tiny")
    (folder / "tiny.py").write_text(TINY, encoding="utf-8")
    (folder / "test_tiny.py").write_text(PINS, encoding="utf-8")
    (folder / "test_wrong.py").write_text("import tiny\n\ndef test_it(): assert not tiny\n", encoding="utf-8")
    (folder / "test_elsewhere.py").write_text("def test_it(): pass\n", encoding="utf-8")
    return folder


def run(folder: Path, tests: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(SCRIPTS / "mutate.py"), "--root", str(folder), "--jobs", "2", "tiny.py"]
    return subprocess.run([*command, "--tests", tests], capture_output=True, text=True, check=False)


def test_survivors_are_told_with_line_and_change(tiny: Path) -> None:
    """A change that the tests don't notice is a survivor; one that makes them hang is not."""
    done = run(tiny, "test_tiny.py")
    found = json.loads(done.stdout)["tiny.py"]

    assert found["survivors"] == [
        {"line": 2, "was": "True", "is": "False"},
        {"line": 4, "was": "0 < size <= most", "is": "0 <= size <= most"},
        {"line": 4, "was": "0", "is": "-1"},
    ]
    assert (found["mutants"], found["killed"], found["survived"]) == (11, 8, 3)
    assert found["share"] == pytest.approx(3 / 11, abs=0.001)
    assert done.returncode == 1  # more than a tenth


@pytest.mark.parametrize("tests", ["test_wrong.py", "test_elsewhere.py", "test_missing.py"])
def test_tests_that_prove_nothing_are_refused(tiny: Path, tests: str) -> None:
    """Tests that fail anyway, don't import the module, or aren't there would make every change look noticed, or none."""
    done = run(tiny, tests)

    assert done.returncode != 0
    assert tests in done.stderr
    assert done.stdout == ""


def test_a_module_without_tests_is_asked_about() -> None:
    """A module that is not in the table needs its tests named."""
    done = subprocess.run(
        [sys.executable, str(SCRIPTS / "mutate.py"), "a/b.py"], capture_output=True, text=True, check=False
    )
    assert "--tests" in done.stderr


@pytest.mark.parametrize(("module", "tests"), PINNED_BY.items())
def test_the_table_names_what_is_there(module: str, tests: tuple[str, ...]) -> None:
    """Every module of the table exists, and the tests that pin it."""
    assert tests
    assert [name for name in (module, *tests) if not (ROOT / name).is_file()] == []
