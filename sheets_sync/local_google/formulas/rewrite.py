"""The references of a formula follow: when rows come or go, when cells are cut or copied, when a tab is renamed or deleted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sheets_sync.local_google.formulas.references import LOST, Reference, read_reference
from sheets_sync.local_google.formulas.tokens import tokens
from sheets_sync.local_google.structure import Change, Cut
from sheets_sync.local_google.workbook import Workbook


def rewrite(text: str, change: Callable[[Reference], Reference | None]) -> str:
    """A formula with each reference replaced by what `change` makes of it (None: `#REF!`).

    Args:
        text: the formula with its `=`.
        change: what becomes of a reference.
    """
    pieces = [text[:1]]
    for kind, piece in tokens(text[1:]):
        found = read_reference(piece) if kind == "reference" else None
        if found is None:
            pieces.append(piece)
            continue
        changed = change(found)
        pieces.append(piece if changed == found else LOST if changed is None else str(changed))
    return "".join(pieces)


def shifted(text: str, down: int, right: int) -> str:
    """The formula as a copy of its cell so many rows below and columns to the right has it."""
    return rewrite(text, lambda reference: reference.moved(down, right))


def renamed(text: str, old: str, new: str) -> str:
    """The formula after the tab `old` was given the title `new`."""
    return rewrite(text, lambda found: replace(found, title=new) if _is(found.title, old) else found)


def without_sheet(text: str, title: str) -> str:
    """The formula after the tab was deleted."""
    return rewrite(text, lambda found: None if _is(found.title, title) else found)


def qualified(text: str, title: str) -> str:
    """The formula with the tab said wherever it meant its own (before its cell is moved to another tab)."""
    return rewrite(text, lambda found: replace(found, title=title) if found.title is None else found)


def followed(text: str, workbook: Workbook, own_sheet: int, change: Change) -> str:
    """The formula of a cell of `own_sheet` after a structural change of a sheet."""
    return rewrite(text, lambda found: _follow(found, workbook, own_sheet, change))


def _follow(found: Reference, workbook: Workbook, own_sheet: int, change: Change) -> Reference | None:
    if _sheet_id(found.title, workbook, own_sheet) != change.sheet_id:
        return found
    bounds = change.bounds(found.bounds)
    if bounds is None:
        return None
    moved = found.at(bounds)
    return _retitled(moved, found, workbook, own_sheet, change) if isinstance(change, Cut) else moved


def _retitled(moved: Reference, found: Reference, workbook: Workbook, own_sheet: int, cut: Cut) -> Reference:
    """What was cut to another tab is from now on referred to there."""
    if cut.to_sheet_id == cut.sheet_id or not cut.takes(found.bounds):
        return moved
    target = workbook.sheet(cut.to_sheet_id)
    return replace(moved, title=target.title if target and cut.to_sheet_id != own_sheet else None)


def _sheet_id(title: str | None, workbook: Workbook, own_sheet: int) -> int | None:
    if title is None:
        return own_sheet
    sheet = workbook.sheet_named(title)
    return sheet.id if sheet else None


def _is(title: str | None, wanted: str) -> bool:
    return title is not None and title.casefold() == wanted.casefold()
