"""`python scripts/docs_checks.py`: writes docs/pemeriksaan.md anew from the catalogue of checks, in both languages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sheets_sync.checks import CATALOGUE, Rule
from sheets_sync.i18n import Language, language
from sheets_sync.intake.entry import Entry
from sheets_sync.intake.month_names import NamedMonth
from sheets_sync.intake.options import Inputs
from sheets_sync.intake.values.characters import SUBSTITUTES
from sheets_sync.intake.values.grammar import Form, Grammar
from sheets_sync.intake.values.table import reading_table
from sheets_sync.model import Message, Period, Severity, State

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "pemeriksaan.md"

OPENING = {
    "id": """\
# Pemeriksaan

Semua pertanyaan yang dapat diajukan tentang isian, ditulis oleh `scripts/docs_checks.py` dari katalog program.
Ambang batasnya ada di `config/checks.yaml`; sebuah pertanyaan dapat dimatikan di sana dengan kodenya (`off: [W-ROUND]`).
Program tidak pernah mengubah isian; ia hanya bertanya. ([English below](#checks))
""",
    "en": """\
# Checks

Every question that can be asked about an entry. The thresholds are in `config/checks.yaml`; a question can be switched
off there by its code (`off: [W-ROUND]`). The program never changes an entry; it only asks.
""",
}
SEVERITIES = {
    "id": {
        Severity.FATAL: "F: nilainya belum dihitung sampai diperbaiki",
        Severity.EXPLAIN: "E: dihitung, tetapi mohon diperbaiki atau dijelaskan",
        Severity.WARNING: "W: sekadar diketahui",
        Severity.READ_AS: "R: cara isian dibaca",
    },
    "en": {
        Severity.FATAL: "F: does not count until it is corrected",
        Severity.EXPLAIN: "E: counts, but please correct it or tell us the reason",
        Severity.WARNING: "W: for information",
        Severity.READ_AS: "R: how an entry was read",
    },
}
COLUMNS = {"id": ("Kode", "Kapan", "Yang perlu dilakukan"), "en": ("Code", "When", "What to do")}
READING = {
    "id": """\
## Cara isian dibaca

Sebuah isian hanya dibaca bila *semua* hurufnya tercakup oleh salah satu bentuk di bawah ini; selain itu menjadi
pertanyaan. `33 pengunjung (?)` bukan 33. Angka yang disimpan lembar sebagai angka dibaca dari nilainya, bukan dari
tampilannya; angka yang tampil sebagai tanggal, jam, persen, atau uang ditanyakan, kecuali di tempat yang disebut di bawah.
""",
    "en": """\
## How entries are read

An entry is read only if *all* of its characters are accounted for by one of the forms below; anything else is a
question. `33 pengunjung (?)` is not 33. A number that the sheet keeps as a number is read by its value, not by how it is
displayed; one that is shown as a date, a time, per cent or money is asked about, except where it is named below.
""",
}
FORMS = {"id": ("Isian", "Bentuk", "Dibaca"), "en": ("Field", "Form", "Read as")}
WORDS = {
    "id": (
        "Yang boleh diketik lain:",
        "Kata untuk nol:",
        "Tidak berlaku:",
        "Kata untuk tidak ada:",
        "Satuan yang sama:",
    ),
    "en": ("What may be typed in another way:", "Words for zero:", "Not applicable:", "Words for none:", "Same units:"),
}
SAID = {
    "id": {"empty": "kosong", "n/a": "tidak berlaku", "asked": "ditanyakan"},
    "en": {"empty": "empty", "n/a": "not applicable", "asked": "asked about"},
}


def page() -> str:
    """The whole page, Indonesian first."""
    return "\n".join(_part(language(code)) for code in OPENING)


def _part(t: Language) -> str:
    return "\n".join([OPENING[t.code], *(_section(severity, t) for severity in Severity), _reading(t)])


def _reading(t: Language) -> str:
    """The reading table, and the words that its forms speak of."""
    columns = FORMS[t.code]
    rows = [_form_row(grammar, form, t) for grammar in reading_table() for form in grammar.forms if form.examples]
    lines = [READING[t.code], _line(columns), _line(("---",) * len(columns)), *rows, "", *_words(t), ""]
    return "\n".join(lines)


def _form_row(grammar: Grammar[Any], form: Form[Any], t: Language) -> str:
    read = [f"`{example}` → {_read_as(grammar.read(example), t)}" for example in form.examples]
    return _line((t(grammar.name), t(form.name), " · ".join(read)))


def _read_as(entry: Entry[Any], t: Language) -> str:
    if entry.refusal:
        return f"{SAID[t.code]['asked']} ({entry.refusal.code})"
    if isinstance(entry.value, NamedMonth):
        month = t.show(Period(entry.value.year or 2024, entry.value.month))
        return month if entry.value.year else month.partition(" ")[0]
    if isinstance(entry.value, int) and entry.value in range(1900, 2101):
        return str(entry.value)
    said = {State.EMPTY: SAID[t.code]["empty"], State.NOT_APPLICABLE: SAID[t.code]["n/a"]}.get(entry.state)
    return said or t.show(entry.value)


def _words(t: Language) -> list[str]:
    """What the forms call words and units, from the default configuration; what is read as another character."""
    inputs = Inputs()
    names = iter(WORDS[t.code])
    characters = "; ".join(t(each.name) for each in SUBSTITUTES)
    lists = [", ".join(f"`{word}`" for word in words) for words in (inputs.zero, inputs.not_applicable, inputs.none)]
    units = "; ".join(", ".join(f"`{word}`" for word in spellings) for spellings in inputs.units)
    return [f"- {name} {text}" for name, text in zip(names, [characters, *lists, units], strict=True)]


def _section(severity: Severity, t: Language) -> str:
    columns = COLUMNS[t.code]
    rows = [_row(rule, t) for rule in CATALOGUE.values() if rule.severity is severity]
    lines = [f"## {SEVERITIES[t.code][severity]}", "", _line(columns), _line(("---",) * len(columns)), *rows, ""]
    return "\n".join(lines)


def _row(rule: Rule, t: Language) -> str:
    example = rule.example or "…"  # some questions choose their example by what they are about
    fix = Message(rule.fix.template, {**rule.fix.params, "example": example})
    return _line((f"`{rule.code}`", t(rule.condition), t(fix)))


def _line(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
