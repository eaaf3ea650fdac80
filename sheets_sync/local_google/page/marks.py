"""What lies on cells beside their value and format: protections, drop-downs, filters, comments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sheets_sync.local_google.json_types import JsonObject
from sheets_sync.local_google.page.threads import ShownThread
from sheets_sync.local_google.ranges import grid_bounds
from sheets_sync.local_google.workbook import Box, Sheet

LISTS = ("ONE_OF_LIST", "ONE_OF_RANGE")


@dataclass(frozen=True, slots=True)
class Protection:
    """A protected range with the parts it leaves open."""

    box: Box
    open: tuple[Box, ...]
    kind: str

    def guards(self, row: int, column: int) -> bool:
        return self.box.holds(row, column) and not any(part.holds(row, column) for part in self.open)


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of a tab as one account sees it. `pictures` are addresses, `words` the page's."""

    protections: tuple[Protection, ...]
    filter: Box | None
    filtered: frozenset[int]
    threads: Mapping[tuple[int, int], tuple[ShownThread, ...]]
    pictures: Mapping[tuple[int, int], str]
    words: Mapping[str, str]

    def guard(self, row: int, column: int) -> str:
        """`locked` where one may not type, `warned` where one is asked first, else ""."""
        kinds = {each.kind for each in self.protections if each.guards(row, column)}
        return "locked" if "locked" in kinds else next(iter(kinds), "")

    def classes(self, row: int, column: int, data: Mapping[str, Any]) -> Iterator[str]:
        """What the style sheet has to know."""
        if data.get("note"):
            yield "note"
        threads = self.threads.get((row, column), ())
        if threads:
            yield "asked" if any(not thread.resolved for thread in threads) else "answered"
        yield from _choice(data)
        if self.filter and row == self.filter.top and self.filter.left <= column < self.filter.right:
            yield "filter on" if column in self.filtered else "filter"

    def told(self, row: int, column: int, note: str) -> str:
        """The marks in words."""
        threads = self.threads.get((row, column), ())
        said = [f"{self.words['picture']}: {self.pictures[row, column]}"] if (row, column) in self.pictures else []
        said += [f"{self.words['note']}: {note}"] if note else []
        said += [f"{self.words['comments']}: {thread.posts[0].content}" for thread in threads if not thread.resolved]
        return ". ".join(said)


def _choice(data: Mapping[str, Any]) -> Iterator[str]:
    rule = data.get("dataValidation", {})
    kind = rule.get("condition", {}).get("type", "")
    if kind in LISTS:
        yield "drop strict" if rule.get("strict") else "drop"
    elif kind == "BOOLEAN":
        ticked = data.get("effectiveValue", {}).get("boolValue", False)
        yield "check on" if ticked else "check"


def marks_of(
    sheet: Sheet,
    shown: JsonObject,
    threads: tuple[ShownThread, ...],
    words: Mapping[str, str],
    pictures: Mapping[tuple[int, int], str],
    *,
    may_write: bool,
) -> Marks:
    """The marks of a tab, from what the API shows of it (`shown` is the Sheet; its `basicFilter` may be an open view)."""
    filter_ = shown.get("basicFilter")
    at: dict[tuple[int, int], tuple[ShownThread, ...]] = {}
    for thread in threads:
        at[thread.row, thread.column] = (*at.get((thread.row, thread.column), ()), thread)
    return Marks(
        tuple(_protection(sheet, found) for found in shown.get("protectedRanges", []) if may_write),
        grid_bounds(filter_.get("range", {})).within(sheet.box) if filter_ else None,
        frozenset(spec.get("columnIndex", 0) for spec in (filter_ or {}).get("filterSpecs", [])),
        at,
        pictures,
        words,
    )


def _protection(sheet: Sheet, found: JsonObject) -> Protection:
    """Where only a warning stands, or the account may edit what others may not, nothing is locked."""
    kind = "warned" if found.get("warningOnly") else "" if found.get("requestingUserCanEdit") else "locked"
    open_parts = tuple(grid_bounds(part).within(sheet.box) for part in found.get("unprotectedRanges", []))
    return Protection(grid_bounds(found.get("range", {})).within(sheet.box), open_parts, kind)
