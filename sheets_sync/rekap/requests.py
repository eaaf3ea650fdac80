"""A page → batchUpdate requests: one updateCells for all its values and formats, everything else only while missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sheets_sync.model.json import JsonItems, JsonObject
from sheets_sync.model.tab_state import TabState
from sheets_sync.rekap.align import Aligned
from sheets_sync.rekap.cells import NO_ROW, WrittenPage, colour
from sheets_sync.rekap.ids import stable_id
from sheets_sync.rekap.links import view_id
from sheets_sync.rekap.page import ChartKind, Filter, Page, PageChart, Span

# Borders, padding and the like are people's to choose: only what a page decides is written.
_FORMAT_FIELDS = "backgroundColorStyle,horizontalAlignment,numberFormat,textFormat,wrapStrategy"
CELL_FIELDS = f"userEnteredValue,textFormatRuns,userEnteredFormat({_FORMAT_FIELDS})"
_SPARE_ROWS, _SPARE_COLUMNS = 100, 8  # room on a new tab for people's own notes
ROWS_AT_ONCE = 1000  # of one updateCells: a page of more can be sent in several writes


def page_requests(
    written: WrittenPage, state: TabState | None, sheet_id: int, title: str, aligned: Aligned
) -> list[JsonObject]:
    """Everything one tab needs, in the order in which it has to happen. `state` is None where there is no such tab."""
    page = written.page
    return [
        *([] if state else [add_sheet(page, sheet_id, title)]),
        *aligned.requests,
        *_room(state, sheet_id, aligned),
        *_cells(written, sheet_id, aligned),
        *(() if is_dressed(page, state) else _dress(page, sheet_id, aligned)),
        *_charts(page, state, sheet_id, aligned),
        *filters(page, state, sheet_id, aligned),
    ]


def is_dressed(page: Page, state: TabState | None) -> bool:
    """Whether the tab has its widths, its frozen rows and its protection: from then on they are people's to change."""
    return state is not None and mark(page.role) in state.marks


def mark(role: str) -> str:
    """What our protected range on a tab is called. Anybody can set it: it tells that a tab is dressed, not that it is ours."""
    return f"sheets-sync: {role}"


def add_sheet(page: Page, sheet_id: int, title: str) -> JsonObject:
    size = {"rowCount": len(page.rows) + _SPARE_ROWS, "columnCount": len(page.columns) + _SPARE_COLUMNS}
    place = {} if page.index is None else {"index": page.index}
    return {"addSheet": {"properties": {"sheetId": sheet_id, "title": title, "gridProperties": size, **place}}}


def _room(state: TabState | None, sheet_id: int, aligned: Aligned) -> Iterator[JsonObject]:
    """Rows and columns the grid lacks even after what `aligned` inserts."""
    if state is None:
        return
    for dimension, needed, there in (
        ("ROWS", len(aligned.rows), state.row_count),
        ("COLUMNS", max(aligned.columns) + 1, state.column_count),
    ):
        lacking = needed - there - sum(_growth(request, dimension) for request in aligned.requests)
        if lacking > 0:
            yield {"appendDimension": {"sheetId": sheet_id, "dimension": dimension, "length": lacking}}


def _growth(request: JsonObject, dimension: str) -> int:
    """By how much an insertion, deletion or extension changes the grid's size."""
    ((kind, body),) = request.items()
    span = body.get("range", body)
    if span["dimension"] != dimension:
        return 0
    length: int = body["length"] if kind == "appendDimension" else span["endIndex"] - span["startIndex"]
    return -length if kind == "deleteDimension" else length


def _cells(written: WrittenPage, sheet_id: int, aligned: Aligned) -> Iterator[JsonObject]:
    """One updateCells for a thousand rows of each stretch of our columns: people may put theirs in between.

    Cells of the range that are not sent are cleared, so rows end with their last filled cell.
    """
    for stretch in stretches(aligned.columns):
        lines = written.over([aligned.columns.index(place) for place in stretch])
        for first in range(0, len(aligned.rows), ROWS_AT_ONCE):
            part = aligned.rows[first : first + ROWS_AT_ONCE]
            rows = [lines[row] if row is not None else NO_ROW for row in part]
            span = {"sheetId": sheet_id, "startRowIndex": first, "endRowIndex": first + len(rows)}
            span |= {"startColumnIndex": stretch[0], "endColumnIndex": stretch[-1] + 1}
            yield {"updateCells": {"range": span, "rows": JsonItems(rows), "fields": CELL_FIELDS}}


def stretches(columns: Iterable[int]) -> list[list[int]]:
    """Neighbouring columns together: 0 1 2 5 6 → [0 1 2] [5 6]."""
    found: list[list[int]] = []
    for place in sorted(columns):
        if found and place == found[-1][-1] + 1:
            found[-1].append(place)
        else:
            found.append([place])
    return found


