"""What was read is understood: the register first, then each workbook's figures. Pure, but for `remember`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo

from sheets_sync import intake, rekap
from sheets_sync.config.office import Office
from sheets_sync.errors import SheetsSyncError, TabMissingError
from sheets_sync.google import FileVersion, ReadWorkbook
from sheets_sync.intake import Inputs
from sheets_sync.jobs.fetch import Fetched
from sheets_sync.jobs.inputs import (
    fingerprint,
    inputs_of,
    own_layout,
    own_tabs,
    reasons_in,
    register_tab,
)
from sheets_sync.jobs.libraries.identity import recognised
from sheets_sync.jobs.libraries.vanished import after_leaving
from sheets_sync.jobs.outcome import Failure, SyncOutcome
from sheets_sync.model import CellRef, Finding, Library, Message
from sheets_sync.model.decision import decided
from sheets_sync.model.grid import Workbook
from sheets_sync.rules.workbooks import register_missing, tab_lost, wrong_locale
from sheets_sync.settings import OfficeSettings
from sheets_sync.store import KnownTab, Memory, StandingFigures, Transaction, WorkbookReading, WorkbookRecord


@dataclass(frozen=True, slots=True)
class RegisterReading:
    """The register as it was read, and the workbook it stands in."""

    workbook: str
    libraries: tuple[Library, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Ingested:
    """What the workbooks that were read say, and which could not be read.

    `read` holds the workbooks themselves by id, for whoever answers at their cells.
    """

    register: RegisterReading | None = None
    register_changed: bool = False
    readings: tuple[WorkbookReading, ...] = ()
    read: Mapping[str, ReadWorkbook] = field(default_factory=dict)
    problems: Mapping[str, SheetsSyncError] = field(default_factory=dict)
    warnings: tuple[Message, ...] = ()

    def with_more(self, other: Ingested) -> Ingested:
        """This with the workbooks that were read after it."""
        return replace(
            self,
            readings=self.readings + other.readings,
            read={**self.read, **other.read},
            problems={**self.problems, **other.problems},
            warnings=self.warnings + other.warnings,
        )

    @property
    def saved(self) -> Ingested:
        """This without the figures, once they are in the store: they are loaded from there."""
        return replace(self, readings=tuple(replace(each, observations=()) for each in self.readings))

    @property
    def turned(self) -> tuple[str, ...]:
        """The workbooks in which many figures turned into errors at once: a moment later they may be well."""
        return tuple(reading.workbook for reading in self.readings if reading.errors)

    @property
    def outcome(self) -> SyncOutcome:
        """What to tell of it."""
        lost = [
            Failure.of(reading.workbook, TabMissingError(tab_lost(tab.title, reading.title)))
            for reading in self.readings
            for tab in reading.lost.values()
        ]
        return SyncOutcome(
            read=tuple(reading.workbook for reading in self.readings),
            warnings=self.warnings,
            tabs={
                (reading.workbook, tab): account
                for reading in self.readings
                for tab, account in reading.accounts.items()
            },
            failures=(*(Failure.of(workbook, error) for workbook, error in self.problems.items()), *lost),
        )


def ingest(
    fetched: Mapping[str, Fetched],
    memory: Memory,
    office: Office,
    settings: OfficeSettings,
    listed: Mapping[str, FileVersion],
) -> Ingested:
    """Understands what was read; `memory` tells how it was before. A register that can't be read costs its workbook."""
    problems = {workbook: found for workbook, found in fetched.items() if isinstance(found, SheetsSyncError)}
    read = {workbook: found for workbook, found in fetched.items() if isinstance(found, ReadWorkbook)}
    home, register = office.register_home, None
    typed = _typed_reasons(read.get(office.workbook), memory, office)
    if home in read:
        try:
            reasons = {**memory.reasons, **accepted(memory), **{id_: text for id_, text in typed.items() if text}}
            register = _register(read[home].grid, office, settings, memory, reasons)
        except SheetsSyncError as error:
            problems[home] = error
            del read[home]
    libraries = register.libraries if register else memory.libraries
    readings = [
        _reading(each, memory, libraries, office, settings, listed.get(workbook), typed)
        for workbook, each in read.items()
    ]
    return Ingested(
        register=register,
        register_changed=register is not None and _content(register.libraries) != _content(memory.libraries),
        readings=tuple(readings),
        read=read,
        problems=problems,
        warnings=tuple(
            wrong_locale(reading.title, reading.locale, office.locale)
            for reading in readings
            if reading.locale != office.locale
        ),
    )


