"""An .xlsx file that is broken, or stands for gigabytes, is left alone by name; the others open."""

from __future__ import annotations

import io
import json
import os
import re
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from local_http import sign_in
from openpyxl.comments import Comment
from openpyxl.workbook import Workbook as Excel
from openpyxl.worksheet.datavalidation import DataValidation

from sheets_sync.local_google import LocalGoogle
from sheets_sync.local_google.xlsx import limits
from sheets_sync.local_google.xlsx.limits import NotExcelError
from sheets_sync.local_google.xlsx.read import read

EVERYWHERE = "A1:XFD1048576"
SHEET = "xl/worksheets/sheet1.xml"
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "haha">'
    + "".join(f'<!ENTITY {after} "{f"&{before};" * 10}">' for before, after in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)


def packed(change: Callable[[Excel], None] | None = None) -> bytes:
    """A small workbook as Excel would save it."""
    excel, out = openpyxl.Workbook(), io.BytesIO()
    excel.worksheets[0]["A1"] = "Perpustakaan"
    if change:
        change(excel)
    excel.save(out)
    return out.getvalue()


def edited(
    part: str, edit: Callable[[bytes], bytes], content: bytes = b"", method: int = zipfile.ZIP_DEFLATED
) -> bytes:
    """A workbook with one of its parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content or packed())) as old, zipfile.ZipFile(out, "w", method) as new:
        assert any(re.fullmatch(part, name) for name in old.namelist())
        for name in old.namelist():
            new.writestr(name, edit(old.read(name)) if re.fullmatch(part, name) else old.read(name))
    return out.getvalue()


def with_element(text: str) -> bytes:
    """A workbook whose tab has one more element behind its cells."""
    return edited(SHEET, lambda xml: xml.replace(b"</sheetData>", b"</sheetData>" + text.encode()))


def far_cell(excel: Excel) -> None:
    excel.worksheets[0]["XFD1048576"] = 1


def noted(excel: Excel) -> None:
    excel.worksheets[0]["A1"].comment = Comment("catatan", "saya")


def ruled(excel: Excel) -> None:
    rule = DataValidation("list", formula1='"ya,tidak"')
    rule.add(EVERYWHERE)
    excel.worksheets[0].add_data_validation(rule)
    excel.worksheets[0]["WA1"] = "kolom ke-599"


def many_sheets(excel: Excel) -> None:
    for _ in range(40):
        excel.create_sheet()["ALL1000"] = 1


def lying() -> bytes:
    """A part of 128 MB that says it has 100 bytes."""
    bomb = bytearray(edited(SHEET, lambda _: b" " * 2**27))
    entry = [found.start() for found in re.finditer(re.escape(limits.CENTRAL_HEADER), bytes(bomb))]
    place = next(at for at in entry if bytes(bomb[at + 46 :]).startswith(SHEET.encode()))
    bomb[place + 24 : place + 28] = struct.pack("<I", 100)
    return bytes(bomb)


def doctype(text: bytes) -> bytes:
    """A part that begins with a document type, and uses it."""
    return text.replace(b"Perpustakaan", b"&i;").replace(b"<worksheet", LAUGHS.encode() + b"<worksheet")


HOSTILE: dict[str, Callable[[], bytes]] = {
    "bom": lambda: edited(SHEET, lambda _: b" " * 2**27),
    "bom yang berbohong": lying,
    "banyak bagian": lambda: packed() + limits.CENTRAL_HEADER * 6000,
    "dipadatkan lain": lambda: edited(SHEET, lambda xml: xml, method=zipfile.ZIP_LZMA),
    "sel jauh": lambda: packed(far_cell),
    "banyak lembar lebar": lambda: packed(many_sheets),
    "terlalu banyak sel": lambda: edited(SHEET, lambda xml: xml.replace(b"</row>", b"<c/>" * 600_000 + b"</row>")),
    "gabungan raksasa": lambda: with_element(f'<mergeCells><mergeCell ref="{EVERYWHERE}"/></mergeCells>'),
    "gabungan kolom": lambda: with_element('<mergeCells><mergeCell ref="A:B"/></mergeCells>'),
    "bukan jangkauan": lambda: with_element('<mergeCells><mergeCell ref="satu:dua"/></mergeCells>'),
    "tautan raksasa": lambda: with_element(f'<hyperlinks><hyperlink ref="{EVERYWHERE}" location="A1"/></hyperlinks>'),
    "tautan putus": lambda: with_element(
        '<hyperlinks><hyperlink xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
        ' ref="A1" r:id="rId99"/></hyperlinks>'
    ),
    "catatan raksasa": lambda: edited(
        r".*comment.*\.xml", lambda xml: xml.replace(b'ref="A1"', f'ref="{EVERYWHERE}"'.encode()), packed(noted)
    ),
    "aturan raksasa": lambda: packed(ruled),
    "entitas": lambda: edited(SHEET, doctype),
    "entitas utf-16": lambda: edited(SHEET, lambda xml: doctype(xml).decode().encode("utf-16")),
    "xml terpotong": lambda: edited(SHEET, lambda xml: xml[: len(xml) // 2]),
    "tanpa lembar": lambda: edited("xl/workbook.xml", lambda xml: re.sub(rb"<sheet .*?/>", b"", xml)),
    "tanpa daftar isi": lambda: edited(r"\[Content_Types\]\.xml", lambda _: b"<Types/>"),
    "terpotong": lambda: packed()[:1000],
    "kosong": lambda: b"",
    "bukan excel": lambda: b"bukan excel",
}


def opened(folder: Path) -> list[str]:
    """The names of the workbooks that a server on the folder has."""
    with LocalGoogle(folder=folder) as google:
        return [file["name"] for file in sign_in(google).ok("GET", "/drive/v3/files")["files"]]


@pytest.mark.incident("hostile-xlsx")
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_left_alone_by_name(name: str, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """The file beside it opens, a warning names the one that doesn't and says why, and its bytes stay."""
    (tmp_path / "baik.xlsx").write_bytes(packed())
    content = HOSTILE[name]()
    (tmp_path / f"{name}.xlsx").write_bytes(content)
    assert opened(tmp_path) == ["baik"]
    (warning,) = [record.message for record in caplog.records if record.name.startswith("sheets_sync")]
    assert f"{name}.xlsx is left alone: " in warning
    assert "Bad Request" not in warning
    assert (tmp_path / f"{name}.xlsx").read_bytes() == content


