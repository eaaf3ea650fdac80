"""Which library a row of the register is: recognised by what stayed, in doubt where two marks name two libraries."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.model import Library
from sheets_sync.store.identity import KnownLibrary, identify, marks

T = Library("t", "Tangkum", tab="Tab T", emails=("t@x.org",))
P = Library("p", "Pangkan", tab="Tab P", emails=("p@x.org",))
KNOWN = tuple(KnownLibrary(f"={each.code}", marks(each)) for each in (T, P))
GONE = (KnownLibrary("=t", frozenset(), marks(T)), KNOWN[1])
MOVED = (KNOWN[0], KnownLibrary("=p", marks(replace(P, tab="Lain")), marks(P)))
NEW, DOUBT = "new", "doubt"


@dataclass(frozen=True)
class Case:
    """Rows as they are read, and what each must be: a known library, a new one, or in doubt."""

    name: str
    read: tuple[Library, ...]
    are: tuple[str, ...]
    known: tuple[KnownLibrary, ...] = KNOWN


CASES = (
    Case("nothing changed", (T, P), ("=t", "=p")),
    Case("rows in another order", (P, T), ("=p", "=t")),
    Case("code changed", (replace(T, code="x"), P), ("=t", "=p")),
    Case("code in capitals", (replace(T, code="T"), P), ("=t", "=p")),
    Case("name changed", (replace(T, name="Baru"), P), ("=t", "=p")),
    Case("tab changed", (replace(T, tab="Baru"), P), ("=t", "=p")),
    Case("address changed", (replace(T, emails=("x@x.org",)), P), ("=t", "=p")),
    Case("all but the code changed", (replace(T, name="B", tab="B", emails=("x@x.org",)), P), ("=t", "=p")),
    Case("code and address changed", (replace(T, code="x", emails=("x@x.org",)), P), ("=t", "=p")),
    Case("code, tab and address changed", (replace(T, code="x", tab="B", emails=("x@x.org",)), P), (DOUBT, "=p")),
    Case("everything changed", (Library("x", "Baru", tab="Baru", emails=("x@x.org",)), P), (NEW, "=p")),
    Case("only the address stayed", (Library("x", "Baru", tab="Baru", emails=("t@x.org",)), P), (DOUBT, "=p")),
    Case("codes swapped", (replace(T, code="p"), replace(P, code="t")), (DOUBT, DOUBT)),
    Case("codes rotated into a new one", (replace(T, code="p"), replace(P, code="x")), (DOUBT, DOUBT)),
    Case("names and tabs swapped", (replace(P, code="t"), replace(T, code="p")), (DOUBT, DOUBT)),
    Case("tabs swapped", (replace(T, tab="Tab P"), replace(P, tab="Tab T")), (DOUBT, DOUBT)),
    Case("addresses swapped", (replace(T, emails=P.emails), replace(P, emails=T.emails)), ("=t", "=p")),
    Case("one takes the other's name", (replace(T, name="Pangkan"), P), (DOUBT, "=p")),
    Case("one takes the tab the other had before", (replace(T, tab="Tab P"), replace(P, tab="Lain")), (DOUBT, "=p"), MOVED),
    Case("a stranger's row with a known name", (T, P, Library("x", "Tangkum", emails=("x@x.org",))), ("=t", "=p", NEW)),
    Case("a stranger's row with a known tab", (T, P, Library("x", "X", tab="Tab T")), ("=t", "=p", NEW)),
    Case("a stranger's row in the place of one", (Library("t", "X", tab="X", emails=("x@x.org",)), P), ("=t", "=p")),
    Case("a row removed", (P,), ("=p",)),
    Case("a row written back", (T, P), ("=t", "=p"), GONE),
    Case("a removed row's name under another code", (replace(T, code="x", tab="", emails=()), P), (DOUBT, "=p"), GONE),
    Case("the first register", (T, P), (NEW, NEW), ()),
)  # fmt: skip


def found(case: Case) -> tuple[str, ...]:
    known = {each.id for each in case.known}
    matches = identify(case.known, case.read)
    return tuple(
        DOUBT if not match.sure else match.identity if match.identity in known else NEW for match in matches.values()
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_row_is_what_stayed(case: Case) -> None:
    """A row is the library its marks agree on, a new one where none is known, and in doubt where they disagree."""
    assert found(case) == case.are


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_no_two_rows_are_one_library(case: Case) -> None:
    """Every row has an identity of its own."""
    matches = identify(case.known, case.read)
    assert len({match.identity for match in matches.values()}) == len(case.read)


texts = st.sampled_from(["", "t", "p", "Tangkum", "Pangkan", "Tab T", "Tab P", "x", "y"])
libraries = st.builds(Library, code=texts.filter(bool), name=texts.filter(bool), tab=texts, emails=st.tuples(texts))
registers = st.lists(libraries, max_size=5, unique_by=lambda library: library.code)


@given(registers)
def test_whoever_is_recognised_has_no_mark_of_another(read: list[Library]) -> None:
    """Whatever is typed: a row that is taken for a known library has neither code, name nor tab of the other one."""
    for library in read:
        match = identify(KNOWN, read)[library.code]
        for other in KNOWN:
            if match.sure and match.identity in ("=t", "=p") and other.id != match.identity:
                assert not {mark for mark in marks(library) & other.now if mark.kind != "address"}


@given(registers)
def test_a_register_read_twice_is_the_same(read: list[Library]) -> None:
    """What was just read is recognised without doubt, but for rows that share their marks."""
    known = [KnownLibrary(f"={number}", marks(each)) for number, each in enumerate(read)]
    values = [(mark.kind, mark.value) for each in read for mark in marks(each) if mark.kind != "address"]
    matches = identify(known, read)
    if len(set(values)) == len(values):
        assert [match.identity for match in matches.values()] == [each.id for each in known]
