"""Which tab a form has, whatever people do to tabs and names: no error, no second place to type, no empty form over figures."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_sync.model.tab_state import TabState
from sheets_sync.rekap.ids import stable_id
from sheets_sync.setup.form import EntryForm, FormColumn
from sheets_sync.setup.placing import KnownTabs, Placed, place, under_free_titles

TYPED = (("Bulan", "Pengunjung"),)


def form(code: str | None, title: str, *also: str) -> EntryForm:
    return EntryForm(title, (FormColumn("Bulan"),), 12, library=code, also=also)


def tab(sheet: int, title: str, texts: tuple[tuple[str, ...], ...] = TYPED) -> TabState:
    return TabState(sheet, title, texts=texts)


TANGKUM, PANGKAN = form("T", "Tangkum", "Perpusdes Tangkum"), form("P", "Pangkan")


@pytest.mark.parametrize(
    ("tabs", "known", "expected"),
    [
        pytest.param([tab(1, "Tangkum")], KnownTabs(), 1, id="by its title"),
        pytest.param([tab(1, "PERPUSDES TANGKUM")], KnownTabs(), 1, id="by another name of the library's"),
        pytest.param([tab(1, "Data kami")], KnownTabs({1: "T"}), 1, id="renamed after it was read"),
        pytest.param([tab(stable_id("form", "T"), "Data")], KnownTabs(), stable_id("form", "T"), id="made and renamed"),
        pytest.param([tab(2, "Tangkum"), tab(1, "Data")], KnownTabs({1: "T"}), 1, id="a new tab took its title"),
        pytest.param([tab(1, "Tangkum"), tab(2, "Salinan dari Tangkum")], KnownTabs({1: "T"}), 1, id="copied"),
        pytest.param([tab(1, "Tangkum")], KnownTabs({1: "P"}), None, id="another library's tab under its title"),
        pytest.param([], KnownTabs(), None, id="nothing stands"),
    ],
)
def test_a_form_stands_where_the_library_types(tabs: list[TabState], known: KnownTabs, expected: int | None) -> None:
    """The tab the figures came from comes first, then the one that was made, then a title."""
    (placed,) = place([TANGKUM], tabs, known)
    assert (placed.tab.sheet_id if placed.tab else None) == expected
    assert not placed.lost


def test_two_libraries_never_share_a_tab() -> None:
    """Somebody calls Tangkum's tab Pangkan: it stays Tangkum's, and Pangkan's form gets a title that is free."""
    tabs = [tab(1, "Pangkan")]
    placed = place([PANGKAN, TANGKUM], tabs, KnownTabs({1: "T"}))
    made, kept = under_free_titles(placed, [each.title for each in tabs])
    assert (made.form.title, made.tab, kept.tab) == ("Pangkan (2)", None, tabs[0])


@pytest.mark.parametrize(
    ("known", "lost"),
    [
        pytest.param(KnownTabs({1: "T"}, frozenset({1})), True, id="its own tab is gone"),
        pytest.param(KnownTabs({1: ""}, frozenset({1}), fed={"T": frozenset({1})}), True, id="the tab for all is gone"),
        pytest.param(KnownTabs({1: "T"}), False, id="nothing was typed there"),
        pytest.param(KnownTabs({1: "P"}, frozenset({1})), False, id="another library's tab is gone"),
    ],
)
def test_no_empty_form_is_made_over_figures_that_count(known: KnownTabs, lost: bool) -> None:
    """A tab that was taken away with figures that count is lost, not made anew."""
    (placed,) = place([TANGKUM], [tab(9, "Lain")], known)
    assert (placed.lost, placed.to_be_made) == (lost, not lost)


@pytest.mark.parametrize(
    "known",
    [
        pytest.param(KnownTabs({1: ""}, frozenset({1}), fed={"T": frozenset({1})}), id="on a tab for several"),
        pytest.param(KnownTabs(elsewhere=frozenset({"T"})), id="in another workbook"),
    ],
)
def test_who_types_elsewhere_gets_no_second_place(known: KnownTabs) -> None:
    """A library whose figures of the year stand on a tab for several, or in its own workbook, needs no form."""
    assert place([TANGKUM, PANGKAN], [tab(1, "Semua")], known) == (Placed(PANGKAN),)


SHEETS, CODES, TITLES = st.integers(1, 6), st.sampled_from("TPQ"), st.sampled_from(["A", "B", "a", "C"])


@settings(max_examples=300)
@given(
    tabs=st.dictionaries(SHEETS, TITLES, max_size=6),
    forms=st.dictionaries(CODES, TITLES, max_size=3),
    read=st.dictionaries(SHEETS, st.sampled_from(["T", "P", "Q", ""]), max_size=6),
    counted=st.frozensets(SHEETS),
    fed=st.dictionaries(CODES, st.frozensets(SHEETS, min_size=1), max_size=3),
    blank=st.booleans(),
)
def test_whatever_people_did_nothing_is_made_twice(
    tabs: dict[int, str],
    forms: dict[str, str],
    read: dict[int, str],
    counted: frozenset[int],
    fed: dict[str, frozenset[int]],
    blank: bool,
) -> None:
    """No two forms on one tab, none on another library's; new titles are free; made ones are found by the next setup."""
    states = [tab(sheet, title, () if blank else TYPED) for sheet, title in tabs.items()]
    known = KnownTabs(read, counted, fed=fed)
    placed = tuple(under_free_titles(place([form(*each) for each in forms.items()], states, known), tabs.values()))

    used = [each.tab.sheet_id for each in placed if each.tab]
    assert len(used) == len(set(used))
    assert all(read.get(each.tab.sheet_id, each.form.library) in (each.form.library, "") for each in placed if each.tab)
    new = [each.form.title.casefold() for each in placed if each.tab is None and not each.lost]
    assert len(new) == len({*new}) == len({*new} - {title.casefold() for title in tabs.values()})
    there = [
        *states,
        *(tab(stable_id("form", str(p.form.library)), p.form.title) for p in placed if p.tab is None and not p.lost),
    ]
    again = place([form(*each) for each in forms.items()], there, known)
    assert [each.form.library for each in again if each.tab is None and not each.lost] == []
