"""`python scripts/adopt_trials.py`: how well `adopt` recognises workbooks that nobody prepared.

Makes workbooks in every layout with headings written in many ways, and compares what is proposed with what was meant:
headings matched right, asked about, or matched wrong; tabs of which not a word is said; and whether any figure would be
read as something else, by what adopt shows and by a sync with the files it writes. Prints JSON, with `--each` a line for
each layout; ends with 1 where anything was matched or read wrong.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from csv import reader
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from adopt_drawn import DRAWN
from adopt_workbooks import PREPARED, Truth, tab_of

from sheets_sync.config.office import Element, Elements, Office
from sheets_sync.config.yaml_file import read_yaml
from sheets_sync.i18n import language
from sheets_sync.intake import Interpretation, interpret, read_register
from sheets_sync.intake.adopt import Proposal, as_files, propose
from sheets_sync.intake.options import Inputs, Layout
from sheets_sync.intake.words import fold
from sheets_sync.model.grid import Workbook

LAYOUTS = {**PREPARED, **DRAWN}
ELEMENTS = read_yaml(Path(__file__).resolve().parent.parent / "config" / "elements.yaml", Elements)
OFFICE = Office(code="trial", name="Trial", workbook="book")
CHOSEN = ("visits_onsite", "visits_online", "members_total", "members_new", "loans", "activities", "participants",
          "advocacy", "titles", "copies")  # fmt: skip
UNKNOWN = ("Tamu rombongan", "Layanan keliling", "Sumbangan koran", "Ruang baca anak", "Bimbingan siswa",
           "Donasi dana", "Perbaikan gedung", "Rapat pengurus", "Kunjungan balasan", "Listrik padam")  # fmt: skip


@dataclass(frozen=True)
class Trial:
    """A made workbook, the headings that were typed with what they mean (None: nothing known), and its figures."""

    name: str
    style: str
    workbook: Workbook
    layout: Layout
    headings: Mapping[str, str | None]
    truth: Truth


def _typo(random: Random, text: str) -> str:
    """One letter left out inside a word."""
    inside = [n for n in range(1, len(text) - 1) if text[n - 1 : n + 2].isalpha()]
    at = random.choice(inside)
    return text[:at] + text[at + 1 :]


STYLES: Mapping[str, Callable[[Random, Element], str]] = {
    "label": lambda _, e: e.label.id,
    "english": lambda _, e: e.label.en,
    "alias": lambda r, e: r.choice(e.aliases),
    "upper": lambda _, e: e.label.id.upper(),
    "marked": lambda _, e: f" {e.label.id.replace(' ', '  ')} *:",
    "no-break": lambda _, e: e.label.id.replace(" ", "\u00a0"),
    "unit": lambda _, e: f"{e.label.id} ({e.unit.id})" if e.unit.id not in e.label.id else e.label.id,
    "numbered": lambda r, e: f"{r.randint(1, 12)}. {e.label.id}",
    "typo": lambda r, e: _typo(r, e.label.id),
    "unknown": lambda _, e: UNKNOWN[CHOSEN.index(e.id)],
    "mixed": lambda r, e: r.choice(
        (e.label.id, r.choice(e.aliases), _typo(r, e.label.id), UNKNOWN[CHOSEN.index(e.id)])
    ),
}


def _headings(random: Random, style: str) -> dict[str, str | None]:
    """Heading as typed → what it means."""
    found: dict[str, str | None] = {}
    for name in CHOSEN:
        typed = STYLES[style](random, ELEMENTS[name])
        found[typed] = None if typed in UNKNOWN else name
    return found


def trials(seed: int = 1) -> Iterator[Trial]:
    """Every layout with every style of heading."""
    random = Random(seed)  # noqa: S311 - a trial that can be repeated, no secret
    for layout_name, (layout, make) in LAYOUTS.items():
        for style in STYLES:
            headings = _headings(random, style)
            tabs, truth = make(random, headings)
            workbook = Workbook("book", "Trial", "in_ID", "Asia/Pontianak", tuple(tabs))
            yield Trial(layout_name, style, workbook, layout, headings, truth)


def judged(trial: Trial, proposal: Proposal) -> Counter[str]:
    """What became of each heading."""
    outcome: Counter[str] = Counter()
    matches = [(fold(match.typed), match) for match in proposal.matches if match.meaning in proposal.elements.by_id]
    for heading, element in trial.headings.items():
        found = [match for text, match in matches if fold(heading) in text]
        match = next((match for match in found if match.meaning == element), next(iter(found), None))
        if match is None or match.asked:
            outcome["asked"] += 1
        elif match.meaning in proposal.new:
            outcome["right" if element is None else "asked"] += 1  # kept under its own name and said to be new
        else:
            outcome["right" if match.meaning == element else "wrong"] += 1
    return outcome


def misread(trial: Trial, proposal: Proposal, read: Interpretation) -> int:
    """How many figures are read as another library's, element's or month's."""
    names = {library.code: library.name for library in proposal.libraries}
    own = {element.id: element.id for element in ELEMENTS.elements}
    own |= {code: fold(proposal.elements[code].label.id) for code in proposal.new}
    found = {
        (names.get(seen.library, seen.library), own[seen.element], str(seen.period)): seen.value
        for seen in read.observations
        if seen.value is not None
    }
    return sum(trial.truth.get(key) != value for key, value in found.items())


