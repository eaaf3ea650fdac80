"""Each row of the register as the library it was before: what is typed may change, the key in the store does not. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sheets_sync.model import Finding, Library
from sheets_sync.model.text import fold
from sheets_sync.rules import register
from sheets_sync.store.identity import Kind, KnownLibrary, identify, marks

_ORDER: tuple[Kind, ...] = ("code", "name", "tab", "address")
_WEAK = ("tab", "address")  # they name a library only where codes don't tell otherwise


@dataclass(frozen=True, slots=True)
class Recognised:
    """The libraries of the register under the keys they always had, and what changed about them."""

    libraries: tuple[Library, ...]
    findings: tuple[Finding, ...]


def recognised(
    read: Sequence[Library], present: Sequence[Library], gone: Sequence[Library], reasons: Mapping[str, str]
) -> Recognised:
    """The rows that were `read`, as what they are of the libraries that were `present` at the last read, or had `gone`.

    A code, NPP or name that differs from what was agreed is one question for its library, until a reason is given.
    """
    known = {each.code: each for each in (*gone, *present)}
    keys = _keys(read, present, gone)
    libraries, findings = [], []
    for row in read:
        library = _carried(row, keys[row.code], known.get(keys[row.code]))
        question = _changed(library)
        if question and question.id in reasons:
            library = replace(library, agreed=_typed(library), former=_former(library))
            question = None
        libraries.append(library)
        findings += [question] if question else []
    return Recognised(tuple(libraries), tuple(findings))


def _keys(read: Sequence[Library], present: Sequence[Library], gone: Sequence[Library]) -> dict[str, str]:
    """The key of each row, by its code as read."""
    known = [KnownLibrary(each.code, marks(each)) for each in present]
    known += [KnownLibrary(each.code, frozenset(), marks(each)) for each in gone]
    free = {each.id: each for each in known}
    matches = identify(known, read)
    keys = {code: match.identity for code, match in matches.items() if match.sure and match.identity in free}
    free = {key: each for key, each in free.items() if key not in keys.values()}
    for row in read:
        if row.code not in keys:
            key = (
                _best(row, free, {each.code: each for each in (*gone, *present)})
                if not matches[row.code].sure
                else None
            )
            keys[row.code] = key or _unused(row.code, {*keys.values(), *(each.id for each in known)})
            free.pop(keys[row.code], None)
    return keys


def _best(row: Library, free: Mapping[str, KnownLibrary], known: Mapping[str, Library]) -> str | None:
    """The one library that the strongest mark of a row in doubt names."""
    for kind in _ORDER:
        mine = {mark for mark in marks(row) if mark.kind == kind}
        owners = [key for key, each in free.items() if mine & (each.now | each.before)]
        if len(owners) == 1 and not (kind in _WEAK and _coded(row) and _coded(known[owners[0]])):
            return owners[0]
    return None


def _coded(library: Library) -> bool:
    return bool(library.npp or library.own_code)


def _unused(code: str, taken: set[str]) -> str:
    """A key for a new library; one that another library has always had gets a number, which nobody types."""
    return next(key for n in range(1, len(taken) + 2) if (key := code if n == 1 else f"{code}~{n}") not in taken)


def _carried(row: Library, key: str, known: Library | None) -> Library:
    """A row under its key, with what was agreed about it; what nobody had typed before is agreed at once."""
    typed, before = _typed(row), known.agreed if known else ()
    agreed = tuple(was or now for was, now in zip(before, typed, strict=True)) if before else typed
    return replace(row, code=key, typed_code=row.code, agreed=agreed, former=known.former if known else ())


def _typed(library: Library) -> tuple[str, ...]:
    return (library.own_code, library.npp, library.name)


def _differences(library: Library) -> Iterator[tuple[str, str]]:
    for was, now in zip(library.agreed, _typed(library), strict=True):
        if now and was.casefold() != now.casefold() and (now != library.name or fold(was) != fold(now)):
            yield was, now


def _changed(library: Library) -> Finding | None:
    """The question about what changed, with what it was."""
    differences = list(_differences(library))
    if not differences:
        return None
    was, now = (", ".join(texts) for texts in zip(*differences, strict=True))
    where = (library.cell,) if library.cell else ()
    return register.CHANGED.finding(
        library=library.code, cells=where, typed=f"{was} → {now}", name=library.name, was=was, now=now
    )


def _former(library: Library) -> tuple[str, ...]:
    """The names and codes the library went by, which still find it where nobody else has them."""
    return tuple(dict.fromkeys((*library.former, *(was for was, _ in _differences(library)))))
