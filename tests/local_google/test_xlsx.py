"""Excel files: what makes the journey into a workbook and out of it."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime, time
from typing import Any
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.workbook import Workbook as Excel
from openpyxl.worksheet.datavalidation import DataValidation

from sheets_sync.local_google.drive import pages
from sheets_sync.local_google.drive.conversion import converted, exported, write_text
from sheets_sync.local_google.drive.model import CSV, TSV, XLSX
from sheets_sync.local_google.errors import ApiError
from sheets_sync.local_google.sheets.defaults import new_sheet, new_workbook
from sheets_sync.local_google.values.render import shown
from sheets_sync.local_google.workbook import Box, Cell, Formula, Workbook
from sheets_sync.local_google.xlsx.formulas import from_excel, to_excel
from sheets_sync.local_google.xlsx.limits import NotExcelError
from sheets_sync.local_google.xlsx.read import read
from sheets_sync.local_google.xlsx.write import excel_title, write

NOW = datetime(2024, 11, 5, tzinfo=UTC)


def packed(excel: Excel) -> bytes:
    out = io.BytesIO()
    excel.save(out)
    return out.getvalue()


def opened(book: Workbook) -> Excel:
    return openpyxl.load_workbook(io.BytesIO(write(book)))


def test_values_of_every_kind_are_read() -> None:
    """Numbers, texts, truth values, dates and times as serials, errors and formulas."""
    excel = openpyxl.Workbook()
    ws = excel.worksheets[0]
    for column, value in enumerate([1250, 7.72, "0042", True, date(2024, 11, 5), time(6, 0), "=A1*2", None], 1):
        ws.cell(1, column, value)
    ws["I1"] = "#N/A"
    sheet = read(packed(excel)).sheets[0]
    row = [sheet.cell(0, column).entered for column in range(9)]
    assert row[:6] == [1250, 7.72, "0042", True, 45601, 0.25]
    assert row[6:] == [Formula("=A1*2"), None, Formula("=#N/A")]
    assert shown(sheet.cell(0, 4), "en_US") == "2024-11-05"


def test_looks_notes_and_layout_make_the_journey_both_ways() -> None:
    """What is read from an Excel file and written again is in the new file too."""
    excel = openpyxl.Workbook()
    ws = excel.worksheets[0]
    ws.title = "Tangkum"
    ws["A1"], ws["A1"].font = "Judul", Font(b=True, i=True, sz=14, color="FF1155CC")
    ws["A1"].fill = PatternFill("solid", fgColor="FFFFF2CC")
    ws["A1"].alignment = Alignment(horizontal="center", vertical="top", wrap_text=True, textRotation=45)
    ws["A1"].border = Border(bottom=Side(style="medium", color="FF000000"))
    ws["B2"], ws["B2"].number_format = 0.0772, "0.00%"
    ws["B2"].comment = Comment("Dari buku tamu", "Ani")
    ws["C3"], ws["C3"].hyperlink = "situs", "https://example.com/a"
    ws.merge_cells("A1:C1")
    ws.freeze_panes = "B2"
    ws.column_dimensions["A"].width, ws.row_dimensions[2].height = 30, 24
    ws.sheet_properties.tabColor = "FF00FF00"
    rule = DataValidation("list", '"Ya,Tidak"')
    rule.add("D2:D3")
    ws.add_data_validation(rule)
    excel.create_sheet("Rahasia").sheet_state = "hidden"
    first = read(packed(excel))
    book = new_workbook("x", "Uji")
    book.sheets, book.named_ranges = first.sheets, first.named_ranges
    again = opened(book)
    new = again["Tangkum"]
    for place in ("font.b", "font.i", "font.sz", "fill.fgColor.rgb", "alignment.horizontal", "alignment.wrap_text"):
        one, other = ws["A1"], new["A1"]
        for name in place.split("."):
            one, other = getattr(one, name), getattr(other, name)
        assert str(one)[-6:] == str(other)[-6:], place
    assert new["A1"].alignment.textRotation == 45
    assert new["A1"].border.bottom.style == "medium"
    assert (new["B2"].number_format, new["B2"].comment.text) == ("0.00%", "Dari buku tamu")
    assert new["C3"].hyperlink.target == "https://example.com/a"
    assert [str(area) for area in new.merged_cells.ranges] == ["A1:C1"]
    assert new.freeze_panes == "B2"
    assert (round(new.column_dimensions["A"].width), new.row_dimensions[2].height) == (30, 24)
    assert str(new.sheet_properties.tabColor).count("00FF00") == 1
    assert [(str(one.sqref), one.formula1) for one in new.data_validations.dataValidation] == [("D2:D3", '"Ya,Tidak"')]
    assert again["Rahasia"].sheet_state == "hidden"
    assert shown(first.sheets[0].cell(1, 1), "en_US") == "7.72%"


def test_named_ranges_make_the_journey() -> None:
    """A name of one range keeps its place."""
    book = new_workbook("x", "Uji")
    area = {"sheetId": 0, "startRowIndex": 1, "endRowIndex": 3, "startColumnIndex": 0, "endColumnIndex": 2}
    book.named_ranges = [{"namedRangeId": "1", "name": "Data", "range": area}]
    found = read(write(book), first_id=5).named_ranges
    assert [(named["name"], named["range"]) for named in found] == [("Data", area | {"sheetId": 5})]


def test_texts_that_look_like_formulas_stay_texts() -> None:
    """A text beginning with = is not turned into a formula by the journey."""
    book = new_workbook("x", "Uji")
    book.sheets[0].put(0, 0, Cell("=1+1"))
    assert opened(book)["Sheet1"]["A1"].data_type == "s"
    assert read(write(book)).sheets[0].cell(0, 0).entered == "=1+1"


@pytest.mark.parametrize(
    ("text", "decimal", "expected"),
    [
        ("=SUM(A1;1,5)*{1\\2;3\\4}", ",", "=SUM(A1,1.5)*{1,2;3,4}"),
        ('=IF(A1="1,5;2";1;2)', ",", '=IF(A1="1,5;2",1,2)'),
        ("=SUM(A2:A)", ".", "=SUM(A2:A1000)"),
        ("=SUM('Tab 1'!$B$2:$B)", ".", "=SUM('Tab 1'!$B$2:$B1000)"),
        ("=SUM(B2:5)+SUM(C:C)+A1", ".", "=SUM(B2:Z5)+SUM(C:C)+A1"),
    ],
)
def test_formulas_leave_in_excels_spelling(text: str, decimal: str, expected: str) -> None:
    """Separators and decimals become Excel's, open ranges get an end."""
    assert to_excel(text, decimal, 1000, 26) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("=SUM(A1,1.5)", "=SUM(A1;1,5)"), ("={1,2;3,4}", "={1\\2;3\\4}"), ('=LEN("a,b.c")', '=LEN("a,b.c")')],
)
def test_formulas_arrive_in_the_locales_spelling(text: str, expected: str) -> None:
    """An Indonesian workbook has semicolons and decimal commas."""
    assert from_excel(text, ",") == expected
    assert from_excel(text, ".") == text