def remember(tx: Transaction, ingested: Ingested, stood: StandingFigures | None = None) -> StandingFigures | None:
    """Saves what was understood, and which workbooks could not be read.

    Gives what the office's sheets say after that, as `stood` is what they said before; None: it has to be loaded.
    """
    if ingested.register is not None:
        register = ingested.register
        tx.register_was_read(register.workbook, register.libraries, register.findings)
    for reading in ingested.readings:
        stood = tx.was_read(reading, stood)
    for workbook, error in ingested.problems.items():
        tx.failed(workbook, error.message)
    return stood


def _typed_reasons(home: ReadWorkbook | None, memory: Memory, office: Office) -> dict[str, str]:
    """The reasons that stand in the home workbook now."""
    if home is None:
        return {}
    known = memory.workbooks.get(home.grid.id)
    own = own_tabs(home, office, known.own if known else {}, known.tabs.keys() if known else ())
    return reasons_in(home.grid, own)


def _register(
    grid: Workbook, office: Office, settings: OfficeSettings, memory: Memory, reasons: Mapping[str, str]
) -> RegisterReading:
    tab = register_tab(grid.tabs, office, memory.libraries, grid.id)
    if tab is None:
        raise TabMissingError(register_missing(office.tabs.libraries, grid.id))
    read = intake.read_register(tab, grid.id, settings.inputs, grid.locale, memory.libraries)
    known = recognised(read, memory.libraries, memory.gone, reasons)
    first = CellRef(grid.id, tab.sheet_id, tab.title, 0, 0)
    believed = after_leaving(known, memory.libraries, memory.left, first, {**memory.reasons, **reasons})
    return RegisterReading(grid.id, believed.libraries, believed.findings)


def accepted(memory: Memory) -> dict[str, str]:
    """What the office has said is meant to be gone: its yes is a reason, by the id of the finding that asked."""
    return dict.fromkeys(decided(memory.decisions).gone, "ya")


def _content(libraries: Collection[Library]) -> dict[str, Library]:
    """The libraries by code, wherever their rows stand."""
    return {library.code: replace(library, cell=None, typed_code="", agreed=(), former=()) for library in libraries}


