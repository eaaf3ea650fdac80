"""`forget`: takes a person out of what is kept, and says what only people can still take out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sheets_sync.app import App
from sheets_sync.errors import UsageError
from sheets_sync.i18n import Language
from sheets_sync.jobs.locks import single_instance
from sheets_sync.jobs.named_addresses import files_naming
from sheets_sync.jobs.run import WAIT, run_job
from sheets_sync.model import Message, msg
from sheets_sync.model.address import recipient
from sheets_sync.store import Forgotten


@dataclass(frozen=True, slots=True)
class ForgetOutcome:
    """What a person was taken out of, and where they still stand. Neither says who it was: runs are noted with it."""

    forgotten: Forgotten
    dry_run: bool
    files: tuple[str, ...]  # of the configuration, that name the address

    @property
    def status(self) -> int:
        return 0

    def text(self, t: Language) -> str:
        """What was done, and what is left to do, a line each."""
        return "\n".join(t(line) for line in self._lines())

    def document(self, t: Language) -> dict[str, Any]:  # noqa: ARG002 - as every outcome's
        """The outcome as JSON."""
        found = self.forgotten
        return {
            "dry_run": self.dry_run,
            "contacts": found.contacts,
            "withdrawn": found.withdrawn,
            "anonymous": found.sent,
            "texts": found.places,
            "still_in": [*map(str, found.rows), *self.files],
        }

    @property
    def _registers(self) -> frozenset[str]:
        return frozenset(cell.workbook for cell in self.forgotten.rows)

    def _lines(self) -> Iterator[Message]:
        found = self.forgotten
        if found.nothing:
            yield msg("Nothing is kept under this address.")
        else:
            if self.dry_run:
                yield msg("Nothing was changed; this is what would be done.")
            yield msg("Taken out of the contacts of libraries: {count}.", count=found.contacts)
            yield msg("Waiting messages withdrawn and emptied: {count}.", count=found.withdrawn)
            yield msg("Earlier messages emptied and made anonymous: {count}.", count=found.sent)
            yield msg("Other texts in which the person was named: {count}.", count=found.places)
        for cell in found.rows:
            yield msg(
                "The register still names them: clear the row at {cell}, else the next sync reads it again.",
                cell=str(cell) if len(self._registers) < 2 else f"{cell} ({cell.workbook})",
            )
        for file in self.files:
            yield msg("{file} still names the address; take it out there.", file=file)
        if not found.nothing:
            yield msg(
                "Backups and rehearsals that were made earlier are files of yours: delete those that are too old."
            )


def forget_job(app: App, address: str, *, dry_run: bool = False) -> ForgetOutcome:
    """Takes the person of an address out while no report, no sync and no mailing is at work.

    Raises:
        UsageError: it is no address.
        BusyError: a report, a sync or a mailing does not end.
    """
    try:
        wanted = recipient(address).address
    except ValueError as error:
        raise UsageError(msg("{value} is not {expected}.", value=address[:80], expected=error.args[0])) from error
    with (
        single_instance(app.settings.data, "report", WAIT, app.store),  # which plans mails between the other two
        single_instance(app.settings.data, "sync", WAIT, app.store),
        single_instance(app.settings.data, "mail", WAIT, app.store),
    ):
        return run_job(app, "forget", lambda: _forget(app, wanted, dry_run))


def _forget(app: App, address: str, dry_run: bool) -> ForgetOutcome:
    done = app.store.forget(address, app.clock(), dry_run=dry_run)
    return ForgetOutcome(done, dry_run, files_naming(app.settings, address))
