"""A proposal as files that a person looks through, corrects and saves: YAML with the reasons as comments."""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping

from sheets_sync.config.office import Element
from sheets_sync.i18n import Language
from sheets_sync.intake.adopt.asked import YEAR
from sheets_sync.intake.adopt.match import Match
from sheets_sync.intake.adopt.propose import Proposal
from sheets_sync.intake.options import Layout
from sheets_sync.model import Message, msg

LAYOUTS = frozenset(layout.value for layout in Layout)


def as_files(proposal: Proposal, t: Language) -> Mapping[str, str]:
    """File name → content: `inputs.yaml`, `elements.yaml`, and `register.csv` where no register lists the libraries."""
    files = {
        "inputs.yaml": "\n".join((*_head(proposal, t), *_inputs(proposal, t), "")),
        "elements.yaml": "\n".join((*_head(proposal, t), *_elements(proposal, t), "")),
    }
    return files if proposal.in_register else {**files, "register.csv": _register(proposal)}


def _head(proposal: Proposal, t: Language) -> Iterator[str]:
    """What to do with the file, what reading with it gives, what is asked, and what has no place."""
    figures = sum(seen.value is not None for seen in proposal.read.observations)
    yield _comment(
        t,
        msg(
            "Proposed for the workbook “{title}”. Look through it, correct it, save it in the configuration folder, run sync.",
            title=proposal.workbook.title,
        ),
    )
    yield _comment(
        t,
        msg(
            "Read with it: {figures} figures of {libraries} libraries.",
            figures=figures,
            libraries=len(proposal.libraries),
        ),
    )
    asked = [match for match in proposal.matches if match.asked]
    if asked:
        yield _comment(t, msg("Please answer; nothing was assumed:"))
        yield from (f"#   {match.cell}: {match.typed} – {t(match.reason)}" for match in asked)
    if proposal.unplaced:
        yield _comment(t, msg("Not placed:"))
        yield from (f"#   {cell}: {typed}" for cell, typed in proposal.unplaced)
    yield ""


def _inputs(proposal: Proposal, t: Language) -> Iterator[str]:
    settings = proposal.inputs.model_dump(mode="json", exclude_defaults=True)
    why = {match.cell.tab: _why(match, t) for match in proposal.matches if match.meaning in LAYOUTS}
    if settings.get("tabs"):
        yield "tabs:"
        for tab in settings.pop("tabs"):
            comment = why.get(tab["title"])
            yield f"  - {_flow(tab)}" + (f"  # {comment}" if comment else "")
    columns = settings.pop("columns", {})
    if columns:
        yield "columns:"
        for role, names in columns.items():
            yield from _reasons(proposal, role, t)
            yield f"  {role}: {_flow(names)}"
    yield from (f"{name}: {_flow(value)}" for name, value in settings.items())
    if any(match.meaning == YEAR for match in proposal.matches):
        yield "# year: 2024"


def _elements(proposal: Proposal, t: Language) -> Iterator[str]:
    known = [element for element in proposal.elements.elements if element.id not in proposal.new]
    new = [element for element in proposal.elements.elements if element.id in proposal.new]
    yield "elements:"
    for element in known:
        yield from _element(element, proposal, t)
    if new:
        yield ""
        yield "  " + _comment(
            t,
            msg(
                "New: nothing known is called like this. Where one is another name of an element above, add it to its aliases and remove it here; else give it labels and a unit."
            ),
        )
    for element in new:
        yield from _element(element, proposal, t)


def _element(element: Element, proposal: Proposal, t: Language) -> Iterator[str]:
    yield from _reasons(proposal, element.id, t)
    settings = element.model_dump(mode="json", exclude_defaults=True)
    yield f"  - id: {settings.pop('id')}"
    yield from (f"    {name}: {_flow(value)}" for name, value in settings.items())


def _reasons(proposal: Proposal, meaning: str, t: Language) -> Iterator[str]:
    """A comment for each heading that is proposed to be this, or asked about; once for headings of the same text."""
    places: dict[tuple[str, str], list[Match]] = defaultdict(list)
    for match in proposal.matches:
        if match.meaning == meaning:
            places[match.typed, _why(match, t)].append(match)
    for (typed, why), matches in places.items():
        more = f" +{len(matches) - 1}" if len(matches) > 1 else ""
        yield f"  # {matches[0].cell}{more} “{typed}”: {why}"


def _why(match: Match, t: Language) -> str:
    return t(match.reason) if match.asked else f"{t.percent(match.confidence)}, {t(match.reason)}"


def _comment(t: Language, message: Message) -> str:
    return f"# {t(message)}"


def _flow(value: object) -> str:
    """A value in YAML's flow style, which JSON is."""
    return json.dumps(value, ensure_ascii=False)


def _register(proposal: Proposal) -> str:
    """The rows of a register, to be pasted into its tab."""
    columns = proposal.inputs.register_columns
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([columns.code[0], columns.name[0], columns.tab[0]])
    writer.writerows([library.code, library.name, library.tab] for library in proposal.libraries)
    return out.getvalue()
