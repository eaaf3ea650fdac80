"""The office and its data elements, as configuration states them (office.yaml, elements.yaml)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo

import pydantic

from sheets_sync.config.address import AddressText
from sheets_sync.config.open_data import OpenDataOptions
from sheets_sync.config.parts import Division, ElementPart
from sheets_sync.config.workbook_id import WorkbookId
from sheets_sync.config.yaml_file import Config, Month, Text
from sheets_sync.model import Period, msg
from sheets_sync.model.text import closest, fold, twice


class ElementKind(StrEnum):
    """Flows add up over months, a stock takes its last value, a reference holds for a year."""

    FLOW = "flow"
    STOCK = "stock"
    REFERENCE = "reference"


class Reading(StrEnum):
    """How what is typed for an element is read."""

    COUNT = "count"
    DECIMAL = "decimal"
    HOURS = "hours"


class Element(Config):
    """A data element: what a library reports each month."""

    id: str = pydantic.Field(pattern=r"^[a-z][a-z0-9_]*$")
    label: Text
    unit: Text
    kind: ElementKind = ElementKind.FLOW
    reading: Reading = Reading.COUNT
    aliases: tuple[str, ...] = ()  # further spellings of its header
    units: tuple[str, ...] = ()  # further words that may follow its numbers, like `buku` after eksemplar
    help: Text | None = None  # what exactly is counted
    example: str = ""  # a right entry
    required: bool | tuple[str, ...] = False  # counts for completeness: always, or for these kinds of library
    divided: tuple[Division, ...] = ()  # by what it is divided into parts, each an element of its own

    def required_for(self, kind: str) -> bool:
        """Whether a library of this kind must report it."""
        return self.required if isinstance(self.required, bool) else fold(kind) in map(fold, self.required)

    def parts(self, known: Collection[str]) -> tuple[Element, ...]:
        """Its parts that are not `known` as elements: what is not said of them is as it is of the whole."""
        return tuple(self._part(part) for each in self.divided for part in each.into if part.id not in known)

    def _part(self, part: ElementPart) -> Element:
        label = Text(id=part.heading(self.label.id, "id"), en=part.heading(self.label.en, "en"))
        aliases = part.spellings((self.label.id, self.label.en, *self.aliases))
        new = {"id": part.id, "label": label, "aliases": aliases, "help": part.meaning(self.label)}
        example = part.example or self.example
        return self.model_copy(update={**new, "example": example, "required": False, "divided": ()})


def _configured(name: str, info: pydantic.ValidationInfo) -> str:
    """The id of an element, found however it is capitalised; without a context any id will do."""
    known: Collection[str] | None = (info.context or {}).get("known_elements")
    if known is None:
        return name
    if name.casefold() in known:
        return name.casefold()
    close = closest(name, known)
    hint = msg(" (did you mean {name}?)", name=close) if close else ""
    raise ValueError(msg("an element of elements.yaml; there is no {element}{hint}", element=name, hint=hint))


ElementId = Annotated[str, pydantic.AfterValidator(_configured)]
"""The id of an element; where the validation's context tells `known_elements`, it is one of them."""


class Elements(Config):
    """elements.yaml."""

    elements: tuple[Element, ...]

    @cached_property
    def by_id(self) -> Mapping[str, Element]:
        return MappingProxyType({element.id: element for element in self.elements})

    def __getitem__(self, element: str) -> Element:
        return self.by_id[element]

    @cached_property
    def divisions(self) -> tuple[tuple[Element, Division], ...]:
        """Every element that is divided, with each of its divisions."""
        return tuple((element, division) for element in self.elements for division in element.divided)

    @cached_property
    def whole_of(self) -> Mapping[str, tuple[Element, Division]]:
        """The id of each part → what it is a part of."""
        return {part: (element, division) for element, division in self.divisions for part in division.ids}

    @pydantic.field_validator("elements")
    @classmethod
    def _distinct(cls, elements: tuple[Element, ...]) -> tuple[Element, ...]:
        if found := twice(element.id for element in elements):
            raise ValueError(msg("every id once; twice or more: {names}", names=found))
        return elements

    @pydantic.field_validator("elements")
    @classmethod
    def _with_parts(cls, elements: tuple[Element, ...]) -> tuple[Element, ...]:
        """The parts that are not listed by themselves stand behind their whole."""
        known = {element.id for element in elements}
        parts = [part for element in elements for division in element.divided for part in division.into]
        nameless = sorted(part.id for part in parts if part.id not in known and part.label is None)
        if nameless:
            raise ValueError(msg("a label for each part that is no element itself; lacking: {names}", names=nameless))
        if repeated := twice(part.id for part in parts):
            raise ValueError(msg("each part of one whole only; twice or more: {names}", names=repeated))
        wanted = {
            part: element.required
            for element in elements
            for division in element.divided
            for part in division.ids
            if division.required
        }
        found = (each for element in elements for each in (element, *element.parts(known)))
        return tuple(
            each.model_copy(update={"required": wanted[each.id]}) if each.id in wanted and not each.required else each
            for each in found
        )


