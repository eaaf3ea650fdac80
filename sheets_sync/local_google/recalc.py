"""Re-evaluates a workbook's formulas after an edit: those that depend on what changed, in the order of their dependence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sheets_sync.local_google.errors import ApiError
from sheets_sync.local_google.formulas.adjust import formula_cells
from sheets_sync.local_google.formulas.dependence import (
    DYNAMIC,
    Graph,
    Needs,
    Place,
    graph_of,
    in_order,
    needs,
    stale_formulas,
)
from sheets_sync.local_google.formulas.evaluate import Scope
from sheets_sync.local_google.formulas.formats import implied_format
from sheets_sync.local_google.formulas.tables import Array, Failure, Range
from sheets_sync.local_google.formulas.tree import Call, Node
from sheets_sync.local_google.pivots import pivoted
from sheets_sync.local_google.spills import Changed, numeric, orphaned, owners, pivot_places, retract, spread
from sheets_sync.local_google.values.locales import Locale, locale_of
from sheets_sync.local_google.workbook import Box, Cell, ErrorValue, Formula, Sheet, Value, Workbook

_CIRCULAR = ErrorValue(
    "REF", "Circular dependency detected. To resolve with iterative calculation, see File > Settings."
)
_UNPARSED = ErrorValue("ERROR", "Formula parse error.")
_SOURCELESS = ErrorValue("REF", "Reference does not exist.")
_ROUNDS = 20
"""How often what arrays fill may change other arrays, before it is left at that."""


def recalculate(workbook: Workbook, now: datetime, changed: Iterable[tuple[int, Box]] | None = None) -> None:
    """Give every formula that an edit may have touched its value.

    A workbook without formulas costs a look at its cells and nothing more.

    Args:
        workbook: the draft; a sheet in which a value changes is copied into it.
        now: the time, with its zone; formulas see it in the workbook's.
        changed: sheet ids and boxes whose cells were written; None if anything may have changed.
    """
    found = {
        Place(sheet.id, row, column): cell.entered
        for sheet in workbook.sheets
        for row, column, cell in formula_cells(sheet)
        if isinstance(cell.entered, Formula)
    }
    if changed is None:
        retract(workbook)
    pivots = pivot_places(workbook, everything=changed is None)
    gone = orphaned(workbook, {*found, *pivots})
    if not found and not pivots:
        return
    graph = graph_of(workbook, found, locale_of(workbook.locale).decimal)
    waiting = None if changed is None else [*changed, *gone]
    guessed = any(own.dynamic for own in graph.needs.values())
    for number in range(_ROUNDS):
        stale = set(found)
        if waiting is not None:
            stale &= stale_formulas(graph, waiting) | owners(workbook, waiting)
        local = local_time(workbook, now)
        waiting = _computed(workbook, graph, stale, local)
        waiting += [moved for place in pivots for moved in _pivot(workbook, place, local)]
        if not waiting and (number or not guessed):
            return


def local_time(workbook: Workbook, now: datetime) -> datetime:
    """The time in the workbook's zone."""
    return now.astimezone(_zone(workbook))


def _zone(workbook: Workbook) -> ZoneInfo:
    try:
        return ZoneInfo(workbook.properties.get("timeZone") or "Etc/GMT")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("Etc/GMT")


def _computed(workbook: Workbook, graph: Graph, stale: set[Place], now: datetime) -> list[Changed]:
    """Give the stale formulas their values.

    Returns:
        What changed that the graph doesn't know of: where arrays fill other cells than before, and formulas that may have
        been computed before what they read.
    """
    order, circular = in_order(graph, stale)
    for place in circular:
        _store(workbook, place, _CIRCULAR, None)
    locale = locale_of(workbook.locale)
    return [moved for place in order for moved in _compute(workbook, place, graph.needs[place], now, locale)]


def _compute(workbook: Workbook, place: Place, own: Needs, now: datetime, locale: Locale) -> list[Changed]:
    sheet = workbook.sheet(place.sheet_id)
    if sheet is None:
        return []
    scope = Scope(workbook, sheet, place.row, place.column, now, locale)
    result = _UNPARSED if own.tree is None else _value(scope, own.tree)
    array = result if isinstance(result, Array) else None
    number_format = implied_format(own.tree, scope) if own.tree and (array or numeric(result)) else None
    first, moved = spread(workbook, place, array, lambda *_: number_format)
    value = first if isinstance(result, Array) else result
    changed = _store(workbook, place, value, number_format if numeric(value) else None)
    return [*moved, (place.sheet_id, _box(place))] if changed and own.dynamic else moved


def _pivot(workbook: Workbook, place: Place, now: datetime) -> list[Changed]:
    """Show a pivot table anew; what changed by that."""
    sheet = workbook.sheet(place.sheet_id)
    if sheet is None:
        return []
    scope = Scope(workbook, sheet, place.row, place.column, now, locale_of(workbook.locale))
    try:
        found = pivoted((sheet.cell(place.row, place.column).extra or {})["pivotTable"], scope)
    except ApiError:  # its source is gone
        return [(place.sheet_id, _box(place))] if _store(workbook, place, _SOURCELESS, None) else []
    first, moved = spread(workbook, place, found.cells, lambda *where: found.formats.get(where))
    return [*moved, (place.sheet_id, _box(place))] if _store(workbook, place, first, None) else moved


def _box(place: Place) -> Box:
    return Box(place.row, place.column, place.row + 1, place.column + 1)


def _value(scope: Scope, tree: Node) -> Value | Array:
    """The value of a formula, or the array that it spreads over other cells."""
    try:
        result = scope.evaluate(tree)
        if isinstance(result, Range) and isinstance(tree, Call) and tree.name in DYNAMIC:
            result = Array(tuple(map(tuple, result.rows())))
        return result if isinstance(result, Array) and result.height * result.width > 1 else scope.single(result)
    except Failure as failure:
        return failure.error
    except RecursionError:
        return _UNPARSED


def _store(workbook: Workbook, place: Place, value: Value, number_format: Mapping[str, Any] | None) -> bool:
    """Put the value into the cell if it is another one than before; whether it is."""
    sheet = workbook.sheet(place.sheet_id)
    if sheet is None:
        return False
    cell = sheet.cell(place.row, place.column)
    same = type(cell.value) is type(value) and cell.value == value and cell.number_format == number_format
    if not same:
        workbook.edit(sheet).put(place.row, place.column, cell.but(value=value, number_format=number_format))
    return not same


def formula_link(workbook: Workbook, sheet: Sheet, cell: Cell, now: datetime, function: str = "HYPERLINK") -> str:
    """The address that a cell with `=HYPERLINK(…)` leads to, or the picture of one with `=IMAGE(…)`; else ""."""
    if not isinstance(cell.entered, Formula) or function not in cell.entered.text.upper():
        return ""
    locale = locale_of(workbook.locale)
    tree = needs(cell.entered.text, locale.decimal).tree
    if not isinstance(tree, Call) or tree.name != function or not tree.arguments:
        return ""
    scope = Scope(workbook, sheet, 0, 0, now, locale)
    try:
        return scope.text(scope.value(tree.arguments[0]))
    except Failure:
        return ""