def test_an_import_computes_formulas_and_keeps_results_it_cannot_compute() -> None:
    """Known functions are evaluated; of unknown ones Excel's own result stays."""
    excel = openpyxl.Workbook()
    excel.worksheets[0]["A1"] = "=1+2"
    book = converted(packed(excel), XLSX, new_workbook("x", "Uji"), NOW)
    assert book.sheets[0].cell(0, 0).value == 3
    assert book.touched == {0, book.sheets[0].id}


def test_what_is_no_excel_file_is_refused() -> None:
    """Bytes that can't be read raise, and an import answers 400."""
    with pytest.raises(NotExcelError):
        read(b"PK-not-really")
    for content, kind in ((b"PK-not-really", XLSX), (b"x", "image/png")):
        with pytest.raises(ApiError) as refused:
            converted(content, kind, new_workbook("x", "Uji"), NOW)
        assert refused.value.code == 400


@pytest.mark.parametrize(
    ("title", "expected"), [("a/b:c", "a_b_c"), ("x" * 40, "x" * 31), ("", "Sheet"), ("Sudah", "Sudah_2")]
)
def test_titles_fit_excel(title: str, expected: str) -> None:
    """Titles are shortened, cleaned and told apart."""
    assert excel_title(title, {"sudah"}) == expected