class Signatory(Config):
    """Who signs the office's letters, from a day on; `acting` puts Plt. before the title."""

    name: str
    title: Text
    nip: str = ""
    acting: bool = False
    since: date = date.min


class Letterhead(Config):
    """The head of the office's letters."""

    lines: tuple[str, ...] = ()
    address: str = ""
    place: str = ""


class TabNames(Config):
    """The titles of the program's own tabs and of the register."""

    libraries: str = "Perpustakaan"  # the register
    guide: str = "Petunjuk"
    rekap: str = "Rekap"
    questions: str = "Perlu Dicek"
    details: str = "Rincian"
    indicators: str = "Indikator"
    approvals: str = "Persetujuan"  # whom the office lets have mail; only `approvers` write there

    @pydantic.model_validator(mode="after")
    def _distinct(self) -> TabNames:
        titles = [title.casefold() for title in self.model_dump().values()]
        if len(set(titles)) < len(titles):
            raise ValueError(msg("a title of its own for each tab"))
        return self

    @property
    def own(self) -> frozenset[str]:
        """The tabs the program writes."""
        return frozenset({self.rekap, self.questions, self.details, self.indicators})


class Office(Config):
    """office.yaml: a regency's library office, with the workbooks it keeps."""

    code: str = pydantic.Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    name: str
    regency: str = ""  # the kabupaten's or kota's own name, for sums by place; empty: the office's name
    province: str = ""
    language: Literal["id", "en"] = "id"
    time_zone: str = "Asia/Pontianak"
    locale: str = "in_ID"  # what the workbooks' locale should be, so that 1.234 is typed as people expect
    year_starts_in: int = pydantic.Field(1, ge=1, le=12)
    due_day: int = pydantic.Field(5, ge=1, le=28)  # a month's figures are due on this day of the next month
    # So long into the next year a year's figures may be corrected.
    revision_months: int = pydantic.Field(6, ge=0, le=1200)
    start: Month | None = None  # the first month that is expected, like 2024-01
    workbook: WorkbookId  # the home workbook's id or address
    input_workbooks: tuple[WorkbookId, ...] = ()
    # An input workbook → codes of the libraries whose figures it holds.
    bound_to: Mapping[WorkbookId, tuple[str, ...]] = {}
    # So long a scheme may hold before somebody should look at it again.
    scheme_years: int = pydantic.Field(2, ge=1, le=100)
    scheme_reviewed: Month | None = None  # the month in which somebody last looked at it and let it be
    key_file: str | None = None  # the office's own service-account key, if it has one
    register_workbook: WorkbookId | None = None  # where the register is kept, if not in the home workbook
    approvers: tuple[AddressText, ...] = ()  # who may let new addresses have mail, in the tab `approvals`
    ranking: bool = False  # whether an order of the libraries may be asked for
    open_data: OpenDataOptions = OpenDataOptions()
    tabs: TabNames = TabNames()
    letterhead: Letterhead = Letterhead()
    signatories: tuple[Signatory, ...] = ()
    notice: Text | None = None  # shown on every page and message, e.g. that the figures are invented
    notice_detail: Text | None = None  # the same in full, once on every page and message

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def register_is_private(self) -> bool:
        """Whether the register is kept apart from the workbook that everybody opens."""
        return self.register_workbook not in (None, self.workbook)

    @property
    def register_home(self) -> str:
        """The workbook in which the register stands, and with it the tab of approvals."""
        return self.register_workbook or self.workbook

    @property
    def workbooks(self) -> tuple[str, ...]:
        """Every workbook of the office, home first."""
        ids = (self.workbook, *self.input_workbooks, *filter(None, [self.register_workbook]))
        return tuple(dict.fromkeys(ids))

    @property
    def first_period(self) -> Period | None:
        return Period.parse(self.start) if self.start else None

    def due(self, period: Period) -> date:
        """The day by which a month's figures should be in."""
        after = period + 1
        return date(after.year, after.month, self.due_day)

    def signatory(self, day: date) -> Signatory | None:
        """Who signs on a day."""
        known = [person for person in self.signatories if person.since <= day]
        return max(known, key=lambda person: person.since) if known else None

    @pydantic.model_validator(mode="after")
    def _bound_workbooks_are_inputs(self) -> Self:
        others = sorted(set(self.bound_to) - set(self.input_workbooks))
        if others:
            raise ValueError(msg("only workbooks that are among input_workbooks; not: {workbooks}", workbooks=others))
        return self

    @pydantic.field_validator("locale")
    @classmethod
    def _locale_exists(cls, name: str) -> str:
        language, _, country = name.partition("_")
        if not (language.isalpha() and language.islower() and len(language) in (2, 3) and len(country) == 2):
            raise ValueError(msg("a locale of Google Sheets, like in_ID or en_GB"))
        return name

    @pydantic.field_validator("time_zone")
    @classmethod
    def _zone_exists(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (KeyError, ValueError, OSError) as error:
            raise ValueError(msg("a time zone like Asia/Pontianak")) from error
        return name
