"""`python scripts/breaks.py`: breaks the joints of the main job one by one, and tells which test notices.

    python scripts/breaks.py            all breaks of the table below
    python scripts/breaks.py daily      those whose name has this in it

Each break is made in a copy of the tree, where only the tests named beside it run, until one fails. Prints a line for
each; ends with 1 where one went unnoticed, and at once where the tests fail unbroken or a break no longer fits the code.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from breaks_guards import GUARDS

ROOT = Path(__file__).resolve().parent.parent
PARTS = ("sheets_sync", "tests", "scripts", "config", "report_templates", "pyproject.toml")
FAILED = re.compile(r"^FAILED (\S+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Break:
    """A line of a module written wrongly, and the tests that hold it."""

    name: str
    module: str
    right: str
    wrong: str
    tests: str

    def fits(self, tree: Path) -> bool:
        """Whether the module has the right text once."""
        path = tree / self.module
        return path.exists() and path.read_text(encoding="utf-8").count(self.right) == 1

    def noticed(self, tree: Path) -> list[str]:
        """The test that fails while the break is in the tree; none where it goes unnoticed."""
        path = tree / self.module
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(self.right, self.wrong), encoding="utf-8")
        failed = failing(tree, self.tests)
        path.write_text(text, encoding="utf-8")
        return failed


JOBS, FAULTS = "tests/unit/jobs", "tests/e2e/test_faults_of_a_sync.py"
BREAKS = (
    Break(
        "no write without comments where Google refuses the comments",
        "sheets_sync/jobs/send.py",
        "return guilty, [each for each in (pages, comments) if each]",
        "return group, []",
        f"{FAULTS}::test_refused_comments_cost_no_page",
    ),
    Break(
        "comments that were not saved aren't tried again",
        "sheets_sync/jobs/publish.py",
        "typed or not written.comments_saved or bool(strayed or sent.waiting)",
        "typed or bool(strayed or sent.waiting)",
        f"{JOBS}/test_publish.py",
    ),
    Break(
        "a workbook's problem isn't cleared when it can be read again",
        "sheets_sync/store/workbooks.py",
        '        "problem": None,\n',
        "",
        f"{FAULTS}::test_a_problem_is_told_until_the_workbook_can_be_read_again",
    ),
    Break(
        "'data as of' moves on every read: the reading says so",
        "sheets_sync/jobs/ingest.py",
        "changed=known is None or known.fingerprint != seen",
        "changed=True",
        f"{JOBS}/test_ingest.py",
    ),
    Break(
        "'data as of' moves on every read: the store says so",
        "sheets_sync/store/workbooks.py",
        '**({"changed_at": at} if reading.changed else {})',
        "changed_at=at",
        f"{FAULTS}::test_a_read_that_finds_nothing_new_makes_no_figure_younger",
    ),
    Break(
        "'data as of' moves on every read: the month says so",
        "sheets_sync/jobs/arrivals.py",
        "changes = [record.changed_at for record in workbooks if record.changed_at]",
        "changes = [record.read_at for record in workbooks if record.read_at]",
        f"{JOBS}/test_month.py",
    ),
    Break(
        "a register error drops the home workbook's figures",
        "sheets_sync/jobs/ingest.py",
        "            del read[home]\n",
        "            read[home] = replace(read[home], grid=replace(read[home].grid, tabs=()))\n",
        f"{JOBS}/test_ingest.py",
    ),
    Break(
        "the daily full read never comes due: the judgement",
        "sheets_sync/jobs/fetch.py",
        "again = order.full or (record is not None and record.read_at is not None and record.read_at <= stale)",
        "again = order.full",
        f"{JOBS}/test_fetch.py",
    ),
    Break(
        "the daily full read never comes due: the hours",
        "sheets_sync/jobs/survey.py",
        "timedelta(hours=app.settings.google.full_read_hours)",
        "timedelta(days=app.settings.google.full_read_hours)",
        f"{FAULTS}::test_the_daily_read_comes_when_a_day_is_over",
    ),
    Break(
        "the next day doesn't make the pages new",
        "sheets_sync/jobs/publish.py",
        "now.astimezone(office.zone).date(), looked",
        "looked",
        f"{JOBS}/test_publish.py",
    ),
    Break(
        "the next day begins in Greenwich",
        "sheets_sync/jobs/publish.py",
        "now.astimezone(office.zone).date(), looked",
        "now.date(), looked",
        f"{JOBS}/test_publish.py",
    ),
    Break(
        "< for <= at the due moment",
        "sheets_sync/checks/timeliness.py",
        "came <= self.due",
        "came < self.due",
        f"{JOBS}/test_month.py",
    ),
    Break(
        "the unit slip downwards",
        "sheets_sync/checks/slips.py",
        ", (rules.OTHER_UNIT, 1 / 60)",
        ",",
        "tests/unit/checks/test_units.py",
    ),
)


def failing(tree: Path, *tests: str) -> list[str]:
    """The first of the tests that fails in a tree."""
    command = (sys.executable, "-m", "pytest", "-n0", "-q", "-x", "-p", "no:cacheprovider", *tests)
    ran = subprocess.run(
        command, cwd=tree, env={"PYTHONPATH": str(tree), "PATH": ""}, capture_output=True, text=True, check=False
    )
    if ran.returncode not in (0, 1):
        sys.exit(ran.stdout + ran.stderr)
    return FAILED.findall(ran.stdout)


def copied(folder: Path) -> Path:
    """A copy of the tree, to be broken."""
    tree = folder / "tree"
    tree.mkdir()
    for part in PARTS:
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, tree / part, ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
        else:
            shutil.copy(source, tree / part)
    return tree


def main() -> None:
    """The command."""
    word = " ".join(sys.argv[1:])
    asked = [each for each in (*BREAKS, *(Break(*guard) for guard in GUARDS)) if word in each.name]
    if astray := [
        f"{each.name}: {each.module} no longer has once {each.right!r}" for each in asked if not each.fits(ROOT)
    ]:
        sys.exit("\n".join(astray))
    unnoticed = 0
    with tempfile.TemporaryDirectory() as folder:
        tree = copied(Path(folder))
        if before := failing(tree, *dict.fromkeys(each.tests for each in asked)):
            sys.exit(f"Fails unbroken: {', '.join(before)}")
        for each in asked:
            failed = each.noticed(tree)
            unnoticed += not failed
            print(f"{'✓' if failed else '✗'} {each.name}: {', '.join(failed) or 'unnoticed'}", flush=True)
    sys.exit(unnoticed > 0)


if __name__ == "__main__":
    main()
