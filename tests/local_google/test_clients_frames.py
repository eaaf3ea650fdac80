"""Unmodified gspread-dataframe and gspread-formatting at work on a local Google."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import gspread
import gspread_formatting as looks
import pandas as pd
import pytest
from gspread import Worksheet
from gspread_dataframe import get_as_dataframe, set_with_dataframe
from gspread_formatting.dataframe import BasicFormatter, format_with_dataframe
from local_clients import gspread_client

from sheets_sync.local_google import LocalGoogle


@pytest.fixture(scope="module")
def client() -> Iterator[gspread.Client]:
    with LocalGoogle() as google:
        made = gspread_client(google)
        yield made
        made.http_client.session.close()


@pytest.fixture
def sheet(client: gspread.Client, request: pytest.FixtureRequest) -> Worksheet:
    return client.create(request.node.name).sheet1


def test_a_frame_makes_the_journey(sheet: Worksheet) -> None:
    """Numbers, texts, truth values, dates, blanks and leading apostrophes come back as they were."""
    frame = pd.DataFrame(
        {
            "nama": ["Tangkum", "'07", "=1+1"],
            "jumlah": [1250, 7, None],
            "benar": [True, False, True],
            "hari": pd.to_datetime(["2024-11-05", "2024-11-06", "2024-11-07"]),
        }
    )
    set_with_dataframe(sheet, frame, include_index=True, resize=True)
    assert (sheet.row_count, sheet.col_count) == (4, 5)
    read = get_as_dataframe(sheet, index_col=0, parse_dates=["hari"])
    assert read["jumlah"].tolist()[:2] == [1250, 7]
    assert read["nama"].tolist() == ["Tangkum", "'07", "=1+1"]
    assert read["benar"].tolist() == [True, False, True]
    assert read["hari"].tolist() == frame["hari"].tolist()


def test_formulas_are_evaluated_on_the_way_back_or_not(sheet: Worksheet) -> None:
    """The reader chooses between a formula and its result."""
    set_with_dataframe(sheet, pd.DataFrame({"a": [1, 2], "b": ["=A2*10", "=SUM(A2:A3)"]}), allow_formulas=True)
    assert get_as_dataframe(sheet, evaluate_formulas=True)["b"].tolist() == [10, 3]
    assert get_as_dataframe(sheet, evaluate_formulas=False)["b"].tolist() == ["=A2*10", "=SUM(A2:A3)"]


def test_headers_of_several_rows(sheet: Worksheet) -> None:
    """A frame with two header rows comes back with them."""
    columns = pd.MultiIndex.from_tuples([("Jan", "a"), ("Jan", "b"), ("Feb", "a")], names=["bulan", "jenis"])
    frame = pd.DataFrame([[1, 2, 3]], columns=columns)
    set_with_dataframe(sheet, frame, resize=True)
    assert get_as_dataframe(sheet, header=[0, 1]).columns.tolist() == columns.tolist()


def test_formats_are_sent_and_read(sheet: Worksheet) -> None:
    """What was set is read as user-entered and, with the defaults, as effective format."""
    wanted = looks.CellFormat(
        backgroundColor=looks.Color(1, 0.9, 0.9),
        textFormat=looks.TextFormat(bold=True, foregroundColor=looks.Color(1, 0, 1)),
        horizontalAlignment="CENTER",
    )
    sheet.update([["x"]], "A1")
    looks.format_cell_range(sheet, "A1:J1", wanted)
    assert looks.get_user_entered_format(sheet, "A1").textFormat.bold is True
    effective = looks.get_effective_format(sheet, "A1")
    assert (effective.textFormat.fontFamily, effective.horizontalAlignment) == ("Arial", "CENTER")
    assert looks.get_default_format(sheet.spreadsheet).textFormat.fontSize == 10
    looks.format_cell_range(sheet, "1:1", looks.CellFormat(backgroundColor=looks.Color(0, 0, 0)))
    assert looks.get_user_entered_format(sheet, "A1").backgroundColor == looks.Color(0, 0, 0)


def test_sizes_and_frozen_parts(sheet: Worksheet) -> None:
    """Rows and columns get sizes and stay frozen."""
    looks.set_frozen(sheet, rows=1, cols=2)
    looks.set_row_height(sheet, "1:3", 42)
    looks.set_column_widths(sheet, [("A", 200), ("B:C", 50)])
    assert (looks.get_frozen_row_count(sheet), looks.get_frozen_column_count(sheet)) == (1, 2)
    params: dict[str, str | int | bool | float | list[str] | None] = {
        "fields": "sheets.data(rowMetadata,columnMetadata)"
    }
    data = sheet.spreadsheet.fetch_sheet_metadata(params)["sheets"][0]["data"][0]
    assert [row["pixelSize"] for row in data["rowMetadata"][:4]] == [42, 42, 42, 21]
    assert [column["pixelSize"] for column in data["columnMetadata"][:4]] == [200, 50, 50, 100]


def test_rules_show_their_effect(sheet: Worksheet) -> None:
    """A conditional format is saved, read, seen in the effective format, and cleared."""
    sheet.update([["A", "B"]], "A1")
    rules = looks.get_conditional_format_rules(sheet)
    rules.append(
        looks.ConditionalFormatRule(
            ranges=[looks.GridRange.from_a1_range("A1:D1", sheet)],
            booleanRule=looks.BooleanRule(
                condition=looks.BooleanCondition("TEXT_CONTAINS", ["A"]),
                format=looks.CellFormat(textFormat=looks.TextFormat(bold=True)),
            ),
        )
    )
    rules.save()
    assert len(looks.get_conditional_format_rules(sheet)) == 1
    bold = [looks.get_effective_format(sheet, place).textFormat.bold for place in ("A1", "B1")]
    assert bold == [True, False]
    rules.clear()
    rules.save()
    assert list(looks.get_conditional_format_rules(sheet)) == []


def test_validation_rules_make_the_journey(sheet: Worksheet) -> None:
    """A rule is set on a range and read from a cell."""
    rule = looks.DataValidationRule(looks.BooleanCondition("ONE_OF_LIST", ["1", "2"]), showCustomUi=True, strict=True)
    looks.set_data_validation_for_cell_range(sheet, "A2:D2", rule)
    assert looks.get_data_validation_rule(sheet, "A2") == rule
    assert looks.get_data_validation_rule(sheet, "A1") is None


def test_a_whole_frame_is_formatted_in_one_batch(sheet: Worksheet) -> None:
    """The formatter of frames writes headers, numbers and dates in their looks."""
    rows = [{"i": i, "angka": i * 1000 + 7.8, "hari": datetime(2024, 11, i + 1, tzinfo=UTC).date()} for i in range(20)]
    frame = pd.DataFrame.from_records(rows, index=["i"])
    set_with_dataframe(sheet, frame, include_index=True)
    format_with_dataframe(sheet, frame, BasicFormatter.with_defaults(), include_index=True)
    assert looks.get_user_entered_format(sheet, "B1").textFormat.bold is True
    assert looks.get_user_entered_format(sheet, "A3").textFormat.bold is True


def test_several_changes_are_sent_together(client: gspread.Client, sheet: Worksheet) -> None:
    """The batch updater sends one request for all of them."""
    del client
    with looks.batch_updater(sheet.spreadsheet) as batch:
        batch.format_cell_range(sheet, "A1:B2", looks.CellFormat(textFormat=looks.TextFormat(italic=True)))
        batch.set_row_height(sheet, "1", 50)
    assert looks.get_user_entered_format(sheet, "B2").textFormat.italic is True
