"""`python scripts/adopt_trials.py`: how well `adopt` recognises workbooks that nobody prepared.

Makes workbooks in every layout with headings written in many ways, and compares what is proposed with what was meant:
headings matched right, asked about, or matched wrong, and whether any figure would be read as something else. Prints
JSON; ends with 1 where anything was matched or read wrong.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from sheets_sync.config.office import Element, Elements, Office
from sheets_sync.config.yaml_file import read_yaml
from sheets_sync.intake.adopt import Proposal, propose
from sheets_sync.intake.options import Inputs, Layout
from sheets_sync.intake.words import fold
from sheets_sync.model.grid import EMPTY_CELL, GridCell, Merge, Tab, Workbook

ELEMENTS = read_yaml(Path(__file__).resolve().parent.parent / "config" / "elements.yaml", Elements)
OFFICE = Office(code="trial", name="Trial", workbook="book")
CHOSEN = ("visits_onsite", "visits_online", "members_total", "members_new", "loans", "activities", "participants",
          "advocacy", "titles", "copies")  # fmt: skip
MONTHS = ("Januari", "Pebruari", "Maret", "Apr", "Mei", "Juni")
NAMES = ("Tangkum", "Pangkan", "Turan Amis")
UNKNOWN = ("Tamu rombongan", "Layanan keliling", "Sumbangan koran", "Ruang baca anak", "Bimbingan siswa",
           "Donasi dana", "Perbaikan gedung", "Rapat pengurus", "Kunjungan balasan", "Listrik padam")  # fmt: skip
Typed = str | float | None
Truth = dict[tuple[str, str, str], float]  # library, element (or folded unknown heading), month → figure


@dataclass(frozen=True)
class Trial:
    """A made workbook, the headings that were typed with what they mean (None: nothing known), and its figures."""

    name: str
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


def _figures(random: Random, headings: Mapping[str, str | None], libraries: Sequence[str]) -> Truth:
    """A different figure for every library, heading and month."""
    keys = [
        (library, element or fold(heading), f"2024-{month:02}")
        for library in libraries
        for heading, element in headings.items()
        for month in range(1, len(MONTHS) + 1)
    ]
    return dict(zip(keys, map(float, random.sample(range(10, 9999), len(keys))), strict=True))


def tab_per_library(random: Random, headings: Mapping[str, str | None]) -> tuple[list[Tab], Truth]:
    """A tab for each library with a row per month, under two lines of title."""
    truth = _figures(random, headings, NAMES)
    tabs = []
    for n, library in enumerate(NAMES):
        rows: list[list[Typed]] = [["LAPORAN BULANAN"], [], ["No", "Bulan", *headings, "Keterangan"]]
        for m, month in enumerate(MONTHS, 1):
            rows.append([float(m), month, *_row(truth, library, headings, m), None])
        tabs.append(_tab(n, f"{library} 2024", [*rows, [None, "JUMLAH", *[1.0] * len(headings)]]))
    return tabs, truth


def one_tab(random: Random, headings: Mapping[str, str | None]) -> tuple[list[Tab], Truth]:
    """One tab for all libraries; the column with their names is called something nobody knows."""
    truth = _figures(random, headings, NAMES)
    rows: list[list[Typed]] = [["Unit layanan", "Bulan", "Tahun", *headings]]
    for library in NAMES:
        rows += [[library, month, 2024.0, *_row(truth, library, headings, m)] for m, month in enumerate(MONTHS, 1)]
    return [_tab(1, "Data", rows)], truth


def element_rows(random: Random, headings: Mapping[str, str | None]) -> tuple[list[Tab], Truth]:
    """A form with a row per element, quarterly totals between the months."""
    truth = _figures(random, headings, NAMES[:1])
    rows: list[list[Typed]] = [["Nama Perpustakaan: Tangkum"], ["Tahun 2024"],
                               ["No", "Uraian", "Satuan", *MONTHS[:3], "TW I", *MONTHS[3:], "Jumlah"]]  # fmt: skip
    for n, (heading, element) in enumerate(headings.items(), 1):
        row = [truth[NAMES[0], element or fold(heading), f"2024-{m:02}"] for m in range(1, len(MONTHS) + 1)]
        rows.append([float(n), heading, "orang", *row[:3], sum(row[:3]), *row[3:], sum(row)])
    return [_tab(1, "Form", rows)], truth


def wide(random: Random, headings: Mapping[str, str | None]) -> tuple[list[Tab], Truth]:
    """A row per library, a column per element and month."""
    truth = _figures(random, headings, NAMES)
    header: list[Typed] = ["Instansi", *(f"{heading} - {month} 2024" for heading in headings for month in MONTHS)]
    rows: list[list[Typed]] = [header]
    rows += [[library, *_months(truth, library, headings)] for library in NAMES]
    return [_tab(1, "Data", rows)], truth


def wide_in_two_lines(random: Random, headings: Mapping[str, str | None]) -> tuple[list[Tab], Truth]:
    """The same with the element merged above its months."""
    truth = _figures(random, headings, NAMES)
    width = len(MONTHS)
    above: list[Typed] = [None]
    for heading in headings:
        above += [heading, *[None] * (width - 1)]
    rows: list[list[Typed]] = [above, ["Perpustakaan", *[f"{month} 2024" for month in MONTHS] * len(headings)]]
    rows += [[library, *_months(truth, library, headings)] for library in NAMES]
    merges = [Merge(0, 1, 1 + n * width, 1 + (n + 1) * width) for n in range(len(headings))]
    return [_tab(1, "Data", rows, merges)], truth


def form_answers(random: Random, headings: Mapping[str, str | None]) -> tuple[list[Tab], Truth]:
    """Answers of a form: a row an answer, some of them corrected later; nobody says the year but the time stamp."""
    truth = _figures(random, headings, NAMES)
    stamp, month_heading = (
        random.choice(("Timestamp", "Stempel waktu", "Cap waktu")),
        random.choice(("Bulan Laporan", "Bulan")),
    )
    rows: list[list[Typed]] = [[stamp, "Nama Perpustakaan", month_heading, *headings]]
    for m, month in enumerate(MONTHS, 1):
        for library in NAMES:
            right = _row(truth, library, headings, m)
            if random.random() < 0.3:
                rows.append([f"03/{m + 1:02}/2024 9.12.44", library, month, *(figure + 1 for figure in right)])
            rows.append([f"04/{m + 1:02}/2024 8.01.15", library, month, *right])
    return [_tab(1, "Form Responses 1", rows)], truth


def with_addresses(random: Random, headings: Mapping[str, str | None]) -> tuple[list[Tab], Truth]:
    """One tab for all libraries, with where each is beside its name."""
    truth = _figures(random, headings, NAMES)
    rows: list[list[Typed]] = [["branch", "address", "zip code", "year", "month", *headings]]
    for n, library in enumerate(NAMES):
        where: list[Typed] = [library, f"{n + 5} Jalan Raya", 73671.0 + n, 2024.0]
        rows += [[*where, month, *_row(truth, library, headings, m)] for m, month in enumerate(MONTHS, 1)]
    return [_tab(1, "Data", rows)], truth


def a_tab_per_element(random: Random, headings: Mapping[str, str | None]) -> tuple[list[Tab], Truth]:
    """Libraries down and months across under a heading that nobody knows; only the tab's title says of what."""
    truth = _figures(random, headings, NAMES)
    tabs = []
    for n, (heading, element) in enumerate(headings.items()):
        rows: list[list[Typed]] = [["Lokasi", *(f"{month} 2024" for month in MONTHS)]]
        key, months = element or fold(heading), range(1, len(MONTHS) + 1)
        rows += [[library, *(truth[library, key, f"2024-{m:02}"] for m in months)] for library in NAMES]
        tabs.append(_tab(n, heading, rows))
    return tabs, truth


