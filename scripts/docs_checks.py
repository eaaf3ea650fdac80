"""`python scripts/docs_checks.py`: writes docs/pemeriksaan.md anew from the catalogue of checks, in both languages."""

from __future__ import annotations

from pathlib import Path

from sheets_sync.checks import CATALOGUE, Rule
from sheets_sync.i18n import Language, language
from sheets_sync.model import Message, Severity

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


def page() -> str:
    """The whole page, Indonesian first."""
    return "\n".join(_part(language(code)) for code in OPENING)


def _part(t: Language) -> str:
    return "\n".join([OPENING[t.code], *(_section(severity, t) for severity in Severity)])


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
