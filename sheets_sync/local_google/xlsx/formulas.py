"""Formulas between a workbook's spelling (its locale's marks, open ranges) and Excel's file format."""

from __future__ import annotations

import re
from collections.abc import Iterator

from openpyxl.utils import get_column_letter

from sheets_sync.local_google.formulas.tokens import Token, tokens

OPEN_DOWN = re.compile(r"(?P<first>.*[0-9]):(?P<column>\$?[A-Za-z]{1,3})")
OPEN_RIGHT = re.compile(r"(?P<first>.*[A-Za-z]\$?[0-9]+):(?P<row>\$?[0-9]+)")


def to_excel(text: str, decimal: str, rows: int, columns: int) -> str:
    """A formula as Excel's files hold it: commas between arguments, points in numbers, no range without an end.

    Args:
        text: the formula with its `=`.
        decimal: the decimal mark of the workbook's locale.
        rows: of the formula's sheet; `A2:A` ends there.
        columns: likewise.
    """
    return "=" + "".join(_outwards(tokens(text[1:], decimal), decimal, rows, columns))


def _outwards(found: tuple[Token, ...], decimal: str, rows: int, columns: int) -> Iterator[str]:
    braces = 0
    for kind, text in found:
        braces += {"{": 1, "}": -1}.get(text, 0) if kind == "mark" else 0
        if kind == "reference":
            yield _closed(text, rows, columns)
        elif decimal == "," and kind == "number":
            yield text.replace(",", ".")
        elif decimal == "," and kind == "mark":
            yield {"\\": ",", ";": ";" if braces else ","}.get(text, text)
        else:
            yield text


def _closed(reference: str, rows: int, columns: int) -> str:
    """`A2:A` and `B2:5` as Excel understands them."""
    if down := OPEN_DOWN.fullmatch(reference):
        return f"{down['first']}:{down['column']}{rows}"
    if right := OPEN_RIGHT.fullmatch(reference):
        return f"{right['first']}:{get_column_letter(columns)}{right['row']}"
    return reference


def from_excel(text: str, decimal: str) -> str:
    """A formula of an Excel file in the spelling of a workbook whose locale has that decimal mark."""
    if decimal == ".":
        return text
    return "=" + "".join(_inwards(tokens(text[1:])))


def _inwards(found: tuple[Token, ...]) -> Iterator[str]:
    braces = 0
    for kind, text in found:
        braces += {"{": 1, "}": -1}.get(text, 0) if kind == "mark" else 0
        if kind == "number":
            yield text.replace(".", ",")
        elif kind == "mark" and text == ",":
            yield "\\" if braces else ";"
        else:
            yield text
