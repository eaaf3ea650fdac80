"""Each row of the register as the library it was before: what is typed may change, the key in the store does not. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sheets_sync.intake import ReadRegister
from sheets_sync.jobs.libraries.same_library import matched
from sheets_sync.model import CellRef, Finding, Library
from sheets_sync.model.text import fold
from sheets_sync.rules import register as rules


@dataclass(frozen=True, slots=True)
class Recognised:
    """The libraries of the register under the keys they always had, and everything that is asked about it."""

    libraries: tuple[Library, ...]
    findings: tuple[Finding, ...]


def recognised(
    read: ReadRegister, present: Sequence[Library], gone: Sequence[Library], reasons: Mapping[str, str]
) -> Recognised:
    """The rows that were `read`, as what they are of the libraries that were `present` at the last read, or had `gone`.

    A code, NPP or name that differs from what was agreed is one question for its library, until a reason is given. A
    row whose name was emptied keeps the name it had; one that names nothing any more is known by what else stands in it.
    """
    known = {each.code: each for each in (*gone, *present)}
    rows = (*read.libraries, *read.nameless)
    keys = matched(rows, present, gone)
    taken = {*known, *filter(None, keys)}
    libraries, findings = [], []
    for row, key in zip(rows, keys, strict=True):
        if key is None and not row.code:
            continue  # nobody knows which library it is: that it has no name is asked already
        own = key or _unused(row.code, taken)
        taken.add(own)
        library, question = _asked(_carried(row, own, known.get(own)), known.get(own), reasons)
        libraries.append(library)
        findings += [question] if question else []
    return Recognised(_in_order(libraries), (*_about(read.findings, libraries), *findings))


def _unused(code: str, taken: set[str]) -> str:
    """A key for a new library; one that another library has always had gets a number, which nobody types."""
    return next(key for n in range(1, len(taken) + 2) if (key := code if n == 1 else f"{code}~{n}") not in taken)


def _carried(row: Library, key: str, known: Library | None) -> Library:
    """A row under its key, with what was agreed about it; what nobody had typed before is agreed at once."""
    typed, before = _typed(row), known.agreed if known else ()
    agreed = tuple(was or now for was, now in zip(before, typed, strict=True)) if before else typed
    name = row.name or (known.name if known else row.code)
    former = known.former if known else ()
    return replace(row, code=key, name=name, typed_code=row.code or key, agreed=agreed, former=former)


def _asked(library: Library, known: Library | None, reasons: Mapping[str, str]) -> tuple[Library, Finding | None]:
    """A library with the question about what changed; a reason for it settles what is agreed.

    The reason may be to the question as it was asked at the last read, when the row stood elsewhere.
    """
    differences = list(_differences(library))
    if not differences:
        return library, None
    asked = _question(library, library.cell, differences)
    earlier = _question(library, known.cell if known else None, differences)
    if asked.id not in reasons and earlier.id not in reasons:
        return library, asked
    former = tuple(dict.fromkeys((*library.former, *(was for was, _ in differences))))
    return replace(library, agreed=_typed(library), former=former), None


def _typed(library: Library) -> tuple[str, ...]:
    return (library.own_code, library.npp, library.name)


def _differences(library: Library) -> Iterator[tuple[str, str]]:
    for was, now in zip(library.agreed, _typed(library), strict=True):
        if was and now and was.casefold() != now.casefold() and (now != library.name or fold(was) != fold(now)):
            yield was, now


def _question(library: Library, where: CellRef | None, differences: Sequence[tuple[str, str]]) -> Finding:
    """The question about what changed, with what it was."""
    was, now = (", ".join(texts) for texts in zip(*differences, strict=True))
    cells = (where,) if where else ()
    typed = f"{was} → {now}"
    return rules.CHANGED.finding(library=library.code, cells=cells, typed=typed, name=library.name, was=was, now=now)


def _in_order(libraries: Sequence[Library]) -> tuple[Library, ...]:
    """As their rows stand in the register."""
    return tuple(sorted(libraries, key=lambda each: each.cell.row if each.cell else 0))


def _about(findings: Sequence[Finding], libraries: Sequence[Library]) -> Iterator[Finding]:
    """The questions about the rows, each with the library that its row is."""
    keys = {each.typed_code: each.code for each in libraries}
    rows = {each.cell.row: each.code for each in libraries if each.cell}
    for finding in findings:
        if finding.library:
            yield replace(finding, library=keys.get(finding.library, finding.library))
        elif finding.rule_code == rules.NAME.code:
            yield replace(finding, library=rows.get(finding.cells[0].row))
        else:
            yield finding
