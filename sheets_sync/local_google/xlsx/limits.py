"""What an .xlsx file may ask for: looked at before openpyxl reads it, which makes a cell of every place that a range names.

A few hundred bytes can stand for gigabytes: by their compression, by a merge or a link over the whole sheet, by entities
that hold each other. A file that goes beyond the limits, or has entities at all, is refused before anything is made of it.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import IO
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from openpyxl.utils import range_boundaries

MAX_PACKED = 32 * 2**20
"""Bytes of a file."""
MAX_UNPACKED = 64 * 2**20
"""Bytes of all its parts together."""
MAX_PARTS = 5_000
MAX_CELLS = 500_000
"""Cells that are written down, with the places that merges, links, notes and rules for input cover."""
MAX_GRID = 10_000_000
"""Rows times columns of all tabs: Google's own limit for a workbook."""

MAX_ROW, MAX_COLUMN = 1_048_576, 16_384
CENTRAL_HEADER = b"PK\x01\x02"
COVERING = frozenset({"mergeCell", "hyperlink", "comment"})
"""Elements for whose whole range openpyxl makes cells."""


class NotExcelError(ValueError):
    """The bytes are not an Excel file that can be read."""


@dataclass(slots=True)
class Budget:
    """So many cells; what goes beyond is refused."""

    what: str
    left: int

    def spend(self, count: int) -> None:
        """Take some.

        Raises:
            NotExcelError: there are no more.
        """
        self.left -= count
        if self.left < 0:
            raise NotExcelError(f"it has too many {self.what}")


def check(content: bytes) -> bool:
    """Let pass what openpyxl can read with bounded memory. Tells whether there are formulas.

    Raises:
        NotExcelError: it is no zip file, too large in one of the ways above, or has a document type.
    """
    if len(content) > MAX_PACKED:
        raise NotExcelError(f"it is larger than {MAX_PACKED // 2**20} MB")
    if content.count(CENTRAL_HEADER) > MAX_PARTS:
        raise NotExcelError("it has too many parts")
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            return _check_parts(archive)
    except (BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError) as bad:
        raise NotExcelError(f"it is no zip file that can be read: {bad}") from bad


def _check_parts(archive: ZipFile) -> bool:
    parts = archive.infolist()
    if any(part.compress_type not in {ZIP_STORED, ZIP_DEFLATED} for part in parts):
        raise NotExcelError("it is compressed in a way that .xlsx files are not")  # nor can its memory be bounded
    if sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise NotExcelError(f"it is larger than {MAX_UNPACKED // 2**20} MB when unpacked")
    cells, formulas = Budget("cells, or merges, links and notes over too many", MAX_CELLS), False
    for part in parts:
        with archive.open(part) as stream:
            formulas |= _check_xml(part.filename, stream, cells)
    return formulas


def _check_xml(name: str, stream: IO[bytes], cells: Budget) -> bool:
    """Count the cells of a part that is XML; whether it has formulas. Pictures and the like end at their first byte."""
    formulas = False

    def element(tag: str, attributes: dict[str, str]) -> None:
        nonlocal formulas
        kind = tag.rpartition("}")[2]
        formulas |= kind == "f"
        if kind == "c":
            cells.spend(1)
        elif kind in COVERING and "ref" in attributes:
            cells.spend(area(attributes["ref"]))

    parser = expat.ParserCreate(namespace_separator="}")
    parser.StartElementHandler = element
    parser.StartDoctypeDeclHandler = _refuse_entities
    try:
        parser.ParseFile(stream)
    except expat.ExpatError as bad:
        if name.endswith((".xml", ".rels")):
            raise NotExcelError(f"its part {name} is broken: {bad}") from bad
    return formulas


def _refuse_entities(*_: object) -> None:
    raise NotExcelError("it declares a document type, whose entities may stand for anything")


def area(reference: str) -> int:
    """How many cells a range like `A1:C3` or `A:C` has.

    Raises:
        NotExcelError: it is none.
    """
    try:
        left, top, right, bottom = range_boundaries(reference)
    except (TypeError, ValueError) as bad:
        raise NotExcelError(f"{reference[:40]!r} is not a range") from bad
    if not left and not top:
        raise NotExcelError(f"{reference[:40]!r} is not a range")
    return ((bottom or MAX_ROW) - (top or 1) + 1) * ((right or MAX_COLUMN) - (left or 1) + 1)
