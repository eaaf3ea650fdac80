"""Lines of a register that are no libraries: numbering, sections, totals, repeated headings, signatures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from sheets_sync.intake.words import fold, tidy
from sheets_sync.model.grid import GridCell

_NUMBERED = re.compile(r"\(?(\d{1,2})\)?\.?(?: ?=.*)?")
_LETTERED = re.compile(r"^(?:[A-Z]|[IVX]{1,4}|\d{1,2})[.)]\s+")
_SECTION = re.compile(
    r"(?:kecamatan|kec|kelurahan|kabupaten|kab|kota|provinsi|prov|wilayah|zona|rayon|korwil|gugus|region|district|"
    r"sub district|regency|province|zone|area)\b(?! perpus).*"
)
_SIGNED = re.compile(
    r"(?:mengetahui|menyetujui|mengesahkan|disetujui|dibuat oleh|diperiksa oleh|kepala dinas|kepala bidang|plt|a n|an kepala|"
    r"sekretaris dinas|nip|ttd|tertanda|approved by|prepared by|signed)\b.*"
)
_NOTED = re.compile(r"(?:catatan|keterangan|sumber|ket|note|notes|source)\b.*")
_DATED = re.compile(r"[a-z .'-]+,? +\d{1,2} +[a-z]+ +\d{4}")
_BLANK_LINE = re.compile(r"[.…_\-–—=*\s]{3,}")


def numbers_columns(cells: Iterable[GridCell]) -> bool:
    """Whether a row only counts the columns (1, 2, 3, 4=2+3)."""
    shown = [tidy(cell.text) for cell in cells if not cell.blank]
    found = [_NUMBERED.fullmatch(text) for text in shown]
    numbers = [int(match[1]) for match in found if match]
    return len(shown) >= 3 and len(numbers) == len(shown) and numbers == [*range(numbers[0], numbers[0] + len(shown))]


def is_line(texts: Sequence[str], totals: Iterable[str]) -> bool:
    """Whether a row without a code says by its first words that it is no library."""
    words = next(iter(texts), "")
    bare = fold(_LETTERED.sub("", words))
    total = any(bare == fold(word) or bare.startswith(f"{fold(word)} ") for word in totals)
    alone = len(texts) == 1 and bool(_SECTION.fullmatch(bare) or _NOTED.fullmatch(bare))
    return total or alone or is_signature(texts)


def is_signature(texts: Sequence[str]) -> bool:
    """Whether a row is one of those under which somebody signs: nothing but names follows it."""
    if len(texts) != 1:
        return False
    return bool(
        _SIGNED.fullmatch(fold(texts[0])) or _DATED.fullmatch(tidy(texts[0]).lower()) or _BLANK_LINE.fullmatch(texts[0])
    )


def repeats(texts: Sequence[str], headings: Iterable[str]) -> bool:
    """Whether a row is the headings once more."""
    known = {fold(heading) for heading in headings}
    return bool(texts) and all(fold(text) in known for text in texts)


def lines(
    rows: Iterable[tuple[int, Sequence[GridCell], bool]], headings: Sequence[str], totals: Sequence[str]
) -> Iterator[int]:
    """The rows that are no libraries, of (row, its cells, whether a code stands in it)."""
    signed = False
    for row, cells, coded in rows:
        texts = [
            tidy(cell.text) for cell in cells if any(map(str.isalpha, cell.text)) or _BLANK_LINE.fullmatch(cell.text)
        ]
        signed = not coded and (signed or is_signature(texts))
        under = signed and len(texts) <= 1
        if numbers_columns(cells) or repeats(texts, headings) or (not coded and (under or is_line(texts, totals))):
            yield row
