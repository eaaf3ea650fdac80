"""Requests for what lies over the cells: charts and slicers."""

from __future__ import annotations

from collections.abc import Mapping

from sheets_sync.local_google.errors import ApiError
from sheets_sync.local_google.json_types import JsonObject
from sheets_sync.local_google.sheets.batch import Apply, Batch, Refused
from sheets_sync.local_google.sheets.masks import listed
from sheets_sync.local_google.sheets.requests.lookup import find, fresh_id
from sheets_sync.local_google.sheets.requests.tabs import add_object_sheet
from sheets_sync.local_google.workbook import Sheet

CHART_DEFAULTS: JsonObject = {"fontName": "Roboto", "hiddenDimensionStrategy": "SKIP_HIDDEN_ROWS_AND_COLUMNS"}
NO_KIND = (
    "One of basicChart, pieChart, bubbleChart, candelstickChart, histogramChart, or orgChart must be set on chartSpec"
)
SIZE: JsonObject = {"widthPixels": 600, "heightPixels": 371}


def add_chart(batch: Batch, request: JsonObject) -> JsonObject:
    given = request.get("chart", {})
    spec = _checked(given.get("spec", {}))
    sheet, position = _placed(batch, given.get("position", {}))
    chart_id = fresh_id(batch, "charts", "chartId", given.get("chartId"), "chart")
    chart = {"chartId": chart_id, "spec": spec, "position": position}
    if "border" in given:
        chart["border"] = given["border"]
    sheet.charts.append(chart)
    return {"chart": chart}


def _checked(spec: JsonObject) -> JsonObject:
    """The spec with Google's defaults. It has to be of exactly one kind of chart."""
    kinds = [name for name in spec if name.endswith("Chart")]
    if len(kinds) != 1:
        raise Refused(NO_KIND)
    basic = spec.get("basicChart", {"series": True})
    if not basic.get("series") and not basic.get("domains"):
        raise ApiError(500, "Internal error encountered.")  # Google's answer to a chart of nothing
    titled = {"titleTextFormat": {"fontFamily": "Roboto"} | spec.get("titleTextFormat", {})} if "title" in spec else {}
    return CHART_DEFAULTS | spec | titled


def _placed(batch: Batch, position: JsonObject) -> tuple[Sheet, JsonObject]:
    """The sheet of a position, and the position as Google keeps it. A new sheet is made where that is asked for."""
    if position.get("newSheet") or "sheetId" in position:
        sheet = add_object_sheet(batch, position.get("sheetId"))
        return sheet, {"sheetId": sheet.id}
    overlay = position.get("overlayPosition", {})
    sheet, _, _ = batch.cell(overlay.get("anchorCell", {}))
    return sheet, {"overlayPosition": {"anchorCell": overlay.get("anchorCell", {})} | SIZE | overlay}


def update_chart_spec(batch: Batch, request: JsonObject) -> None:
    sheet, place = find(batch, "charts", "chartId", request.get("chartId", 0), "chart")
    sheet.charts[place] = sheet.charts[place] | {"spec": _checked(request.get("spec", {}))}


def _object(batch: Batch, wanted: int) -> tuple[Sheet, str, int]:
    """A chart or slicer: its sheet, list and place."""
    for items, key in (("charts", "chartId"), ("slicers", "slicerId")):
        try:
            sheet, place = find(batch, items, key, wanted, "embedded object")
        except Refused:
            continue
        return sheet, items, place
    raise Refused(f"No embedded object with id: {wanted}")


def delete_embedded_object(batch: Batch, request: JsonObject) -> None:
    sheet, items, place = _object(batch, request.get("objectId", 0))
    del getattr(sheet, items)[place]
    if sheet.properties["sheetType"] == "OBJECT":
        batch.workbook.sheets.remove(sheet)


def update_embedded_object_position(batch: Batch, request: JsonObject) -> JsonObject:
    sheet, items, place = _object(batch, request.get("objectId", 0))
    found, given = getattr(sheet, items)[place], request.get("newPosition", {})
    if "overlayPosition" in given:
        mask = listed(request, "OverlayPosition")
        old = found["position"].get("overlayPosition", {})
        given = {"overlayPosition": mask.take(old, given["overlayPosition"])}
    target, position = _placed(batch, given)
    del getattr(sheet, items)[place]
    getattr(target, items).append(found | {"position": position})
    if sheet.properties["sheetType"] == "OBJECT" and sheet is not target:
        batch.workbook.sheets.remove(sheet)
    return {"position": position}


def update_embedded_object_border(batch: Batch, request: JsonObject) -> None:
    sheet, items, place = _object(batch, request.get("objectId", 0))
    mask, found = listed(request, "EmbeddedObjectBorder"), getattr(sheet, items)[place]
    border = mask.take(found.get("border", {}), request.get("border", {}))
    getattr(sheet, items)[place] = found | {"border": border}


def add_slicer(batch: Batch, request: JsonObject) -> JsonObject:
    given = request.get("slicer", {})
    sheet, position = _placed(batch, given.get("position", {}))
    batch.area(given.get("spec", {}).get("dataRange", {}))
    slicer_id = fresh_id(batch, "slicers", "slicerId", given.get("slicerId"), "slicer")
    slicer = {"slicerId": slicer_id, "spec": given["spec"], "position": position}
    sheet.slicers.append(slicer)
    return {"slicer": slicer}


def update_slicer_spec(batch: Batch, request: JsonObject) -> None:
    mask = listed(request, "SlicerSpec")
    sheet, place = find(batch, "slicers", "slicerId", request.get("slicerId", 0), "slicer")
    old = sheet.slicers[place]
    spec = mask.take(old["spec"], request.get("spec", {}))
    batch.area(spec.get("dataRange", {}))
    sheet.slicers[place] = old | {"spec": spec}


REQUESTS: Mapping[str, Apply] = {
    "addChart": add_chart,
    "updateChartSpec": update_chart_spec,
    "deleteEmbeddedObject": delete_embedded_object,
    "updateEmbeddedObjectPosition": update_embedded_object_position,
    "updateEmbeddedObjectBorder": update_embedded_object_border,
    "addSlicer": add_slicer,
    "updateSlicerSpec": update_slicer_spec,
}
