"""Conditional formats in effective formats, and the addresses of HYPERLINK formulas, through HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from local_http import Http, sign_in

from sheets_sync.local_google import LocalGoogle

RED, BOLD = {"backgroundColor": {"red": 1}}, {"textFormat": {"bold": True}}
AREA = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 5, "startColumnIndex": 0, "endColumnIndex": 2}


@pytest.fixture(scope="module")
def me() -> Iterator[Http]:
    with LocalGoogle(clock=lambda: datetime(2024, 11, 5, 3, tzinfo=UTC)) as google:
        yield sign_in(google)


def book_with(me: Http, rows: list[list[Any]], *rules: dict[str, Any]) -> str:
    """A workbook with these values and conditional formats over A1:B5."""
    file_id = str(me.ok("POST", "/v4/spreadsheets", {})["spreadsheetId"])
    path = f"/v4/spreadsheets/{file_id}"
    me.ok("PUT", f"{path}/values/A1", {"values": rows}, valueInputOption="USER_ENTERED")
    adds = [
        {"addConditionalFormatRule": {"rule": {"ranges": [AREA], **rule}, "index": i}} for i, rule in enumerate(rules)
    ]
    if adds:
        me.ok("POST", f"{path}:batchUpdate", {"requests": adds})
    return file_id


def looks(me: Http, file_id: str, fields: str = "effectiveFormat(backgroundColor,textFormat(bold))") -> list[Any]:
    """What the cells of column A show."""
    mask = f"sheets.data.rowData.values({fields})"
    data = me.ok("GET", f"/v4/spreadsheets/{file_id}", ranges="A1:A5", fields=mask)["sheets"][0]["data"][0]
    return [row.get("values", [{}])[0] for row in data.get("rowData", [])]


def rule(kind: str, *values: str, look: dict[str, Any] = RED) -> dict[str, Any]:
    wanted = [{"userEnteredValue": value} for value in values]
    return {"booleanRule": {"condition": {"type": kind, "values": wanted}, "format": look}}


@pytest.mark.parametrize(
    ("condition", "values", "struck"),
    [
        (rule("NUMBER_GREATER", "2"), [1, 2, 3], [2]),
        (rule("NUMBER_BETWEEN", "2", "=1+2"), [1, 2, 3], [1, 2]),
        (rule("TEXT_CONTAINS", "ang"), ["Tangkum", "Turan", "angka"], [0, 2]),
        (rule("NOT_BLANK"), ["x", "", "y"], [0, 2]),
        (rule("DATE_BEFORE", "2024-11-05"), ["2024-11-04", "2024-11-05"], [0]),
        (rule("CUSTOM_FORMULA", "=A1>B1"), [[3, 2], [1, 2], [5, 4]], [0, 2]),
        (rule("CUSTOM_FORMULA", "=$A$1=3"), [[3], [1]], [0, 1]),
    ],
)
def test_rules_show_in_effective_formats(me: Http, condition: Any, values: list[Any], struck: list[int]) -> None:
    """Cells that fulfil a rule have its look, others don't."""
    rows = [value if isinstance(value, list) else [value] for value in values]
    found = looks(me, book_with(me, rows, condition))
    red = [
        place
        for place, cell in enumerate(found)
        if cell.get("effectiveFormat", {}).get("backgroundColor") == {"red": 1}
    ]
    assert red == struck


def test_the_earlier_rule_counts(me: Http) -> None:
    """Rules add up; where two set the same thing, the first one stays."""
    blue = {"backgroundColor": {"blue": 1}, **BOLD}
    file_id = book_with(me, [["x"]], rule("NOT_BLANK"), rule("NOT_BLANK", look=blue))
    assert looks(me, file_id)[0]["effectiveFormat"] == {"backgroundColor": {"red": 1}, **BOLD}


def test_relative_dates(me: Http) -> None:
    """PAST_WEEK is counted from the server's today."""
    wanted = {"type": "DATE_AFTER", "values": [{"relativeDate": "PAST_WEEK"}]}
    file_id = book_with(me, [["2024-11-03"], ["2024-10-01"]], {"booleanRule": {"condition": wanted, "format": BOLD}})
    bold = [cell["effectiveFormat"]["textFormat"]["bold"] for cell in looks(me, file_id)]
    assert bold == [True, False]


def test_colour_scales(me: Http) -> None:
    """A gradient mixes the colours of its ends in the steps that Google keeps."""
    points = {
        "minpoint": {"type": "MIN", "color": {"red": 1}},
        "maxpoint": {"type": "NUMBER", "value": "10", "color": {"green": 1}},
    }
    found = looks(me, book_with(me, [[0], [5], [10], ["x"]], {"gradientRule": points}))
    colors = [cell["effectiveFormat"]["backgroundColor"] for cell in found]
    assert colors[:3] == [{"red": 1}, {"red": 0.49803922, "green": 0.49803922}, {"green": 1}]
    assert colors[3] == {"red": 1, "green": 1, "blue": 1}


def test_hyperlink_formulas_lead_somewhere(me: Http) -> None:
    """The address of a HYPERLINK formula is told, relative parts and all."""
    file_id = book_with(me, [['=HYPERLINK("https://example.com/"&B1, "situs")', "x"], ["=1"]])
    assert looks(me, file_id, "hyperlink,formattedValue") == [
        {"formattedValue": "situs", "hyperlink": "https://example.com/x"},
        {"formattedValue": "1"},
    ]


@pytest.mark.parametrize(
    ("condition", "hidden"),
    [
        ({"type": "NUMBER_GREATER", "values": [{"userEnteredValue": "1"}]}, [1]),
        ({"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": "=A2>B2"}]}, [1, 3]),
        ({"type": "DATE_AFTER", "values": [{"relativeDate": "TODAY"}]}, [1, 2, 3]),
    ],
)
def test_filters_judge_by_the_same_conditions(me: Http, condition: Any, hidden: list[int]) -> None:
    """Rows that a filter's condition does not let through are told as hidden."""
    file_id = book_with(me, [["n", "m"], [1, 2], [5, 4], [3, 9]])
    area = AREA | {"endRowIndex": 4}
    wanted = {"range": area, "filterSpecs": [{"columnIndex": 0, "filterCriteria": {"condition": condition}}]}
    path = f"/v4/spreadsheets/{file_id}"
    me.ok("POST", f"{path}:batchUpdate", {"requests": [{"setBasicFilter": {"filter": wanted}}]})
    data = me.ok("GET", path, fields="sheets(basicFilter,data.rowMetadata.hiddenByFilter)")["sheets"][0]
    rows = data["data"][0]["rowMetadata"]
    assert [index for index, row in enumerate(rows) if row.get("hiddenByFilter")] == hidden
    assert data["basicFilter"]["criteria"] == {"0": {"condition": condition}}


def test_what_a_merge_covers_takes_no_values(me: Http) -> None:
    """Values written to a covered cell are dropped."""
    file_id = book_with(me, [["x"]])
    path = f"/v4/spreadsheets/{file_id}"
    area = {"sheetId": 0, "startRowIndex": 1, "endRowIndex": 2, "startColumnIndex": 0, "endColumnIndex": 2}
    me.ok("POST", f"{path}:batchUpdate", {"requests": [{"mergeCells": {"range": area, "mergeType": "MERGE_ALL"}}]})
    me.ok("PUT", f"{path}/values/A2", {"values": [["a", "b", "c"]]}, valueInputOption="RAW")
    assert me.ok("GET", f"{path}/values/A2:C2")["values"] == [["a", "", "c"]]
