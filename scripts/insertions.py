"""`python scripts/insertions.py`: one visible character inserted anywhere into any readable cell, printed as JSON.

What is read then has to be accounted for by a second, naive reader (naive_reader.py). A value that leaves a piece of the
text over ignores what was typed.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from naive_reader import accounted

from sheets_sync.intake.entry import Entry
from sheets_sync.intake.options import Inputs
from sheets_sync.intake.values.addresses import read_emails
from sheets_sync.intake.values.codes import read_code
from sheets_sync.intake.values.counts import read_count
from sheets_sync.intake.values.dates import read_date
from sheets_sync.intake.values.decimals import read_decimal, read_score
from sheets_sync.intake.values.hours import read_hours
from sheets_sync.intake.values.months import read_month
from sheets_sync.intake.values.phones import read_phone
from sheets_sync.intake.values.table import reading_table, sample_words
from sheets_sync.intake.values.years import read_year
from sheets_sync.model.grid import GridCell

ASCII = "".join(map(chr, range(0x21, 0x7F)))
OTHERS = "±≥≤≈½²①Ⅳ–—−’‘“”´°№…·•✓→×÷€Ａｘ０５．，＠éñαО٢५\u0301\u20e3"
FEW = "0159OlxX.,:;'\"-–_/\\|()[]<>+*#%&=?!~@°²±≥½①０Ａ＠é\u0301"

INPUTS = Inputs()
WORDS, NONE = sample_words(INPUTS), frozenset(INPUTS.none)
READERS: dict[str, Callable[[GridCell], Entry[Any]]] = {
    "count": partial(read_count, words=WORDS),
    "decimal": partial(read_decimal, words=WORDS),
    "hours": partial(read_hours, words=WORDS),
    "month": partial(read_month, none=NONE),
    "month, month first": partial(read_month, day_first=False, none=NONE),
    "date": partial(read_date, none=NONE),
    "date, month first": partial(read_date, day_first=False, none=NONE),
    "year": partial(read_year, none=NONE),
    "code": partial(read_code, none=NONE),
    "score": partial(read_score, none=NONE),
    "phone": partial(read_phone, none=NONE),
    "e-mail": partial(read_emails, none=NONE),
}

# Readable texts beside the examples of the reading table.
NUMBERS = (
    "0",
    "7",
    "25",
    "0042",
    "1.234",
    "1,234",
    "1 234",
    "1'234",
    "1.234.567",
    "12,0",
    "1.234,00",
    "100 orang",
    "3 org.",
    "25 (jiwa)",
)
CALENDAR = (
    "8/11/2024", "08-11-24", "13.04.2024", "2024-11-08", "8 November 2024", "8-Nov-24", "Jum'at, 8 November 2024", "Senin 4/11/2024",
    "Tgl. 8/11/2024", "8 Nop '24", "08/11/2024 09.15 WIB", "November 8, 2024",
)  # fmt: skip
TEXTS: dict[str, tuple[str, ...]] = {
    "count": NUMBERS,
    "decimal": ("7,72", "0.5", "7,72 %", "1.234,5", "1,234.5", "1 234", "12,5 orang", "6"),
    "hours": ("8", "7,5", "6 jam", "7.25 jam/hari", "08.00-16.00", "8:00 s/d 15:30", "pukul 8 - 16 WIB", "jam 08.00 sampai 14.00", "7 jam 30 menit"),
    "month": (
        "Januari", "Feb", "Maret 2024", "Apr-24", "MEI2024", "Juni '24", "1. Juli", "8) Agustus 2024", "2024 September", "10", "03", "bln 11",
        "bulan ke-12", "1/2024", "2024-02", "Periode: Maret 2024", "Laporan bulan April", "Sept.", "15 Mei", "Mei tahun 2024", *CALENDAR,
    ),
    "date": CALENDAR,
    "year": ("2024", "1999", "thn 2024"),
    "code": ("T", "42", "PD-001", "6213013B0000001", "a.b_c", "kode: PD-001"),
    "score": ("0", "7,72", "10", "6.0", "7,72%"),
    "phone": ("0812-3456-7890", "+62 812 3456 7890", "081234567890", "(0526) 2031234", "WA: 0812 3456 7890", "0812.3456.7890 (HP)", "+44 20 7946 0000"),
    "e-mail": (
        "a@example.org", "a.b+c@sub.example.co.id", "a@example.org, b@example.org", "a@example.org dan b@example.org", "Email: a@example.org",
        "Perpusdes Lelu <lelu@example.org>", '"Lelu" <lelu@example.org>', "a@example.org .",
    ),
}  # fmt: skip
_TABLE = ("count", "decimal", "hours", "month", "date", "year", "code", "score", "phone", "e-mail")


def texts(kind: str) -> list[str]:
    """Every readable text of a kind: the examples of its forms and those above."""
    name = kind.partition(",")[0]
    grammar = dict(zip(_TABLE, reading_table(), strict=True))[name]
    examples = (example for form in grammar.forms for example in form.examples)
    found = dict.fromkeys([*examples, *TEXTS[name]])
    return [text for text in found if READERS[kind](GridCell(text, text)).refusal is None]


@dataclass(slots=True)
class Trial:
    """What became of the insertions into the texts of one kind."""

    kind: str
    texts: int = 0
    tried: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    same: dict[str, list[str]] = field(default_factory=dict)  # character → a few texts whose value it left as it was
    unaccounted: list[str] = field(default_factory=list)


def insertions(text: str, alphabet: str) -> Iterator[tuple[str, str]]:
    """The character, and the text with it, for each place."""
    for place in range(len(text) + 1):
        for character in alphabet:
            yield character, f"{text[:place]}{character}{text[place:]}"


def trial(kind: str, alphabet: str) -> Trial:
    """Every insertion into every readable text of a kind."""
    done, read = Trial(kind), READERS[kind]
    for text in texts(kind):
        before = read(GridCell(text, text))
        done.texts += 1
        if not accounted(kind, text, before):
            done.unaccounted.append(text)
        for character, changed in insertions(text, alphabet):
            done.tried += 1
            after = read(GridCell(changed, changed))
            outcome = _outcome(before, after)
            done.outcomes[outcome] += 1
            if outcome == "the same value":
                done.same.setdefault(character, []).append(changed)
            if outcome != "asked about" and not accounted(kind, changed, after):
                done.unaccounted.append(changed)
    return done


def _outcome(before: Entry[Any], after: Entry[Any]) -> str:
    if after.refusal:
        return "asked about"
    same = (before.state, before.value) == (after.state, after.value)
    return "the same value" if same else "another value"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--few", action="store_true", help="fewer characters, in a few seconds")
    alphabet = FEW if parser.parse_args().few else ASCII + OTHERS
    trials = [trial(kind, alphabet) for kind in READERS]
    report = {
        "characters": len(alphabet),
        "tried": sum(each.tried for each in trials),
        "unaccounted": [f"{each.kind}: {text}" for each in trials for text in each.unaccounted],
        "kinds": {each.kind: {"texts": each.texts, "tried": each.tried, **each.outcomes} for each in trials},
        "left the value as it was": {
            each.kind: {c: found[0] for c, found in sorted(each.same.items())} for each in trials
        },
    }
    print(json.dumps(report, ensure_ascii=False, indent=1))
    return bool(report["unaccounted"])


if __name__ == "__main__":
    sys.exit(main())
