"""Finds the things on sheets that requests name by their ids."""

from __future__ import annotations

from sheets_sync.local_google.sheets.batch import Batch, Refused
from sheets_sync.local_google.workbook import Sheet


def find(batch: Batch, items: str, key: str, wanted: int | str, noun: str) -> tuple[Sheet, int]:
    """The sheet (for writing) and the place in its list `items` of the thing with that id."""
    for sheet in batch.workbook.sheets:
        for place, item in enumerate(getattr(sheet, items)):
            if item.get(key, 0) == wanted:
                return batch.workbook.edit(sheet), place
    raise Refused(f"No {noun} with id: {wanted}")


def fresh_id(batch: Batch, items: str, key: str, given: int | None, noun: str) -> int:
    """The id for a new thing: the given one, if it is free, else a random one."""
    if given is None:
        return batch.random_id()
    if any(item.get(key) == given for sheet in batch.workbook.sheets for item in getattr(sheet, items)):
        raise Refused(f"A {noun} with id {given} already exists.")
    return given
