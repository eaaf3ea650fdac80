"""`python scripts/breaks.py`: breaks the joints of the main job one by one, and tells which test notices.

    python scripts/breaks.py            all breaks of the table below
    python scripts/breaks.py daily      those whose name has this in it

Each break is made in a copy of the tree, where only the tests named beside it run. Prints a line for each; ends with 1
where one went unnoticed, or where the tests fail unbroken.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

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

    def apply(self, tree: Path) -> None:
        """Writes it into a copy of the tree."""
        path = tree / self.module
        text = path.read_text(encoding="utf-8")
        if text.count(self.right) != 1:
            sys.exit(f"{self.module} no longer has once: {self.right!r}")
        path.write_text(text.replace(self.right, self.wrong), encoding="utf-8")


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
        "sheets_sync/jobs/month.py",
        "changes = [record.changed_at for record in workbooks.values() if record.changed_at]",
        "changes = [record.read_at for record in workbooks.values() if record.read_at]",
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
        "sheets_sync/jobs/sync.py",
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
        "first <= self.due",
        "first < self.due",
        f"{JOBS}/test_month.py",
    ),
    Break(
        "the unit slip downwards",
        "sheets_sync/checks/slips.py",
        ", (rules.OTHER_UNIT, 1 / 60)",
        ",",
        "tests/unit/checks/test_units.py",
    ),
    Break(
        "a mark makes a tab ours",
        "sheets_sync/rekap/own.py",
        "made = (tab for tab in tabs if tab.sheet_id == remembered.get(role) and tab.sheet_id not in inputs)",
        "made = (tab for tab in tabs if tab.sheet_id == remembered.get(role) or mark(role) in tab.marks)",
        "tests/security/test_own_tabs.py::test_a_mark_on_an_input_tab_makes_nothing_be_written_on_it",
    ),
    Break(
        "a tab with our id is ours whatever stands on it",
        "sheets_sync/rekap/own.py",
        'tab.sheet_id == stable_id("tab", role) and _is_page(tab, role))',
        'tab.sheet_id == stable_id("tab", role))',
        "tests/security/test_own_tabs.py::test_a_lost_memory_makes_no_second_page_and_writes_on_no_input",
    ),
    Break(
        "what setup took over is not remembered",
        "sheets_sync/jobs/setup.py",
        "            tx.tabs_made(workbook, own)",
        "            pass",
        "tests/security/test_setup_again.py::test_a_page_that_setup_took_over_stays_ours_under_any_name",
    ),
    Break(
        "a second tab by our name is not asked about",
        "sheets_sync/rekap/own.py",
        "if tab.title.casefold() == title.casefold():\n            ours",
        "if False:\n            ours",
        "tests/security/test_own_tabs.py::test_false_pages_are_asked_about_once_and_the_true_ones_stay_ours",
    ),
    Break(
        "a formula in Rekap stays",
        "sheets_sync/rekap/plan.py",
        "(row, place) not in state.formulas\n        and ",
        "True\n        and ",
        "tests/security/test_own_tabs.py::test_a_formula_that_shows_the_same_is_written_over",
    ),
    Break(
        "a formula in Perlu Dicek stays",
        "sheets_sync/rekap/appending.py",
        "return None if (row, place) in state.formulas else state.at(row, place)",
        "return state.at(row, place)",
        "tests/security/test_own_tabs.py::test_a_formula_in_the_list_of_questions_is_written_over",
    ),
    Break(
        "a comment is asked for on a tab that is gone",
        "sheets_sync/comments/reconcile.py",
        "if found.cells and (found.cells[0].workbook, found.cells[0].sheet_id) in sheets",
        "if found.cells and found.cells[0].workbook == workbook.id",
        "tests/unit/comments/test_reconcile.py",
    ),
    Break(
        "a protected page costs the others",
        "sheets_sync/jobs/send.py",
        "guilty = _named(group, error) if len(group) > 1 else group",
        "guilty = group",
        "tests/unit/jobs/test_send.py",
    ),
    Break(
        "figures of another library count",
        "sheets_sync/intake/binding.py",
        "observations=tuple(seen for seen in understood.observations if seen.library in bound)",
        "observations=understood.observations",
        "tests/security/test_binding.py::test_nothing_of_another_library_stays",
    ),
    Break(
        "questions about another library stay",
        "sheets_sync/intake/binding.py",
        "*(found for found in understood.findings if found.library is None or found.library in bound)",
        "*understood.findings",
        "tests/security/test_binding.py::test_nothing_of_another_library_stays",
    ),
    Break(
        "a workbook that gave some libraries may give any",
        "sheets_sync/jobs/ingest.py",
        "return given | named if given else None",
        "return None",
        "tests/security/test_binding.py::test_what_a_workbook_is_bound_to",
    ),
    Break(
        "1E+30 can't be rounded",
        "sheets_sync/model/rounding.py",
        "if not abs(value) < _WHOLE:  # NaN too",
        "if False:",
        "tests/security/test_left_out.py::test_any_number_can_be_rounded_and_written",
    ),
    Break(
        "a figure that Sheets shows otherwise is written as a number",
        "sheets_sync/rekap/context.py",
        "if not abs(value) < MOST:  # such",
        "if False:  # such",
        "tests/security/test_left_out.py::test_a_cell_gets_no_number_that_google_refuses_or_shows_otherwise",
    ),
    Break(
        "a comment is measured in UTF-16",
        "sheets_sync/comments/wording.py",
        'whole = text.encode(errors="replace")\n    if len(whole) <= longest',
        'whole = text.encode(errors="replace")\n    if len(text) <= longest',
        "tests/unit/comments/test_reconcile.py",
    ),
    Break(
        "a mark holds any code",
        "sheets_sync/comments/wording.py",
        "    if plain and 0 < len(library) <= MAX_NAME:\n",
        "    if True:\n",
        "tests/unit/comments/test_reconcile.py",
    ),
    Break(
        "a mail that can't be made stops the others",
        "sheets_sync/mail/outbox.py",
        "made = attempt(partial(self._to_library, entry), entry)",
        "made = self._to_library(entry)",
        "tests/security/test_left_out.py::test_a_mail_that_cant_be_made_stops_no_other",
    ),
    Break(
        "a row that can't be made stops the others",
        "sheets_sync/jobs/publish.py",
        "return without_failing(make, view.month)",
        "return make(view.month, ()), ()",
        "tests/security/test_left_out.py::test_a_row_that_cant_be_made_is_left_out_of_the_pages",
    ),
    Break(
        "an empty answer is an empty workbook",
        "sheets_sync/google/client.py",
        '        if not answer["sheets"]:\n            raise empty_answer(workbook)\n',
        "",
        "tests/security/test_left_out.py::test_an_empty_answer_is_no_empty_workbook",
    ),
    Break(
        "an empty form over figures that count",
        "sheets_sync/setup/prepare.py",
        "if standing[form.title] is None and known.lost(form.library, tabs)]",
        "if False]",
        "tests/security/test_setup_again.py::test_no_empty_form_is_put_over_figures_that_count",
    ),
    Break(
        "a renamed form is made again",
        "sheets_sync/setup/prepare.py",
        "return next(titled, None) or known.of(form.library, tabs) or next(made, None)",
        "return next(titled, None)",
        "tests/security/test_setup_again.py::test_a_form_that_was_made_and_renamed_is_known_by_its_id",
    ),
)


def noticed(tree: Path, tests: str) -> list[str]:
    """The tests that fail in a tree."""
    command = (sys.executable, "-m", "pytest", "-n0", "-q", "-p", "no:cacheprovider", tests)
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
    unnoticed = 0
    with tempfile.TemporaryDirectory() as folder:
        tree = copied(Path(folder))
        for each in (each for each in BREAKS if word in each.name):
            before, (module, text) = noticed(tree, each.tests), (tree / each.module, (ROOT / each.module).read_bytes())
            each.apply(tree)
            failed = noticed(tree, each.tests)
            module.write_bytes(text)
            unnoticed += bool(before) or not failed
            print(f"{'✗' if before or not failed else '✓'} {each.name}: {', '.join(before or failed) or 'unnoticed'}")
    sys.exit(unnoticed > 0)


if __name__ == "__main__":
    main()
