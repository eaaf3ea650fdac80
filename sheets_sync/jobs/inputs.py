"""What of a workbook people keep, apart from the program's own tabs: told by a fingerprint. Pure."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from itertools import chain
from typing import TypeVar

from msgspec.json import Encoder

from sheets_sync import rekap
from sheets_sync.config.office import Office
from sheets_sync.google import ReadWorkbook
from sheets_sync.model import Library
from sheets_sync.model.grid import GridCell, Tab, Workbook
from sheets_sync.model.tab_state import TabState
from sheets_sync.rekap import approvals, questions
from sheets_sync.rekap.approval_rows import typed_answers
from sheets_sync.rekap.links import APPROVALS_ID

TitledTab = TypeVar("TitledTab", Tab, TabState)
_written = Encoder().encode  # cells as JSON: whatever differs between two of them differs in it


def own_tabs(
    read: ReadWorkbook, office: Office, remembered: Mapping[str, int], inputs: Collection[int] = ()
) -> dict[str, int]:
    """The sheetIds of the program's own tabs by role: pages, and approvals beside the register.

    A workbook that is home no more keeps those we made in it. `remembered` are the ids that we made or took over,
    `inputs` those of tabs that figures were read from.
    """
    there = {tab.sheet_id for tab in read.tabs}
    beside_register = read.grid.id == office.register_home and APPROVALS_ID in there
    approving = {approvals.ROLE: APPROVALS_ID} if beside_register else {}
    if read.grid.id == office.workbook:
        return {**rekap.own_tabs(office, read.tabs, remembered, inputs), **approving}
    return {**{role: sheet for role, sheet in remembered.items() if sheet in there}, **approving}


def register_tab(
    tabs: Iterable[TitledTab], office: Office, known: Iterable[Library], workbook: str
) -> TitledTab | None:
    """The tab from which the `known` libraries were read, whatever it is called now; else the one of the title."""
    tabs = tuple(tabs)
    read_from = Counter(each.cell.sheet_id for each in known if each.cell and each.cell.workbook == workbook)
    order = [sheet for sheet, _ in read_from.most_common()]
    bound = (tab for sheet in order for tab in tabs if tab.sheet_id == sheet)
    titled = (tab for tab in tabs if tab.title.casefold() == office.tabs.libraries.casefold())
    return next(chain(bound, titled), None)


def inputs_of(grid: Workbook, own: Collection[int]) -> Workbook:
    """The workbook without our own tabs."""
    return replace(grid, tabs=tuple(tab for tab in grid.tabs if tab.sheet_id not in own))


def reasons_in(grid: Workbook, own: Mapping[str, int]) -> dict[str, str]:
    """The reasons people typed in `Perlu Dicek`, by the finding's id; `own` are our tabs' sheetIds by role."""
    tab = next((tab for tab in grid.tabs if tab.sheet_id == own.get(questions.ROLE)), None)
    return rekap.reasons(tab) if tab else {}


def answers_in(grid: Workbook, own: Collection[int]) -> dict[str, str]:
    """What stands beside the questions to the office, by their ids; whether it counts is another matter."""
    tabs = (tab for tab in grid.tabs if tab.sheet_id == APPROVALS_ID and tab.sheet_id in own)
    return {id_: text for tab in tabs for id_, text in typed_answers(tab).items()}


def fingerprint(grid: Workbook, own: Mapping[str, int], reasons: Mapping[str, str] | None = None) -> str:
    """Of everything people type: the tabs that are not ours with their titles, the reasons and answers they gave.

    `reasons` are those that stand in it, if they were looked for already.
    """
    reasons = reasons_in(grid, own) if reasons is None else reasons
    digest = hashlib.blake2b(repr(sorted(reasons.items())).encode(), digest_size=16)
    answers = [(id_, text) for id_, text in answers_in(grid, own.values()).items() if text]
    digest.update(repr(sorted(answers)).encode())
    for tab in inputs_of(grid, own.values()).tabs:
        digest.update(repr((tab.sheet_id, tab.title, tab.merges)).encode())
        digest.update(_written(_filled(tab)))
    return digest.hexdigest()


def untouched(before: Workbook, own_before: Mapping[str, int], now: Workbook, own: Mapping[str, int]) -> bool:
    """Whether nobody typed between two reads, as far as that can be told without looking at each cell."""
    tabs, were = inputs_of(now, own.values()).tabs, inputs_of(before, own_before.values()).tabs
    same = all(tab.rows is was.rows and tab == was for tab, was in zip(tabs, were, strict=False))
    return (
        len(tabs) == len(were)
        and same
        and reasons_in(before, own_before) == reasons_in(now, own)
        and answers_in(before, own_before.values()) == answers_in(now, own.values())
    )


def own_layout(read: ReadWorkbook, own: Collection[int]) -> tuple[TabState, ...]:
    """How the workbook's tabs stand, with the texts of our own ones only: what the next write needs to know."""
    return tuple(
        tab if tab.sheet_id in own else replace(tab, texts=(), formulas=frozenset(), seen=False) for tab in read.tabs
    )


def _filled(tab: Tab) -> tuple[tuple[GridCell, ...], ...]:
    """The rows up to the last that holds anything: Google leaves out the rest or not, as it pleases."""
    end = len(tab.rows)
    while end and all(cell.blank for cell in tab.rows[end - 1]):
        end -= 1
    return tab.rows[:end]
