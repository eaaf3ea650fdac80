"""Lines of a table that hold no figures of a month: those that number its columns, and those below it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from sheets_sync.intake.month_names import MONTH_WORD
from sheets_sync.intake.words import fold, tidy
from sheets_sync.model.grid import GridCell

_MIN_NUMBERED = 3  # columns, for a line to be one that numbers them
_NUMBER = re.compile(r"[(\[]?(\d{1,2})[)\].]?")
_FORMULA = re.compile(r"[(\[]?(?:(\d{1,2}) ?= ?)?[(]?\d{1,3}%?(?: ?[-+x\u00d7*/:,%] ?[(]?\d{1,3}[)]?%?)+[)\]]?")
_SUMMARY = re.compile(
    r"(?:jml|jlh|jumlah|total|ttl|sub ?total|sub jumlah|rata ?(?:rata|2)|rerata|rata|average|avg|mean|median|min|max|maks"
    r"|minimum|maksimum|maximum|target|sasaran|realisasi|capaian|ketercapaian|persen|persentase|prosentase|percentage"
    r"|selisih|sisa|kumulatif|akumulasi|s ?d|sum|kenaikan|penurunan|tertinggi|terendah)(?: .*)?"
)
_SIGNATURE = re.compile(
    r"(?:mengetahui|mengesahkan|menyetujui|disetujui|disahkan|diketahui|dibuat|disusun|diperiksa|yang membuat|ttd"
    r"|tanda tangan|hormat kami|kepala|sekretaris|camat|lurah|kades|pengelola|petugas|pustakawan|penanggung jawab|an"
    r"|a n|nip|nik|nipd|nrp|nuptk|pembina|penata|catatan|keterangan|sumber|source|note|notes|ket|prepared by"
    r"|approved by|signed|signature|head of|nama jelas|dicetak|tanggal cetak|printed)(?: .*)?"
)
_MONTH_AND_YEAR = re.compile(rf" (?:{MONTH_WORD}) +\d{{4}}", re.IGNORECASE)
_DAY = re.compile(r"[,. ](?:\d{1,2}|[.\u2026_])$|[.\u2026_]{2}$")  # or the dots on which it is to be written
_REMARK = re.compile(r"(?:catatan|keterangan|ket|sumber|source|note|notes)(?: .*)?")
_LINE = re.compile(r"[\s(]*(?:[.\u2026_-]{4,}|\.{3,})[\s)]*")


def numbers_columns(cells: Sequence[GridCell]) -> bool:
    """Whether a line, by its filled cells, only counts the columns, as forms do below the headings: `1 2 3 4=2+3`, `(1) (2) (3)`."""
    first = _NUMBER.fullmatch(tidy(cells[0].text).lstrip("-")) if len(cells) >= _MIN_NUMBERED else None
    start = int(first[1]) if first else 0
    return start in (1, 2) and all(_is_number(tidy(cell.text), n) for n, cell in enumerate(cells, start))


def _is_number(text: str, n: int) -> bool:
    """Whether a cell says the number of its column, or of which columns it is made."""
    number = _NUMBER.fullmatch(text.lstrip("-"))
    if number:
        return int(number[1]) == n
    formula = _FORMULA.fullmatch(text)
    return formula is not None and formula[1] in (None, str(n))


@lru_cache(maxsize=4096)  # a table names the same dozen months thousands of times
def sums_up(text: str) -> bool:
    """Whether what stands where a month should stand says that its line sums up others: `Jml`, `Rata2`, `Target`."""
    return _SUMMARY.fullmatch(fold(text)) is not None


def signs(cells: Sequence[GridCell]) -> bool:
    """Whether a line, by its filled cells, is one of those below a table: who signs, where and when, on what the figures are based."""
    words = all(isinstance(cell.value, str) for cell in cells)
    return words and any(_signs(tidy(str(cell.value))) for cell in cells)


def remarks(cells: Sequence[GridCell]) -> bool:
    """Whether a line, by its filled cells, only begins with a word for a note or a source; data may go on below it."""
    return _REMARK.fullmatch(fold(cells[0].text)) is not None


def _signs(text: str) -> bool:
    return bool(_SIGNATURE.fullmatch(fold(text)) or _place_and_date(text) or _LINE.fullmatch(text))


def _place_and_date(text: str) -> bool:
    """Whether a text is a place and a day, `Tamiang Layang, 5 Maret 2024`, in steps that each take time in its length."""
    start = text.rfind(" ", 0, text.rfind(" "))  # before the month
    head = text[:start].rstrip() if start > 0 and _MONTH_AND_YEAR.fullmatch(text, start) else ""
    day = _DAY.search(head)
    return day is not None and not any(map(str.isdigit, head[: day.start()]))
