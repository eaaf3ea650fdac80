"""Looks at a workbook people already use and proposes its configuration; nothing is written to the workbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sheets_sync.app import App
from sheets_sync.config.office import Office
from sheets_sync.config.private import private_file
from sheets_sync.errors import UsageError
from sheets_sync.i18n import Language
from sheets_sync.intake.adopt import Proposal, as_files, corrected, propose
from sheets_sync.model import msg
from sheets_sync.model.account import TabAccount, tab_words
from sheets_sync.model.grid import Workbook


@dataclass(frozen=True, slots=True)
class Adoption:
    """A proposal with its files, by name."""

    proposal: Proposal
    files: Mapping[str, str]

    @property
    def asked(self) -> int:
        """How many questions a person has to answer."""
        return sum(match.asked for match in self.proposal.matches) + len(self.unread)

    @property
    def unread(self) -> tuple[TabAccount, ...]:
        """The tabs in which figures stand and from which this proposal would take none."""
        accounts = (tab.account for tab in self.proposal.read.tabs)
        return tuple(account for account in accounts if account is not None and account.unread)

    def text(self, t: Language, folder: Path | None) -> str:
        """What was found, and where the files are, or the files themselves."""
        matched = sum(not match.asked for match in self.proposal.matches)
        summary = t(
            "Matched: {matched}, to be answered: {asked}, not placed: {unplaced}.",
            matched=matched,
            asked=self.asked,
            unplaced=len(self.proposal.unplaced),
        )
        summary = "\n".join([summary, *(f"? {t(tab_words(tab))}" for tab in self.unread)])
        if folder is None:
            summary = summary.replace("\n", "\n# ")
            return "\n".join([*(f"# ---- {name}\n{content}" for name, content in self.files.items()), f"# {summary}"])
        return "\n".join(
            [summary, t("Look through the files in {path}, then copy them into the configuration.", path=folder)]
        )


def adopt(app: App, workbook: str) -> Adoption:
    """Reads a workbook, in one request, and proposes how to read it.

    Raises:
        UsageError: it is an office's that is not meant, or nobody's, and there are several offices.
        WorkbookError: it can't be read.
    """
    office = office_of(app, workbook)
    app.refuse_anothers(workbook, office)
    google = app.google(app.settings.key_file(office))
    google.login()
    return again(app, google.read(workbook).grid, {})


def again(app: App, grid: Workbook, said: Mapping[str, str], year: int | None = None) -> Adoption:
    """The proposal for what was read, with a person's word on headings (text → meaning) and on the year; reads nothing."""
    office = office_of(app, grid.id)
    settings = app.settings.of(office)
    known = corrected(settings.elements, settings.inputs, said, year)
    proposal = propose(grid, known.elements, known.inputs, office)
    return Adoption(proposal, as_files(proposal, app.language(office)))


def office_of(app: App, workbook: str) -> Office:
    """Whose it is; what is nobody's yet is to be of the one office that there is, or that is named."""
    return next((each for each in app.settings.offices if workbook in each.workbooks), None) or app.only_office()


def save(adoption: Adoption, folder: Path) -> None:
    """Writes the proposal's files into a folder.

    Raises:
        UsageError: one of them is there already; nothing is overwritten.
    """
    there = [name for name in adoption.files if (folder / name).exists()]
    if there:
        raise UsageError(msg("{path} already holds {files}. Choose another folder.", path=folder, files=there))
    for name, content in adoption.files.items():
        private_file(folder / name).write_text(content, encoding="utf-8")
