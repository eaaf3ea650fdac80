"""A row of the register: a library, and what holds for it from when on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from sheets_sync.model.cell import CellRef
from sheets_sync.model.period import Period


@dataclass(frozen=True, slots=True, order=True)
class DatedValue:
    """A reference figure that holds from a year on, with where it comes from."""

    year: int
    value: float
    source: str = ""
    cell: CellRef | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class OfficialScore:
    """The programme's own score (SIM), typed in by the office; shown beside ours, never mixed with it."""

    value: float
    period: str


@dataclass(frozen=True, slots=True)
class Library:
    """A row of the register. `code` is the key it always had: its first NPP, else code; what is typed may change.

    `typed_code` is what the row's key would be now, `agreed` its own code, NPP and name as the office last agreed to
    them, `former` what it was called before.
    """

    code: str
    name: str
    kind: str = "desa"
    aliases: tuple[str, ...] = ()
    tab: str = ""
    district: str = ""  # kecamatan
    population: tuple[DatedValue, ...] = ()
    pic: str = ""
    emails: tuple[str, ...] = ()
    whatsapp: str = ""
    active_since: date | None = None
    active_until: date | None = None
    official: OfficialScore | None = None
    cell: CellRef | None = None  # the register row
    npp: str = ""
    own_code: str = ""
    typed_code: str = ""
    agreed: tuple[str, ...] = ()
    former: tuple[str, ...] = ()

    @property
    def known_as(self) -> str:
        """The code that people see: what stands in the register now."""
        return self.typed_code or self.code

    def active_in(self, period: Period) -> bool:
        """Whether the library was in service on any day of the month."""
        since, until = self.active_since or date.min, self.active_until or date.max
        return since <= period.last_day and until >= period.first_day

    def population_in(self, period: Period) -> DatedValue | None:
        """The newest figure not younger than the month's year, else the oldest there is."""
        known = sorted(self.population)
        past = [figure for figure in known if figure.year <= period.year]
        return past[-1] if past else (known[0] if known else None)


def register_sheets(libraries: Iterable[Library]) -> frozenset[tuple[str, int]]:
    """Where the register stands, as workbook and sheetId: what is asked about it, the office has to answer."""
    return frozenset((library.cell.workbook, library.cell.sheet_id) for library in libraries if library.cell)
