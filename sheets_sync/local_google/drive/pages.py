"""Exports of the whole workbook to look at: zipped HTML, ODS and PDF. They hold the values as they show, and nothing of their looks."""

from __future__ import annotations

import io
import json
import re
import zipfile
from html import escape
from xml.sax.saxutils import quoteattr

import typst

from sheets_sync.local_google.values.render import shown
from sheets_sync.local_google.workbook import Cell, Sheet, Workbook

Table = list[list[str]]


def texts(sheet: Sheet, locale: str) -> Table:
    """What the cells show, up to the last row and column in which something shows, all rows of one width."""
    rows = [[shown(cell, locale) if cell else "" for cell in row] for row in sheet.rows]
    height = max((number for number, row in enumerate(rows, 1) if any(row)), default=0)
    width = max((number for row in rows for number, text in enumerate(row, 1) if text), default=0)
    return [[*row[:width], *[""] * (width - len(row))] for row in rows[:height]]


def _visible(book: Workbook) -> list[Sheet]:
    return [sheet for sheet in book.sheets if not sheet.properties.get("hidden")]


def zipped_html(book: Workbook) -> bytes:
    """A page for each visible tab."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for sheet in _visible(book):
            name = re.sub(r'[\\/:*?"<>|]', "_", sheet.title)
            packed.writestr(f"{name}.html", _page(sheet.title, texts(sheet, book.locale)))
    return out.getvalue()


def _page(title: str, table: Table) -> str:
    rows = "\n".join("<tr>" + "".join(f"<td>{escape(text)}</td>" for text in row) + "</tr>" for row in table)
    head = f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>{escape(title)}</title></head>'
    return f"{head}\n<body><table>\n{rows}\n</table></body></html>\n"


ODS = "application/vnd.oasis.opendocument.spreadsheet"
_SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (("office", "office"), ("table", "table"), ("text", "text"), ("manifest", "manifest"))
)


def ods(book: Workbook) -> bytes:
    """An OpenDocument spreadsheet."""
    tables = "".join(_ods_table(sheet, book.locale) for sheet in book.sheets)
    content = f"<office:document-content {_SPACES} office:version='1.3'><office:body><office:spreadsheet>"
    content += f"{tables}</office:spreadsheet></office:body></office:document-content>"
    entries = (("/", ODS), ("content.xml", "text/xml"))
    listed = "".join(f"<manifest:file-entry manifest:full-path='{p}' manifest:media-type='{t}'/>" for p, t in entries)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(zipfile.ZipInfo("mimetype"), ODS)  # first and unpacked, so that the type can be told
        packed.writestr("content.xml", f"<?xml version='1.0' encoding='UTF-8'?>{content}")
        packed.writestr("META-INF/manifest.xml", f"<manifest:manifest {_SPACES}>{listed}</manifest:manifest>")
    return out.getvalue()


def _ods_table(sheet: Sheet, locale: str) -> str:
    height = len(texts(sheet, locale))
    rows = ("".join(_ods_cell(cell, locale) for cell in row) for row in sheet.rows[:height])
    body = "".join(f"<table:table-row>{row or '<table:table-cell/>'}</table:table-row>" for row in rows)
    return f"<table:table table:name={quoteattr(sheet.title)}>{body or '<table:table-row/>'}</table:table>"


def _ods_cell(cell: Cell | None, locale: str) -> str:
    text = shown(cell, locale) if cell else ""
    if cell is None or not text:
        return "<table:table-cell/>"
    number = isinstance(cell.value, int | float) and not isinstance(cell.value, bool)
    kind = f"office:value-type='float' office:value='{cell.value}'" if number else "office:value-type='string'"
    lines = "".join(f"<text:p>{escape(line, quote=False)}</text:p>" for line in text.split("\n"))
    return f"<table:table-cell {kind}>{lines}</table:table-cell>"


_TYPST = """
#let tabs = json(bytes(sys.inputs.tabs))
#set page(paper: "a4", flipped: true, margin: 1.5cm, numbering: "1")
#set text(size: 8pt)
#for (index, tab) in tabs.enumerate() [
  #if index > 0 { pagebreak() }
  #text(size: 11pt, weight: "bold", tab.title)
  #if tab.rows.len() > 0 { table(columns: tab.rows.first().len(), stroke: 0.3pt, inset: 3pt, ..tab.rows.flatten()) }
]
"""


def pdf(book: Workbook) -> bytes:
    """A table for each visible tab, beginning on a page of its own."""
    tabs = [{"title": sheet.title, "rows": texts(sheet, book.locale)} for sheet in _visible(book)]
    written = typst.compile(_TYPST.encode(), sys_inputs={"tabs": json.dumps(tabs)})
    assert isinstance(written, bytes)
    return written