def _reading(
    read: ReadWorkbook,
    memory: Memory,
    libraries: tuple[Library, ...],
    office: Office,
    settings: OfficeSettings,
    version: FileVersion | None,
    typed_at_home: Mapping[str, str],
) -> WorkbookReading:
    grid, known = read.grid, memory.workbooks.get(read.grid.id)
    before = known.tabs if known else {}
    own = own_tabs(read, office, known.own if known else {}, before.keys())
    ours, given = frozenset(own.values()), _given(grid.id, memory)
    typed, owners = inputs_of(grid, ours), remembered_owners(before)
    everything = intake.interpret(typed, libraries, settings.elements, settings.inputs, office, owners)
    bound = bound_to(grid.id, office, settings.inputs, given, libraries)
    said = intake.keep_to(bound, everything, libraries)
    used = {tab.sheet_id: KnownTab(tab.title, tab.library or "") for tab in said.tabs if tab.tables}
    off = {tab.sheet_id for tab in grid.tabs if not settings.inputs.about(grid.id, tab.title).use}
    home = grid.id == office.workbook
    reasons = typed_at_home if home else {}
    theirs = [each for each in libraries if bound is None or each.code in bound]
    stood = _before(memory, grid, theirs, off, reasons, office.zone)
    kept = intake.keep_gone(stood, said, settings.elements, {each.code: each.name for each in libraries})
    understood, accounted = kept.understood, {*used, *off, *kept.believed}
    lost = _lost(known, accounted, {library.code for library in libraries}) if known else {}
    return WorkbookReading(
        workbook=grid.id,
        title=grid.title,
        locale=grid.locale,
        version=version.version if version else None,
        fingerprint=(seen := fingerprint(grid, own, typed_at_home if home else None)),
        changed=known is None or known.fingerprint != seen,
        observations=tuple(understood.observations),
        findings=(*understood.findings, *(rekap.second_tabs(office, read.tabs, own) if home else ())),
        reasons=reasons,
        notes=(*understood.notes, *understood.note_columns),
        tabs={**lost, **used},
        own=own,
        given=given | intake.given_by(understood),
        layout=own_layout(read, ours),
        accounts={tab.sheet_id: tab.account for tab in everything.tabs if tab.account},
        errors=kept.errors,
        marks=read.marks,
    )


def _before(
    memory: Memory,
    grid: Workbook,
    libraries: Collection[Library],
    off: Collection[int],
    given: Mapping[str, str],
    zone: ZoneInfo,
) -> intake.Before:
    """What the workbook said at its earlier reads, by the office's clock; what was given up on purpose is left out."""
    codes, known = {library.code for library in libraries}, memory.workbooks.get(grid.id)
    stood = [seen for seen in memory.observations if seen.cell.workbook == grid.id and seen.library in codes]
    return intake.Before(
        tuple([seen for seen in stood if seen.cell.sheet_id not in off] if off else stood),
        memory.findings,
        {**memory.reasons, **{code: reason for code, reason in given.items() if reason}, **accepted(memory)},
        known.read_at.astimezone(zone) if known and known.read_at else None,
        frozenset(tab.sheet_id for tab in grid.tabs),
    )


def bound_to(
    workbook: str, office: Office, inputs: Inputs, given: frozenset[str], libraries: Iterable[Library] = ()
) -> frozenset[str] | None:
    """The libraries whose figures a workbook may hold, by code; None: any. Pure.

    The office's home and register are bound to none. Of the others the configuration says it, by the codes that are
    typed in the register, else what they have `given` so far; a workbook that has given nothing yet may begin with any.
    """
    if workbook in (office.workbook, office.register_workbook):
        return None
    said = {tab.library for tab in inputs.tabs if tab.workbook == workbook and tab.library}
    said |= set(office.bound_to.get(workbook, ()))
    find = intake.Directory(libraries if said else ()).find
    named = frozenset(find(code) or code for code in said)
    if workbook in office.bound_to:
        return named
    return given | named if given else None


def _given(workbook: str, memory: Memory) -> frozenset[str]:
    """The libraries a workbook has given figures of so far; of one that was read before this was noted, by its figures."""
    known = memory.workbooks.get(workbook)
    noted = known.given if known else frozenset()
    return noted or frozenset(seen.library for seen in memory.observations if seen.cell.workbook == workbook)


def remembered_owners(tabs: Mapping[int, KnownTab]) -> dict[int, str]:
    """The library of each tab that belonged to one, so that a renamed tab is found again."""
    return {sheet: tab.library for sheet, tab in tabs.items() if tab.library}


def _lost(known: WorkbookRecord, accounted: Collection[int], codes: Collection[str]) -> dict[int, KnownTab]:
    """Tabs that held figures and are gone, or can't be read any more; not those that were given up on purpose."""
    return {
        sheet: tab if tab.last_read else replace(tab, last_read=known.read_at)
        for sheet, tab in known.tabs.items()
        if sheet not in accounted and (not tab.library or tab.library in codes)
    }
