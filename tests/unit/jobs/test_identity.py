"""A library keeps its key whatever is typed over in the register, and what changed is one question."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from sheets_sync.jobs.identity import recognised
from sheets_sync.model import Library

T = Library("t", "Tangkum", tab="Tab T", emails=("t@x.org",), npp="", own_code="t")
P = Library("p", "Pangkan", tab="Tab P", emails=("p@x.org",), npp="6213", own_code="p")
P = replace(P, code="6213")
BARE = Library("lelu", "Lelu", tab="Tab L")


def again(
    read: tuple[Library, ...], present: tuple[Library, ...] = (T, P), gone: tuple[Library, ...] = ()
) -> tuple[str, ...]:
    """The keys of the rows of a second read."""
    first = recognised((*present, *gone), (), (), {}).libraries
    here, left = first[: len(present)], first[len(present) :]
    return tuple(each.code for each in recognised(read, here, left, {}).libraries)


@dataclass(frozen=True)
class Case:
    """Rows of the second read, their keys, and how many questions there are."""

    name: str
    read: tuple[Library, ...]
    keys: tuple[str, ...]
    questions: int
    present: tuple[Library, ...] = (T, P)
    gone: tuple[Library, ...] = ()


def coded(library: Library, code: str) -> Library:
    """The row with another own code, as it is read."""
    return replace(library, own_code=code, code=library.npp or code)


def numbered(library: Library, npp: str) -> Library:
    """The row with another NPP, as it is read."""
    return replace(library, npp=npp, code=npp or library.own_code)


BARE_X = replace(BARE, code="lelo", name="Lelo")
CASES = (
    Case("nothing", (T, P), ("t", "6213"), 0),
    Case("rows swapped", (P, T), ("6213", "t"), 0),
    Case("code changed", (coded(T, "x"), P), ("t", "6213"), 1),
    Case("code in capitals", (coded(T, "T"), P), ("t", "6213"), 0),
    Case("name changed", (replace(T, name="Tangkum Raya"), P), ("t", "6213"), 1),
    Case("NPP changed", (T, numbered(P, "999")), ("t", "6213"), 1),
    Case("NPP emptied", (T, numbered(P, "")), ("t", "6213"), 0),
    Case("NPP added", (numbered(T, "777"), P), ("t", "6213"), 0),
    Case("own code changed beside the NPP", (T, coded(P, "y")), ("t", "6213"), 1),
    Case("code and name changed, tab and address stay", (coded(replace(T, name="Lain"), "x"), P), ("t", "6213"), 1),
    Case("NPP and name changed, code stays", (T, numbered(replace(P, name="Lain"), "999")), ("t", "6213"), 1),
    Case("code, tab and address changed, name stays", (coded(replace(T, tab="", emails=()), "x"), P), ("t", "6213"), 1),
    Case("removed", (P,), ("6213",), 0),
    Case("written back", (T, P), ("t", "6213"), 0, (P,), (T,)),
    Case("written back under another code", (coded(T, "x"), P), ("t", "6213"), 1, (P,), (T,)),
    Case("another library with the address of one that left", (Library("x", "Baru", emails=("t@x.org",), own_code="x"), P),
         ("x", "6213"), 0, (P,), (T,)),
    Case("a new row", (T, P, Library("x", "Baru", own_code="x")), ("t", "6213", "x"), 0),
    Case("the name of a library without a code", (BARE_X,), ("lelu",), 1, (BARE,)),
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_library_keeps_its_key(case: Case) -> None:
    """Over two reads: the same keys, one question for each library about which something changed."""
    first = recognised((*case.present, *case.gone), (), (), {}).libraries
    here, left = first[: len(case.present)], first[len(case.present) :]
    second = recognised(case.read, here, left, {})
    assert tuple(each.code for each in second.libraries) == case.keys
    assert len(second.findings) == case.questions
    third = recognised(case.read, second.libraries, left, {})
    assert tuple(each.code for each in third.libraries) == case.keys
    assert third.findings == second.findings


def test_a_reason_settles_the_question() -> None:
    """Once the office has said that it is right, the new code is what is agreed, and the old one still finds it."""
    first = recognised((T,), (), (), {}).libraries
    second = recognised((coded(T, "x"),), first, (), {})
    (question,) = second.findings
    third = recognised((coded(T, "x"),), second.libraries, (), {question.id: "kode baru"})
    assert third.findings == ()
    assert (third.libraries[0].code, third.libraries[0].agreed[0], third.libraries[0].former) == ("t", "x", ("t",))


def test_a_new_library_takes_no_key_of_another() -> None:
    """The code that a library gave up, typed for a new one, makes a library of its own."""
    moved = recognised((coded(T, "x"),), recognised((T,), (), (), {}).libraries, (), {}).libraries
    both = recognised((coded(T, "x"), Library("t", "Lelu", own_code="t")), moved, (), {}).libraries
    assert [each.code for each in both] == ["t", "t~2"]
