"""Carries an office into the new year's workbook: the register goes along, forms for the year are made, the old one stays an input.

Nothing is changed in the old workbook. Killed in the middle and run again, it goes on where it was: what is there already is
not made twice, and the configuration is written last.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedSeq

from sheets_sync.app import App
from sheets_sync.config.office import Office
from sheets_sync.config.private import private_file
from sheets_sync.errors import UsageError, WorkbookError
from sheets_sync.google import GoogleClient
from sheets_sync.i18n import Language
from sheets_sync.jobs.run import sync_job
from sheets_sync.jobs.setup import SetupOutcome, set_up
from sheets_sync.model import Period, msg
from sheets_sync.model.tab_state import TabState
from sheets_sync.settings import Settings


@dataclass(frozen=True, slots=True)
class NewYear:
    """What was carried over, and what was made."""

    workbook: str
    first: Period
    libraries: int
    copied: bool  # the register; it stood there already, or lives in a workbook of its own
    file: Path
    made: SetupOutcome

    def text(self, t: Language) -> str:
        """The outcome in a few lines."""
        carried = t("The register was copied: {count} libraries.", count=self.libraries)
        stood = t("The register is there already: {count} libraries.", count=self.libraries)
        changed = t("{file}: workbook is the new one now, the old one is only read (input_workbooks).", file=self.file)
        ended = t(
            "Forms from {month} on. A running service takes it over when it is restarted or reloaded.", month=self.first
        )
        return "\n".join([carried if self.copied else stood, self.made.text(t), changed, ended])

    def document(self, t: Language) -> dict[str, Any]:
        """The outcome as JSON."""
        about = {"workbook": self.workbook, "first": str(self.first), "libraries": self.libraries}
        return {**about, "copied": self.copied, "file": str(self.file), **self.made.document(t)}


def new_year(app: App, office: Office, workbook: str, first: Period) -> NewYear:
    """Everything is read first, so that the register that goes along is the newest.

    Raises:
        UsageError: the workbook is the office's already, or another one's, or its register is empty.
        WorkbookError: one of the two can't be read or written.
    """
    if workbook in office.workbooks:
        raise UsageError(msg("Workbook {workbook} is one of the office's already. Make a new one.", workbook=workbook))
    app.refuse_anothers(workbook, office)
    outcome = sync_job(app)
    if outcome.failures:
        raise WorkbookError(outcome.failures[0].message)
    libraries = app.store.libraries(office.code)
    if not libraries:
        raise UsageError(
            msg(
                "The register is empty: there is nothing to carry over. Fill in the tab {tab} first.",
                tab=office.tabs.libraries,
            )
        )
    google = app.google(app.settings.key_file(office))
    google.list_workbooks()
    copied = not office.register_is_private and _carry_register(google, office, workbook)
    made = set_up(_moved(app, office, workbook), workbook, first)
    file = file_of(app.settings, office)
    _write(file, office, workbook)
    return NewYear(workbook, first, len(libraries), copied, file, made)


def _moved(app: App, office: Office, workbook: str) -> App:
    """The parts as if the configuration named the new workbook already."""
    register = None if office.register_workbook == office.workbook else office.register_workbook
    inputs = (office.workbook, *office.input_workbooks)
    new = office.model_copy(update={"workbook": workbook, "input_workbooks": inputs, "register_workbook": register})
    offices = tuple(new if each.code == office.code else each for each in app.settings.offices)
    return replace(app, settings=replace(app.settings, offices=offices))


def _carry_register(google: GoogleClient, office: Office, workbook: str) -> bool:
    """Copies the tab with all that is on it; False where one stands there already that holds something."""
    title = office.tabs.libraries.casefold()
    source = _titled(google.read(office.workbook).tabs, title)
    if source is None:
        raise WorkbookError(
            msg(
                "Workbook {workbook} has no tab {tab} to carry over.",
                workbook=office.workbook,
                tab=office.tabs.libraries,
            )
        )
    there = _titled(google.read(workbook).tabs, title)
    if there is not None and any(text for row in there.texts for text in row):
        return False
    copy = google.copy_tab(office.workbook, source.sheet_id, workbook)
    blank = [{"deleteSheet": {"sheetId": there.sheet_id}}] if there is not None else []
    named = {"properties": {"sheetId": copy, "title": source.title, "index": 0}, "fields": "title,index"}
    google.write(workbook, [*blank, {"updateSheetProperties": named}])
    return True


def _titled(tabs: tuple[TabState, ...], title: str) -> TabState | None:
    return next((tab for tab in tabs if tab.title.casefold() == title), None)


def file_of(settings: Settings, office: Office) -> Path:
    """The file that says what an office is."""
    paths = sorted((settings.folder / "offices").glob("*.yaml"))
    for path in paths:
        if YAML(typ="safe").load(path.read_text(encoding="utf-8")).get("code") == office.code:
            return path
    return settings.folder / "office.yaml"


def _write(file: Path, office: Office, workbook: str) -> None:
    """The office's file names the new workbook from now on, in one go."""
    fresh = file.with_name(f".{file.name}.new")
    with private_file(fresh).open("w", encoding="utf-8") as target:
        _dump(file.read_text(encoding="utf-8"), office, workbook, target)
    shutil.copymode(file, fresh)
    fresh.replace(file)


def _dump(text: str, office: Office, workbook: str, target: Any) -> None:
    """The text with its comments, saying which workbook is home and that the one before is an input."""
    yaml = YAML(typ="rt")
    yaml.width, yaml.preserve_quotes = 120, True
    document = yaml.load(text)
    inputs = CommentedSeq([office.workbook, *office.input_workbooks])
    inputs.fa.set_flow_style()
    document["workbook"], document["input_workbooks"] = workbook, inputs
    if office.register_workbook == office.workbook:
        document.pop("register_workbook")
    yaml.dump(document, target)