def test_what_is_no_file_is_left_alone(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A link that leads nowhere, a folder and a pipe keep no other file shut."""
    (tmp_path / "baik.xlsx").write_bytes(packed())
    (tmp_path / "ke mana.xlsx").symlink_to(tmp_path / "tidak ada.xlsx")
    (tmp_path / "folder.xlsx").mkdir()
    os.mkfifo(tmp_path / "pipa.xlsx")
    assert opened(tmp_path) == ["baik"]
    assert [name for name in ("ke mana", "folder", "pipa") if f"{name}.xlsx is left alone" not in caplog.text] == []


@pytest.mark.incident("hostile-xlsx")
def test_all_of_them_together_need_little_memory(tmp_path: Path) -> None:
    """A server on a folder full of them stays below 400 MB."""
    if not Path("/proc/self/status").exists():
        pytest.skip("only Linux tells a process's own peak this way")
    for name, made in HOSTILE.items():
        (tmp_path / f"{name}.xlsx").write_bytes(made())
    program = (
        "import re, sys; from pathlib import Path; from sheets_sync.local_google import LocalGoogle\n"
        "with LocalGoogle(folder=Path(sys.argv[1])): pass\n"
        "print(re.search(r'VmHWM:\\s+(\\d+)', Path('/proc/self/status').read_text())[1])"  # rusage knows the parent's too
    )
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) / 1024 < 400
    assert done.stderr.count("is left alone") == len(HOSTILE)


def test_a_file_that_can_not_be_read_any_more_is_not_written_over(tmp_path: Path) -> None:
    """Its workbook goes on with what it had; the file stays until somebody mends it."""
    path = tmp_path / "baik.xlsx"
    path.write_bytes(packed())
    assert opened(tmp_path) == ["baik"]
    path.write_bytes(HOSTILE["gabungan raksasa"]())
    spoilt = path.read_bytes()
    with LocalGoogle(folder=tmp_path) as google:
        client = sign_in(google)
        (file,) = client.ok("GET", "/drive/v3/files")["files"]
        url = f"/v4/spreadsheets/{file['id']}/values/A1"
        assert client.ok("GET", url)["values"] == [["Perpustakaan"]]
        client.ok("PUT", url, {"values": [["baru"]]}, valueInputOption="RAW")
    assert path.read_bytes() == spoilt


def ordinary(excel: Excel) -> None:
    """What real files have: whole columns with rules, a merged heading, frozen rows, a cell some way down."""
    ws = excel.worksheets[0]
    rule = DataValidation("list", formula1='"ya,tidak"')
    rule.add("C1:C1048576")
    ws.add_data_validation(rule)
    ws.merge_cells("A1:Z1")
    ws.freeze_panes = "B3"
    ws["Z20000"] = 7
    ws["A1"].comment = Comment("catatan", "saya")


def test_an_ordinary_file_is_read_whole() -> None:
    """The limits are far from what people have."""
    (sheet,) = read(packed(ordinary)).sheets
    assert (sheet.row_count, sheet.column_count, sheet.cell(19_999, 25).value) == (20_000, 26, 7)
    assert sheet.cell(19_999, 2).validation == sheet.cell(0, 2).validation
    assert sheet.cell(0, 0).note == "catatan"
    assert len(sheet.merges) == 1


@pytest.mark.parametrize(
    ("reference", "cells"), [("A1", 1), ("A1:C3", 9), ("$B$2:$B$5", 4), ("A:A", 1_048_576), ("2:3", 32_768)]
)
def test_a_range_tells_how_many_cells_it_has(reference: str, cells: int) -> None:
    """Whole rows and columns reach to the end of Excel's grid."""
    assert limits.area(reference) == cells


@pytest.mark.parametrize("reference", ["", "satu", "A1:", "#REF!"])
def test_what_is_no_range_is_refused(reference: str) -> None:
    """Rather than left to whoever reads the file next."""
    with pytest.raises(NotExcelError):
        limits.area(reference)
