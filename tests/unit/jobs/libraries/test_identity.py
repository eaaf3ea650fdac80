"""A library keeps its key whatever is typed over in the register, and what changed is one question."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from grids import Typed, tab
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_sync.intake import Inputs, ReadRegister, read_register
from sheets_sync.jobs.libraries.identity import Recognised, recognised
from sheets_sync.model import Library

T = Library("t", "Tangkum", tab="Tab T", emails=("t@x.org",), npp="", own_code="t")
P = Library("p", "Pangkan", tab="Tab P", emails=("p@x.org",), npp="6213", own_code="p")
P = replace(P, code="6213")
BARE = Library("lelu", "Lelu", tab="Tab L")


def seen(read: tuple[Library, ...], present: tuple[Library, ...] = (), gone: tuple[Library, ...] = ()) -> Recognised:
    """Rows of a register, recognised."""
    return recognised(ReadRegister(read, ()), present, gone, {})


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
    first = seen((*case.present, *case.gone)).libraries
    here, left = first[: len(case.present)], first[len(case.present) :]
    second = seen(case.read, here, left)
    assert tuple(each.code for each in second.libraries) == case.keys
    assert len(second.findings) == case.questions
    third = seen(case.read, second.libraries, left)
    assert tuple(each.code for each in third.libraries) == case.keys
    assert third.findings == second.findings


def test_a_reason_settles_the_question() -> None:
    """Once the office has said that it is right, the new code is what is agreed, and the old one still finds it."""
    first = seen((T,)).libraries
    second = seen((coded(T, "x"),), first)
    (question,) = second.findings
    third = recognised(ReadRegister((coded(T, "x"),), ()), second.libraries, (), {question.id: "kode baru"})
    assert third.findings == ()
    assert (third.libraries[0].code, third.libraries[0].agreed[0], third.libraries[0].former) == ("t", "x", ("t",))


def test_a_new_library_takes_no_key_of_another() -> None:
    """The code that a library gave up, typed for a new one, makes a library of its own."""
    moved = seen((coded(T, "x"),), seen((T,)).libraries).libraries
    both = seen((coded(T, "x"), Library("t", "Lelu", own_code="t")), moved).libraries
    assert [each.code for each in both] == ["t", "t~2"]


HEAD = ("NPP", "Kode", "Nama", "Kecamatan", "Tab", "E-mail")
Row = tuple[Typed, ...]
TANGKUM: Row = ("6213A", "PD01", "Perpustakaan Desa Tangkum", "Dusun Timur", "Tangkum", "t@x.org")
PANGKAN: Row = ("6213B", "PD02", "Perpustakaan Desa Pangkan", "Paju Epat", "Pangkan", "p@x.org")
LELU: Row = ("6213C", "PD03", "Perpustakaan Desa Lelu", "Dusun Timur", "Lelu", "l@x.org")
BEFORE = (TANGKUM, PANGKAN, LELU)
KEYS = {"6213A": TANGKUM, "6213B": PANGKAN, "6213C": LELU}


def but(row: Row, **typed: Typed) -> Row:
    """The row with other things in some of its columns."""
    return tuple(typed.get(head.lower().replace("-", ""), value) for head, value in zip(HEAD, row, strict=True))


def read(rows: tuple[Row, ...], known: tuple[Library, ...] = (), without: str = "") -> ReadRegister:
    """A register of these rows, without one of its columns."""
    at = [n for n, heading in enumerate(HEAD) if heading != without]
    page = [[row[n] for n in at] for row in (HEAD, *rows)]
    return read_register(tab("Perpustakaan", *page), "book", Inputs(), known=known)


def after(rows: tuple[Row, ...], before: tuple[Row, ...] = BEFORE, without: str = "") -> Recognised:
    """The second read of a register."""
    known = recognised(read(before, without=without), (), (), {}).libraries
    return recognised(read(rows, known, without), known, (), {})


A, B, C = "6213A", "6213B", "6213C"
CHANGED, TWICE, NAMELESS = "E-REGISTER-CHANGED", "F-CODE-TWICE", "F-REGISTER-NAME"


@dataclass(frozen=True)
class Typing:
    """What became of the register, the keys of its libraries in order, and what is asked."""

    name: str
    rows: tuple[Row, ...]
    keys: tuple[str, ...] = (A, B, C)
    asked: tuple[str, ...] = ()


TYPINGS = (
    Typing("nothing", BEFORE),
    Typing("two rows swapped", (PANGKAN, TANGKUM, LELU), (B, A, C)),
    Typing("sorted from the last", (LELU, PANGKAN, TANGKUM), (C, B, A)),
    Typing("a row moved to the end", (PANGKAN, LELU, TANGKUM), (B, C, A)),
    Typing("a row put in between", (TANGKUM, ("6213D", "PD04", "Baru", None, None, None), PANGKAN, LELU), (A, "6213D", B, C)),
    Typing("the code changed", (but(TANGKUM, kode="PD-001"), PANGKAN, LELU), asked=(CHANGED,)),
    Typing("the NPP changed", (but(TANGKUM, npp="6213X"), PANGKAN, LELU), asked=(CHANGED,)),
    Typing("the name changed", (but(TANGKUM, nama="Perpustakaan Desa Tangkum Raya"), PANGKAN, LELU), asked=(CHANGED,)),
    Typing("code and NPP changed, sorted", (LELU, but(TANGKUM, npp="6213X", kode="Q"), PANGKAN), (C, A, B), (CHANGED,)),
    Typing("only the codes sorted", (but(TANGKUM, kode="PD02"), but(PANGKAN, kode="PD01"), LELU), asked=(CHANGED, CHANGED)),
    Typing("only the names sorted", (but(TANGKUM, nama=PANGKAN[2]), but(PANGKAN, nama=TANGKUM[2]), LELU), asked=(CHANGED, CHANGED)),
    Typing("the NPP of another, below it", (TANGKUM, but(PANGKAN, npp=A), LELU), asked=(TWICE,)),
    Typing("the NPP of another, above it", (but(PANGKAN, npp=A), TANGKUM, LELU), (B, A, C), (TWICE,)),
    Typing("one NPP for all", (but(LELU, npp=A), but(PANGKAN, npp=A), TANGKUM), (C, B, A), (TWICE, TWICE)),
    Typing("NPPs that say none", (but(TANGKUM, npp="-"), but(PANGKAN, npp="tidak tahu"), but(LELU, npp="belum ada"))),
    Typing("the code of another, above it", (but(PANGKAN, kode="PD01"), TANGKUM, LELU), (B, A, C), (TWICE,)),
    Typing("the name emptied", (but(TANGKUM, nama=None), PANGKAN, LELU), asked=(NAMELESS,)),
    Typing("the name a dash", (but(TANGKUM, nama="-"), PANGKAN, LELU), asked=(NAMELESS,)),
    Typing("the name emptied and sorted", (LELU, PANGKAN, but(TANGKUM, nama=None)), (C, B, A), (NAMELESS,)),
    Typing("every name emptied", (but(TANGKUM, nama=None), but(PANGKAN, nama=None), but(LELU, nama=None)), asked=(NAMELESS,) * 3),
    Typing("name, NPP and code emptied", (but(TANGKUM, npp=None, kode=None, nama=None), PANGKAN, LELU), asked=(NAMELESS,)),
    Typing("all but the district emptied", (TANGKUM, (None, None, None, "Paju Epat", None, None), LELU), asked=(NAMELESS,)),
    Typing("the same, in the last place", (TANGKUM, LELU, (None, None, None, "Paju Epat", None, None)), (A, C, B), (NAMELESS,)),
    Typing("capitals and spaces", (but(TANGKUM, nama="PERPUSTAKAAN  DESA TANGKUM", kode="pd01"), PANGKAN, LELU)),
    Typing("the NPP in the column of codes", (but(TANGKUM, npp=None, kode=A), PANGKAN, LELU), asked=(CHANGED,)),
    Typing("a library of another kind of name", (TANGKUM, PANGKAN, LELU, (None, None, "Rumah Baca", "Awang", None, None)),
           (A, B, C, "rumah-baca"), ("W-REGISTER-CODE",)),
)  # fmt: skip


@pytest.mark.parametrize("typing", TYPINGS, ids=lambda typing: typing.name)
def test_what_is_typed_over_in_a_register(typing: Typing) -> None:
    """Each library that stands in the register stays one, under its key and with a name, and each doubt is asked once."""
    found = after(typing.rows)
    assert tuple(each.code for each in found.libraries) == typing.keys
    assert tuple(sorted(each.rule_code for each in found.findings)) == typing.asked
    assert all(each.name for each in found.libraries)
    asked = {each.library for each in found.findings if each.rule_code == NAMELESS}
    assert asked <= set(typing.keys)


@pytest.mark.parametrize("typing", TYPINGS[:4], ids=lambda typing: typing.name)
@pytest.mark.parametrize("without", ["NPP", "Kode", "Tab", "E-mail", "Kecamatan"])
def test_registers_with_fewer_columns(typing: Typing, without: str) -> None:
    """Whatever column a register lacks, rows that move stay the same libraries."""
    keys = {row: after((row,), (row,), without).libraries[0].code for row in BEFORE}
    found = after(typing.rows, without=without)
    assert [each.code for each in found.libraries] == [keys[row] for row in typing.rows]
    assert not [each for each in found.findings if each.rule_code == CHANGED]


def test_a_code_without_a_name_is_a_library() -> None:
    """A row that says no more than a code stands in Rekap under its code until it has a name."""
    (library,) = after(((None, "PD09", None, None, None, None),), ()).libraries
    assert (library.code, library.name) == ("PD09", "PD09")
    named = after(((None, "PD09", "Lelu", None, None, None),), ((None, "PD09", None, None, None, None),))
    assert ([each.name for each in named.libraries], named.findings) == (["Lelu"], ())


def test_libraries_of_one_name_are_told_apart_by_district() -> None:
    """Two libraries without codes that are called the same stay what they are when their rows change places."""
    one, two = (None, None, "Karya", "Awang", None, None), (None, None, "Karya", "Paku", None, None)
    first, second = after((one, two), (one, two)), after((two, one), (one, two))
    assert [each.code for each in second.libraries] == [each.code for each in reversed(first.libraries)]


def test_a_reason_counts_though_the_row_has_moved() -> None:
    """A question that was answered is settled, also where the register was sorted meanwhile."""
    changed = (but(TANGKUM, kode="PD-001"), PANGKAN, LELU)
    known = recognised(read(BEFORE), (), (), {}).libraries
    asked = recognised(read(changed, known), known, (), {})
    (question,) = asked.findings
    moved = recognised(read(changed[::-1], asked.libraries), asked.libraries, (), {question.id: "kode baru"})
    assert (moved.findings, moved.libraries[-1].agreed[0]) == ((), "PD-001")


@st.composite
def retyped(draw: st.DrawFn) -> tuple[tuple[Row, ...], tuple[Row, ...], tuple[int, ...], int]:
    """A register, the same typed over and sorted anew, where each of its rows was, and how many rows say something new.

    Each row keeps two of code, NPP and name; what is typed over one of them stands nowhere else, or is none at all.
    """
    count = draw(st.integers(1, 6))
    before = tuple(
        (f"NPP{n}", f"PD{n}", f"Perpusdes {'ABCDEF'[n]}", "Awang", f"Tab {n}", "same@x.org") for n in range(count)
    )
    order = draw(st.permutations(range(count)))
    typed, asked = [], 0
    for n in order:
        column = draw(st.sampled_from((None, "npp", "kode", "nama")))
        new = draw(st.sampled_from((f"BARU{n}", None, "-", "tidak tahu")))
        typed.append(but(before[n], **{column: new}) if column else before[n])
        asked += bool(column and new == f"BARU{n}")
    return before, tuple(typed), tuple(order), asked


@given(retyped())
@settings(max_examples=150, deadline=None)
def test_whatever_one_types_over(case: tuple[tuple[Row, ...], tuple[Row, ...], tuple[int, ...], int]) -> None:
    """Every row is the library it was, with a name, wherever it stands now, and each that says something new is asked about."""
    before, typed, order, asked = case
    found = after(typed, before)
    assert [each.code for each in found.libraries] == [f"NPP{n}" for n in order]
    assert all(each.name for each in found.libraries)
    assert sum(each.rule_code == CHANGED for each in found.findings) == asked
