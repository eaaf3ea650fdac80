"""Lines of a register that are no libraries: numbering, sections, totals, repeated headings, signatures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from sheets_sync.intake.words import fold, tidy
from sheets_sync.model.grid import GridCell

_NUMBERED = re.compile(r"\(?(\d{1,2})\)?\.?(?: ?=.*)?")
_LETTERED = re.compile(r"^(?:[A-Z]|[IVX]{1,4}|\d{1,2})[.)]\s+")
_NUMBERING = re.compile(r"(?:[A-Z]|[IVX]{1,4})[.)]?")  # of a section, in a column of its own
_SECTION = re.compile(
    r"(?:kecamatan|kec|kabupaten|kab|kota|provinsi|prov|wilayah|zona|rayon|korwil|gugus|region|district|"
    r"sub district|regency|province|zone)\b(?! perpus).*"
)
_KIND = re.compile(
    r"(?:perpustakaan|perpusdes|taman|baca(?:an)?|masyarakat|tbm|desa|kelurahan|sekolah|umum|khusus|daerah|komunitas|rumah|ibadah|"
    r"libraries|village|school|public|community|dan|and| )+"
)  # libraries of one kind follow
_SIGNED = re.compile(
    r"(?:mengetahui|menyetujui|mengesahkan|disetujui|dibuat oleh|diperiksa oleh|kepala dinas|kepala bidang|kepala perpustakaan|"
    r"ketua|koordinator|penanggung jawab|petugas|pembuat|plt|a n|an kepala|sekretaris|nip|ttd|tertanda|approved by|prepared by|signed)"
    r"\b.*"
)
_NOTED = re.compile(r"(?:catatan|keterangan|sumber|ket|note|notes|source|dicetak|diperbarui)\b.*")
_DATED = re.compile(r"[a-z .'-]+,? +\d{1,2} +[a-z]+ +\d{4}")
_BLANK_LINE = re.compile(r"[.…_\-–—=*()\s]{3,}")
_SIGNERS = 2  # who may sign side by side


def numbers_columns(cells: Iterable[GridCell]) -> bool:
    """Whether a row only counts the columns (1, 2, 3, 4=2+3)."""
    shown = [tidy(cell.text) for cell in cells if not cell.blank]
    found = [_NUMBERED.fullmatch(text) for text in shown]
    numbers = [int(match[1]) for match in found if match]
    return len(shown) >= 3 and len(numbers) == len(shown) and numbers == [*range(numbers[0], numbers[0] + len(shown))]


def is_line(texts: Sequence[str], totals: tuple[str, ...], *, numbered: bool = False) -> bool:
    """Whether a row in which nothing vouches for a library says by its first words that it is none.

    `totals` are the words for sums, folded and with a space behind them. A kind of library heads a section where
    nothing else stands beside it; with a number it is a library called so.
    """
    words = [text for text in texts if not _NUMBERING.fullmatch(text)]
    bare = fold(_LETTERED.sub("", next(iter(words), "")))
    bare_total = bare.removeprefix("sub ").removeprefix("grand ")
    total = f"{bare_total} ".startswith(totals)
    heads = any(pattern.fullmatch(bare) for pattern in (_SECTION, _NOTED, *(() if numbered else (_KIND,))))
    return total or (len(words) == 1 and heads) or is_signature(texts)


def is_signature(texts: Sequence[str]) -> bool:
    """Whether a row is one of those under which somebody signs: nothing but names follows it."""
    return 0 < len(texts) <= _SIGNERS and all(map(_is_signed, texts))


def _is_signed(text: str) -> bool:
    return bool(_SIGNED.fullmatch(fold(text)) or _DATED.fullmatch(tidy(text).lower()) or _BLANK_LINE.fullmatch(text))


def repeats(texts: Sequence[str], headings: Iterable[str]) -> bool:
    """Whether a row is the headings once more."""
    known = {fold(heading) for heading in headings}
    return bool(texts) and all(fold(text) in known for text in texts)


def lines(
    rows: Iterable[tuple[int, Sequence[GridCell], bool]], headings: Sequence[str], totals: Sequence[str]
) -> Iterator[int]:
    """The rows that are no libraries, of (row, its cells, whether something vouches for a library)."""
    signed, sums = False, tuple(f"{fold(word)} " for word in totals)
    for row, cells, vouched in rows:
        texts = [
            tidy(cell.text) for cell in cells if any(map(str.isalpha, cell.text)) or _BLANK_LINE.fullmatch(cell.text)
        ]
        signed = not vouched and (signed or is_signature(texts))
        under = signed and len(texts) <= _SIGNERS
        numbered = any(not cell.blank and not any(map(str.isalpha, cell.text)) for cell in cells)
        line = under or is_line(texts, sums, numbered=numbered)
        if numbers_columns(cells) or repeats(texts, headings) or (line and not vouched):
            yield row
