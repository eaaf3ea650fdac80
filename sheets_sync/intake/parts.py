"""Words below or beside a heading: the whole of its figures, its parts, and figures that are not the month's own."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from sheets_sync.intake.words import fold, tidy


class Share(StrEnum):
    """What a column holds of what stands above it."""

    WHOLE = "whole"  # `Jumlah`, `Bulan ini`, `Realisasi`
    ASIDE = "aside"  # `Target`, `Bulan lalu`, `s.d. bulan ini`, `%`: not what was counted in the month


_WHOLE = re.compile(
    r"(?:jumlah|jml|jlh|total|ttl|seluruhnya|keseluruhan|semua|all|both|sum|gabungan)"
    r"|(?:jumlah |total )?(?:bulan|bln) ini|(?:jumlah |total )?(?:this|current) month"
    r"|realisasi(?: (?:bulan|bln) ini)?|capaian|tercapai|actuals?|achieved|reali[sz]ed"
)
_BOTH = re.compile(r"(?:jumlah|jml|total)? ?\(?(?:l|lk|laki-laki|m) ?(?:\+|&|dan|and) ?(?:p|pr|perempuan|f)\)?")
_ASIDE = re.compile(
    r"(?:target|sasaran|rencana|proyeksi|anggaran|plan|planned|goal|baseline)(?: .*)?"
    r"|(?:persen|persentase|prosentase|percent|percentage|pct)(?: .*)?|(?:capaian|realisasi) (?:persen|%)"
    r"|(?:.* )?(?:bulan|bln|tahun|thn|month|year) (?:lalu|sebelumnya|kemarin)"
    r"|(?:.* )?(?:last|previous|prior|preceding) (?:month|year)"
    r"|(?:s ?d|sampai|hingga|up to|until|through)(?: .*)|(?:akumulasi|kumulatif|cumulative|running total|ytd)(?: .*)?"
    r"|(?:.* )?(?:to date|kumulatif|cumulative)|(?:jumlah |total )?(?:tahun ini|this year)"
    r"|(?:selisih|difference|deviasi|deviation|kenaikan|penurunan|growth|change|sisa|kekurangan|naik turun)(?: .*)?"
    r"|(?:rata ?(?:rata|2)|rerata|average|mean)(?: .*)?"
)
_ALONE = re.compile(
    r"target|sasaran|rencana|proyeksi|anggaran|plan|planned|goal|baseline|persen|persentase|prosentase|percent|percentage"
    r"|(?:bulan|bln|tahun|thn) lalu|(?:last|previous) (?:month|year)|(?:s ?d|sampai|hingga)(?: dengan)? (?:bulan|bln) ini"
    r"|akumulasi|kumulatif|cumulative|running total|to date|selisih|difference|rata ?(?:rata|2)|rerata|average|mean"
)
# Signs that folding drops and that say something else: a share, a change, an estimate, a sum, money.
_SIGNS = re.compile(
    r"[%\u2030\u00b1\u2248\u2264\u2265\u2206\u2211$\u20ac\u00a3\u00a5]|\+ ?/ ?[-\u2013\u2212]|\( ?[-\u2013\u2212] ?\)"
    r"|(?<=[\w(]) ?\+(?= ?\)|$)"
)
_WORDS = re.compile(r"jumlah|jml|jlh|total|ttl|semua|all|both|sum")  # alone, beside a name on one line, they say little
_GENDERS = (
    ("laki laki", "l", "lk", "laki", "pria", "putra", "laki2", "m", "male", "males", "men", "boys"),
    ("perempuan", "p", "pr", "prp", "wanita", "putri", "w", "f", "female", "females", "women", "girls"),
)
_CHILDREN = ("anak", "anak anak", "children", "kids")


def signs_aside(text: str) -> bool:
    """Whether a sign says that the figures are not those that the words name: `Pengunjung (%)`, `Anggota (+)`, `+/-`."""
    return _SIGNS.search(text) is not None


@lru_cache(maxsize=4096)
def share_of(text: str) -> Share | None:
    """What a heading below another one holds of it, None where its words don't say."""
    plain, folded = tidy(text).casefold(), fold(text)
    if signs_aside(plain) or _ASIDE.fullmatch(folded):
        return Share.ASIDE
    return Share.WHOLE if _WHOLE.fullmatch(folded) or _BOTH.fullmatch(plain) else None


def is_aside(text: str) -> bool:
    """Whether a text is no more than a word for figures that are not the month's own; a remark may begin with one."""
    folded = fold(text)
    return share_of(text) is Share.ASIDE and (not folded or _ALONE.fullmatch(folded) is not None)


def names_part(text: str) -> bool:
    """Whether a text says the women or the men of something."""
    folded = fold(text)
    return any(folded in words for words in _GENDERS)


def spellings(part: str) -> tuple[str, ...]:
    """The words for the part that a heading names, folded: of `L` those for men."""
    folded = fold(part)
    return next((words for words in (*_GENDERS, _CHILDREN) if folded in words), (folded,))


def split_heading(text: str) -> list[tuple[str, str]]:
    """The ways to take a heading of one line apart into a name and what is held of it, in the order they stand."""
    words = fold(text).split()
    cuts = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    return [pair for pair in cuts if any(_says(part) for part in pair)]


def _says(part: str) -> bool:
    if _WORDS.fullmatch(part):
        return False
    return share_of(part) is not None or names_part(part)
