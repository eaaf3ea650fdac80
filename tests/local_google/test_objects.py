"""Charts and slicers."""

from __future__ import annotations

from typing import Any

from sheet_client import Book, grid_range, lines

AREA = grid_range(0, 0, 4, 3)


def chart(**spec: Any) -> dict[str, Any]:
    series = {"series": {"sourceRange": {"sources": [grid_range(0, 1, 5, 2)]}}}
    basic = {"basicChart": {"chartType": "LINE", "series": [series], "domains": []}}
    return {"title": "Grafik"} | basic | spec


def test_a_chart_is_placed_changed_moved_and_deleted(book: Book) -> None:
    """Over a cell, 600 by 371 unless it is said."""
    position = {"overlayPosition": {"anchorCell": {"rowIndex": 3, "columnIndex": 4}}}
    (reply,) = book.batch({"addChart": {"chart": {"spec": chart(), "position": position}}})
    made = reply["addChart"]["chart"]
    overlay = {"anchorCell": {"rowIndex": 3, "columnIndex": 4}, "widthPixels": 600, "heightPixels": 371}
    assert made["position"] == {"overlayPosition": overlay}
    assert made["spec"]["hiddenDimensionStrategy"] == "SKIP_HIDDEN_ROWS_AND_COLUMNS"
    book.batch({"updateChartSpec": {"chartId": made["chartId"], "spec": chart(title="Baru")}})
    assert book.sheet("charts")[0]["spec"]["title"] == "Baru"
    move = {
        "objectId": made["chartId"],
        "newPosition": {"overlayPosition": {"widthPixels": 50}},
        "fields": "widthPixels",
    }
    (moved,) = book.batch({"updateEmbeddedObjectPosition": move})
    assert moved["updateEmbeddedObjectPosition"]["position"]["overlayPosition"] == overlay | {"widthPixels": 50}
    border = {"objectId": made["chartId"], "border": {"color": {"red": 1}}, "fields": "color"}
    book.batch({"updateEmbeddedObjectBorder": border})
    assert book.sheet("charts")[0]["border"]["colorStyle"] == {"rgbColor": {"red": 1}}
    book.batch({"deleteEmbeddedObject": {"objectId": made["chartId"]}})
    assert book.sheet("charts") is None
    assert book.refusal({"updateChartSpec": {"chartId": 5, "spec": chart()}}).endswith("No chart with id: 5")


def test_a_chart_may_have_a_sheet_of_its_own(book: Book) -> None:
    """A sheet without a grid, which goes with its chart."""
    (reply,) = book.batch({"addChart": {"chart": {"spec": chart(), "position": {"newSheet": True}}}})
    properties = book.get()["sheets"][1]["properties"]
    assert properties["sheetType"] == "OBJECT"
    assert "gridProperties" not in properties
    assert reply["addChart"]["chart"]["position"] == {"sheetId": properties["sheetId"]}
    book.batch({"deleteEmbeddedObject": {"objectId": reply["addChart"]["chart"]["chartId"]}})
    assert len(book.get()["sheets"]) == 1


def test_a_chart_stays_without_the_series_whose_cells_are_deleted(book: Book) -> None:
    """As in Google it is silently poorer."""
    book.batch(
        {"addChart": {"chart": {"spec": chart(), "position": {"overlayPosition": {"anchorCell": {}}}}}},
        {"deleteDimension": {"range": lines("COLUMNS", 1, 2)}},
    )
    assert book.sheet("charts")[0]["spec"]["basicChart"].get("series", []) == []


def test_a_chart_is_of_exactly_one_kind(book: Book) -> None:
    """A spec that says none is refused."""
    request = {"addChart": {"chart": {"spec": {"title": "x"}, "position": {"newSheet": True}}}}
    assert book.refusal(request).startswith("Invalid requests[0].addChart: One of basicChart, pieChart, bubbleChart")
    empty = {"addChart": {"chart": {"spec": {"basicChart": {}}, "position": {"newSheet": True}}}}
    code, message, _ = book.client.refused("POST", f"{book.path}:batchUpdate", {"requests": [empty]})
    assert (code, message) == (500, "Internal error encountered.")


def test_a_slicer_is_added_changed_and_deleted(book: Book) -> None:
    """It lies over the cells like a chart."""
    spec = {"dataRange": AREA, "columnIndex": 1, "title": "Saring"}
    (reply,) = book.batch(
        {"addSlicer": {"slicer": {"spec": spec, "position": {"overlayPosition": {"anchorCell": {"rowIndex": 5}}}}}}
    )
    slicer_id = reply["addSlicer"]["slicer"]["slicerId"]
    book.batch({"updateSlicerSpec": {"slicerId": slicer_id, "spec": {"title": "Pilih"}, "fields": "title"}})
    (found,) = book.sheet("slicers")
    assert found["spec"]["title"] == "Pilih"
    assert found["spec"]["columnIndex"] == 1
    book.batch({"deleteEmbeddedObject": {"objectId": slicer_id}})
    assert book.sheet("slicers") is None
