"""A second, naive reader of values, which only answers whether every character of a text says something about a value.

It shares no pattern with the program, knows its own words and takes a text to pieces: words, digits, and what stands
between them.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from typing import Any

from sheets_sync.intake.entry import Entry
from sheets_sync.intake.month_names import NamedMonth
from sheets_sync.model import State

_SAME = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—―−﹣－", "-"),
        **dict.fromkeys("‘’‛ʼ´`", "'"),
        **dict(zip("０１２３４５６７８９", "0123456789", strict=True)),
    }
)
_NONE = {
    "nihil", "nol", "kosong", "nil", "none", "tidak ada", "tdk ada", "tidak punya", "tdk punya", "belum ada", "blm ada", "belum punya",
    "n.a", "t.a", "tak ada", "tidak tahu", "tdk tahu", "belum tahu", "tidak diketahui", "belum diketahui", "tidak berlaku", "n/a", "na", "t/a", "not applicable",
    "unknown", "not known", "not yet", "null",
}  # fmt: skip
_ZERO = {"-", "--", "---", "nihil", "nol", "tidak ada", "tdk ada", "tak ada", "kosong", "nil", "none"}
_NOT_APPLICABLE = {"n/a", "na", "n.a", "t/a", "t.a", "tidak berlaku", "not applicable"}
_PEOPLE = {"orang", "org", "jiwa", "people", "persons"}
_MONTHS = [
    "januari january jan", "februari pebruari february feb peb", "maret march mar mrt", "april apr", "mei may", "juni june jun", "juli july jul",
    "agustus august agust agus agt agst agu ags aug", "september sept sep", "oktober october okt oct", "november nopember nov nop", "desember december des dec",
]  # fmt: skip
_DAYS = ["senin monday mon", "selasa tuesday tue tues", "rabu wednesday wed", "kamis thursday thu thurs", "jumat jum'at friday fri",
         "sabtu saturday sat", "minggu ahad sunday sun"]  # fmt: skip


def accounted(kind: str, typed: str, entry: Entry[Any]) -> bool:
    """Whether every character of a text that was read says something about its value."""
    text = typed.translate(_SAME).strip().lower()
    word = text.removesuffix(".")
    figures = kind in ("count", "decimal", "hours")
    if entry.state is State.NOT_APPLICABLE:
        return word in _NOT_APPLICABLE
    if entry.state is State.EMPTY:
        return not figures and (word in _NONE or not text.strip("-"))
    if figures and (word in _ZERO or _twice_nought(text)):
        return bool(entry.value == 0)
    return _ACCOUNTS[kind.partition(",")[0]](text, entry.value)


def _twice_nought(text: str) -> bool:
    """Whether a nought stands beside a word for it in brackets, or the other way round."""
    before, _, behind = text.removesuffix(")").partition("(")
    return text.endswith(")") and (before.rstrip(" "), behind) in {
        *((w, "0") for w in _ZERO),
        *(("0", w) for w in _ZERO),
    }


def _count(text: str, value: float) -> bool:
    return any(
        written in _written(value) or written.lstrip("0") in _written(value) for written in _without_unit(text, _PEOPLE)
    )


def _written(value: float) -> set[str]:
    """Every way to write a whole number."""
    plain = {f"{int(value):,}".replace(",", mark) for mark in ("", ".", ",", " ", "'")} | (
        {""} if value == 0 else set()
    )
    return plain | {
        f"{number}{mark}{nought}" for number in plain for mark in ".," for nought in ("0", "00") if mark not in number
    }


def _without_unit(text: str, units: Iterable[str]) -> Iterator[str]:
    yield text
    for unit in units:
        for behind in (unit, f"{unit}.", f"({unit})", f"({unit}.)"):
            if text.endswith(behind):
                yield text.removesuffix(behind).rstrip(" ")


def _decimal(text: str, value: float, units: Iterable[str] = _PEOPLE) -> bool:
    bare = text.removesuffix("%").rstrip(" ") if text.endswith("%") else None
    written = [bare] if bare is not None else list(_without_unit(text, units))
    return any(_equals(each, value) for each in written)


def _equals(written: str, value: float) -> bool:
    """Whether a number with marks is the value, read with each mark as the one before the fraction."""
    for point in ",.":
        whole, found, fraction = written.rpartition(point)
        whole, fraction = (whole, fraction) if found else (written, "0")
        digits = re.sub(r"(?<=[0-9])[., '](?=[0-9]{3}(?![0-9]))", "", whole)
        marks = set(whole) - set("0123456789")
        if digits.isdecimal() and fraction.isdecimal() and len(marks) <= 1 and float(f"{digits}.{fraction}") == value:
            return True
    return False


def _hours(text: str, value: float) -> bool:
    units = {"jam", "jam/hari", "jam / hari", "jam per hari", "jam sehari", "jam/hr", "h", "hour", "hours", "hours a day", "hours per day", "hours/day"}  # fmt: skip
    if _decimal(text, value, units | _PEOPLE) and not text.endswith("%"):
        return True
    minutes = re.fullmatch(r"([0-9]+) *jam *([0-9]+) *(?:menit|mnt)\.?", text)
    if minutes:
        return int(minutes[1]) + int(minutes[2]) / 60 == value
    for to in ("sampai dengan", "sampai", "s/d", "s.d.", "s.d", "sd", "to", "-"):
        start, found, end = text.partition(to)
        if found:
            times = [_clock(side.strip(" ")) for side in (start, end)]
            return None not in times and float(times[1] or 0) - float(times[0] or 0) == value
    return False


def _clock(text: str) -> float | None:
    for word in ("pukul", "pkl.", "pkl", "jam"):
        text = text.removeprefix(word).lstrip(" ")
    for zone in ("wib", "wita", "wit"):
        text = text.removesuffix(zone).rstrip(" ")
    hour, found, minute = text.replace(":", ".").partition(".")
    if not hour.isdecimal() or (found and not minute.isdecimal()):
        return None
    return int(hour) + (int(minute) if found else 0) / 60


def _pieces(text: str) -> tuple[list[str], list[str]]:
    """The words and digits of a text, and what stands before, between and behind them."""
    found = re.split(r"([a-z]+(?:'at)?|[0-9]+)", text)
    return found[1::2], found[::2]


def _month(text: str, value: NamedMonth) -> bool:
    labels = {
        "bulan",
        "bln",
        "periode",
        "laporan",
        "lap",
        "data",
        "month",
        "period",
        "ke",
        "tahun",
        "thn",
        "th",
        "year",
    }
    if text.startswith(("tgl", "tanggal", "date")) or sum(map(str.isdigit, text)) > 6 or text.count(":") > 1:
        return _date_of_month(text, value)
    tokens, between = _pieces(text)
    names = _MONTHS[value.month - 1].split()
    years = {str(value.year), str(value.year)[2:]} if value.year else set()
    rest = [token for token in tokens if token not in labels]
    said = [token for token in rest if token in names or (token.isdecimal() and int(token) == value.month)]
    other = [token for token in rest if token not in said]
    joined = {"", " ", "-", "/", ".", ",", ". ", ", ", " - ", " / ", ": ", ":", "'", " '", ") ", ")", " : ", " :", ".'", ". '", ".: ", ".:"}  # fmt: skip
    if between[0] or between[-1] not in ("", ".") or not set(between[1:-1]) <= joined:
        return False
    numbered = len(said) == 1 and len(other) >= 1 and said[0] in names and _numbers_a_line(text, rest)
    day = [token for token in other if token not in years]
    if value.year and not set(other) & years:
        return _date_of_month(text, value)
    return bool(said) and (
        not day
        or numbered
        or _date_of_month(text, value)
        or (len(day) == 1 and rest[0] == day[0] and 1 <= int(day[0]) <= 31 and not value.year)
    )


def _numbers_a_line(text: str, rest: list[str]) -> bool:
    return rest[0].isdecimal() and 1 <= int(rest[0]) <= 12 and text.removeprefix(rest[0])[:1] in (".", ")")


def _date_of_month(text: str, value: NamedMonth) -> bool:
    if value.year is None:
        return False
    days = range(1, monthrange(value.year, value.month)[1] + 1)
    return any(_date(text, date(value.year, value.month, day)) for day in days)


def _date(text: str, value: date) -> bool:
    """Whether a text is one of the ways to write a day: each of its pieces is its day, month, year, weekday, or a time."""
    text = re.sub(
        r",? +(?:(?:pukul|pkl\.?|jam) *)?[0-9]{1,2}[.:][0-9]{2}(?:[.:][0-9]{2})?(?: *(?:wib|wita|wit))?$", "", text
    )
    text = re.sub(r"^(?:tanggal|tgl\.?|date)(?: *: *| +)", "", text)
    for day in _DAYS[value.weekday()].split():
        if text.startswith(day):
            text = re.sub(r"^(?: *[,/] *| +)", "", text[len(day) :]) if re.match(r" *[,/ ]", text[len(day) :]) else text
    tokens, between = _pieces(text)
    names, years = _MONTHS[value.month - 1].split(), {str(value.year), str(value.year)[2:]}
    if len(tokens) != 3 or between[0] or between[-1]:
        return False
    days, months = {str(value.day), f"{value.day:02}"}, {*names, str(value.month), f"{value.month:02}"}
    orders = ((days, months, years), (years, months, days), (months, days, years))
    joined = {" ", "-", "/", ".", ",", ". ", ", ", " - ", " / ", "'", " '", ".'", ". '"}
    fits = any(all(token in part for part, token in zip(order, tokens, strict=True)) for order in orders)
    return fits and set(between[1:-1]) <= joined


def _year(text: str, value: int) -> bool:
    tokens, between = _pieces(text)
    said = tokens[-1] == str(value) and tokens[:-1] in ([], ["tahun"], ["thn"], ["th"], ["year"])
    return (
        said
        and not between[0]
        and not between[-1]
        and set(between[1:-1]) <= {" ", ". ", ": ", ":", " : ", "  ", ".: ", " :", ".:"}
    )


def _code(text: str, value: str) -> bool:
    label, found, code = text.partition(":")
    return value.lower() in (
        text,
        code.strip(" ") if found and label.strip(" ") in ("npp", "kode", "code", "id") else "",
    )


def _phone(text: str, value: str) -> bool:
    kinds = {"hp", "wa", "w", "a", "whatsapp", "telp", "tel", "telepon", "tlp", "phone", "mobile", "no", "nomor"}
    tokens, between = _pieces(text)
    digits = "".join(token for token in tokens if token.isdecimal())
    words = [token for token in tokens if not token.isdecimal()]
    joined = {"", " ", "-", ".", " - ", "(", ")", ") ", " (", " (+", ")-", "+", ": ", ":", ". ", "/", " / ", ": +", ":+", " +", "+ ", " : ", "(+", ": (", ": (+", ".: ", ". (", "/ ", " /", ".:", " :", ": + ", ". +"}  # fmt: skip
    wanted = re.sub(r"[^0-9]", "", value)
    fits = digits in {f"{before}{wanted.removeprefix('62')}" for before in ("", "0", "62", "620", "0062", "00620")} | {
        wanted
    }
    ends = between[0] in ("", "+", "(", "+ ", "(+") and between[-1] in ("", ".", ")", ").", ".)")
    return fits and ends and set(words) <= kinds and set(between[1:-1]) <= joined


def _email(text: str, value: tuple[str, ...]) -> bool:
    for address in sorted(value, key=len, reverse=True):
        if address.lower() not in text:
            return False
        text = text.replace(address.lower(), "@")
    name = r"[a-zà-öø-ɏ][a-zà-öø-ɏ0-9 .,'()&/-]*"
    return re.fullmatch(rf'(?:(?:(?:alamat )?(?:e-?mail|surel) *: *|mailto:)?(?:(?:"{name}" *|{name}|)<@>|@)(?:\s*[,;/|]\s*(?:(?:dan|and|atau|or|&) +)?| +(?:(?:dan|and|atau|or|&) +)?| *[.,;]?$))+', text) is not None  # fmt: skip


_ACCOUNTS: dict[str, Callable[[str, Any], bool]] = {
    "count": _count, "decimal": _decimal, "hours": _hours, "month": _month, "date": _date, "year": _year, "code": _code,
    "score": partial(_decimal, units=()), "phone": _phone, "e-mail": _email,
}  # fmt: skip