def test_text_exports_show_what_is_seen() -> None:
    """A csv holds formatted values in the locale, padded to one width; a tsv has no quotes."""
    book = new_workbook("x", "Uji", locale="in_ID")
    sheet = book.sheets[0]
    sheet.put(0, 0, Cell(1234.5, format={"numberFormat": {"type": "NUMBER", "pattern": "#,##0.0"}}))
    sheet.put(0, 1, Cell("baris\n2"))
    sheet.put(2, 0, Cell(None, note="hanya catatan"))
    sheet.put(1, 2, Cell("x"))
    assert write_text(sheet, "in_ID", CSV) == '"1.234,5","baris\n2",\r\n,,x'
    assert write_text(sheet, "in_ID", TSV) == "1.234,5\tbaris 2\t\r\n\t\tx"
    assert exported(book, CSV) == write_text(sheet, "in_ID", CSV).encode()


def test_empty_and_merged_sheets_can_be_written() -> None:
    """A workbook whose tabs are all hidden or empty is still a file Excel opens."""
    book = new_workbook("x", "Uji")
    book.sheets = [new_sheet(1, "A", {"hidden": True})]
    book.sheets[0].merges = [Box(0, 0, 2, 2)]
    assert opened(book).sheetnames == ["A", "Sheet1"]


def test_pages_show_every_visible_tab() -> None:
    """HTML, ODS and PDF hold what shows, numbers as numbers where the format has them."""
    book = new_workbook("x", "Uji")
    book.sheets[0].put(0, 0, Cell('a<b & "c"'))
    book.sheets[0].put(1, 1, Cell(7.72))
    book.sheets.append(new_sheet(1, "Rahasia/1", {"hidden": True}))
    with zipfile.ZipFile(io.BytesIO(pages.zipped_html(book))) as packed:
        assert packed.namelist() == ["Sheet1.html"]
        assert "<td>a&lt;b &amp; &quot;c&quot;</td>" in packed.read("Sheet1.html").decode()
    with zipfile.ZipFile(io.BytesIO(pages.ods(book))) as packed:
        assert packed.read("mimetype").decode() == pages.ODS
        content = ET.fromstring(packed.read("content.xml"))
        assert "".join(content.itertext()) == 'a<b & "c"7.72'
        assert b"office:value='7.72'" in packed.read("content.xml")
    assert pages.pdf(book)[:5] == b"%PDF-"


def test_rules_make_the_journey_both_ways() -> None:
    """Conditions, looks, colour scales and their order come back as they were, in the workbook's spelling."""
    book = new_workbook("x", "Uji", locale="in_ID")
    sheet = book.sheets[0]
    area = {"startRowIndex": 1, "endRowIndex": 9, "startColumnIndex": 0, "endColumnIndex": 2}
    red = {"backgroundColor": {"red": 1}, "backgroundColorStyle": {"rgbColor": {"red": 1}}}
    bold = {"textFormat": {"bold": True}}

    def rule(kind: str, *values: str, look: Any = red) -> dict[str, Any]:
        wanted = {"values": [{"userEnteredValue": value} for value in values]} if values else {}
        return {"ranges": [area], "booleanRule": {"condition": {"type": kind} | wanted, "format": look}}

    scale = {
        "minpoint": {"type": "MIN", "color": {"red": 1}},
        "maxpoint": {"type": "NUMBER", "value": "10", "color": {"green": 1}},
    }
    both = {name: point | {"colorStyle": {"rgbColor": point["color"]}} for name, point in scale.items()}
    sheet.conditional_formats = [
        rule("NUMBER_BETWEEN", "1,5", "=SUM(A1;B1)"),
        rule("TEXT_CONTAINS", 'kata "x"', look=bold),
        rule("CUSTOM_FORMULA", "=AND($A2>1;B2<2,5)"),
        rule("NOT_BLANK"),
        rule("TEXT_NOT_CONTAINS", "y"),
        {"ranges": [area], "gradientRule": both},
    ]
    sheet.basic_filter = {"range": area}
    again = read(write(book), 0, ",").sheets[0]
    assert again.conditional_formats == sheet.conditional_formats
    assert again.basic_filter == sheet.basic_filter