def _dress(page: Page, sheet_id: int, aligned: Aligned) -> Iterator[JsonObject]:
    """What is set once: frozen rows, tab colour, widths, and the protection that warns and marks the tab as ours."""
    grid = {"frozenRowCount": page.frozen_rows, "frozenColumnCount": page.frozen_columns}
    properties = {"sheetId": sheet_id, "gridProperties": grid, "tabColorStyle": colour(page.tab_colour)}
    fields = ",".join(("tabColorStyle", *(f"gridProperties.{name}" for name in grid)))
    yield {"updateSheetProperties": {"properties": properties, "fields": fields}}
    for column, place in zip(page.columns, aligned.columns, strict=True):
        span = {"sheetId": sheet_id, "dimension": "COLUMNS", "startIndex": place, "endIndex": place + 1}
        size = {"pixelSize": column.width}
        yield {"updateDimensionProperties": {"range": span, "properties": size, "fields": "pixelSize"}}
    span = {"sheetId": sheet_id, "startColumnIndex": aligned.columns[0], "endColumnIndex": aligned.columns[-1] + 1}
    middle = {"userEnteredFormat": {"verticalAlignment": "MIDDLE"}}
    yield {"repeatCell": {"range": span, "cell": middle, "fields": "userEnteredFormat.verticalAlignment"}}
    yield protect(page, sheet_id, aligned.columns[0], aligned.columns[page.protected - 1] + 1)


def protect(page: Page, sheet_id: int, first: int, end: int) -> JsonObject:
    """A warning to whoever types into these columns; nobody is kept out."""
    protected = {
        "range": {"sheetId": sheet_id, "startColumnIndex": first, "endColumnIndex": end},
        "description": mark(page.role),
        "warningOnly": True,
    }
    return {"addProtectedRange": {"protectedRange": protected}}


def _charts(page: Page, state: TabState | None, sheet_id: int, aligned: Aligned) -> Iterator[JsonObject]:
    """Charts that are missing; those that are there follow their cells, and are told where rows came or went."""
    for chart in page.charts:
        chart_id = stable_id("chart", page.role, chart.name)
        spec = _spec(chart, sheet_id, aligned)
        if state is None or chart_id not in state.ids:
            yield {"addChart": {"chart": {"chartId": chart_id, "spec": spec, "position": _position(chart, sheet_id)}}}
        elif aligned.requests:
            yield {"updateChartSpec": {"chartId": chart_id, "spec": spec}}


def _position(chart: PageChart, sheet_id: int) -> JsonObject:
    anchor = {"sheetId": sheet_id, "rowIndex": chart.row, "columnIndex": chart.column}
    return {"overlayPosition": {"anchorCell": anchor, "widthPixels": chart.width, "heightPixels": chart.height}}


def filters(page: Page, state: TabState | None, sheet_id: int, aligned: Aligned) -> Iterator[JsonObject]:
    """Filter views that are missing; where rows came or went, those that are there are told."""
    for wanted in page.filters:
        view = filter_view(wanted, page.role, sheet_id, aligned)
        if state is None or view["filterViewId"] not in state.ids:
            yield {"addFilterView": {"filter": view}}
        elif aligned.requests:
            yield {"updateFilterView": {"filter": view, "fields": "range"}}


def filter_view(wanted: Filter, role: str, sheet_id: int, aligned: Aligned) -> JsonObject:
    """A `FilterView` over our columns."""
    span = {
        "sheetId": sheet_id,
        "startRowIndex": aligned.rows.index(wanted.first_row),
        "startColumnIndex": min(aligned.columns),
        "endColumnIndex": max(aligned.columns) + 1,
    }
    if wanted.last_row is not None:
        span["endRowIndex"] = aligned.rows.index(wanted.last_row) + 1
    specs = [
        {"columnIndex": aligned.columns[column], "filterCriteria": {"condition": _condition(text)}}
        for column, text in ((wanted.column, wanted.wanted), *wanted.also)
    ]
    return {"filterViewId": view_id(role, wanted.name), "title": wanted.title, "range": span, "filterSpecs": specs}


def _condition(text: str) -> JsonObject:
    return {"type": "TEXT_EQ", "values": [{"userEnteredValue": text}]} if text else {"type": "NOT_BLANK"}


def _spec(chart: PageChart, sheet_id: int, aligned: Aligned) -> JsonObject:
    def source(span: Span) -> JsonObject:
        return {"sourceRange": {"sources": [_range(span, sheet_id, aligned)]}}

    axis = "BOTTOM_AXIS" if chart.kind is ChartKind.BAR else "LEFT_AXIS"
    basic = {
        "chartType": chart.kind.value,
        "legendPosition": "NO_LEGEND",
        "domains": [{"domain": source(chart.domain), **({"reversed": True} if chart.backwards else {})}],
        "series": [{"series": source(chart.series), "targetAxis": axis, "colorStyle": colour("#24527a")}],
        "axis": [{"position": axis, "viewWindowOptions": {"viewWindowMin": 0, "viewWindowMax": 10}}],
        "headerCount": 0,
    }
    return {"title": chart.title, "altText": chart.alternative, "basicChart": basic}


def _range(span: Span, sheet_id: int, aligned: Aligned) -> JsonObject:
    """The cells of a span, where rows that people keep are counted in."""
    return {
        "sheetId": sheet_id,
        "startRowIndex": aligned.rows.index(span.first_row),
        "endRowIndex": aligned.rows.index(span.last_row) + 1,
        "startColumnIndex": aligned.columns[span.first_column],
        "endColumnIndex": aligned.columns[span.last_column] + 1,
    }
