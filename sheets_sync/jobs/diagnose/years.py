"""A reporting year that begins in another month than it did when months were read: they would be of another year."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from sheets_sync.config.office import Elements, Office
from sheets_sync.intake import Inputs, interpret
from sheets_sync.jobs.diagnose.check import Check
from sheets_sync.model import Library, Observation, Period, msg
from sheets_sync.model.grid import Workbook

Place = tuple[int, int, int]  # sheetId, row, column


def other_start(
    office: Office,
    elements: Elements,
    inputs: Inputs,
    grid: Workbook,
    libraries: Collection[Library],
    owners: Mapping[int, str],
    stood: Mapping[Place, Period],
) -> Iterator[Check]:
    """That the months of a workbook's cells stand in the store as they are if the year begins in another month. Pure.

    `stood` is of which month each cell was when it was last read; `grid` is without our own tabs.
    """

    def kept(start: int) -> tuple[int, bool]:
        under = office.model_copy(update={"year_starts_in": start})
        seen = interpret(grid, libraries, elements, inputs, under, owners).observations
        same = [stood[place_of(each)] == each.period for each in seen if place_of(each) in stood]
        return sum(same), all(same)

    now, as_it_stands = kept(office.year_starts_in)
    differs = not as_it_stands or now < len(stood) / 2
    others = (start for start in range(1, 13) if start != office.year_starts_in and differs)
    found = ((start, *kept(start)) for start in others)
    before, then = next(((start, same) for start, same, all_same in found if all_same and same > now), (None, 0))
    if before is not None:
        yield Check(
            "year",
            False,
            msg(
                "office.yaml: year_starts_in is {now}, but {count} figure(s) of workbook “{title}” stand in the store as if "
                "it were {before}: they would move to another year. Write `year_starts_in: {before}` again, or write the "
                "year beside the months of old tabs first (`Jan 2024`).",
                now=office.year_starts_in,
                before=before,
                count=then - now,
                title=grid.title,
            ),
        )


def place_of(seen: Observation) -> Place:
    """Where an observation stands in its workbook."""
    return seen.cell.sheet_id, seen.cell.row, seen.cell.column