LAYOUTS: Mapping[str, tuple[Layout, Callable[[Random, Mapping[str, str | None]], tuple[list[Tab], Truth]]]] = {
    "tab per library": (Layout.MONTH_ROWS, tab_per_library),
    "one tab": (Layout.MONTH_ROWS, one_tab),
    "element rows": (Layout.ELEMENT_ROWS, element_rows),
    "wide": (Layout.WIDE, wide),
    "wide in two lines": (Layout.WIDE, wide_in_two_lines),
    "form answers": (Layout.ANSWERS, form_answers),
    "with addresses": (Layout.MONTH_ROWS, with_addresses),
    "a tab per element": (Layout.ELEMENT_ROWS, a_tab_per_element),
}


def _row(truth: Truth, library: str, headings: Mapping[str, str | None], month: int) -> list[float]:
    return [truth[library, element or fold(heading), f"2024-{month:02}"] for heading, element in headings.items()]


def _months(truth: Truth, library: str, headings: Mapping[str, str | None]) -> Iterator[float]:
    for heading, element in headings.items():
        for month in range(1, len(MONTHS) + 1):
            yield truth[library, element or fold(heading), f"2024-{month:02}"]


def _tab(sheet_id: int, title: str, rows: Sequence[Sequence[Typed]], merges: Sequence[Merge] = ()) -> Tab:
    return Tab(sheet_id, title, tuple(tuple(map(_cell, row)) for row in rows), tuple(merges))