def synced(trial: Trial, proposal: Proposal) -> Interpretation:
    """What a sync reads once the proposal's files stand in the configuration, the register in its tab."""
    with TemporaryDirectory() as folder:
        files = as_files(proposal, language("id"))
        for name, content in files.items():
            Path(folder, name).write_text(content, encoding="utf-8")
        inputs = read_yaml(Path(folder, "inputs.yaml"), Inputs)
        elements = read_yaml(Path(folder, "elements.yaml"), Elements)
    register = tab_of(999, OFFICE.tabs.libraries, [*reader(files["register.csv"].splitlines())])
    libraries = read_register(register, "book", inputs).libraries
    return interpret(trial.workbook, libraries, elements, inputs, OFFICE)


def wordless(trial: Trial, proposal: Proposal) -> int:
    """How many tabs with figures are neither read nor asked about nor said to be left out."""
    read = {seen.cell.sheet_id for seen in proposal.read.observations if seen.value is not None}
    said = {match.cell.sheet_id for match in proposal.matches if match.asked}
    said |= {cell.sheet_id for cell, _ in proposal.unplaced}
    said |= {tab.sheet_id for tab in proposal.read.tabs if tab.account and tab.account.unread}
    return sum(tab.sheet_id not in read | said for tab in trial.workbook.tabs)


def tried(trial: Trial) -> Counter[str]:
    """What becomes of a workbook."""
    proposal = propose(trial.workbook, ELEMENTS, Inputs(), OFFICE)
    after = synced(trial, proposal)
    asked = sum(match.asked for match in proposal.matches) + len(proposal.unplaced)
    nothing = not any(seen.value is not None for seen in after.observations)
    return judged(trial, proposal) + Counter(
        {
            "workbooks": 1,
            "layouts right": int(any(match.meaning == trial.layout.value for match in proposal.matches)),
            "tabs without a word": wordless(trial, proposal),
            "nothing to answer, nothing read": int(nothing and not asked and not _unread(proposal)),
            "in all": len(trial.truth),
            "read": sum(seen.value is not None for seen in proposal.read.observations),
            "read as something else": misread(trial, proposal, proposal.read),
            "read by the sync after": sum(seen.value is not None for seen in after.observations),
            "read as something else by the sync after": misread(trial, proposal, after),
        }
    )


def _unread(proposal: Proposal) -> bool:
    return any(tab.account is not None and tab.account.unread for tab in proposal.read.tabs)


_OF_WORKBOOKS = ("workbooks", "layouts right", "tabs without a word", "nothing to answer, nothing read")
_OF_FIGURES = ("in all", "read", "read as something else", "read by the sync after", "read as something else by the sync after")  # fmt: skip


def told(total: Counter[str]) -> dict[str, Any]:
    """The figures in the order in which one asks for them."""
    headings = {key: total[key] for key in ("right", "asked", "wrong")}
    figures = {key: total[key] for key in _OF_FIGURES}
    return {**{key: total[key] for key in _OF_WORKBOOKS}, "headings": headings, "figures": figures}


def run(seeds: Iterable[int] = (1,), each: int = 1) -> dict[str, Any]:
    """All trials, or one of `each`, and what they come to: in all, and by layout."""
    by_layout: dict[str, Counter[str]] = {name: Counter() for name in LAYOUTS}
    for seed in seeds:
        for trial in islice(trials(seed), 0, None, each):
            by_layout[trial.name] += tried(trial)
    return {
        **told(sum(by_layout.values(), Counter())),
        "layouts": {name: told(each) for name, each in by_layout.items()},
    }


def failed(result: Mapping[str, Any]) -> bool:
    """Whether anything was matched or read wrong, or passed over without a word."""
    figures = result["figures"]
    wrong = figures["read as something else"] + figures["read as something else by the sync after"]
    silent = result["tabs without a word"] + result["nothing to answer, nothing read"]
    return bool(result["headings"]["wrong"] + wrong + silent)


if __name__ == "__main__":
    outcome = run()
    layouts = outcome.pop("layouts")
    print(json.dumps(outcome, indent=1))
    if "--each" in sys.argv:
        print("\n".join(f"{name}: {json.dumps(each)}" for name, each in layouts.items()))
    sys.exit(int(failed(outcome)))
