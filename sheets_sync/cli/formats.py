"""A frame as a file to take away. What a person typed is text in all of them, and nothing in it is carried out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sheets_sync.cli.terminal import harmless_json
from sheets_sync.model.text import printable

if TYPE_CHECKING:
    from datetime import datetime

    import pandas as pd

SEPARATORS = {",": ",", ";": ";", "tab": "\t"}
_WIDTH = 18  # characters of a column of an .xlsx
# Where a spreadsheet program may see the beginning of a cell: at the text's, and behind what it may take for a separator,
# since nobody tells it which one the file has. A quote that stands there gets one too, so that all can be taken off again.
_LIVE = re.compile(r"""((?:^|[,;|\t\n])["\s]*)(?=['=+\-@\uff1d\uff0b\uff0d\uff20])""")


def csv(frame: pd.DataFrame, separator: str = ",") -> bytes:
    """CSV that a spreadsheet program opens as it is: UTF-8 with a mark that says so, and no live formula (`tamed`).

    With `;`, as programs set to Indonesian expect it, fractions have a comma.
    """
    decimal = "," if separator == ";" else "."
    text = _texts(frame, tamed).to_csv(index=False, sep=separator, decimal=decimal, lineterminator="\n")
    return text.encode("utf-8-sig")


def json(frame: pd.DataFrame) -> bytes:
    """A list of objects; every text exactly as it is stored, what can't be seen as JSON's escapes."""
    return (
        harmless_json(frame.to_json(orient="records", date_format="iso", force_ascii=False, indent=1)).encode() + b"\n"
    )


def xlsx(frame: pd.DataFrame, title: str, made_at: datetime) -> bytes:
    """A workbook of one tab; every text is a text, whatever it begins with."""
    from sheets_sync.reports.xlsx import Book, BookColumn, BookSheet  # noqa: PLC0415 - only an .xlsx needs openpyxl
    from sheets_sync.reports.xlsx import xlsx as written  # noqa: PLC0415 - as above

    columns = tuple(BookColumn(str(name), _WIDTH) for name in frame.columns)
    rows = ([_plain(value) for value in record] for record in frame.itertuples(index=False))
    return written(Book(title, "sheets-sync", made_at, (), (BookSheet(title, columns, rows),)))


def tamed(text: str) -> str:
    """Text that no spreadsheet program takes for a formula: `'` before what would begin one."""
    quoted = _LIVE.sub(r"\1'", printable(text, keep="\t"))
    return f"'{quoted}" if quoted[:1] in {"\t", "\n"} else quoted


def _texts(frame: pd.DataFrame, change: Any) -> pd.DataFrame:
    """The frame with its texts changed; numbers, moments and what is missing stay."""
    changed = {
        name: [change(value) if isinstance(value, str) else value for value in frame[name]]
        for name in frame.columns
        if frame[name].map(lambda value: isinstance(value, str)).any()
    }
    return frame.assign(**changed)


def _plain(value: Any) -> Any:
    """A value as a cell takes it: nothing for what is missing, moments without their zone."""
    if value is None or value != value:  # noqa: PLR0124 - NaN and NaT
        return None
    return value.to_pydatetime().replace(tzinfo=None) if hasattr(value, "to_pydatetime") else value