def _cell(typed: Typed) -> GridCell:
    return EMPTY_CELL if typed is None else GridCell(typed, typed if isinstance(typed, str) else f"{typed:g}")


def trials(seed: int = 1) -> Iterator[Trial]:
    """Every layout with every style of heading."""
    random = Random(seed)  # noqa: S311 - a trial that can be repeated, no secret
    for layout_name, (layout, make) in LAYOUTS.items():
        for style in STYLES:
            headings = _headings(random, style)
            tabs, truth = make(random, headings)
            workbook = Workbook("book", "Trial", "in_ID", "Asia/Pontianak", tuple(tabs))
            yield Trial(f"{layout_name}, {style}", workbook, layout, headings, truth)


def judged(trial: Trial, proposal: Proposal) -> Counter[str]:
    """What became of each heading."""
    outcome: Counter[str] = Counter()
    matches = {fold(match.typed): match for match in proposal.matches if match.meaning in proposal.elements.by_id}
    for heading, element in trial.headings.items():
        match = next((m for text, m in matches.items() if fold(heading) in text), None)
        if match is None or match.asked:
            outcome["asked"] += 1
        elif match.meaning in proposal.new:
            outcome["right" if element is None else "asked"] += 1  # kept under its own name and said to be new
        else:
            outcome["right" if match.meaning == element else "wrong"] += 1
    return outcome


def misread(trial: Trial, proposal: Proposal) -> int:
    """How many figures would be read as another library's, element's or month's."""
    names = {library.code: library.name for library in proposal.libraries}
    own = {element.id: element.id for element in ELEMENTS.elements}
    own |= {code: fold(proposal.elements[code].label.id) for code in proposal.new}
    read = {
        (names.get(seen.library, seen.library), own[seen.element], str(seen.period)): seen.value
        for seen in proposal.read.observations
        if seen.value is not None
    }
    return sum(trial.truth.get(key) != value for key, value in read.items())


def wordless(trial: Trial, proposal: Proposal) -> int:
    """How many tabs with figures are neither read nor asked about nor said to be left out."""
    read = {seen.cell.sheet_id for seen in proposal.read.observations if seen.value is not None}
    said = {match.cell.sheet_id for match in proposal.matches if match.asked}
    said |= {cell.sheet_id for cell, _ in proposal.unplaced}
    return sum(tab.sheet_id not in read | said for tab in trial.workbook.tabs)


def run(seed: int = 1) -> dict[str, Any]:
    """All trials, and what they come to."""
    total: Counter[str] = Counter()
    layouts = read = wrong_figures = possible = silent = 0
    done = [trial for each in (seed, seed + 1) for trial in trials(each)]
    for trial in done:
        proposal = propose(trial.workbook, ELEMENTS, Inputs(), OFFICE)
        total += judged(trial, proposal)
        layouts += any(match.meaning == trial.layout.value for match in proposal.matches)
        silent += wordless(trial, proposal)
        wrong_figures += misread(trial, proposal)
        read += sum(seen.value is not None for seen in proposal.read.observations)
        possible += len(trial.truth)
    headings = {key: total[key] for key in ("right", "asked", "wrong")}
    figures = {"in all": possible, "read": read, "read as something else": wrong_figures}
    return {
        "workbooks": len(done),
        "layouts right": layouts,
        "tabs without a word": silent,
        "headings": headings,
        "figures": figures,
    }


def failed(result: Mapping[str, Any]) -> bool:
    """Whether anything was matched or read wrong, or passed over without a word."""
    wrong = result["headings"]["wrong"] + result["figures"]["read as something else"]
    return bool(wrong or result["tabs without a word"])


if __name__ == "__main__":
    outcome = run()
    print(json.dumps(outcome, indent=1))
    sys.exit(int(failed(outcome)))
